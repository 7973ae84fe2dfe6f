"""A measure over the years: printed, frozen, reported and counted figures beside their targets."""

from datetime import date
from decimal import Decimal

import pytest

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.transaction import transaction
from app.plan.history import get_measure_page
from app.plan.results import TargetEntry
from app.plan.targets import set_targets
from app.years.series import get_series
from app.years.series_picture import drawings
from tests.factories import sign_in
from tests.years.freezing import NEXT_YEAR, YEAR, add_late_placement, freeze_year, plan_desk, record_a_year

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("plan")]
NOW = 2026


def points(code="2-6", key="assistance_placements"):
    series = next(one for one in get_series(get_measure_page(code, NOW), NOW) if one.indicator.key == key)
    return {one.fiscal_year: one for one in series.points}


@pytest.fixture
def years(plan):
    office = record_a_year(date(2024, 5, 1))
    record_a_year(date(2025, 5, 1))
    freeze_year(YEAR)
    add_late_placement(office)
    entry = TargetEntry(measure="2-6", indicator="assistance_placements", value=Decimal(53), seen="")
    actor = plan_desk()
    with transaction():
        set_targets(actor=actor, first=2024, last=2027, entries=[entry])
    return office


def test_each_year_shows_its_settled_figure_or_what_is_counted(years):
    found = points()
    assert [(year, one.figure and int(one.figure.value)) for year, one in sorted(found.items())] == [
        (2012, 53),
        (2013, None),
        (2014, None),
        (2024, 53),
        (2025, 53),
        (2026, 0),
        (2027, None),
    ]
    assert (found[2012].is_published, found[2025].edition, found[2024].edition) == (True, 1, None)
    assert [int(part.value) for part in found[2025].parts] == [40, 11, 2]


def test_only_whole_years_are_held_against_their_target(years):
    found = points()
    assert found[2025].attainment.met
    assert found[2025].attainment.percent == 100
    assert found[2012].attainment is None, "the plan printed no target for it"
    assert found[2026].attainment is None, "the year still runs"


def test_years_without_a_record_are_no_zeros(years):
    assert 2020 not in points()


def test_a_reported_series_shows_what_was_reported(plan):
    found = points("1-1", "info_items")
    assert found[2012].figure.value == 124
    assert found[2013].target.value == 150


def test_the_line_is_broken_where_years_are_missing(years):
    series = next(one for one in get_series(get_measure_page("2-6", NOW), NOW) if one.indicator.parts)
    wide, narrow = drawings(series, "ja")
    now = [one for one in wide.drawing.lines if one.look == "l-now"]
    assert [len(one.dots) for one in now] == [1, 2]
    assert [year for _at, year in wide.years][-1] == 2027
    assert len(narrow.years) <= 4


def test_one_figure_alone_makes_no_chart(plan):
    series = get_series(get_measure_page("2-6", NOW), NOW)[0]
    assert drawings(series, "ja") == [] or sum(p.figure is not None for p in series.points) > 1


def test_the_page_leads_to_what_is_behind_each_figure(client, years):
    sign_in(client, role=Role.PLAN_DESK)
    page = client.get("/plan/measures/2-6").get_data(as_text=True)
    assert f"/plan/years/{YEAR}/figures/assistance_placements?edition=1" in page
    assert "/figures/assistance_placements/2024" in page
    assert "/plan/table/2012" in page
    assert "達成（100%）" in page
    assert "生活福祉課" in page


def test_a_department_is_led_to_the_table_instead(client, years):
    sign_in(client, role=Role.DEPARTMENT)
    page = client.get("/plan/measures/2-6").get_data(as_text=True)
    assert "/figures/" not in page
    assert f"/plan/table/{YEAR}" in page


def test_a_figure_frozen_later_takes_the_place_of_the_counted_one(years):
    with clock.standing_at(NEXT_YEAR):
        freeze_year(2024, NEXT_YEAR)
    assert points()[2024].edition == 1


def test_a_year_that_still_runs_is_dotted_and_not_part_of_the_line(plan):
    record_a_year(date(2025, 5, 1))
    record_a_year(date(2026, 5, 1))
    series = next(one for one in get_series(get_measure_page("2-6", NOW), NOW) if one.indicator.parts)
    lines = {one.look: one for one in drawings(series, "ja")[0].drawing.lines}
    assert len(lines["l-next"].dots) == 2
    assert lines["l-next"].dots[0] == lines["l-now"].dots[-1]
