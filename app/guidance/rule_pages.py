"""What the pages of rules show: rules by window, what is wrong with them, what a change would do."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.foundation import clock
from app.foundation.labels import LabelledEnum, Words
from app.guidance.facts import facts_of
from app.guidance.past_situations import list_situations
from app.situation.situation import Situation
from app.windows import rule_queries, rules_check
from app.windows.queries import list_directory
from app.windows.routing_queries import list_routed
from app.windows.rule_operations import require_free_key, require_window
from app.windows.rule_queries import RuleView
from app.windows.rules import Conditions, Question, Rule
from app.windows.rules_effect import Effect, effect_on
from app.windows.scenario_queries import Run, list_scenarios, prepared_on, run_scenarios
from app.windows.scenarios import NOON, TOKYO
from app.windows.views import WindowView
from app.windows.vocabulary import GENERAL_WINDOW

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A window with its rules."""

    window: WindowView
    rules: list[RuleView]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What saving a rule would do, and what is wrong with it; ``fingerprint`` names the rule looked at."""

    fingerprint: str
    problems: list[rules_check.Problem]
    broken: list[Run]
    mended: list[Run]
    scenarios: int
    real: Effect


def windows_by_key() -> dict[str, WindowView]:
    """Return every window of the directory, ended ones too."""
    return {line.view.key: line.view for line in list_directory(clock.today(), ended=True)}


def groups() -> list[Group]:
    """List the rules by window, in the order of the directory."""
    found: dict[str, list[RuleView]] = {}
    for view in rule_queries.list_rule_views(clock.today()):
        found.setdefault(view.rule.window_key, []).append(view)
    return [
        Group(window=window, rules=found[key]) for key, window in windows_by_key().items() if key in found
    ]


def problems(day: date) -> list[rules_check.Found]:
    """List what is wrong with the rules of a day."""
    return rules_check.problems_of(list_routed(day, noon(day)), rule_queries.list_rules(day), day)


def problems_with(rule: Rule, day: date) -> list[rules_check.Problem]:
    """Return what would be wrong with a rule, were it saved."""
    if rule.valid_to is not None and rule.valid_to < day:
        return [rules_check.Problem.OVER]
    others = [one for one in rule_queries.list_rules(day) if one.key != rule.key]
    found = rules_check.problems_of(list_routed(day, noon(day)), [*others, rule], day)
    return [one.problem for one in found if one.rule_key == rule.key]


def dead_ends(day: date) -> list[rules_check.DeadEnd]:
    """List the answers that lead nowhere."""
    return rules_check.dead_ends(prepared_on(day))


def preview_of(rule: Rule) -> Preview:
    """Answer all scenarios and the last year's guidance with the rules as they are and as they would be.

    Raises:
        DomainError: the rule is not sound, or its window ended.
    """
    require_window(rule)
    scenarios = list_scenarios()
    before, after = run_scenarios(scenarios), run_scenarios(scenarios, rule)
    pairs = list(zip(before, after, strict=True))
    day = max(clock.today(), rule.valid_from or date.min)
    past = list_situations(since=clock.today() - A_YEAR)
    labelled = [(str(number), situation) for number, situation in enumerate(past, start=1)]
    return Preview(
        fingerprint=fingerprint(rule),
        problems=problems_with(rule, day),
        broken=[new for old, new in pairs if new.faults and not old.faults],
        mended=[new for old, new in pairs if old.faults and not new.faults],
        scenarios=len(scenarios),
        real=effect_on(labelled, prepared_on(day), prepared_on(day, rule)),
    )


def preview_of_new(rule: Rule) -> Preview:
    """Return what entering a new rule would do; DomainError also when its name is taken."""
    require_free_key(rule.key)
    return preview_of(rule)


def fingerprint(rule: Rule) -> str:
    """Return what stands for a rule, so that only the rule that was looked at is saved."""
    said = [
        rule.key,
        rule.window_key,
        rule.kind.value,
        rule.points,
        rule.conditions.codes(),
        rule.reason.ja,
        rule.reason.en,
        str(rule.valid_from),
        str(rule.valid_to),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def noon(day: date) -> datetime:
    """Return noon of a day in Japan."""
    return datetime.combine(day, NOON, TOKYO)


def conditions_in_words(when: Conditions) -> list[tuple[Question, list[LabelledEnum | Words]]]:
    """Return the conditions question by question; of the words of one question, one is enough."""
    found: list[tuple[Question, list[LabelledEnum | Words]]] = []
    for test in when.tests:
        value = age_words(when) if test.question is Question.AGE else getattr(when, test.question.value)
        if isinstance(value, bool):
            value = Words(ja="はい" if value else "いいえ", en="yes" if value else "no")
        found.append((test.question, in_order(value) if isinstance(value, frozenset) else [value]))
    return found


def in_order(members: frozenset[LabelledEnum]) -> list[LabelledEnum | Words]:
    """Return members in the order of their vocabulary."""
    kind = type(next(iter(members)))
    return [member for member in kind if member in members]


def age_words(when: Conditions) -> Words:
    """Return the ages of a rule."""
    low, high = when.age_from, when.age_to
    ja = (f"{low}歳から" if low is not None else "") + (f"{high}歳まで" if high is not None else "")
    en = (f"from {low} " if low is not None else "") + (f"up to {high}" if high is not None else "")
    return Words(ja=ja, en=en.strip())


def facts(situation: Situation) -> Sequence[LabelledEnum]:
    """Return a situation in words."""
    return facts_of(situation)


def window_choices(locale: str) -> list[tuple[Any, object]]:
    """List the windows that a rule may be for."""
    windows = windows_by_key().values()
    return [(one.key, one.name_in(locale)) for one in windows if one.key != GENERAL_WINDOW]
