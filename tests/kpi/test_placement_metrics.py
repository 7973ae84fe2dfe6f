"""Jobs are counted by the plan's rules: new ones, by the first working day, in the category of that time."""

from datetime import UTC, date, datetime

import pytest

from app.cases.vocabulary import Channel, VoidReason
from app.foundation import clock
from app.foundation.db import db
from app.kpi import counts
from app.kpi.metrics import METRICS, get_metric
from app.kpi.placement_metrics import SUPPORTED_A_COUNTS
from app.kpi.vocabulary import By
from app.placements.models import RetentionCheck
from app.placements.retention import latest_start
from app.placements.vocabulary import CheckOutcome, Contract, PlacementCategory, PlacementKind
from app.plan.models import CountingRule
from app.situation.programme import Programme
from tests.factories import add, make_case, make_consultation, make_placement
from tests.kpi.counting import by, figure, period, value

pytestmark = pytest.mark.both_databases

MAY = date(2012, 5, 1)
RECIPIENT = PlacementCategory.RECIPIENT


def placed(case=None, *, started_on=MAY, category=RECIPIENT, **more):
    return make_placement(case or make_case(), started_on=started_on, category=category, **more)


def placed_by_centre(case=None, **more):
    return placed(case, programme=Programme.CENTRE, category=None, **more)


def check(placement, months, outcome, on=None):
    return add(
        RetentionCheck(
            placement_id=placement.id,
            months=months,
            checked_on=on or placement.started_on,
            outcome=outcome,
            channel=Channel.PHONE,
            entered_at=clock.now(),
        )
    )


def test_the_three_categories_always_sum_to_the_total(db_session):
    for category, count in zip(PlacementCategory, (4, 2, 1), strict=True):
        for _one in range(count):
            placed(category=category)
    placed(category=None)
    assert value("assistance_placements") == 7
    assert by("assistance_placements", By.PART) == {"recipient": 4, "single_mother": 2, "in_need": 1}


def test_the_first_working_day_decides_the_year_not_offer_or_report(db_session):
    placed(started_on=date(2012, 4, 1), offered_on=date(2012, 3, 20), reported_on=date(2012, 4, 3))
    placed(started_on=date(2013, 3, 31), reported_on=date(2013, 4, 8))
    placed(started_on=date(2013, 4, 1), offered_on=date(2013, 3, 1), reported_on=date(2013, 4, 1))
    assert [value("assistance_placements", year) for year in (2011, 2012, 2013)] == [0, 2, 1]


@pytest.mark.parametrize("kind", [PlacementKind.RAISE, PlacementKind.RENEWAL, PlacementKind.SILVER])
def test_only_a_new_employment_counts(db_session, kind):
    placed(kind=kind)
    placed_by_centre(kind=kind)
    assert (value("assistance_placements"), value("centre_placements")) == (0, 0)


RAISES = {"assistance_raises", "assistance_gainers", "assistance_participants"}


@pytest.mark.parametrize("kind", [PlacementKind.RAISE, PlacementKind.RENEWAL, PlacementKind.SILVER])
def test_no_metric_at_all_knows_of_what_is_no_new_employment(db_session, kind):
    case = make_case()
    before = {key: figure(key).n for key in METRICS}
    make_consultation(case, held_on=date(2012, 4, 20))
    consulted = {key: figure(key).n for key in METRICS}
    check(placed(case, kind=kind), 1, CheckOutcome.KEPT, on=date(2012, 6, 1))
    check(placed_by_centre(case, kind=kind), 1, CheckOutcome.KEPT, on=date(2012, 6, 1))
    # 増収 is no new employment, and yet what some of the state's figures count.
    counted = {key for key in METRICS if figure(key).n != consulted[key]}
    assert counted == (RAISES if kind is PlacementKind.RAISE else set())
    assert consulted != before


def test_a_placement_entered_in_error_leaves_every_count(db_session):
    gone = {"voided_at": datetime(2012, 6, 1, tzinfo=UTC), "void_reason": VoidReason.DUPLICATE}
    placed(**gone)
    placed_by_centre(**gone)
    assert (value("assistance_placements"), value("centre_placements")) == (0, 0)
    assert figure("retention_1").n == 0


def test_two_jobs_of_one_person_are_two_placements_but_one_person_placed(db_session):
    case = make_case()
    for day in (MAY, date(2012, 9, 3)):
        placed(case, started_on=day)
        placed_by_centre(case, started_on=day)
    merged = make_case(merged_into_id=case.id)
    placed_by_centre(merged, started_on=date(2013, 1, 7))
    assert value("assistance_placements") == 2
    found = figure("centre_placements")
    assert (found.value, found.n) == (1, 3)


def test_type_a_counts_in_the_centre_only_while_a_rule_says_so(db_session):
    for day in (date(2012, 9, 30), date(2012, 10, 1), date(2012, 12, 31), date(2013, 1, 1)):
        placed_by_centre(started_on=day, contract=Contract.SUPPORTED_A)
        placed(started_on=day, contract=Contract.SUPPORTED_A)
    assert value("centre_placements") == 0
    days = {"valid_from": date(2012, 10, 1), "valid_to": date(2012, 12, 31)}
    add(CountingRule(key=SUPPORTED_A_COUNTS, **days))
    assert value("centre_placements") == 2
    assert value("assistance_placements") == 0


def test_retention_knows_only_what_was_known_on_the_day_asked_for(db_session):
    check(placed(), 3, CheckOutcome.KEPT, on=date(2012, 9, 10))
    assert figure("retention_3", until=date(2012, 7, 31)).n == 0, "not three months old"
    early = figure("retention_3", until=date(2012, 9, 9))
    assert (early.n, early.low, early.high) == (1, 0.0, 1.0)
    assert figure("retention_3", until=date(2012, 9, 10)).value == 1.0


@pytest.mark.parametrize(
    ("today", "last", "as_of"),
    [
        (date(2012, 9, 10), date(2011, 9, 10), date(2011, 9, 10)),
        (date(2016, 2, 29), date(2012, 3, 31), date(2015, 2, 28)),
        (date(2013, 8, 1), date(2012, 3, 31), date(2012, 8, 1)),
    ],
)
def test_the_year_before_is_looked_at_when_it_was_as_old(today, last, as_of):
    before = period(2012, today).before()
    assert (before.fiscal_year, before.last, before.as_of) == (2011, last, as_of)


def test_retention_keeps_unknown_and_unchecked_in_the_denominator_and_gives_bounds(db_session):
    outcomes = [CheckOutcome.KEPT] * 5 + [CheckOutcome.CHANGED, CheckOutcome.LEFT, CheckOutcome.UNKNOWN]
    for outcome in outcomes:
        check(placed(), 3, outcome)
    placed()
    check(placed(), 1, CheckOutcome.KEPT)
    found = figure("retention_3")
    assert found.n == 10
    assert (found.low, found.value, found.high) == (0.5, 0.5, 0.8)
    metric = get_metric("retention_3")
    parts = counts.breakdown(metric, period(2012), By.PART)
    assert {key: one.n for key, one in parts.items()} == {"kept": 5, "changed": 1, "left": 1, "unknown": 3}


def test_only_placements_old_enough_are_judged(db_session):
    check(placed(started_on=date(2012, 5, 20)), 6, CheckOutcome.KEPT)
    check(placed(started_on=date(2012, 5, 21)), 6, CheckOutcome.LEFT)
    assert figure("retention_6", until=date(2012, 11, 20)).n == 1
    assert figure("retention_6", until=date(2012, 11, 20)).value == 1.0
    assert figure("retention_6", until=date(2012, 11, 21)).n == 2


def test_no_placement_to_judge_is_no_rate(db_session):
    assert figure("retention_12").value is None
    placed(started_on=date(2012, 5, 1))
    assert figure("retention_12", until=date(2012, 6, 1)).value is None


@pytest.mark.parametrize(
    ("day", "months", "latest"),
    [
        (date(2013, 2, 27), 1, date(2013, 1, 27)),
        (date(2013, 2, 28), 1, date(2013, 1, 31)),
        (date(2013, 3, 1), 1, date(2013, 2, 1)),
        (date(2013, 3, 31), 12, date(2012, 3, 31)),
        (date(2012, 2, 29), 12, date(2011, 2, 28)),
    ],
)
def test_a_milestone_in_a_short_month_is_its_last_day(day, months, latest):
    assert latest_start(day, months) == latest


def test_days_to_placement_run_from_the_persons_first_consultation_at_any_office(db_session):
    case = make_case()
    merged = make_case(merged_into_id=case.id)
    make_consultation(merged, held_on=date(2012, 4, 1), programme=Programme.CENTRE)
    make_consultation(case, held_on=date(2012, 4, 20))
    placed(case, started_on=date(2012, 5, 1))
    other = make_case()
    make_consultation(other, held_on=date(2012, 5, 1))
    placed(other, started_on=date(2012, 5, 11))
    placed(started_on=date(2012, 5, 1))
    found = figure("days_to_placement")
    assert (found.value, found.n) == (20.0, 2), "30 and 10 days; who was never consulted is left out"
    assert figure("days_to_placement", 2013).value is None


def test_a_correction_of_one_record_changes_the_figure(db_session):
    placement = placed()
    assert by("assistance_placements", By.PART) == {"recipient": 1}
    placement.category = PlacementCategory.IN_NEED
    db.session.flush()
    assert by("assistance_placements", By.PART) == {"in_need": 1}
