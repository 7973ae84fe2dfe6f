"""The explained choice: reasons, near misses, unknown ages, and what may never happen."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.foundation.labels import Words
from app.situation.ages import AgeFit, fit
from app.situation.situation import Language, Situation, WorkHistory, WorkWish
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, Topic
from app.windows.answer import RoutedWindow
from app.windows.routing import route
from app.windows.rules import Conditions, Rule, RuleKind
from tests.windows.ruled import rules, windows

NOW = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def some_situation(chance: random.Random) -> Situation:
    return Situation(
        target_groups=frozenset(chance.sample(list(TargetGroup), chance.choice([0, 1, 1, 2]))),
        single_parent=chance.random() < 0.3,
        age_band=chance.choice(list(AgeBand)),
        assistance=chance.choice(list(AssistanceStatus)),
        certificate=chance.choice([None, True, False]),
        children=chance.choice([None, True, False]),
        work=chance.choice([None, *WorkHistory]),
        wish=chance.choice([None, *WorkWish]),
        needs=frozenset(chance.sample(list(Topic), chance.choice([0, 0, 1, 2]))),
        language=chance.choice([None, *Language]),
    )


SITUATIONS = [some_situation(random.Random(seed)) for seed in range(600)]


def plain_groups(situation: Situation) -> set[TargetGroup]:
    """Return the groups that follow from other answers."""
    raises = situation.children or situation.single_parent
    groups = {TargetGroup.PARENT} if raises else set()
    return groups | ({TargetGroup.DISABILITY} if situation.certificate else set())


def window(key: str, number: int = 1, **more) -> RoutedWindow:
    return RoutedWindow(window_key=key, window_id=number, version_id=number, **more)


def rule(key: str, window_key: str, kind: RuleKind = RuleKind.SUITS, points: int = 10, **when) -> Rule:
    return Rule(
        key=key,
        window_key=window_key,
        kind=kind,
        points=points,
        conditions=Conditions(**when),
        reason=Words(ja=f"{key}のため。", en=f"because of {key}"),
    )


GENERAL = window("general", 99, general=True)
WORKPLACE = {"needs": frozenset({Topic.WORKPLACE})}
TROUBLE = Situation(needs=frozenset({Topic.WORKPLACE}))


def keys(answer) -> list[str]:
    return [one.window_key for one in answer.suggestions]


def test_every_situation_gets_an_answer_that_ends_with_the_general_window():
    for situation in SITUATIONS:
        answer = route(situation, windows(), rules(), now=NOW)
        assert keys(answer)[-1] == "economy_guidance"
        assert [one.rank for one in answer.suggestions] == list(range(1, len(answer.suggestions) + 1))
        assert all(one.why for one in answer.suggestions)
        assert answer.nothing_matched == (len(answer.suggestions) == 1)


def test_nobody_is_sent_where_age_group_or_validity_keeps_them_out():
    chance = random.Random(5)
    for situation in SITUATIONS:
        at = datetime(chance.choice([2006, 2010, 2022, 2024]), chance.choice([9, 10]), 15, 3, tzinfo=UTC)
        limited = [
            replace(one, target_groups=frozenset({TargetGroup.DISABILITY}))
            if one.window_key == "centre"
            else one
            for one in windows()
        ]
        by_id = {one.version_id: one for one in limited}
        for suggestion in route(replace(situation, at=at), limited, rules(), now=NOW).suggestions:
            one = by_id[suggestion.version_id]
            assert fit(situation.age_band, one.minimum_age, one.maximum_age) is AgeFit.INSIDE
            assert one.holds_on(at.date())
            if one.target_groups and situation.target_groups:
                assert one.target_groups & (situation.target_groups | plain_groups(situation))


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_the_database_changes_no_answer(seed):
    chance = random.Random(seed)
    some_windows, some_rules = list(windows()), list(rules())
    chance.shuffle(some_windows)
    chance.shuffle(some_rules)
    for situation in SITUATIONS[:200]:
        assert route(situation, some_windows, some_rules, now=NOW) == route(
            situation, windows(), rules(), now=NOW
        )


def test_what_fits_stands_before_what_is_named_besides_and_the_strongest_first():
    answer = route(
        TROUBLE,
        [window("a", 1), window("b", 2), window("c", 3), GENERAL],
        [
            rule("r1", "a", points=10, **WORKPLACE),
            rule("r2", "b", points=20, **WORKPLACE),
            rule("r3", "c", RuleKind.ALSO, points=90, **WORKPLACE),
        ],
        now=NOW,
    )
    assert keys(answer) == ["b", "a", "c", "general"]


def test_many_weak_rules_do_not_outweigh_a_strong_one():
    weak = [rule(f"r{n}", "a", points=10, **WORKPLACE) for n in range(5)]
    strong = rule("s", "b", points=20, **WORKPLACE)
    assert keys(route(TROUBLE, [window("a", 1), window("b", 2)], [*weak, strong], now=NOW)) == ["b", "a"]


def test_each_reason_is_said_once_and_the_strongest_first():
    twice = [rule("weak", "a", points=1, **WORKPLACE), rule("strong", "a", points=9, **WORKPLACE)]
    twin = replace(twice[0], key="twin")
    (first,) = route(TROUBLE, [window("a")], [*twice, twin], now=NOW).suggestions
    assert [words.ja for words in first.why] == ["strongのため。", "weakのため。"]
    assert first.why[0].label("en_GB") == "because of strong"


def test_an_unknown_age_leads_to_asking_not_to_the_window():
    old = window("old", minimum_age=60)
    answer = route(TROUBLE, [old, GENERAL], [rule("r", "old", **WORKPLACE)], now=NOW)
    assert keys(answer) == ["general"]
    assert [(one.window_key, one.words.ja) for one in answer.ask_age] == [("old", "60歳からの方の窓口です。")]
    assert answer.near_misses == ()


def test_a_rule_that_waits_for_the_age_asks_for_it_too():
    answer = route(TROUBLE, [window("a"), GENERAL], [rule("r", "a", age_to=29, **WORKPLACE)], now=NOW)
    assert [one.window_key for one in answer.ask_age] == ["a"]
    assert "年齢" in answer.suggestions[-1].why[1].ja


def test_a_band_that_lies_partly_inside_is_asked_for():
    situation = replace(TROUBLE, age_band=AgeBand.A20_29)
    answer = route(situation, [window("a", minimum_age=25)], [rule("r", "a", **WORKPLACE)], now=NOW)
    assert keys(answer) == []
    assert [one.window_key for one in answer.ask_age] == ["a"]


def test_nobody_is_asked_for_an_age_by_a_rule_that_its_window_contradicts():
    old = window("old", minimum_age=60)
    young = rule("r", "old", age_to=29)
    assert route(TROUBLE, [old], [young], now=NOW).ask_age == ()
    asked = route(TROUBLE, [old], [rule("r", "old", age_from=65)], now=NOW).ask_age
    assert [one.window_key for one in asked] == ["old"]


def test_one_thing_in_the_way_is_a_near_miss_and_two_are_not():
    situation = replace(TROUBLE, age_band=AgeBand.A40_49, work=WorkHistory.STUDENT)
    only = rule("only", "young", RuleKind.ONLY_IF, work=frozenset({WorkHistory.NEVER}))
    young = window("young", maximum_age=34)
    one = route(situation, [young], [rule("r", "young", **WORKPLACE)], now=NOW)
    assert [miss.why_not.ja for miss in one.near_misses] == ["34歳までの方の窓口です。"]
    assert route(situation, [young], [rule("r", "young", **WORKPLACE), only], now=NOW).near_misses == ()


def test_an_only_if_rule_says_in_its_own_words_why_not():
    answer = route(
        replace(TROUBLE, single_parent=False),
        [window("a")],
        [rule("r", "a", **WORKPLACE), rule("ひとり親では", "a", RuleKind.ONLY_IF, single_parent=True)],
        now=NOW,
    )
    assert [miss.why_not.ja for miss in answer.near_misses] == ["ひとり親ではのため。"]


def test_what_nobody_answered_keeps_nobody_out():
    gate = rule("g", "a", RuleKind.ONLY_IF, certificate=True)
    assert keys(route(TROUBLE, [window("a")], [rule("r", "a", **WORKPLACE), gate], now=NOW)) == ["a"]


def test_a_group_that_follows_from_another_answer_is_not_kept_out():
    limited = window("a", target_groups=frozenset({TargetGroup.DISABILITY}))
    other = replace(TROUBLE, target_groups=frozenset({TargetGroup.OTHER}))
    some = [rule("r", "a", **WORKPLACE)]
    assert keys(route(other, [limited], some, now=NOW)) == []
    assert keys(route(replace(other, certificate=True), [limited], some, now=NOW)) == ["a"]


def test_nothing_known_is_said_to_match_nothing_and_what_would_help():
    answer = route(Situation(), windows(), rules(), now=NOW)
    assert answer.nothing_matched
    said = " ".join(words.ja for words in answer.suggestions[0].why)
    assert "見つかりませんでした" in said
    assert "希望する働き方" in said
    assert "相談内容" in said


def test_a_window_that_moved_is_proposed_only_in_its_time():
    def first(day: date) -> str:
        at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        return route(replace(TROUBLE, at=at), windows(), rules(), now=NOW).suggestions[0].window_key

    assert first(date(2022, 9, 30)) == "labour_advice_kokubunji"
    assert first(date(2022, 10, 1)) == "labour_advice_tama"


def test_the_day_is_that_of_japan():
    starts = window("a", valid_from=date(2026, 11, 21))
    some = [rule("r", "a", **WORKPLACE)]
    evening = datetime(2026, 11, 20, 15, 1, tzinfo=UTC)
    assert keys(route(TROUBLE, [starts], some, now=evening)) == ["a"]
    assert keys(route(TROUBLE, [starts], some, now=NOW)) == []
