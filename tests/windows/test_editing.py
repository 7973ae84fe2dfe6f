"""The plan desk edits the directory: every edit is a version, an entry ends and is never deleted."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, NotFound
from app.foundation.transaction import transaction
from app.situation.situation import Language
from app.situation.vocabulary import TargetGroup, Topic
from app.windows import entry_operations, operations, queries
from app.windows.directory import NewOffice, WindowEntry
from app.windows.facts import WindowFacts
from app.windows.hours import Closing, WeeklyHours
from app.windows.models import Window, WindowVersion
from app.windows.vocabulary import Appointment, OfficeKind, Revision, Standing
from tests.factories import make_actor, make_office, make_window, system_actor

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 11, 20)
FULL = WindowFacts(
    name="北の窓口",
    name_en="North Desk",
    kana="きたのまどぐち",
    needs=(Topic.JOB_SEARCH, Topic.DEBT),
    serves=(TargetGroup.YOUTH,),
    target_groups=(TargetGroup.YOUTH, TargetGroup.OTHER),
    minimum_age=15,
    maximum_age=49,
    url="https://example.jp/北?a=1",
    hours=WeeklyHours.read("mon 09:00-12:00 13:00-17:00; holidays closed"),
    closings=(Closing(date(2027, 2, 1), date(2027, 2, 3), "館内工事"),),
    appointment=Appointment.NEEDED,
    referral_from="市の相談員が電話で",
    documents="本人を確かめる書類",
    languages=(Language.JA, Language.EN),
    fee="無料",
    source="市のウェブページ",
)


@pytest.fixture(autouse=True)
def standing_still():
    with clock.standing_at(datetime(2026, 11, 20, 1, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def actor(db_session):
    actor = make_actor(Role.PLAN_DESK)
    db.session.commit()
    return actor


def open_window(actor, facts=FULL, key="north", verified=False):
    office = make_office(kind=OfficeKind.AGENCY, programme=None)
    db.session.commit()
    with transaction():
        return entry_operations.open_window(
            actor=actor, key=key, office_id=office.id, facts=facts, verified=verified
        )


def revise(actor, window_id, facts, **more):
    said = {
        "of": queries.list_versions(window_id)[-1].number,
        "latest": queries.list_versions(window_id)[-1].number,
        "revision": Revision.CORRECTION,
        "changed_on": None,
        "verified": False,
    } | more
    with transaction():
        return entry_operations.revise_window(actor=actor, window_id=window_id, facts=facts, **said)


def end(actor, window_id, last_day=TODAY, successor_id=None):
    with transaction():
        entry_operations.end_window(
            actor=actor, window_id=window_id, last_day=last_day, successor_id=successor_id, latest=None
        )


def last_entry(action):
    found = select(AuditEntry.details).where(AuditEntry.action == action).order_by(AuditEntry.id.desc())
    return json.loads(db.session.scalar(found.limit(1)))


def spoken_on(window_id, *days):
    views = [queries.find_window_on(window_id, day) for day in days]
    return [view and view.number for view in views]


def test_everything_that_was_entered_is_read_back(actor):
    window_id = open_window(actor)

    assert queries.list_versions(window_id)[0].facts == FULL


def test_a_new_window_is_unverified_until_somebody_says_so(actor):
    plain = queries.list_versions(open_window(actor))[0].facts
    checked = queries.list_versions(open_window(actor, key="south", verified=True))[0].facts

    assert (plain.verified_on, plain.verified_by) == (None, "")
    assert (checked.verified_on, checked.verified_by) == (TODAY, actor.label)


def test_the_same_window_sent_twice_is_entered_once(actor):
    open_window(actor)

    with pytest.raises(DomainError) as refused:
        open_window(actor)
    assert refused.value.field == "key"
    assert db.session.scalar(select(func.count(Window.id))) == 1


@pytest.mark.parametrize("key", ["", "North", "1north", "a", "north-desk", "n" * 41, "北"])
def test_a_key_that_no_address_can_hold_is_refused(actor, key):
    with pytest.raises(DomainError) as refused:
        open_window(actor, key=key)
    assert refused.value.field == "key"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"minimum_age": 50}, "maximum_age"),
        ({"valid_from": date(2026, 4, 1), "valid_to": date(2026, 3, 31)}, "valid_to"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "www.example.jp"}, "url"),
        ({"response_days": 0}, "response_days"),
        ({"grace_days": -1}, "grace_days"),
        ({"grace_days": 61}, "grace_days"),
        ({"serves": (TargetGroup.PARENT,)}, "serves"),
    ],
)
def test_facts_that_cannot_be_are_refused_at_their_field(actor, wrong, field):
    with pytest.raises(DomainError) as refused:
        open_window(actor, replace(FULL, **wrong))
    assert refused.value.field == field
    assert db.session.scalar(select(func.count(Window.id))) == 0


def test_an_office_that_is_not_there_is_refused(actor):
    with pytest.raises(DomainError) as refused, transaction():
        entry_operations.open_window(actor=actor, key="north", office_id=999, facts=FULL, verified=False)
    assert refused.value.field == "office_id"


def test_a_correction_takes_the_place_of_what_it_corrects(actor):
    window_id = open_window(actor, replace(FULL, valid_from=date(2020, 4, 1)))

    revise(actor, window_id, replace(FULL, valid_from=date(2021, 4, 1)))

    days = date(2020, 4, 1), date(2021, 3, 31), date(2021, 4, 1), TODAY
    assert spoken_on(window_id, *days) == [None, None, 2, 2]
    assert queries.list_versions(window_id)[0].facts.valid_from == date(2020, 4, 1)


def test_a_change_speaks_from_its_day_on_and_what_was_before_stays_before(actor):
    window_id = open_window(actor)

    revise(
        actor,
        window_id,
        replace(FULL, address="立川市"),
        revision=Revision.CHANGE,
        changed_on=date(2027, 4, 1),
    )

    assert spoken_on(window_id, TODAY, date(2027, 3, 31), date(2027, 4, 1)) == [1, 1, 2]
    assert [view.number for view in queries.list_windows(date(2027, 3, 31))] == [1]
    assert [view.number for view in queries.list_windows(date(2027, 4, 1))] == [2]


def test_a_correction_of_the_present_leaves_the_change_to_come(actor):
    window_id = open_window(actor)
    revise(actor, window_id, replace(FULL, fee="有料"), revision=Revision.CHANGE, changed_on=date(2027, 4, 1))

    revise(actor, window_id, replace(FULL, telephone="042-000-0000"), of=1)

    assert spoken_on(window_id, TODAY, date(2027, 4, 1)) == [3, 2]


def test_a_correction_that_shortens_a_window_does_not_wake_the_old_version(actor):
    window_id = open_window(actor)

    revise(actor, window_id, replace(FULL, valid_to=date(2026, 12, 31)))

    assert spoken_on(window_id, date(2026, 12, 31), date(2027, 1, 1)) == [2, None]


@pytest.mark.parametrize("day", [None, date(2020, 3, 31), date(2020, 4, 1)])
def test_a_change_without_a_day_or_before_the_beginning_is_refused(actor, day):
    window_id = open_window(actor, replace(FULL, valid_from=date(2020, 4, 1)))

    with pytest.raises(DomainError) as refused:
        revise(actor, window_id, replace(FULL, fee="有料"), revision=Revision.CHANGE, changed_on=day)
    assert refused.value.field == "changed_on"


def test_two_versions_that_begin_on_one_day_are_refused(actor):
    window_id = open_window(actor)
    change = {"revision": Revision.CHANGE, "changed_on": date(2027, 4, 1)}
    revise(actor, window_id, replace(FULL, fee="有料"), **change)

    with pytest.raises(DomainError) as refused:
        revise(actor, window_id, replace(FULL, fee="100円"), of=1, **change)
    assert refused.value.field == "changed_on"
    with pytest.raises(DomainError) as refused:
        revise(actor, window_id, replace(FULL, valid_from=date(2027, 4, 1)), of=1)
    assert refused.value.field == "valid_from"


def test_an_edit_of_a_page_that_is_out_of_date_is_refused(actor):
    window_id = open_window(actor)
    revise(actor, window_id, replace(FULL, fee="有料"))

    with pytest.raises(Conflict):
        revise(actor, window_id, replace(FULL, fee="100円"), of=1, latest=1)
    with pytest.raises(Conflict):
        revise(actor, window_id, replace(FULL, fee="100円"), of=1)
    with pytest.raises(NotFound):
        revise(actor, window_id, replace(FULL, fee="100円"), of=9)
    assert len(queries.list_versions(window_id)) == 2


def test_an_edit_without_a_difference_makes_no_version(actor):
    window_id = open_window(actor)

    with pytest.raises(DomainError, match="変わったところがありません"):
        revise(actor, window_id, FULL)
    assert revise(actor, window_id, FULL, verified=True) == 1
    assert queries.list_versions(window_id)[0].facts.verified_on == TODAY


def test_an_edit_that_nobody_checked_is_unverified_again(actor):
    window_id = open_window(actor, verified=True)

    revise(actor, window_id, replace(FULL, address="立川市"))

    assert queries.list_versions(window_id)[-1].facts.verified_on is None


def test_the_trail_names_what_changed_with_the_codes_before_and_no_text(actor):
    window_id = open_window(actor)

    revise(actor, window_id, replace(FULL, minimum_age=18, needs=(), hours=None, documents="なし"))

    assert last_entry("window.version") == {
        "number": 2,
        "of": 1,
        "changed": ["needs", "minimum_age", "hours", "documents"],
        "before": {
            "needs": ["job_search", "debt"],
            "minimum_age": 15,
            "hours": "mon 09:00-12:00 13:00-17:00; holidays closed",
        },
    }


def test_a_window_ends_with_its_successor_and_nothing_is_deleted(actor):
    window_id = open_window(actor)
    successor, _version = make_window(name="南の窓口")
    db.session.commit()

    end(actor, window_id, successor_id=successor.id)

    assert spoken_on(window_id, TODAY, date(2026, 11, 21)) == [2, None]
    line = next(
        one for one in queries.list_directory(date(2026, 11, 21), ended=True) if one.view.key == "north"
    )
    assert (line.standing, line.view.successor_id) == (Standing.ENDED, successor.id)
    assert queries.list_versions(window_id)[0].facts == FULL
    assert last_entry("window.ended")["before"] == {"valid_to": None, "successor": None}


def test_a_window_cannot_end_before_its_last_version_begins(actor):
    window_id = open_window(actor)
    revise(actor, window_id, replace(FULL, fee="有料"), revision=Revision.CHANGE, changed_on=date(2027, 4, 1))

    with pytest.raises(DomainError) as refused:
        end(actor, window_id)
    assert refused.value.field == "last_day"


def test_successors_that_lead_back_are_refused(actor):
    first, second, third = (open_window(actor, key=f"w{n}x") for n in range(3))
    end(actor, first, successor_id=second)
    end(actor, second, successor_id=third)

    for successor in (first, third):
        with pytest.raises(DomainError) as refused:
            end(actor, third, successor_id=successor)
        assert refused.value.field == "successor_id"
    with pytest.raises(DomainError) as refused:
        end(actor, third, successor_id=999)
    assert refused.value.field == "successor_id"


def test_an_old_link_leads_past_several_moves_to_the_window_of_today(actor):
    first, second, third = (open_window(actor, key=f"w{n}x") for n in range(3))
    end(actor, first, successor_id=second)
    end(actor, second, successor_id=third)

    assert queries.find_last_successor(first, TODAY).view.window_id == third
    assert queries.find_last_successor(third, TODAY) is None


def bring_in(facts):
    house = NewOffice(key="house", kind=OfficeKind.AGENCY, name="北の家", name_en="North House")
    entry = WindowEntry(key="north", office="house", position=1, versions=(facts,))
    with transaction():
        return operations.load_directory(actor=system_actor(), offices=[house], windows=[entry])


def test_a_file_never_overrides_what_a_person_edited(actor):
    bring_in(FULL)
    window_id = queries.find_window_id("north")
    revise(actor, window_id, replace(FULL, telephone="042-000-0000"))

    again = bring_in(FULL)
    newer = bring_in(replace(FULL, telephone="042-999-9999"))
    later = bring_in(replace(FULL, valid_from=date(2026, 1, 1)))

    assert (again.versions, again.kept) == (0, [])
    assert (newer.versions, newer.kept) == (0, ["north"])
    assert (later.versions, later.kept) == (0, ["north"])
    assert queries.find_window_on(window_id, TODAY).facts.telephone == "042-000-0000"
    assert db.session.scalar(select(func.count(WindowVersion.id))) == 2


def test_a_file_that_says_what_was_verified_changes_nothing(actor):
    bring_in(FULL)
    window_id = queries.find_window_id("north")
    revise(actor, window_id, FULL, verified=True)

    again = bring_in(FULL)

    assert (again.versions, again.kept) == (0, [])
    assert queries.find_window_on(window_id, TODAY).facts.verified_on == TODAY
