"""The register of the map: editions follow each other, and every edition has one first run."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, NotFound
from app.foundation.transaction import transaction
from app.windows import map_operations, map_queries, map_register_operations
from app.windows.vocabulary import PrintRun
from tests.factories import make_actor

pytestmark = pytest.mark.both_databases

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


def publish(actor, published_on=date(2026, 4, 1), changes="窓口の移転を反映", **more):
    with transaction():
        return map_operations.publish_edition(
            actor=actor, published_on=published_on, changes=changes, **more
        ).number


def print_run(actor, run, printed_on=date(2026, 4, 1), copies=1000, number=1, **more):
    with transaction():
        map_register_operations.record_printing(
            actor=actor, edition_number=number, printed_on=printed_on, copies=copies, run=run, **more
        )


def test_editions_are_numbered_in_order_and_lie_in_the_fiscal_year_of_their_day(actor):
    assert publish(actor, date(2026, 3, 31)) == 1
    assert publish(actor, date(2026, 4, 1)) == 2

    found = [(edition.number, edition.fiscal_year) for edition in map_queries.list_editions()]
    assert found == [(2, 2026), (1, 2025)]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"published_on": date(2026, 11, 21)}, "published_on"),
        ({"published_on": date(2026, 3, 31)}, "published_on"),
        ({"changes": "  \n"}, "changes"),
        ({"changes": "長" * 1001}, "changes"),
    ],
)
def test_an_edition_that_cannot_be_is_refused_at_its_field(actor, more, field):
    publish(actor, date(2026, 4, 1))

    with pytest.raises(DomainError) as refused:
        publish(actor, **{"published_on": TODAY} | more)
    assert refused.value.field == field
    assert len(map_queries.list_editions()) == 1


def test_an_edition_of_today_may_say_much_and_use_rare_letters(actor):
    changes = "𠮷野家前の窓口㈱" + "長" * 900

    publish(actor, TODAY, changes)

    assert map_queries.find_last_edition().changes == changes


def test_the_same_edition_sent_twice_is_registered_once(actor):
    publish(actor, TODAY, after=0)

    with pytest.raises(Conflict):
        publish(actor, TODAY, after=0)
    assert len(map_queries.list_editions()) == 1


def test_copies_after_the_first_run_are_reprints(actor):
    publish(actor)
    print_run(actor, PrintRun.FIRST, date(2026, 3, 25), 3000)
    print_run(actor, PrintRun.REPRINT, date(2026, 9, 1), 500)
    print_run(actor, PrintRun.REPRINT, date(2026, 10, 1), 300)

    edition = map_queries.get_edition(1)
    assert (edition.copies, edition.reprinted, edition.has_first_run) == (3800, 800, True)
    assert [printing.run for printing in edition.printings] == [
        PrintRun.FIRST,
        PrintRun.REPRINT,
        PrintRun.REPRINT,
    ]


def test_an_edition_has_one_first_run(actor):
    publish(actor)
    print_run(actor, PrintRun.FIRST)

    with pytest.raises(DomainError) as refused:
        print_run(actor, PrintRun.FIRST)
    assert refused.value.field == "run"
    assert len(map_queries.get_edition(1).printings) == 1


def test_each_edition_has_a_first_run_of_its_own(actor):
    publish(actor)
    print_run(actor, PrintRun.FIRST)
    publish(actor, TODAY)

    print_run(actor, PrintRun.FIRST, TODAY, number=2)

    assert [edition.has_first_run for edition in map_queries.list_editions()] == [True, True]


def test_a_reprint_needs_a_first_run(actor):
    publish(actor)

    with pytest.raises(DomainError) as refused:
        print_run(actor, PrintRun.REPRINT)
    assert refused.value.field == "run"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"copies": 0}, "copies"),
        ({"copies": -1}, "copies"),
        ({"copies": 1_000_001}, "copies"),
        ({"printed_on": date(2026, 11, 21)}, "printed_on"),
        ({"printed_on": date(2026, 3, 31)}, "printed_on"),
    ],
)
def test_a_printing_that_cannot_be_is_refused_at_its_field(actor, more, field):
    publish(actor)
    print_run(actor, PrintRun.FIRST, date(2026, 4, 1))

    with pytest.raises(DomainError) as refused:
        print_run(actor, PrintRun.REPRINT, **{"printed_on": TODAY} | more)
    assert refused.value.field == field
    assert len(map_queries.get_edition(1).printings) == 1


def test_the_same_printing_sent_twice_is_registered_once(actor):
    publish(actor)
    print_run(actor, PrintRun.FIRST)
    print_run(actor, PrintRun.REPRINT, TODAY, after=1)

    with pytest.raises(Conflict):
        print_run(actor, PrintRun.REPRINT, TODAY, after=1)
    assert len(map_queries.get_edition(1).printings) == 2


def test_an_edition_that_is_not_there_cannot_be_printed(actor):
    with pytest.raises(NotFound):
        print_run(actor, PrintRun.FIRST, number=7)
    with pytest.raises(NotFound):
        map_queries.get_edition(7)


def test_both_acts_stand_in_the_trail_with_who_did_them(actor):
    publish(actor)
    print_run(actor, PrintRun.FIRST)

    entries = db.session.execute(
        select(AuditEntry.action, AuditEntry.actor_id, AuditEntry.subject).order_by(AuditEntry.id)
    )
    assert [tuple(entry) for entry in entries] == [
        ("map.edition", actor.id, "map_edition"),
        ("map.printing", actor.id, "map_printing"),
    ]
