"""What is wrong with the rules of a day: rules that lead nowhere, twins, situations without a way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from app.foundation.labels import LabelledEnum
from app.situation.situation import Situation, WorkHistory, WorkWish
from app.situation.vocabulary import TargetGroup, Topic
from app.windows.answer import RoutedWindow
from app.windows.routing import Prepared
from app.windows.rules import Question, Rule, RuleKind, Test, age_test


class Problem(LabelledEnum):
    """What may be wrong with a rule."""

    NO_WINDOW = (
        "no_window",
        "ルールが効いている日に、窓口が利用できません。",
        "On the days of the rule the window is not open.",
    )
    UNREACHABLE = (
        "unreachable",
        "窓口の年齢や、ほかの条件と食い違うため、当てはまる方がいません。",
        "It contradicts the window's ages or another condition: nobody can meet it.",
    )
    OVER = (
        "over",
        "ルールの終わりの日は過ぎています。いまの答えは変わりません。",
        "The last day of the rule is over: it changes no answer of today.",
    )
    TWIN = (
        "twin",
        "同じ窓口に、条件の同じルールがもう一つあります。",
        "The same window has another rule with the same conditions.",
    )


@dataclass(frozen=True, kw_only=True)
class Found:
    """A rule and what is wrong with it."""

    rule_key: str
    window_key: str
    problem: Problem


@dataclass(frozen=True, kw_only=True)
class DeadEnd:
    """An answer that, given alone, leads to no window."""

    question: Question
    answer: LabelledEnum


ALONE: Final[tuple[tuple[Question, type[LabelledEnum]], ...]] = (
    (Question.TARGET_GROUPS, TargetGroup),
    (Question.WORK, WorkHistory),
    (Question.WISH, WorkWish),
    (Question.NEEDS, Topic),
)


def problems_of(windows: Sequence[RoutedWindow], rules: Sequence[Rule], day: date) -> list[Found]:
    """Return the rules of a day that can never lead anywhere or say the same twice, by key."""
    open_then = {window.window_key: window for window in windows if window.holds_on(day)}
    in_force = sorted((rule for rule in rules if rule.holds_on(day)), key=lambda rule: rule.key)
    found = []
    for rule in in_force:
        window = open_then.get(rule.window_key)
        others = [one for one in in_force if one.window_key == rule.window_key and one is not rule]
        problem = problem_of(rule, window, others)
        if problem is not None:
            found.append(Found(rule_key=rule.key, window_key=rule.window_key, problem=problem))
    return found


def problem_of(rule: Rule, window: RoutedWindow | None, others: Sequence[Rule]) -> Problem | None:
    """Return what is wrong with one rule, the worst first."""
    if window is None:
        return Problem.NO_WINDOW
    if contradicts(rule, window, others):
        return Problem.UNREACHABLE
    if any(one.kind is rule.kind and one.conditions == rule.conditions for one in others):
        return Problem.TWIN
    return None


def contradicts(rule: Rule, window: RoutedWindow, others: Sequence[Rule]) -> bool:
    """Tell whether nobody can meet a rule together with what keeps people out of its window."""
    limits = age_test(window.minimum_age, window.maximum_age)
    gates = [test for one in others if one.kind is RuleKind.ONLY_IF for test in one.conditions.tests]
    tests = [*rule.conditions.tests, *gates, *([limits] if limits else [])]
    return any(not test.yes for test in tests) or any(
        exclude_each_other(one, other) for one, other in combinations(tests, 2)
    )


def exclude_each_other(one: Test, other: Test) -> bool:
    """Tell whether two conditions ask different things of an answer that can be given only once."""
    several = {Question.TARGET_GROUPS, Question.NEEDS}
    same = one.question is other.question and one.question not in several
    return same and not one.yes & other.yes


def dead_ends(prepared: Prepared) -> list[DeadEnd]:
    """Return the answers that lead nowhere when nothing else is known, not even with an age."""
    found = []
    for question, kind in ALONE:
        for answer in kind.current():
            answered = prepared.answer(alone(question, answer))
            if answered.nothing_matched and not answered.ask_age:
                found.append(DeadEnd(question=question, answer=answer))
    return found


def alone(question: Question, answer: LabelledEnum) -> Situation:
    """Return a situation of which one answer is known."""
    several = question in {Question.TARGET_GROUPS, Question.NEEDS}
    return Situation.from_codes({question.value: [answer.value] if several else answer.value})
