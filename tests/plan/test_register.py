"""Which plan serves which year, and what a year's register shows."""

import pytest
from sqlalchemy import event

from app.foundation.db import db
from app.foundation.errors import NotFound
from app.plan import queries
from app.plan.history import get_measure_page
from app.plan.models import Plan

pytestmark = pytest.mark.both_databases


def test_the_plan_goes_on_past_its_period_for_want_of_a_newer_one(plan):
    register = queries.get_register(2026)
    assert (register.plan.key, register.continued) == ("kokubunji-2007", True)
    assert len(list(register.measures)) == 21


def test_within_its_period_the_plan_is_not_continued(plan):
    assert not queries.get_register(2014).continued


def test_a_newer_plan_serves_from_the_year_in_which_it_begins(plan):
    newer = Plan(
        key="kokubunji-2015",
        title="次の計画",
        title_en="Next plan",
        city="国分寺市",
        local_government_code="132144",
        base_policy="",
        first_fiscal_year=2015,
        last_fiscal_year=2019,
    )
    db.session.add(newer)
    db.session.flush()
    assert [queries.get_plan(year).key for year in (2014, 2015, 2026)] == [
        "kokubunji-2007",
        "kokubunji-2015",
        "kokubunji-2015",
    ]


def test_before_the_first_plan_there_is_none(plan):
    with pytest.raises(NotFound):
        queries.get_register(2006)


def test_an_unknown_measure_is_not_found(plan):
    with pytest.raises(NotFound):
        queries.get_measure("9-99", 2012)


def test_targets_hold_for_their_years_only(plan):
    register = queries.get_register(2013)
    info = register.measure("1-1").indicators[0]
    assert (info.next_target.value, info.second_target) == (150, None)
    assert not register.measure("1-1").one_target


def test_texts_of_a_year_stand_in_their_columns(plan):
    procurement = queries.get_measure("3-8", 2012)
    assert "公共調達条例" in procurement.actual_text.ja
    assert procurement.next_target_text == procurement.second_target_text
    assert queries.get_measure("3-8", 2013).actual_text.ja == ""


def test_a_repeated_measure_shows_the_other_ones_figures(plan):
    seven = queries.get_measure("3-7", 2012)
    assert seven.repeats == "1-1"
    assert seven.indicators == queries.get_measure("1-1", 2012).indicators


def test_a_measure_of_two_departments_names_both_in_order(plan):
    assert [o.name.ja for o in queries.get_measure("4-14", 2012).offices] == ["政策経営課", "経済課"]


def test_the_page_of_a_measure_lists_its_years_newest_first(plan):
    page = get_measure_page("1-1", 2026)
    assert [year.fiscal_year for year in page.series[0].years] == [2014, 2013, 2012]
    counted = get_measure_page("2-6", 2026).series[1]
    assert [year.fiscal_year for year in counted.years] == [2014, 2013, 2012]
    assert [part.value for part in counted.years[-1].parts] == [40, 11, 2]
    assert (page.series[0].counted_from, counted.counted_from) == (None, 2013)


def test_what_is_watched_beside_the_measures_is_listed(plan):
    beside = queries.get_register(2012).beside
    assert [one.office.name.ja for one in beside] == ["障害者相談室", "経済課", "保育課", "生活福祉課"]


def test_a_register_takes_a_fixed_number_of_queries(plan):
    statements = []

    def count(*_call):
        statements.append(1)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        queries.get_register(2012)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert len(statements) <= 14
