"""The explained choice of a window (窓口案内): a situation and the rules in, a ranked answer out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from app.foundation.labels import Words
from app.situation.situation import Situation
from app.situation.vocabulary import TargetGroup
from app.windows.answer import Answer, AskAge, NearMiss, RoutedWindow, Suggestion
from app.windows.routing_words import (
    ASK_AGE,
    NOTHING_MATCHED,
    OUTSIDE_GROUP,
    WHEN_IN_DOUBT,
    outside_age,
    what_would,
)
from app.windows.rules import BITS, Conditions, Question, Rule, RuleKind, Test, age_test, bits_of, combined

TOKYO: Final = ZoneInfo("Asia/Tokyo")


def route(
    situation: Situation, windows: Sequence[RoutedWindow], rules: Sequence[Rule], *, now: datetime
) -> Answer:
    """Choose windows for a situation at its own moment, or now; the order of windows and rules is nothing."""
    return prepare(windows, rules, day_of(situation.at or now)).answer(situation)


def day_of(moment: datetime) -> date:
    """Return the day in Japan."""
    return moment.astimezone(TOKYO).date()


# ---- windows with their rules, made ready for many situations --------------------------------------


@dataclass(frozen=True)
class Ready:
    """A rule as bits; ``known`` are the conditions apart from the age."""

    rule: Rule

    @cached_property
    def needed(self) -> tuple[int, ...]:
        """Bits of which each must meet the situation."""
        return tuple(test.yes for test in self.rule.conditions.tests)

    @cached_property
    def but_age(self) -> tuple[int, ...]:
        """The same, content with an age that nobody asked."""
        return tuple(
            test.yes | test.open if test.question is Question.AGE else test.yes
            for test in self.rule.conditions.tests
        )


@dataclass(frozen=True)
class Gate:
    """What keeps a window from those whom it is not for: bits that must meet, and the words if not."""

    let_in: tuple[int, ...]
    words: Words

    def is_shut(self, bits: int) -> bool:
        """Tell whether a situation is surely kept out."""
        return any(not bits & mask for mask in self.let_in)


@dataclass(frozen=True)
class Door:
    """A window with its rules of a day."""

    window: RoutedWindow
    rules: tuple[Ready, ...]
    gates: tuple[Gate, ...]
    age: Test | None


@dataclass(frozen=True)
class Prepared:
    """The windows and rules of one day, from which any number of situations is answered."""

    doors: tuple[Door, ...]
    general: RoutedWindow | None

    def answer(self, situation: Situation) -> Answer:
        """Answer one situation."""
        bits = bits_of(situation)
        found: list[tuple[bool, int, str, Door, list[Rule]]] = []
        asking: list[AskAge] = []
        missed: list[NearMiss] = []
        for door in self.doors:
            matched = matching(door.rules, bits)
            unsure = not matched and matches_but_age(door.rules, bits)
            if not matched and not unsure:
                continue
            shut = [gate for gate in door.gates if gate.is_shut(bits)]
            if shut:
                if len(shut) == 1 and matched:
                    missed.append(near_miss(door.window, shut[0]))
            elif unsure or (door.age is not None and not bits & door.age.yes):
                asking.append(ask_age(door.window))
            else:
                besides = all(rule.kind is RuleKind.ALSO for rule in matched)
                points = max(rule.points for rule in matched)
                found.append((besides, -points, door.window.window_key, door, matched))
        found.sort(key=lambda one: one[:3])
        suggestions = [
            suggestion(door.window, rank, matched)
            for rank, (_besides, _points, _key, door, matched) in enumerate(found, start=1)
        ]
        if self.general is not None:
            suggestions.append(self.last_resort(bits, rank=len(found) + 1))
        return Answer(
            suggestions=tuple(suggestions),
            ask_age=tuple(asking),
            near_misses=tuple(missed),
            nothing_matched=not found,
        )

    def last_resort(self, bits: int, *, rank: int) -> Suggestion:
        """Return the general window, with what would have led further when nothing did."""
        window = self.general
        assert window is not None  # noqa: S101 - asked by the only caller
        why = (WHEN_IN_DOUBT,) if rank > 1 else (NOTHING_MATCHED, *what_would(self.missing_answers(bits)))
        return Suggestion(
            window_key=window.window_key,
            window_id=window.window_id,
            version_id=window.version_id,
            rank=rank,
            points=0,
            why=why,
            mind=window.mind,
            general=True,
        )

    def missing_answers(self, bits: int) -> list[Question]:
        """Return the questions whose answer could still lead to a window."""
        missing: set[Question] = set()
        for door in self.doors:
            if any(gate.is_shut(bits) for gate in door.gates):
                continue
            for ready in door.rules:
                tests = ready.rule.conditions.tests
                if all(bits & (test.yes | test.open) for test in tests):
                    missing |= {test.question for test in tests if not bits & test.yes}
        return [question for question in Question if question in missing]


def prepare(windows: Sequence[RoutedWindow], rules: Sequence[Rule], day: date) -> Prepared:
    """Put the windows and rules of a day together, in an order that depends on nothing but their keys."""
    newest: dict[str, RoutedWindow] = {}
    for window in windows:
        known = newest.get(window.window_key)
        if window.holds_on(day) and (known is None or window.version_id > known.version_id):
            newest[window.window_key] = window
    of_window: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda one: (-one.points, one.key, one.number)):
        if rule.holds_on(day):
            of_window.setdefault(rule.window_key, []).append(rule)
    doors = [
        door_of(window, of_window.get(key, []))
        for key, window in sorted(newest.items())
        if not window.general
    ]
    general = next((window for _key, window in sorted(newest.items()) if window.general), None)
    return Prepared(tuple(doors), general)


def door_of(window: RoutedWindow, rules: Sequence[Rule]) -> Door:
    """Return a window with its rules and with all that keeps people out."""
    age = age_test(window.minimum_age, window.maximum_age)
    gates = []
    if age is not None:
        gates.append(Gate((age.yes | age.open,), outside_age(window.minimum_age, window.maximum_age)))
    if window.target_groups:
        gates.append(Gate((belonging(window.target_groups),), OUTSIDE_GROUP))
    gates += [gate_of(rule) for rule in rules if rule.kind is RuleKind.ONLY_IF]
    open_to = tuple(Ready(rule) for rule in rules if rule.kind is not RuleKind.ONLY_IF)
    return Door(window, open_to, tuple(gates), age)


def belonging(groups: frozenset[TargetGroup]) -> int:
    """Return the answers that leave somebody inside groups: told, not asked, or plain from another answer."""
    test = Conditions(target_groups=groups).tests[0]
    plain = [BITS[answer] for group, answers in FOLLOWS.items() if group in groups for answer in answers]
    return combined([test.yes, test.open, *plain])


FOLLOWS: Final = {
    TargetGroup.DISABILITY: ((Question.CERTIFICATE, True),),
    TargetGroup.PARENT: ((Question.CHILDREN, True), (Question.SINGLE_PARENT, True)),
}


def gate_of(rule: Rule) -> Gate:
    """Return what an only-if rule keeps out: those who surely do not meet it."""
    return Gate(tuple(test.yes | test.open for test in rule.conditions.tests), rule.reason)


def matching(rules: Sequence[Ready], bits: int) -> list[Rule]:
    """Return the rules whose conditions all hold."""
    found = []
    for ready in rules:
        for mask in ready.needed:
            if not bits & mask:
                break
        else:
            found.append(ready.rule)
    return found


def matches_but_age(rules: Sequence[Ready], bits: int) -> bool:
    """Tell whether a rule would hold if the age is right, which nobody knows."""
    return any(all(bits & mask for mask in ready.but_age) for ready in rules)


def suggestion(window: RoutedWindow, rank: int, matched: Sequence[Rule]) -> Suggestion:
    """Return a window with the reasons of the rules that led to it, the strongest first."""
    ordered = sorted(matched, key=lambda rule: rule.kind is RuleKind.ALSO)
    return Suggestion(
        window_key=window.window_key,
        window_id=window.window_id,
        version_id=window.version_id,
        rank=rank,
        points=max(rule.points for rule in matched),
        why=tuple(dict.fromkeys(rule.reason for rule in ordered)),
        mind=window.mind,
    )


def ask_age(window: RoutedWindow) -> AskAge:
    """Return a window that waits for the age."""
    words = outside_age(window.minimum_age, window.maximum_age) if has_limits(window) else ASK_AGE
    return AskAge(
        window_key=window.window_key, window_id=window.window_id, version_id=window.version_id, words=words
    )


def has_limits(window: RoutedWindow) -> bool:
    """Tell whether a window has an age limit of its own."""
    return window.minimum_age is not None or window.maximum_age is not None


def near_miss(window: RoutedWindow, gate: Gate) -> NearMiss:
    """Return a window with the one thing that stood in the way."""
    return NearMiss(window_key=window.window_key, window_id=window.window_id, why_not=gate.words)
