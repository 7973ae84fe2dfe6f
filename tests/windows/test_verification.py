"""A round of verification: what is due, and what a confirmation leaves behind."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import Conflict, NotFound
from app.foundation.transaction import transaction
from app.windows import entry_operations, filling, queries
from app.windows.facts import WindowFacts
from app.windows.verification import Knowledge, due_on, knowledge_of
from app.windows.vocabulary import Revision
from tests.factories import make_actor, make_window

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def standing_still():
    with clock.standing_at(datetime(2026, 11, 20, 1, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def actor(db_session):
    actor = make_actor(Role.PLAN_DESK)
    db.session.commit()
    return actor


@pytest.mark.parametrize(
    ("verified_on", "knowledge"),
    [
        (None, Knowledge.NEVER),
        (date(2026, 11, 20), Knowledge.FRESH),
        (date(2025, 11, 21), Knowledge.FRESH),
        (date(2025, 11, 20), Knowledge.OLD),
        (date(2012, 4, 1), Knowledge.OLD),
    ],
)
def test_an_entry_is_due_twelve_months_after_its_verification(verified_on, knowledge):
    facts = WindowFacts(name="北", name_en="North", verified_on=verified_on)

    assert knowledge_of(facts, TODAY) is knowledge


def test_what_was_verified_on_a_leap_day_is_due_on_the_first_of_march():
    assert due_on(date(2024, 2, 29)) == date(2025, 3, 1)


def names_due():
    return [line.view.name for line in filling.verification_round(TODAY).lines]


def confirm(actor, *windows):
    seen = {window.id: version.id for window, version in windows}
    with transaction():
        return entry_operations.verify_windows(actor=actor, seen=seen)


@pytest.mark.both_databases
def test_a_round_holds_what_is_due_the_never_verified_first_and_nothing_that_ended(actor):
    make_window(name="新しい", verified_on=date(2026, 4, 1))
    make_window(name="古い", verified_on=date(2024, 4, 1))
    make_window(name="もっと古い", verified_on=date(2020, 4, 1))
    make_window(name="一度もない")
    make_window(name="終わった", valid_to=date(2026, 3, 31))
    make_window(name="これから", valid_from=date(2027, 4, 1))

    assert names_due() == ["一度もない", "これから", "もっと古い", "古い"]
    assert filling.verification_round(TODAY).total == 5


@pytest.mark.both_databases
def test_to_confirm_writes_day_and_person_and_makes_no_version(actor):
    north = make_window(name="北", verified_on=date(2020, 4, 1))
    db.session.commit()

    assert confirm(actor, north) == 1

    versions = queries.list_versions(north[0].id)
    assert [(view.facts.verified_on, view.facts.verified_by) for view in versions] == [(TODAY, actor.label)]
    assert names_due() == []


@pytest.mark.both_databases
def test_every_confirmation_stands_in_the_trail_with_what_was_before(actor):
    north = make_window(name="北", verified_on=date(2020, 4, 1))
    db.session.commit()

    confirm(actor, north)
    confirm(actor, north)

    entries = list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "window.verified")))
    assert len(entries) == 1
    assert json.loads(entries[0].details) == {
        "number": 1,
        "before": {"verified_on": "2020-04-01", "verified_by": ""},
    }


@pytest.mark.both_databases
def test_several_are_confirmed_at_once_or_none_when_one_was_revised_meanwhile(actor):
    north, south = make_window(name="北"), make_window(name="南")
    db.session.commit()
    with transaction():
        facts = WindowFacts(name="南の新", name_en="South")
        entry_operations.revise_window(
            actor=actor,
            window_id=south[0].id,
            of=1,
            latest=1,
            revision=Revision.CORRECTION,
            changed_on=None,
            facts=facts,
            verified=False,
        )

    with pytest.raises(Conflict):
        confirm(actor, north, south)
    assert names_due() == ["北", "南の新"]


@pytest.mark.both_databases
def test_a_window_that_is_not_there_is_not_confirmed(actor):
    with pytest.raises(NotFound), transaction():
        entry_operations.verify_windows(actor=actor, seen={999: 1})


def test_the_round_goes_on_with_the_next_entry_and_ends_with_the_last(actor):
    ids = [make_window(name=name)[0].id for name in ("北", "東", "南")]
    lines = filling.verification_round(TODAY).lines

    assert filling.after(lines, ids[0]) == ids[1]
    assert filling.after(lines, ids[2]) == ids[0]
    assert filling.after(lines, 999) == ids[0]
    assert filling.after(lines[:1], ids[0]) is None
