"""The explained choice of a window (窓口案内): a situation and the rules in, a ranked answer out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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

Masks = tuple[int, ...]
"""Conditions as bits: a situation must meet each of them."""
Checked = tuple[int, int, Masks]
"""A rule: the number of its window, its own flag among that window's rules, its conditions."""

Found = tuple[bool, int, int, int]
"""Whether a window is only named besides, its points below nought, its number, the flags of its rules."""


@dataclass(frozen=True)
class Door:
    """A window with what leads to it on a day, and with what keeps people out: bits, and why not."""

    window: RoutedWindow
    rules: tuple[Rule, ...]
    gates: tuple[tuple[Masks, NearMiss], ...]
    age: Test | None
    asking: AskAge
    places: dict[int, tuple[bool, int]] = field(default_factory=dict)
    made: dict[tuple[int, int], Suggestion] = field(default_factory=dict)

    @cached_property
    def free(self) -> Masks:
        """Conditions that leave nothing in the way and nothing to ask: met by most, and quickly checked."""
        limits = (self.age.yes,) if self.age else ()
        return (*limits, *(mask for masks, _miss in self.gates for mask in masks))

    def shut(self, bits: int) -> list[NearMiss]:
        """Return what surely keeps a situation out."""
        return [miss for masks, miss in self.gates if not all(bits & mask for mask in masks)]

    def held(self, flags: int) -> list[Rule]:
        """Return the rules of some flags, those that make the window fit first, the strongest first."""
        held = [rule for number, rule in enumerate(self.rules) if flags >> number & 1]
        return sorted(held, key=lambda rule: (rule.kind is RuleKind.ALSO, -rule.points, rule.key))

    def place(self, flags: int) -> tuple[bool, int]:
        """Return by what the window is ranked when these rules hold."""
        held = self.held(flags)
        self.places[flags] = (held[0].kind is RuleKind.ALSO, -max(rule.points for rule in held))
        return self.places[flags]

    def suggestion(self, flags: int, rank: int) -> Suggestion:
        """Return the window at a rank with the reasons of the rules that hold."""
        window, held = self.window, self.held(flags)
        made = self.made[flags, rank] = Suggestion(
            window_key=window.window_key,
            window_id=window.window_id,
            version_id=window.version_id,
            rank=rank,
            points=max(rule.points for rule in held),
            why=tuple(dict.fromkeys(rule.reason for rule in held)),
            mind=window.mind,
        )
        return made


@dataclass(frozen=True)
class Prepared:
    """The windows and rules of one day, from which any number of situations is answered."""

    doors: tuple[Door, ...]
    general: RoutedWindow | None

    @cached_property
    def checked(self) -> list[Checked]:
        """All rules of all windows."""
        return [
            (number, 1 << flag, tuple(test.yes for test in rule.conditions.tests))
            for number, door in enumerate(self.doors)
            for flag, rule in enumerate(door.rules)
        ]

    @cached_property
    def but_age(self) -> list[Checked]:
        """The rules that ask for the age, content with one that nobody knows; not those no age can meet."""
        return [
            (number, 1 << flag, tuple(mask_but_age(test) for test in rule.conditions.tests))
            for number, door in enumerate(self.doors)
            for flag, rule in enumerate(door.rules)
            if any(asks_age(test, door) for test in rule.conditions.tests)
        ]

    @cached_property
    def age_is_open(self) -> int:
        """Answers on the age that leave a rule undecided."""
        tests = [test for door in self.doors for rule in door.rules for test in rule.conditions.tests]
        return combined(test.open for test in tests if test.question is Question.AGE)

    def answer(self, situation: Situation) -> Answer:
        """Answer one situation; of two windows alike, that with the earlier key is first."""
        bits = bits_of(situation)
        matched = holding(self.checked, bits)
        found: list[Found] = []
        asking: list[int] = []
        missed: list[tuple[int, NearMiss]] = []
        for number, flags in matched.items():
            door = self.doors[number]
            for mask in door.free:
                if not bits & mask:
                    self.set_aside(number, bits, asking, missed)
                    break
            else:
                besides, points = door.places.get(flags) or door.place(flags)
                found.append((besides, points, number, flags))
        found.sort()
        if bits & self.age_is_open:
            unsure = holding(self.but_age, bits)
            asking += [number for number in unsure if self.may_ask(number, matched, bits)]
        return Answer(
            suggestions=self.ranked(found, bits),
            ask_age=tuple(self.doors[number].asking for number in sorted(asking)),
            near_misses=tuple(miss for _number, miss in sorted(missed, key=lambda one: one[0])),
            nothing_matched=not found,
        )

    def set_aside(
        self, number: int, bits: int, asking: list[int], missed: list[tuple[int, NearMiss]]
    ) -> None:
        """Put a window that cannot be named now where it belongs: ask the age, or say what was in the way."""
        shut = self.doors[number].shut(bits)
        if not shut:
            asking.append(number)
        elif len(shut) == 1:
            missed.append((number, shut[0]))

    def may_ask(self, number: int, matched: Mapping[int, int], bits: int) -> bool:
        """Tell whether a window that no rule led to yet would be named, were the age right."""
        return number not in matched and not self.doors[number].shut(bits)

    def ranked(self, found: Sequence[Found], bits: int) -> tuple[Suggestion, ...]:
        """Return the windows in order, the general one last."""
        suggestions = []
        for rank, (_besides, _points, number, flags) in enumerate(found, start=1):
            door = self.doors[number]
            suggestions.append(door.made.get((flags, rank)) or door.suggestion(flags, rank))
        if self.general is not None:
            suggestions.append(self.last_resort(self.general, bits, rank=len(found) + 1))
        return tuple(suggestions)

    def last_resort(self, window: RoutedWindow, bits: int, *, rank: int) -> Suggestion:
        """Return the general window, with what would have led further when nothing did."""
        why = (WHEN_IN_DOUBT,) if rank > 1 else (NOTHING_MATCHED, *what_would(self.missing_answers(bits)))
        return Suggestion(
            window.window_key, window.window_id, window.version_id, rank, 0, why, window.mind, general=True
        )

    @cached_property
    def possible(self) -> list[Checked]:
        """All rules, content with every answer that nobody gave."""
        return [
            (number, 1 << flag, let_in(rule))
            for number, door in enumerate(self.doors)
            for flag, rule in enumerate(door.rules)
        ]

    def missing_answers(self, bits: int) -> list[Question]:
        """Return the questions whose answer could still lead to a window."""
        missing: set[Question] = set()
        for number, flags in holding(self.possible, bits).items():
            door = self.doors[number]
            if not door.shut(bits):
                tests = [test for rule in door.held(flags) for test in rule.conditions.tests]
                limits = [door.age] if door.age else []
                missing |= {test.question for test in (*tests, *limits) if not bits & test.yes}
        return [question for question in Question if question in missing]


def holding(rules: Sequence[Checked], bits: int) -> dict[int, int]:
    """Return the windows to which rules lead that hold, each with the flags of those rules."""
    held: dict[int, int] = {}
    for number, flag, masks in rules:
        for mask in masks:
            if not bits & mask:
                break
        else:
            held[number] = held.get(number, 0) | flag
    return held


def asks_age(test: Test, door: Door) -> bool:
    """Tell whether a condition asks for an age that the window takes."""
    return test.question is Question.AGE and (door.age is None or bool(test.yes & door.age.yes))


def mask_but_age(test: Test) -> int:
    """Return what meets a condition when the age may be unknown."""
    return test.yes | test.open if test.question is Question.AGE else test.yes


# ---- making ready -------------------------------------------------------------------------------


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
    ordered = [window for _key, window in sorted(newest.items())]
    doors = [door_of(one, of_window.get(one.window_key, [])) for one in ordered if not one.general]
    return Prepared(tuple(doors), next((one for one in ordered if one.general), None))


def door_of(window: RoutedWindow, rules: Sequence[Rule]) -> Door:
    """Return a window with its rules and with all that keeps people out."""
    age = age_test(window.minimum_age, window.maximum_age)
    limits = outside_age(window.minimum_age, window.maximum_age) if age else ASK_AGE
    gates: list[tuple[Masks, Words]] = [((age.yes | age.open,), limits)] if age else []
    if window.target_groups:
        gates.append(((belonging(window.target_groups),), OUTSIDE_GROUP))
    gates += [(let_in(rule), rule.reason) for rule in rules if rule.kind is RuleKind.ONLY_IF]
    return Door(
        window=window,
        rules=tuple(rule for rule in rules if rule.kind is not RuleKind.ONLY_IF),
        gates=tuple((masks, NearMiss(window.window_key, window.window_id, words)) for masks, words in gates),
        age=age,
        asking=AskAge(window.window_key, window.window_id, window.version_id, limits),
    )


FOLLOWS: Final = {
    TargetGroup.DISABILITY: ((Question.CERTIFICATE, True),),
    TargetGroup.PARENT: ((Question.CHILDREN, True), (Question.SINGLE_PARENT, True)),
}


def belonging(groups: frozenset[TargetGroup]) -> int:
    """Return the answers that leave somebody inside groups: told, not asked, or plain from another answer."""
    test = Conditions(target_groups=groups).tests[0]
    plain = [BITS[answer] for group, answers in FOLLOWS.items() if group in groups for answer in answers]
    return combined([test.yes, test.open, *plain])


def let_in(rule: Rule) -> Masks:
    """Return what an only-if rule lets in: all but those who surely do not meet it."""
    return tuple(test.yes | test.open for test in rule.conditions.tests)
