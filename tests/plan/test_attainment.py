"""Whether a target was met depends on how it is to be read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plan.attainment import attainment
from app.plan.vocabulary import TargetSense

REACH, LEAST, MOST = TargetSense.REACH, TargetSense.AT_LEAST, TargetSense.AT_MOST
amounts = st.integers(0, 10_000).map(Decimal)


@pytest.mark.parametrize(
    ("value", "target", "sense", "met", "percent"),
    [
        (53, 60, REACH, False, 88),
        (60, 60, REACH, True, 100),
        (61, 60, REACH, True, 102),
        ("2.42", "2.3", LEAST, True, 105),
        ("2.299", "2.3", LEAST, False, 99),
        (3, 2, MOST, False, None),
        (2, 2, MOST, True, None),
        (0, 2, MOST, True, None),
        (0, 0, REACH, True, None),
        (5, 0, LEAST, True, None),
        (0, 60, REACH, False, 0),
    ],
)
def test_a_target_is_met_as_it_is_to_be_read(value, target, sense, met, percent):
    found = attainment(Decimal(value), Decimal(target), sense)
    assert (found.met, found.percent) == (met, percent)


@given(amounts, amounts, st.sampled_from([REACH, LEAST]))
def test_a_hundred_per_cent_and_more_is_what_was_met(value, target, sense):
    found = attainment(value, target, sense)
    assert found.percent is None or (found.percent >= 100) == found.met


@given(amounts, amounts)
def test_a_most_and_a_least_are_both_met_by_the_target_itself_only(value, target):
    both = attainment(value, target, LEAST).met and attainment(value, target, MOST).met
    assert both == (value == target)
