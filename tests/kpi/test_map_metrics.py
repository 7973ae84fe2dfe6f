"""Figures of the map: editions, extra copies, copies laid out and staff told are each their own figure."""

from datetime import date

import pytest

from app.foundation import clock
from app.windows.map_models import MapCounter, MapDistribution, MapEdition, MapPrinting, StaffBriefing
from app.windows.map_vocabulary import EditionState, MapReason
from tests.factories import add, make_office
from tests.kpi.counting import value

pytestmark = pytest.mark.both_databases
MAY = date(2012, 5, 1)
KEYS = ("map_editions", "map_reprints", "map_distributions", "staff_briefings")


def void() -> dict[str, object]:
    return {"voided_at": clock.now(), "void_reason": MapReason.DUPLICATE}


def fill(**more) -> None:
    """Enter one of everything; each with a weight by which it is known."""
    number = more.pop("number", 1)
    edition = add(MapEdition(number=number, published_on=MAY, fiscal_year=2012, changes="", **more))
    counter = add(MapCounter(place=f"窓口{number}"))
    of = {"edition_id": edition.id, "fiscal_year": 2012} | more
    add(MapPrinting(printed_on=MAY, copies=1000, is_first_run=True, **of))
    add(MapPrinting(printed_on=MAY, copies=300, is_first_run=False, **of))
    add(MapDistribution(counter_id=counter.id, laid_on=MAY, copies=70, **of))
    add(StaffBriefing(office_id=make_office().id, held_on=MAY, fiscal_year=2012, headcount=9, **more))


def test_each_half_of_the_target_is_a_figure_of_its_own(db_session):
    fill()

    assert [value(key) for key in KEYS] == [1, 300, 70, 9]
    assert [value(key, 2011) for key in KEYS] == [0, 0, 0, 0]


def test_what_was_voided_counts_nowhere(db_session):
    fill()
    fill(number=2, **void())

    assert [value(key) for key in KEYS] == [1, 300, 70, 9]


def test_a_draft_is_no_update_of_the_map(db_session):
    add(MapEdition(number=1, published_on=MAY, fiscal_year=2012, changes="", state=EditionState.DRAFT))

    assert value("map_editions") == 0
