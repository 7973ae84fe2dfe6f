"""The script of a site of files answers as the server does: every scenario, hundreds of situations."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from sqlalchemy import select

from app.feed.answering import Guide
from app.feed.finder_queries import get_finder_data
from app.feed.queries import get_guide
from app.feed.questions import Age, Answers, Life, Way, Wish, Work
from app.foundation import clock
from app.foundation.db import db
from app.foundation.sensitivity import Sensitivity
from app.foundation.transaction import transaction
from app.situation.situation import Language, Situation, WorkHistory, WorkWish
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, Topic
from app.windows.loading import load_directory
from app.windows.models import WindowVersion
from app.windows.rule_models import GuidanceRuleVersion
from tests.factories import system_actor
from tests.feed.furnished import MARK, furnish
from tests.windows.ruled import scenarios

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
DAY = clock.day_of(NOW)
SCRIPT = "app/static/js/rules.js"

ROUTES = "([data, asked]) => asked.map(([one, at]) => ShirubeRules.route(data, one, at))"
FINDS = "([data, asked]) => asked.map(([one, at]) => ShirubeRules.find(data, one, at))"


@pytest.fixture(scope="module")
def city(running_server, databases):
    """Return the application on a directory in which everything happens that may."""
    with running_server.resting():
        databases.get("browser").reset()
    with running_server.app.app_context(), clock.standing_at(NOW):
        with transaction():
            load_directory(actor=system_actor())
            furnish(db.session, DAY)
        guide_at.cache_clear()
        yield running_server.app
        db.session.remove()


@pytest.fixture(scope="module")
def script(browser, city, pytestconfig):
    """Return an empty page that knows the rules' script."""
    page = browser.new_page()
    page.evaluate((pytestconfig.rootpath / SCRIPT).read_text(encoding="utf-8").replace("const ", "var ", 1))
    yield page
    page.close()


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


MOMENTS = [NOW + timedelta(minutes=random.Random(number).randint(0, 400 * 24 * 60)) for number in range(60)]
"""Moments of the next 400 days: holidays, nights and New Year among them."""


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


def some_answers(chance: random.Random) -> Answers:
    return Answers(
        age=chance.choice([None, *Age]),
        work=chance.choice([None, *Work]),
        wishes=tuple(one for one in Wish if chance.random() < 0.3),
        life=tuple(one for one in Life if chance.random() < 0.25),
        way=chance.choice([None, *Way]),
    )


@cache
def guide_at(moment: datetime) -> Guide:
    """Return what the server answers from; the directory stands still in these tests."""
    return get_guide(moment)


def routed(situation: Situation, moment: datetime, locale: str) -> dict:
    """Return the server's answer in the shape of the script's."""
    answer = guide_at(moment).prepared.answer(situation)
    return {
        "suggestions": [
            {
                "key": one.window_key,
                "points": one.points,
                "why": [words.label(locale) for words in one.why],
                "mind": [words.label(locale) for words in one.mind],
                "general": one.general,
            }
            for one in answer.suggestions
        ],
        "asking": [{"key": one.window_key, "words": one.words.label(locale)} for one in answer.ask_age],
        "misses": [{"key": one.window_key, "why": one.why_not.label(locale)} for one in answer.near_misses],
        "nothing": answer.nothing_matched,
    }


def found(answers: Answers, moment: datetime, locale: str) -> dict:
    """Return what the server's page shows, in the shape of the script's."""
    answer = guide_at(moment).find(answers)

    def shown(one) -> list:
        facts = one.view.facts
        told = [[words.label(locale) for words in some] for some in (one.why, one.mind)]
        return [one.view.key, one.view.name_in(locale), facts.telephone, facts.address, *told]

    return {
        "places": [shown(one) for one in answer.places],
        "general": shown(answer.general) if answer.general else None,
        "may_fit": [shown(one) for one in answer.may_fit],
        "misses": [shown(one) for one in answer.misses],
        "has_more": answer.has_more,
    }


def shown_by_script(answer: dict) -> dict:
    def shown(one: dict) -> list:
        return [
            *(one["window"][name] for name in ("key", "name", "telephone", "address")),
            one["why"],
            one["mind"],
        ]

    listed = {
        name: [shown(one) for one in some] if isinstance(some, list) else some and shown(some)
        for name, some in answer.items()
        if name != "has_more"
    }
    return listed | {"has_more": answer["has_more"]}


# One page load for all of it: each variant of the data is asked until one answer differs.
DIFFERS = """
([data, variants, asked, expected]) => {
  const wanted = expected.map((one) => JSON.stringify(one));
  const plain = (one) => JSON.stringify(one, ["suggestions", "asking", "misses", "nothing", "key", "points",
    "why", "mind", "general", "words"]);
  const differs = (change) => asked.some(
    ([one, at], number) => plain(ShirubeRules.route({ ...data, ...change }, one, at)) !== wanted[number],
  );
  return variants.map(differs);
}
"""


def differing(script, data: dict, variants: list[dict], asked: list, expected: list[dict]) -> list[bool]:
    """Return of each variant of the data whether the script then answers otherwise than the server."""
    return script.evaluate(DIFFERS, [data, variants, asked, expected])


def codes(situation: Situation) -> dict:
    return {name: code for name, code in situation.codes().items() if name != "at"}


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_every_scenario_is_answered_alike(script, locale):
    for one in scenarios():
        moment = one.at(DAY).at
        situation = one.at(DAY).implied()
        data = get_finder_data(min(DAY, clock.day_of(moment)), locale, furigana=False)
        got = script.evaluate(ROUTES, [data, [[codes(situation), milliseconds(moment)]]])
        assert got == [routed(situation, moment, locale)], one.key


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_hundreds_of_situations_on_days_to_come_are_answered_alike(script, locale):
    chance = random.Random(3)
    asked = [(some_situation(chance), chance.choice(MOMENTS)) for _ in range(400)]
    data = get_finder_data(DAY, locale, furigana=False)
    got = script.evaluate(ROUTES, [data, [[codes(one), milliseconds(at)] for one, at in asked]])
    for (situation, moment), answer in zip(asked, got, strict=True):
        assert answer == routed(situation, moment, locale), (situation, moment)


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_hundreds_of_answers_to_the_five_questions_lead_to_the_same_page(script, locale):
    chance = random.Random(4)
    asked = [(some_answers(chance), chance.choice(MOMENTS)) for _ in range(400)]
    data = get_finder_data(DAY, locale, furigana=False)
    questions = [[vars(one), milliseconds(at)] for one, at in asked]
    got = script.evaluate(FINDS, [data, json.loads(json.dumps(questions))])
    for (answers, moment), answer in zip(asked, got, strict=True):
        assert shown_by_script(answer) == found(answers, moment, locale), (answers, moment)


def test_the_situations_meet_everything_that_an_answer_may_hold(script):
    """Two that agree in silence would agree on anything."""
    chance = random.Random(3)
    asked = [(some_situation(chance), chance.choice(MOMENTS)) for _ in range(400)]
    answers = [routed(one, at, "ja") for one, at in asked]
    minds = " ".join(words for answer in answers for one in answer["suggestions"] for words in one["mind"])
    for words in (
        "開いています",
        "いまは閉まっています",
        "今日の受付は終わりました",
        "今日は閉まっています",
        "次は2027年",
        "祝日か",
    ):
        assert words in minds
    assert any(answer["asking"] for answer in answers)
    assert any(answer["misses"] for answer in answers)
    assert any(answer["nothing"] for answer in answers)


@pytest.fixture(scope="module")
def asked_today(city) -> tuple[dict, list, list]:
    """Return the data, situations and the server's answers."""
    chance = random.Random(6)
    situations = [some_situation(chance) for _ in range(600)] + [
        one.situation.implied() for one in scenarios()
    ]
    asked = [[codes(one), milliseconds(NOW)] for one in situations]
    return get_finder_data(DAY, "ja", furigana=False), asked, [routed(one, NOW, "ja") for one in situations]


def test_a_rule_that_changes_on_one_side_only_is_noticed(script, asked_today):
    """Each rule in turn is left out, weakened and told otherwise in the script's data alone."""
    data, asked, expected = asked_today
    current = {one["key"] for one in data["windows"] if one["from"] == DAY.isoformat()}
    in_force = [one for one in data["rules"] if one["from"] == DAY.isoformat() and one["window"] in current]
    assert len(in_force) > 30
    names, variants = ["as it is"], [{}]
    for rule in in_force:
        others = [one for one in data["rules"] if one is not rule]
        changed = {
            "left out": others,
            "with a condition less": [*others, rule | {"tests": rule["tests"][1:]}],
            "with another reason": [*others, rule | {"reason": (rule["reason"] + 1) % len(data["reasons"])}],
        }
        names += [f"{rule['key']} {how}" for how in changed]
        variants += [{"rules": rules} for rules in changed.values()]
    noticed = differing(script, data, variants, asked, expected)
    assert [name for name, one in zip(names, noticed, strict=True) if not one] == ["as it is"]


def test_a_window_that_changes_on_one_side_only_is_noticed(script, asked_today):
    data, asked, expected = asked_today
    limited = [one for one in data["windows"] if one["age"] and one["from"] == DAY.isoformat()]
    assert len(limited) >= 3
    variants = [
        {"windows": [*(other for other in data["windows"] if other is not one), one | {"age": None}]}
        for one in limited
    ]
    noticed = differing(script, data, variants, asked, expected)
    assert [one["key"] for one, told in zip(limited, noticed, strict=True) if not told] == []


def test_a_clock_that_runs_behind_reads_the_day_of_the_site(script):
    chance = random.Random(7)
    data = get_finder_data(DAY, "ja", furigana=False)
    situation = codes(some_situation(chance))
    early = milliseconds(NOW - timedelta(days=3000))
    answers = script.evaluate(ROUTES, [data, [[situation, early], [situation, milliseconds(NOW)]]])
    assert [one["key"] for one in answers[0]["suggestions"]] == [
        one["key"] for one in answers[1]["suggestions"]
    ]


def test_after_the_last_known_holiday_nothing_is_said_of_the_hours(script):
    data = get_finder_data(DAY, "en", furigana=False)
    far = milliseconds(NOW + timedelta(days=5 * 365))
    [answer] = script.evaluate(ROUTES, [data, [[codes(Situation()), far]]])
    said = " ".join(words for one in answer["suggestions"] for words in one["mind"])
    assert answer["suggestions"]
    for words in ("Open", "Closed", "holiday"):
        assert words not in said


def names_in(data: object) -> Iterator[str]:
    """Yield the name of every item, however deep."""
    if isinstance(data, dict):
        yield from data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from names_in(one)


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_the_data_hold_nothing_that_is_for_the_office_alone(city, locale):
    data = json.loads(json.dumps(get_finder_data(DAY, locale, furigana=True), ensure_ascii=False))
    tables = (WindowVersion.__table__, GuidanceRuleVersion.__table__)
    columns = [one for table in tables for one in table.columns]
    internal = {one.name for one in columns if one.info["sensitivity"] is not Sensitivity.PUBLIC}
    assert {"verified_by", "origin", "recorded_by"} <= internal
    assert internal & set(names_in(data)) == set()
    # Whoever verified an entry, and why a window is closed, stand as this mark in every entry.
    assert db.session.scalar(select(WindowVersion.verified_by).limit(1)) == MARK
    assert MARK not in json.dumps(data)
