"""The explained choice of a window against a bare loop over the same rules, with 30 windows and with 300."""

import random
from datetime import date
from importlib.resources import files

from app.situation.situation import Situation, WorkHistory, WorkWish
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, Topic
from app.windows.answer import RoutedWindow
from app.windows.routing import prepare
from app.windows.rules import Rule, RuleKind, age_test, bits_of
from app.windows.rules_file import read_rules
from bench.result import Result
from bench.timing import interleaved

DAY = date(2026, 11, 20)
LIMITS = ((None, None), (15, 49), (None, 34), (60, None), (None, None))
ROUNDS = 5
RULES_OF_EACH = 3


def run(size: int) -> list[Result]:
    """Answer situations with reasons, near misses and questions, and with nothing but the order."""
    situations = some_situations(size)
    return [measured(situations, number) for number in (30, 300)]


def measured(situations: list[Situation], number: int) -> Result:
    windows, rules = some_windows(number), some_rules(number)
    prepared = prepare(windows, rules, DAY)
    bare = bare_rules(windows, rules)
    # The same windows in the same order, or the two did different work.
    for situation in situations[:500]:
        named = [one.window_key for one in prepared.answer(situation).suggestions]
        assert [*loop(bare, bits_of(situation)), "general"] == named
    whole, plain = interleaved(
        lambda: [prepared.answer(situation) for situation in situations],
        lambda: [loop(bare, bits_of(situation)) for situation in situations],
        ROUNDS,
    )
    return Result(name=f"guidance.route_vs_loop_{number}", value=whole / plain, unit="×", must=3.0, goal=2.0)


Bare = list[tuple[str, tuple[bool, int], tuple[int, ...]]]


def bare_rules(windows: list[RoutedWindow], rules: list[Rule]) -> tuple[Bare, Bare]:
    """Return the rules that propose, and what keeps people out, as window, worth and conditions."""
    inviting, excluding = [], []
    for rule in rules:
        tests = rule.conditions.tests
        if rule.kind is RuleKind.ONLY_IF:
            excluding.append((rule.window_key, (False, 0), tuple(test.yes | test.open for test in tests)))
        else:
            worth = (rule.kind is RuleKind.ALSO, -rule.points)
            inviting.append((rule.window_key, worth, tuple(test.yes for test in tests)))
    for window in windows:
        limits = age_test(window.minimum_age, window.maximum_age)
        if limits:
            excluding.append((window.window_key, (False, 0), (limits.yes,)))
    return inviting, excluding


def loop(bare: tuple[Bare, Bare], bits: int) -> list[str]:
    """Return the windows whose rules hold, best first: no reason, no question, no near miss."""
    inviting, excluding = bare
    worth: dict[str, tuple[bool, int]] = {}
    for key, value, masks in inviting:
        for mask in masks:
            if not bits & mask:
                break
        else:
            worth[key] = min(worth.get(key, value), value)
    for key, _value, masks in excluding:
        for mask in masks:
            if not bits & mask:
                worth.pop(key, None)
    return sorted(worth, key=lambda key: (worth[key], key))


def some_windows(number: int) -> list[RoutedWindow]:
    """Return windows of which some have age limits; the last is the general one."""
    windows = [
        RoutedWindow(
            window_key=f"w{n:03}",
            window_id=n,
            version_id=n,
            minimum_age=LIMITS[n % len(LIMITS)][0],
            maximum_age=LIMITS[n % len(LIMITS)][1],
        )
        for n in range(number - 1)
    ]
    return [*windows, RoutedWindow(window_key="general", window_id=number, version_id=number, general=True)]


def some_rules(number: int) -> list[Rule]:
    """Return the first rules of the city, spread over the windows again and again."""
    text = (files("app.windows") / "data" / "rules.toml").read_text(encoding="utf-8")
    patterns = [rule for rule in read_rules(text) if rule.holds_on(DAY)]
    made = []
    for n in range((number - 1) * RULES_OF_EACH):
        pattern = patterns[n % len(patterns)]
        made.append(
            Rule(
                key=f"r{n}",
                window_key=f"w{n % (number - 1):03}",
                kind=pattern.kind,
                conditions=pattern.conditions,
                reason=pattern.reason,
                points=pattern.points,
            )
        )
    return made


def some_situations(size: int) -> list[Situation]:
    """Return situations of every kind, the same in each run."""
    chance = random.Random(5)
    return [
        Situation(
            target_groups=frozenset(chance.sample(list(TargetGroup), chance.choice([1, 1, 2]))),
            single_parent=chance.random() < 0.2,
            age_band=chance.choice(list(AgeBand)),
            assistance=chance.choice(list(AssistanceStatus)),
            certificate=chance.choice([None, True, False]),
            children=chance.choice([None, True, False]),
            work=chance.choice([None, *WorkHistory]),
            wish=chance.choice([None, *WorkWish]),
            needs=frozenset(chance.sample(list(Topic), chance.choice([0, 1, 1, 2]))),
        )
        for _ in range(size)
    ]
