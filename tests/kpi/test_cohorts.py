"""Retention of a few histories, worked out by hand.

FY2012 (first working day; outcome after 1, 3, 6 and 12 months, and the day on which it was learnt):

    leaver  2012-05-01  kept 06-01   kept 08-01     left 10-01 (after five months, before the six were over)
            2012-12-03  kept 01-04   kept 03-04     kept 06-03        kept 2013-12-03     (found another job)
    silent  2012-06-15  kept 07-17   unknown 09-18  kept 12-17        changed 2013-06-17
    merged  2012-07-02  kept 08-02   left 10-02                       (under the number that was merged)
            2012-11-01  kept 12-03   kept 02-01     kept 05-01        never asked
    last    2013-03-31  never asked  kept 07-01     unknown 09-30     never asked  (last day of the year)
    wrong   2012-08-01  kept … kept                                                (entered in error)
    next    2013-04-01  kept 05-01                                                 (first day of FY2013)

FY2011:

    leap    2012-02-29  kept 03-29   kept 05-29     kept 08-29        kept 2013-02-28
    march   2012-03-31  kept 05-01   never asked    left 10-01
"""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from app.cases.vocabulary import Channel, VoidReason
from app.foundation import clock
from app.foundation.db import db
from app.kpi import counts
from app.kpi.metrics import get_metric
from app.kpi.vocabulary import By
from app.placements.models import RetentionCheck
from app.placements.vocabulary import CheckOutcome, PlacementCategory, PlacementKind
from tests.factories import add, make_case, make_placement
from tests.kpi.counting import figure, period

pytestmark = pytest.mark.both_databases

KEPT, CHANGED, LEFT, UNKNOWN = (
    CheckOutcome.KEPT,
    CheckOutcome.CHANGED,
    CheckOutcome.LEFT,
    CheckOutcome.UNKNOWN,
)


def job(case, started_on, *checks, **more):
    placement = make_placement(case, started_on=started_on, category=PlacementCategory.RECIPIENT, **more)
    for months, outcome, day in checks:
        add(
            RetentionCheck(
                placement_id=placement.id,
                months=months,
                checked_on=day,
                outcome=outcome,
                channel=Channel.PHONE,
                entered_at=clock.now(),
            )
        )
    return placement


@pytest.fixture
def histories(db_session):
    leaver, silent, merged = make_case(), make_case(), make_case()
    under_the_old_number = make_case(merged_into_id=merged.id)
    job(
        leaver,
        date(2012, 5, 1),
        (1, KEPT, date(2012, 6, 1)),
        (3, KEPT, date(2012, 8, 1)),
        (6, LEFT, date(2012, 10, 1)),
    )
    job(
        leaver,
        date(2012, 12, 3),
        (1, KEPT, date(2013, 1, 4)),
        (3, KEPT, date(2013, 3, 4)),
        (6, KEPT, date(2013, 6, 3)),
        (12, KEPT, date(2013, 12, 3)),
    )
    job(
        silent,
        date(2012, 6, 15),
        (1, KEPT, date(2012, 7, 17)),
        (3, UNKNOWN, date(2012, 9, 18)),
        (6, KEPT, date(2012, 12, 17)),
        (12, CHANGED, date(2013, 6, 17)),
    )
    job(
        under_the_old_number,
        date(2012, 7, 2),
        (1, KEPT, date(2012, 8, 2)),
        (3, LEFT, date(2012, 10, 2)),
    )
    job(
        merged,
        date(2012, 11, 1),
        (1, KEPT, date(2012, 12, 3)),
        (3, KEPT, date(2013, 2, 1)),
        (6, KEPT, date(2013, 5, 1)),
    )
    job(make_case(), date(2013, 3, 31), (3, KEPT, date(2013, 7, 1)), (6, UNKNOWN, date(2013, 9, 30)))
    job(
        make_case(),
        date(2012, 8, 1),
        *((months, KEPT, date(2013, 8, 1)) for months in (1, 3, 6, 12)),
        voided_at=datetime(2013, 9, 1, tzinfo=UTC),
        void_reason=VoidReason.WRONG_CASE,
    )
    job(make_case(), date(2013, 4, 1), (1, KEPT, date(2013, 5, 1)))
    job(make_case(), date(2012, 6, 1), kind=PlacementKind.SILVER)
    job(
        make_case(),
        date(2012, 2, 29),
        (1, KEPT, date(2012, 3, 29)),
        (3, KEPT, date(2012, 5, 29)),
        (6, KEPT, date(2012, 8, 29)),
        (12, KEPT, date(2013, 2, 28)),
    )
    job(make_case(), date(2012, 3, 31), (1, KEPT, date(2012, 5, 1)), (6, LEFT, date(2012, 10, 1)))


# year, asked on, months: kept, not known, of how many; worked out from the table above.
BY_HAND = [
    # Every job of the year is a year old.
    (2012, date(2014, 4, 1), 1, 5, 1, 6),  # last was never asked
    (2012, date(2014, 4, 1), 3, 4, 1, 6),  # both of leaver, merged's second, last; silent unknown
    (2012, date(2014, 4, 1), 6, 3, 1, 6),  # leaver's second, silent, merged's second; last unknown
    (2012, date(2014, 4, 1), 12, 1, 2, 6),  # leaver's second; merged's second and last never asked
    # One day before the job that began on 31 March is a year old.
    (2012, date(2014, 3, 30), 12, 1, 1, 5),
    # The last day of the year: what was learnt later is not known yet.
    (2012, date(2013, 3, 31), 1, 5, 0, 5),
    (2012, date(2013, 3, 31), 3, 3, 1, 5),
    (2012, date(2013, 3, 31), 6, 1, 0, 3),  # silent; leaver and merged left
    (2012, date(2013, 3, 31), 12, 0, 0, 0),
    # The day on which silent was reached again, and the day before.
    (2012, date(2012, 12, 17), 1, 4, 0, 4),
    (2012, date(2012, 12, 17), 3, 1, 1, 3),
    (2012, date(2012, 12, 17), 6, 1, 0, 2),
    (2012, date(2012, 12, 16), 6, 0, 1, 2),
    # Leaver had left on 1 October, but six months were over only on 1 November.
    (2012, date(2012, 10, 31), 6, 0, 0, 0),
    (2012, date(2012, 11, 1), 6, 0, 0, 1),
    # From 29 February a year lasts to 28 February, from 31 March a month to 30 April.
    (2011, date(2013, 2, 27), 12, 0, 0, 0),
    (2011, date(2013, 2, 28), 12, 1, 0, 1),
    (2011, date(2013, 3, 31), 12, 1, 0, 2),  # march left in October and was not asked again
    (2011, date(2012, 3, 28), 1, 0, 0, 0),
    (2011, date(2012, 3, 29), 1, 1, 0, 1),
    (2011, date(2012, 4, 30), 1, 1, 1, 2),
    (2011, date(2012, 9, 30), 6, 1, 1, 2),
    (2011, date(2012, 10, 1), 6, 1, 0, 2),
    (2013, date(2013, 5, 1), 1, 1, 0, 1),
]


@pytest.mark.parametrize(("year", "asked_on", "months", "kept", "unknown", "n"), BY_HAND)
def test_each_cohort_is_what_was_worked_out_by_hand(histories, year, asked_on, months, kept, unknown, n):
    found = figure(f"retention_{months}", year, until=asked_on)
    assert found.n == n
    if n:
        assert (found.low, found.value, found.high) == (kept / n, kept / n, (kept + unknown) / n)
    else:
        assert (found.low, found.value, found.high) == (None, None, None)


@pytest.mark.parametrize(("year", "asked_on", "months", "kept", "unknown", "n"), BY_HAND)
def test_the_outcomes_shown_are_the_parts_of_the_cohort(histories, year, asked_on, months, kept, unknown, n):
    parts = counts.breakdown(get_metric(f"retention_{months}"), period(year, asked_on), By.PART)
    shown = {key: one.n for key, one in parts.items()}
    assert (shown.get("kept", 0), shown.get("unknown", 0), sum(shown.values())) == (kept, unknown, n)


def test_two_jobs_of_one_person_are_two_rows_of_the_cohort_and_one_person(histories):
    whole = period(2012, date(2014, 4, 1))
    rows = db.session.execute(get_metric("retention_12").rows(whole)).all()
    persons = Counter(row.person_id for row in rows)
    assert sorted(persons.values()) == [1, 1, 2, 2]  # leaver and merged twice, silent, last
    parts = counts.breakdown(get_metric("retention_12"), whole, By.PART)
    assert {key: one.n for key, one in parts.items()} == {"kept": 1, "changed": 1, "left": 2, "unknown": 2}


def test_a_job_changed_before_is_not_unknown_later(db_session):
    job(make_case(), date(2012, 5, 1), (3, CHANGED, date(2012, 8, 1)), (6, UNKNOWN, date(2012, 11, 1)))
    for months in (6, 12):
        found = figure(f"retention_{months}")
        assert (found.n, found.low, found.high) == (1, 0.0, 0.0)
    early = figure("retention_6", until=date(2012, 11, 1))
    assert (early.n, early.high) == (1, 0.0)
