"""The counting rule: category by precedence, what counts, when checks fall due."""

from datetime import date
from itertools import chain, combinations, product

import pytest
from sqlalchemy import select

from app.foundation.db import db
from app.placements.category import category_in, category_of
from app.placements.counting import Counting, counting_of
from app.placements.models import Placement
from app.placements.queries import SUPPORTED_A_COUNTS, has_rule_for, is_counted
from app.placements.retention import MILESTONES, due_on, earliest_day, milestone
from app.placements.vocabulary import CheckOutcome, Contract, PlacementCategory, PlacementKind
from app.plan.models import CountingRule
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus
from tests import factories

STATUSES = list(AssistanceStatus)
EVERY_SET = list(chain.from_iterable(combinations(STATUSES, n) for n in range(len(STATUSES) + 1)))


@pytest.mark.parametrize("statuses", EVERY_SET, ids=lambda one: "+".join(one) or "none")
def test_precedence_holds_for_every_set_of_statuses(statuses):
    if "recipient" in statuses:
        expected = PlacementCategory.RECIPIENT
    elif "child_allowance" in statuses:
        expected = PlacementCategory.SINGLE_MOTHER
    elif "in_need" in statuses:
        expected = PlacementCategory.IN_NEED
    else:
        expected = None
    assert category_of(statuses) is expected
    assert category_of(tuple(reversed(statuses))) is expected


def test_only_measure_6_has_categories():
    assert category_in(Programme.ASSISTANCE, AssistanceStatus.IN_NEED) is PlacementCategory.IN_NEED
    assert category_in(Programme.CENTRE, AssistanceStatus.RECIPIENT) is None
    assert category_in(Programme.GUIDANCE, AssistanceStatus.RECIPIENT) is None


@pytest.mark.parametrize(
    ("changed", "counting"),
    [
        ({}, Counting.ASSISTANCE),
        ({"category": None}, Counting.OUTSIDE_MEASURE_6),
        ({"kind": PlacementKind.SILVER}, Counting.NOT_NEW),
        ({"kind": PlacementKind.RAISE}, Counting.NOT_NEW),
        ({"kind": PlacementKind.RENEWAL}, Counting.NOT_NEW),
        ({"contract": Contract.SUPPORTED_A}, Counting.SUPPORTED_A),
        ({"programme": Programme.CENTRE, "category": None}, Counting.CENTRE),
        ({"programme": Programme.CENTRE, "contract": Contract.SUPPORTED_A}, Counting.SUPPORTED_A),
        ({"programme": Programme.GUIDANCE}, Counting.NO_MEASURE),
        ({"voided": True}, Counting.VOID),
    ],
)
def test_what_counts_and_what_is_only_recorded(changed, counting):
    facts = {
        "programme": Programme.ASSISTANCE,
        "kind": PlacementKind.NEW,
        "contract": Contract.REGULAR,
        "category": PlacementCategory.RECIPIENT,
        "voided": False,
    }
    assert counting_of(**(facts | changed)) is counting


def test_type_a_counts_at_the_centre_alone_and_only_by_the_plan_desks_rule():
    facts = {
        "kind": PlacementKind.NEW,
        "contract": Contract.SUPPORTED_A,
        "category": PlacementCategory.RECIPIENT,
        "voided": False,
        "supported_a_counts": True,
    }
    assert counting_of(programme=Programme.CENTRE, **facts) is Counting.CENTRE
    assert counting_of(programme=Programme.ASSISTANCE, **facts) is Counting.SUPPORTED_A


@pytest.mark.both_databases
@pytest.mark.parametrize(("rule_ends", "counted"), [(None, 5), (date(2025, 6, 2), 5), (date(2025, 6, 1), 3)])
def test_the_database_counts_by_the_same_rule(db_session, rule_ends, counted):
    factories.add(CountingRule(key=SUPPORTED_A_COUNTS, valid_from=date(2025, 4, 1), valid_to=rule_ends))
    case = factories.make_case()
    expected = set()
    for programme, kind, contract, category, voided in product(
        Programme,
        PlacementKind,
        (Contract.REGULAR, Contract.SUPPORTED_A),
        (None, PlacementCategory.IN_NEED),
        (False, True),
    ):
        placement = factories.make_placement(
            case,
            programme=programme,
            kind=kind,
            contract=contract,
            category=category,
            voided_at=factories.clock.now() if voided else None,
        )
        counting = counting_of(
            programme=programme,
            kind=kind,
            contract=contract,
            category=category,
            voided=voided,
            supported_a_counts=has_rule_for(placement.id),
        )
        if counting.is_counted:
            expected.add(placement.id)
    assert set(db.session.scalars(select(Placement.id).where(is_counted()))) == expected
    assert len(expected) == counted


@pytest.mark.parametrize(
    ("started_on", "months", "day"),
    [
        (date(2025, 6, 2), 1, date(2025, 7, 2)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2025, 10, 1), 3, date(2026, 1, 1)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
    ],
)
def test_milestones_end_with_a_shorter_month(started_on, months, day):
    assert milestone(started_on, months) == day


def test_a_check_falls_due_on_a_working_day():
    assert due_on(date(2025, 10, 1), 3) == date(2026, 1, 5)  # the first after the New Year closure
    assert MILESTONES == (1, 3, 6, 12)


def test_that_somebody_left_may_be_known_before_the_months_are_over():
    started = date(2025, 6, 2)
    assert earliest_day(started, 3, CheckOutcome.LEFT) == started
    for outcome in (CheckOutcome.KEPT, CheckOutcome.CHANGED, CheckOutcome.UNKNOWN):
        assert earliest_day(started, 3, outcome) == date(2025, 9, 2)
