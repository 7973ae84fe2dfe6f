"""Rules that lead nowhere, twins, dead ends, and the effect of a change; faulty files of rules."""

from dataclasses import replace
from datetime import date

import pytest

from app.foundation.errors import DomainError
from app.foundation.labels import Words
from app.situation.situation import Situation, WorkHistory, WorkWish
from app.situation.vocabulary import AgeBand, AssistanceStatus, Topic
from app.windows.answer import RoutedWindow
from app.windows.routing import prepare
from app.windows.rules import Conditions, Rule, RuleKind
from app.windows.rules_check import Problem, dead_ends, problems_of
from app.windows.rules_effect import effect_on
from app.windows.rules_file import read_rules
from tests.windows.ruled import TODAY, rules, text_of, windows

YOUNG = RoutedWindow(window_key="young", window_id=1, version_id=1, maximum_age=34)
WORDS = Words(ja="わけ", en="reason")
SUITS = Rule(
    key="suits",
    window_key="young",
    kind=RuleKind.SUITS,
    conditions=Conditions(work=frozenset({WorkHistory.NEVER})),
    reason=WORDS,
    points=10,
)


def found(*some: Rule) -> list[tuple[str, Problem]]:
    return [(one.rule_key, one.problem) for one in problems_of([YOUNG], some, TODAY)]


def test_the_first_rules_have_nothing_wrong():
    assert problems_of(windows(), rules(), TODAY) == []
    assert problems_of(windows(), rules(), date(2022, 9, 30)) == []


def test_a_rule_beyond_the_ages_of_its_window_is_unreachable():
    old = replace(SUITS, conditions=Conditions(age_from=60, work=frozenset({WorkHistory.NEVER})))
    assert found(old) == [("suits", Problem.UNREACHABLE)]


def test_a_rule_that_contradicts_an_only_if_is_unreachable():
    gate = replace(
        SUITS,
        key="gate",
        kind=RuleKind.ONLY_IF,
        conditions=Conditions(work=frozenset({WorkHistory.STUDENT})),
    )
    assert found(SUITS, gate) == [("suits", Problem.UNREACHABLE)]


def test_needs_can_be_several_and_do_not_contradict():
    costs = replace(SUITS, conditions=Conditions(needs=frozenset({Topic.DEBT})))
    gate = replace(
        costs, key="gate", kind=RuleKind.ONLY_IF, conditions=Conditions(needs=frozenset({Topic.HOUSING}))
    )
    assert found(costs, gate) == []


def test_an_age_that_no_band_holds_is_unreachable():
    assert found(replace(SUITS, conditions=Conditions(age_to=3))) == [("suits", Problem.UNREACHABLE)]


def test_two_rules_alike_are_twins():
    assert found(SUITS, replace(SUITS, key="twin")) == [("suits", Problem.TWIN), ("twin", Problem.TWIN)]


def test_a_rule_for_a_window_that_is_not_open_is_named():
    assert found(replace(SUITS, window_key="gone")) == [("suits", Problem.NO_WINDOW)]
    assert found(replace(SUITS, window_key="gone", valid_to=date(2020, 1, 1))) == []


def test_answers_that_lead_nowhere_are_found():
    ends = {end.answer for end in dead_ends(prepare(windows(), rules(), TODAY))}
    assert Topic.CARE in ends
    assert not ends & {Topic.WORKPLACE, WorkWish.FULL_TIME, WorkHistory.LOST_JOB}


def test_the_effect_of_a_change_names_what_would_differ():
    before = prepare(windows(), rules(), TODAY)
    after = prepare(windows(), [rule for rule in rules() if rule.key != "hello_work_lost_job"], TODAY)
    lost = Situation(work=WorkHistory.LOST_JOB, age_band=AgeBand.A40_49)
    recipient = Situation(assistance=AssistanceStatus.RECIPIENT)
    effect = effect_on([("a", lost), ("b", recipient)], before, after)
    assert effect.total == 2
    (one,) = effect.changed
    assert (one.label, one.before[0], one.after) == ("a", "hello_work_tachikawa", ("economy_guidance",))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "suits"\npoints', 'kind = "maybe"\npoints', "「kind」がないか、使えない値です。"),
        ("points = 60", "points = true", "「points」がないか、使えない値です。"),
        ("points = 60", "points = 600", "点数は0から100まで"),
        ("points = 60", "speed = 60", "「speed」という項目はありません。"),
        ('needs = ["workplace"]', 'needs = ["moon"]', "「needs」に使えない値です（moon）。"),
        ('needs = ["workplace"]', 'assistance = ["unknown"]', "「assistance」に使えない値です（unknown）。"),
        ('when = { needs = ["workplace"] }', "when = {}", "条件を一つ以上選んでください。"),
        ("valid_from = 2022-10-01", 'valid_from = "soon"', "「valid_from」がないか、使えない値です。"),
        ("[[rule]]", "[rule", "TOMLとして読めません"),
    ],
)
def test_a_faulty_file_of_rules_names_the_place(old, new, words):
    with pytest.raises(DomainError, match=words):
        read_rules(text_of("rules.toml").replace(old, new, 1))


def test_a_name_that_stands_twice_is_refused():
    with pytest.raises(DomainError, match="同じkeyが二度あります。"):
        read_rules(text_of("rules.toml").replace("centre_keep", "centre_retention"))


def test_conditions_are_kept_as_codes_and_read_back():
    for rule in rules():
        assert Conditions.from_codes(rule.conditions.codes()) == rule.conditions
