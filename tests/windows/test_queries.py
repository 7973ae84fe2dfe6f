"""Which window is offered on which day, and what a search finds."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from app.foundation.db import db
from app.foundation.errors import DomainError, NotFound
from app.foundation.labels import Words
from app.foundation.transaction import transaction
from app.situation.situation import Situation
from app.situation.vocabulary import TargetGroup, Topic
from app.windows import queries
from app.windows.loading import load_directory
from app.windows.models import WindowVersion
from app.windows.routing import route
from app.windows.routing_queries import list_routed
from app.windows.rules import Conditions, Rule, RuleKind
from app.windows.vocabulary import GENERAL_WINDOW, OfficeKind, Standing
from tests.factories import add, make_office, make_window, system_actor

pytestmark = pytest.mark.both_databases

LAST_DAY = date(2022, 9, 30)
FIRST_DAY = date(2022, 10, 1)


def names_on(day):
    return [view.name for view in queries.list_windows(day)]


def again(version, **changes):
    """Insert a further version of a window."""
    columns = {name: getattr(version, name) for name in queries.FACTS} | changes
    return add(
        WindowVersion(
            window_id=version.window_id,
            number=version.number + 1,
            recorded_at=version.recorded_at,
            **columns,
        )
    )


@pytest.fixture
def shipped(db_session):
    with transaction():
        load_directory(actor=system_actor())


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        (date(2022, 3, 31), False),
        (date(2022, 4, 1), True),
        (date(2022, 9, 30), True),
        (date(2022, 10, 1), False),
    ],
)
def test_a_window_is_offered_only_from_its_first_to_its_last_day(db_session, day, offered):
    window, _version = make_window(valid_from=date(2022, 4, 1), valid_to=LAST_DAY)

    assert bool(queries.list_windows(day)) is offered
    assert (queries.find_window_on(window.id, day) is not None) is offered
    assert ((window.id, day) in queries.windows_on([(window.id, day)])) is offered


def test_asking_for_a_window_outside_its_time_is_an_error_at_the_field(db_session):
    window, _version = make_window(valid_to=LAST_DAY)

    with pytest.raises(DomainError) as refused:
        queries.get_window_on(window.id, FIRST_DAY)
    assert refused.value.field == "window_id"


def test_a_window_that_moved_is_offered_at_its_address_of_the_day(shipped):
    moved = queries.find_window_id("tokyo_shigoto_tama")

    before = queries.get_window_on(moved, LAST_DAY)
    after = queries.get_window_on(moved, FIRST_DAY)

    assert before.facts.address == "国分寺市南町3-22-10"
    assert after.facts.address == "立川市"
    assert queries.get_version(before.version_id).facts.address == "国分寺市南町3-22-10"
    assert queries.find_window_on(moved, date(2007, 7, 31)) is None


def test_the_labour_office_changes_over_on_one_day(shipped):
    assert "東京都労働相談情報センター国分寺事務所" in names_on(LAST_DAY)
    assert "東京都労働相談情報センター多摩事務所" not in names_on(LAST_DAY)
    assert "東京都労働相談情報センター国分寺事務所" not in names_on(FIRST_DAY)
    assert "東京都労働相談情報センター多摩事務所" in names_on(FIRST_DAY)


@pytest.mark.parametrize("day", [date(2012, 4, 1), date(2026, 11, 20)])
def test_the_general_window_is_always_there_and_last(shipped, day):
    assert queries.list_windows(day)[-1].key == GENERAL_WINDOW
    assert queries.find_general_window(day).is_general


def test_the_general_window_is_last_whatever_its_position(db_session):
    make_window(key=GENERAL_WINDOW, name="総合")
    make_window(name="ほか")

    assert names_on(date(2026, 4, 1)) == ["ほか", "総合"]


def test_a_later_entry_for_the_same_days_corrects_the_earlier_one(db_session):
    window, version = make_window(name="旧")
    again(version, name="新")

    assert names_on(date(2026, 4, 1)) == ["新"]
    assert queries.get_version(version.id).name == "旧"
    assert queries.windows_on([(window.id, date(2026, 4, 1))])[window.id, date(2026, 4, 1)].name == "新"


def test_the_directory_says_how_each_window_stands(db_session):
    make_window(name="開いている")
    make_window(name="これから", valid_from=date(2027, 4, 1))
    make_window(name="終わった", valid_to=date(2026, 3, 31))

    lines = queries.list_directory(date(2026, 11, 20), ended=True)

    assert [(line.view.name, line.standing) for line in lines] == [
        ("開いている", Standing.CURRENT),
        ("これから", Standing.UPCOMING),
        ("終わった", Standing.ENDED),
    ]


def test_windows_that_ended_are_listed_only_when_asked_for(db_session):
    make_window(name="終わった", valid_to=date(2026, 3, 31))

    assert queries.list_directory(date(2026, 11, 20)) == []
    assert len(queries.list_directory(date(2026, 11, 20), ended=True)) == 1


def test_between_two_versions_the_next_one_speaks_for_the_window(db_session):
    _window, version = make_window(name="前", valid_to=date(2026, 3, 31))
    later = again(version, name="次の次", valid_from=date(2028, 4, 1), valid_to=None)
    again(later, name="次", valid_from=date(2027, 4, 1), valid_to=date(2028, 3, 31))

    line = queries.list_directory(date(2026, 11, 20))[0]

    assert (line.view.name, line.standing) == ("次", Standing.UPCOMING)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("しごとせんたー", "東京しごとセンター多摩"),
        ("シゴトセンター", "東京しごとセンター多摩"),
        ("ｼｺﾞﾄｾﾝﾀｰ", "東京しごとセンター多摩"),
        ("ｈｅｌｌｏ　ｗｏｒｋ", "ハローワーク立川"),
        ("はろーわーく たちかわ", "ハローワーク立川"),
        ("住居確保", "自立生活サポートセンターこくぶんじ"),
        ("泉町", "自立生活サポートセンターこくぶんじ"),
        ("生活福祉課", "生活福祉課 就労促進指導員"),
        ("JOB COACH", "東京障害者職業センター多摩支所"),
    ],
)
def test_a_search_finds_parts_of_names_kana_services_and_places(shipped, search, found):
    names = [line.view.name for line in queries.list_directory(date(2026, 11, 20), search=search)]

    assert found in names
    assert len(names) < 6


def test_every_word_of_a_search_must_fit(shipped):
    assert queries.list_directory(date(2026, 11, 20), search="ハローワーク 住居確保") == []


def test_percent_and_underscore_are_ordinary_letters_in_a_search(shipped):
    assert queries.list_directory(date(2026, 11, 20), search="%") == []
    assert queries.list_directory(date(2026, 11, 20), search="_") == []


def test_what_is_missing_is_said_to_be_missing(db_session):
    with pytest.raises(NotFound):
        queries.list_versions(1)
    with pytest.raises(NotFound):
        queries.get_version(1)
    with pytest.raises(NotFound):
        queries.get_office(1)
    with pytest.raises(NotFound):
        queries.get_office_by_key("nobody")
    assert queries.find_office("nobody") is None
    assert queries.find_window_id("nobody") is None


def test_offices_are_listed_by_kind(db_session):
    make_office("a", kind=OfficeKind.AGENCY)
    make_office("d", kind=OfficeKind.DEPARTMENT)

    assert [office.key for office in queries.list_offices(OfficeKind.AGENCY)] == ["a"]
    assert [office.key for office in queries.list_offices()] == ["a", "d"]


def test_the_windows_of_a_day_are_one_read_however_many_there_are(db_session):
    for _n in range(30):
        make_window()
    db.session.commit()
    db.session.expire_all()
    reads = []
    event.listen(db.engine, "before_cursor_execute", lambda *read: reads.append(read[2]))

    assert len(queries.list_windows(date(2026, 4, 1))) == 30
    assert len([read for read in reads if "FROM window_version" in read]) == 1
    assert len(reads) <= 2


def test_guidance_names_a_window_to_others_than_those_it_serves(db_session):
    window, _version = make_window(key="open", serves=(TargetGroup.YOUTH,))
    limited, _version = make_window(key="limited", target_groups=(TargetGroup.YOUTH,))
    now = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    wants = Conditions(needs=frozenset({Topic.JOB_SEARCH}))
    rules = [
        Rule(key=key, window_key=key, kind=RuleKind.SUITS, points=20, conditions=wants, reason=Words(ja="あ"))
        for key in ("open", "limited")
    ]
    parent = Situation(target_groups=frozenset({TargetGroup.PARENT}), needs=frozenset({Topic.JOB_SEARCH}))

    answer = route(parent, list_routed(now.date(), now), rules, now=now)

    assert [one.window_id for one in answer.suggestions if not one.general] == [window.id]
    assert [one.window_id for one in answer.near_misses] == [limited.id]
