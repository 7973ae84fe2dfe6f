"""Editions of the map: what they contain, what changed, and that a published one stays as it is."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, NotFound
from app.foundation.transaction import transaction
from app.situation.vocabulary import TargetGroup, Topic
from app.windows import map_operations, map_queries, map_register_operations, map_register_queries
from app.windows.loading import load_directory
from app.windows.map_models import MapEdition
from app.windows.map_paper import paper_of, sentence
from app.windows.map_vocabulary import ChangeKind, EditionState, MapReason
from app.windows.models import Window, WindowVersion
from app.windows.vocabulary import OfficeKind, PrintRun
from tests import factories
from tests.factories import make_actor, make_office

pytestmark = pytest.mark.both_databases

SPRING, AUTUMN = date(2026, 4, 1), date(2026, 10, 1)


@pytest.fixture(autouse=True)
def standing_still():
    with clock.standing_at(datetime(2026, 11, 20, 1, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def actor(db_session):
    actor = make_actor(Role.PLAN_DESK)
    db.session.commit()
    return actor


def added(record):
    factories.add(record)
    db.session.commit()
    return record


def made_window(**facts):
    made = factories.make_window(**facts)
    db.session.commit()
    return made


def publish(actor, day=SPRING):
    with transaction():
        return map_operations.publish_edition(actor=actor, published_on=day, changes="更新").number


def names(number) -> set[str]:
    return {view.name for view in map_queries.list_contents(map_queries.get_edition(number))}


def changes(number):
    edition = map_queries.get_edition(number)
    return map_queries.list_changes(edition, map_queries.list_contents(edition))


def again(version, **facts):
    """Add the next version of a window, which begins where the facts say."""
    kept = {one.name: getattr(version, one.name) for one in WindowVersion.__table__.columns}
    kept |= {"id": None, "number": version.number + 1} | facts
    return added(WindowVersion(**{name: value for name, value in kept.items() if name != "id"}))


def test_an_edition_contains_the_windows_of_its_day_and_keeps_them(actor):
    _window, version = made_window(name="移る窓口", address="国分寺市南町")
    made_window(name="夏にできる窓口", valid_from=date(2026, 7, 1))
    made_window(name="終わった窓口", valid_to=date(2026, 3, 31))
    publish(actor)
    assert names(1) == {"移る窓口"}

    again(version, name="移った窓口", valid_from=SPRING)

    assert names(1) == {"移る窓口"}


def test_a_draft_follows_the_directory_until_it_is_published(actor):
    _window, version = made_window(name="前の名前")
    with transaction():
        number = map_operations.draft_edition(actor=actor, published_on=AUTUMN, changes="更新").number
    assert names(number) == {"前の名前"}
    again(version, name="後の名前", valid_from=date(2026, 9, 1))
    assert names(number) == {"後の名前"}

    with transaction():
        map_operations.publish_draft(actor=actor, number=number)

    assert names(number) == {"後の名前"}


def test_what_changed_is_computed_from_the_windows_of_both_editions(actor):
    successor, _new = made_window(name="後継の窓口", valid_from=date(2026, 7, 1))
    ended, last = made_window(name="終わる窓口", valid_to=date(2026, 6, 30))
    db.session.get(Window, ended.id).successor_id = successor.id
    db.session.commit()
    _same, steady = made_window(name="変わらない窓口")
    _moved, before = made_window(name="移る窓口", address="国分寺市南町", telephone="042-000-0001")
    publish(actor, SPRING)
    again(before, address="立川市緑町", valid_from=date(2026, 8, 1))
    again(steady, verified_on=date(2026, 8, 1), valid_from=date(2026, 8, 1))
    publish(actor, AUTUMN)

    found = {change.view.name: change for change in changes(2)}

    assert changes(1) is None
    assert {name: change.kind for name, change in found.items()} == {
        "後継の窓口": ChangeKind.ADDED,
        "移る窓口": ChangeKind.CHANGED,
        "終わる窓口": ChangeKind.ENDED,
    }
    assert found["移る窓口"].changed == ("所在地",)
    assert sentence(found["移る窓口"]) == "移る窓口：所在地が変わりました。"
    assert sentence(found["終わる窓口"]) == "終わる窓口は後継の窓口に変わりました。"
    assert last.window_id == ended.id


def test_a_published_edition_is_not_changed_by_any_operation(actor):
    made_window()
    number = publish(actor)
    before = map_queries.get_edition(number)
    acts = [
        lambda: map_operations.change_draft(
            actor=actor, number=number, published_on=AUTUMN, changes="別", version=None
        ),
        lambda: map_operations.publish_draft(actor=actor, number=number),
        lambda: map_operations.discard_draft(actor=actor, number=number, version=None),
    ]
    for act in acts:
        with pytest.raises(Conflict, match="発行ずみ"), transaction():
            act()

    assert map_queries.get_edition(number) == before


def test_a_draft_is_no_edition_yet_in_any_figure_and_takes_no_printing(actor):
    with transaction():
        map_operations.draft_edition(actor=actor, published_on=SPRING, changes="更新")

    assert map_queries.find_last_edition() is None
    assert map_register_queries.list_editions_out() == []
    with pytest.raises(DomainError, match="まだ下書き"), transaction():
        map_register_operations.record_printing(
            actor=actor, edition_number=1, printed_on=SPRING, copies=10, run=PrintRun.FIRST
        )


def test_only_one_draft_is_made_at_a_time(actor):
    with transaction():
        map_operations.draft_edition(actor=actor, published_on=SPRING, changes="更新")

    with pytest.raises(Conflict), transaction():
        map_operations.draft_edition(actor=actor, published_on=AUTUMN, changes="更新")


def test_only_the_newest_edition_without_copies_is_taken_back(actor):
    publish(actor, SPRING)
    publish(actor, AUTUMN)

    def void(number, version=None):
        with transaction():
            map_operations.void_edition(
                actor=actor, number=number, version=version, reason=MapReason.DUPLICATE
            )

    with pytest.raises(DomainError, match="いちばん新しい号だけ"):
        void(1)
    with transaction():
        printing = map_register_operations.record_printing(
            actor=actor, edition_number=2, printed_on=AUTUMN, copies=10, run=PrintRun.FIRST
        )
    with pytest.raises(DomainError, match="先にその記録"):
        void(2)
    with transaction():
        map_register_operations.void_entry(
            actor=actor, kind="printing", entry_id=printing.id, reason=MapReason.DUPLICATE, version=None
        )
    with pytest.raises(Conflict):
        void(2, version=99)
    void(2)

    assert map_queries.find_last_edition().number == 1
    assert publish(actor, AUTUMN) == 3
    with pytest.raises(NotFound):
        void(2)


def test_a_first_run_with_reprints_is_neither_voided_nor_moved_behind_them(actor):
    publish(actor)

    def enter(run, day):
        with transaction():
            return map_register_operations.record_printing(
                actor=actor, edition_number=1, printed_on=day, copies=10, run=run
            ).id

    first, _second = enter(PrintRun.FIRST, SPRING), enter(PrintRun.REPRINT, date(2026, 6, 1))

    with pytest.raises(DomainError, match="増冊の記録があります"), transaction():
        map_register_operations.void_entry(
            actor=actor, kind="printing", entry_id=first, reason=MapReason.DUPLICATE, version=None
        )
    for run, day in ((PrintRun.FIRST, date(2026, 7, 1)), (PrintRun.REPRINT, SPRING)):
        with pytest.raises(DomainError), transaction():
            map_register_operations.correct_printing(
                actor=actor, printing_id=first, printed_on=day, copies=10, run=run,
                reason=MapReason.WRONG_CONTENT, version=None,
            )  # fmt: skip
    assert map_queries.get_edition(1).copies == 20


def test_the_trail_keeps_what_stood_before_a_correction(actor):
    office = make_office(kind=OfficeKind.DEPARTMENT)
    db.session.commit()
    with transaction():
        briefing = map_register_operations.record_briefing(
            actor=actor, office_id=office.id, held_on=SPRING, headcount=10
        )
    with transaction():
        map_register_operations.correct_briefing(
            actor=actor, briefing_id=briefing.id, office_id=office.id, held_on=SPRING, headcount=12,
            reason=MapReason.WRONG_CONTENT, version=1,
        )  # fmt: skip

    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "map.briefing_corrected"))
    assert '"headcount":10' in entry.details.replace(" ", "")
    assert "wrong_content" in entry.details


def test_staff_of_an_agency_are_not_briefed_here(actor):
    agency = make_office(kind=OfficeKind.AGENCY)
    db.session.commit()

    with pytest.raises(DomainError) as refused, transaction():
        map_register_operations.record_briefing(
            actor=actor, office_id=agency.id, held_on=SPRING, headcount=10
        )
    assert refused.value.field == "office_id"


def test_paper_names_windows_by_target_group_and_need(actor):
    made_window(name="若者の窓口", target_groups=(TargetGroup.YOUTH,), needs=(Topic.JOB_SEARCH,))
    made_window(name="親の窓口", target_groups=(TargetGroup.PARENT,), needs=(Topic.CHILDCARE,))
    publish(actor)
    edition = map_queries.get_edition(1)

    paper = paper_of(edition, map_queries.list_contents(edition), (), url="")

    assert [one.code for one in paper.needs] == ["job_search", "childcare"]
    assert {entry.name: entry.groups for entry in paper.entries} == {
        "若者の窓口": ("youth",),
        "親の窓口": ("parent",),
    }
    assert not paper.is_draft


def test_a_window_stands_under_those_it_serves_and_those_whom_alone_it_takes(actor):
    made_window(name="みんなの窓口", serves=tuple(TargetGroup))
    made_window(name="若者と親の窓口", serves=(TargetGroup.YOUTH,), target_groups=(TargetGroup.PARENT,))
    made_window(name="何も聞いていない窓口")
    publish(actor)
    edition = map_queries.get_edition(1)

    paper = paper_of(edition, map_queries.list_contents(edition), (), url="")

    assert {entry.name: entry.groups for entry in paper.entries} == {
        "みんなの窓口": tuple(group.value for group in TargetGroup),
        "若者と親の窓口": ("parent", "youth"),
        "何も聞いていない窓口": ("no_group",),
    }


def test_the_map_of_the_shipped_directory_has_windows_for_every_target_group(actor):
    with transaction():
        load_directory(actor=factories.system_actor())
    publish(actor)
    edition = map_queries.get_edition(1)

    paper = paper_of(edition, map_queries.list_contents(edition), (), url="")

    under = {
        one.code: {entry.name for entry in paper.entries if one.code in entry.groups} for one in paper.groups
    }
    assert all(under[group.value] for group in TargetGroup)
    # Of these no source says for whom they are.
    assert under["no_group"] == {"多摩職業能力開発センター", "東京都労働相談情報センター多摩事務所"}


def test_an_edition_from_before_contents_were_kept_holds_none_and_nothing_is_compared(actor):
    made_window()
    added(MapEdition(number=1, published_on=SPRING, fiscal_year=2026, changes=""))
    publish(actor, AUTUMN)

    assert map_queries.get_edition(1).state is EditionState.PUBLISHED
    assert names(1) == set()
    assert changes(2) is None
