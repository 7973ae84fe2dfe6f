"""The next plan as a copy: measures carried over, split, merged or ended, and series that run on."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.foundation.db import db
from app.foundation.errors import DomainError, Forbidden, NotFound
from app.foundation.transaction import transaction
from app.plan import queries
from app.plan.cycle import Fate, Step, fate_of, renumbered
from app.plan.cycle_operations import copy_plan, end_measure, merge_measures, split_measure
from app.plan.cycle_queries import get_plan_by_key, list_going, list_lineage
from app.plan.history import get_measure_page
from app.plan.models import Result
from app.plan.results import TargetEntry
from app.plan.targets import set_targets
from tests.factories import make_actor
from tests.plan.test_operations import plan_desk

FIRST = 2027
KEY = f"plan-{FIRST}"


def test_fates_follow_from_the_steps():
    steps = [Step(old=1, new=11), Step(old=2, new=12), Step(old=2, new=13), Step(old=3, new=14)]
    steps += [Step(old=4, new=14), Step(old=5, new=None)]
    assert [fate_of(old, steps) for old in range(1, 6)] == [
        Fate.CARRIED,
        Fate.SPLIT,
        Fate.MERGED,
        Fate.MERGED,
        Fate.ENDED,
    ]


def test_numbers_run_through_all_themes():
    assert renumbered([(1, [30, 31]), (2, [7])]) == {30: (1, "1-1"), 31: (2, "1-2"), 7: (3, "2-3")}


pytestmark = pytest.mark.both_databases


@pytest.fixture
def next_plan(plan):
    with transaction():
        copy_plan(actor=plan_desk(), first=FIRST, last=2031, title="第2次実施計画")


def act(operation, **what):
    with transaction():
        return operation(actor=plan_desk(), plan=KEY, **what)


def codes(year):
    return [one.code for one in queries.list_measures(year)]


def going():
    return {
        one.old.code: (one.fate, [new.code for new in one.new]) for one in list_going(get_plan_by_key(KEY))
    }


def facts(year):
    return [
        (
            one.code,
            one.title_in_table.ja,
            one.repeats,
            [i.key for i in one.indicators],
            [o.key for o in one.offices],
        )
        for one in queries.list_measures(year)
    ]


def test_the_next_plan_carries_every_measure_over(next_plan):
    assert facts(FIRST) == facts(FIRST - 1)
    assert queries.get_plan(FIRST).title == "第2次実施計画"
    assert queries.get_plan(FIRST - 1).key == "kokubunji-2007"
    assert {fate for fate, _codes in going().values()} == {Fate.CARRIED}


def test_targets_set_for_the_new_years_go_with_the_copy(plan):
    entry = TargetEntry(measure="2-6", indicator="assistance_placements", value=Decimal(70), seen="")
    with transaction():
        set_targets(actor=plan_desk(), first=2026, last=2028, entries=[entry])
    with transaction():
        copy_plan(actor=plan_desk(), first=FIRST, last=2031, title="次")
    found = {year: dict(queries.list_targets("2-6", year)) for year in (2026, 2027, 2028, 2029)}
    assert [found[year]["assistance_placements"].value for year in (2026, 2027, 2028)] == [70, 70, 70]
    assert "assistance_placements" not in found[2029]


def test_the_last_table_of_a_plan_prints_the_targets_of_the_next(next_plan):
    act(merge_measures, code="1-2", into="1-1")
    entries = [
        TargetEntry(measure="1-1", indicator=key, value=Decimal(value), seen="")
        for key, value in (("info_items", 160), ("books_held", 2600))
    ]
    with transaction():
        set_targets(actor=plan_desk(), first=FIRST, last=FIRST + 1, entries=entries)
    found = {
        one.code: {i.key: i.next_target for i in one.indicators} for one in queries.list_measures(FIRST - 1)
    }
    assert found["1-1"]["info_items"].value == 160
    assert found["1-2"]["books_held"].value == 2600
    second = queries.get_measure("1-1", FIRST - 2).indicators[0].second_target
    assert second.value == 160


def test_a_measure_ends_and_the_rest_is_numbered_anew(next_plan):
    act(end_measure, code="1-2")
    assert going()["1-2"] == (Fate.ENDED, [])
    assert going()["1-3"] == (Fate.CARRIED, ["1-2"])
    assert len(codes(FIRST)) == 20
    assert codes(FIRST)[:3] == ["1-1", "1-2", "2-3"]
    assert "1-2" in codes(FIRST - 1), "the plan before stays as it was"


def test_measures_are_merged_with_indicators_departments_and_targets(next_plan):
    act(merge_measures, code="1-2", into="1-1")
    assert going()["1-1"] == (Fate.MERGED, ["1-1"])
    assert going()["1-2"] == (Fate.MERGED, ["1-1"])
    merged = queries.get_measure("1-1", FIRST)
    before = [queries.get_measure(code, FIRST - 1) for code in ("1-1", "1-2")]
    assert {i.key for i in merged.indicators} == {i.key for one in before for i in one.indicators}
    assert {o.key for o in merged.offices} == {o.key for one in before for o in one.offices}


def test_a_measure_is_split_and_its_series_run_on(next_plan):
    act(split_measure, code="2-4", title="定着の支援", indicators=["centre_retention_contacts"])
    assert going()["2-4"] == (Fate.SPLIT, ["2-4", "2-5"])
    new = queries.get_measure("2-5", FIRST)
    assert [i.key for i in new.indicators] == ["centre_retention_contacts"]
    assert "centre_retention_contacts" not in [i.key for i in queries.get_measure("2-4", FIRST).indicators]
    page = get_measure_page("2-5", FIRST)
    years = {one.fiscal_year: one.actual for one in page.series[0].years}
    assert years[2012].value == 187, "published under the measure of the plan before"


def test_merged_and_ended_series_run_on_where_they_go_on(next_plan):
    act(merge_measures, code="1-2", into="1-1")
    page = get_measure_page("1-1", FIRST)
    by_key = {one.indicator.key: {y.fiscal_year: y for y in one.years} for one in page.series}
    assert by_key["info_items"][2012].actual.value == 124
    assert by_key["info_items"][2013].target.value == 150
    rows = queries.get_rows(FIRST)
    stretches = list_lineage(rows, queries.find_measure_row(rows, "1-1"))
    assert [sorted(one.code for one in stretch.measures) for stretch in stretches] == [
        ["1-1"],
        ["1-1", "1-2"],
    ]


def test_departments_are_told_with_their_years(next_plan):
    act(merge_measures, code="1-2", into="1-1")
    page = get_measure_page("1-1", FIRST)
    spans = [(one.first, one.last, {o.key for o in one.offices}) for one in page.departments]
    assert [span[:2] for span in spans] == [(2027, 2031), (2007, 2026)]


def test_a_repeated_measure_holds_no_figure_of_its_own(next_plan):
    for change in (
        lambda: act(merge_measures, code="3-7", into="1-1"),
        lambda: act(merge_measures, code="1-2", into="3-7"),
        lambda: act(split_measure, code="3-7", title="別", indicators=["info_items"]),
    ):
        with pytest.raises(DomainError):
            change()
    entry = TargetEntry(measure="3-7", indicator="info_items", value=Decimal(1), seen="")
    with pytest.raises(NotFound), transaction():
        set_targets(actor=plan_desk(), first=FIRST, last=FIRST, entries=[entry])
    rows = queries.get_rows(FIRST)
    repeated = queries.find_measure_row(rows, "3-7")
    assert rows.indicators.get(repeated.id, []) == []
    assert db.session.scalars(select(Result).where(Result.measure_id == repeated.id)).all() == []


def test_what_is_repeated_is_not_taken_away(next_plan):
    with pytest.raises(DomainError):
        act(end_measure, code="1-1")
    act(end_measure, code="3-7")
    act(end_measure, code="1-1")
    assert len(codes(FIRST)) == 19


def test_all_or_none_of_the_indicators_are_no_split(next_plan):
    keys = [i.key for i in queries.get_measure("2-4", FIRST).indicators]
    for chosen in ([], keys, ["info_items"]):
        with pytest.raises(DomainError):
            act(split_measure, code="2-4", title="別", indicators=chosen)


def test_a_plan_that_has_begun_is_not_rearranged(plan):
    with pytest.raises(DomainError), transaction():
        end_measure(actor=plan_desk(), plan="kokubunji-2007", code="1-2")


@pytest.mark.parametrize(("first", "last"), [(2026, 2030), (2012, 2014), (2030, 2029)])
def test_a_plan_begins_after_what_has_begun(plan, first, last):
    with pytest.raises(DomainError), transaction():
        copy_plan(actor=plan_desk(), first=first, last=last, title="次")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PLAN_DESK}))
def test_only_the_plan_desk_makes_plans(plan, role):
    with pytest.raises(Forbidden), transaction():
        copy_plan(actor=make_actor(role), first=FIRST, last=2031, title="次")


def test_the_trail_tells_how_a_plan_was_arranged(next_plan):
    act(merge_measures, code="1-2", into="1-1")
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_id == KEY)).all()
    assert actions == ["plan.copied", "plan.measures_merged"]


def test_the_table_of_a_year_before_reads_as_before(plan):
    before = [facts(year) for year in (2012, 2025, 2026)]
    with transaction():
        copy_plan(actor=plan_desk(), first=FIRST, last=2031, title="次")
    act(end_measure, code="1-2")
    assert [facts(year) for year in (2012, 2025, 2026)] == before
