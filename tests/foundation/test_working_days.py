"""Due days fall on days on which the office works."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation.working_days import add_working_days, is_working_day, working_days_between

days = st.dates(min_value=date(2012, 1, 1), max_value=date(2026, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 21),  # Saturday
        date(2026, 11, 22),  # Sunday
        date(2026, 11, 23),  # Labour Thanksgiving Day
        date(2026, 5, 6),  # substitute holiday
        date(2026, 9, 22),  # day between two holidays
        date(2019, 5, 1),  # enthronement, once only
        date(2021, 7, 23),  # moved for the Games
        date(2026, 12, 29),
        date(2026, 12, 30),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2025, 1, 2),
        date(2025, 1, 3),
    ],
)
def test_the_office_is_closed(day):
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day", [date(2026, 11, 20), date(2026, 11, 24), date(2026, 12, 28), date(2027, 1, 4), date(2021, 10, 11)]
)
def test_the_office_works(day):
    assert is_working_day(day)


def test_a_day_that_the_office_closes_by_itself_does_not_count():
    closed = {date(2026, 11, 24)}
    assert not is_working_day(date(2026, 11, 24), closed)
    assert add_working_days(date(2026, 11, 20), 1, closed) == date(2026, 11, 25)


def test_a_due_day_leaps_over_weekend_holiday_and_new_year():
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 24)
    assert add_working_days(date(2026, 12, 28), 1) == date(2027, 1, 4)
    assert add_working_days(date(2026, 11, 24), -1) == date(2026, 11, 20)


def test_zero_working_days_is_the_day_itself_or_the_next_open_one():
    assert add_working_days(date(2026, 11, 20), 0) == date(2026, 11, 20)
    assert add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 24)


def test_working_days_between_leave_out_the_first_day_and_take_the_last():
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 20)) == 0
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 25)) == 2
    assert working_days_between(date(2026, 11, 25), date(2026, 11, 20)) == -2


@given(days, st.integers(min_value=1, max_value=60))
def test_adding_and_counting_agree(day, count):
    due = add_working_days(day, count)
    assert is_working_day(due)
    assert working_days_between(day, due) == count
    assert due - day <= timedelta(days=2 * count + 15)
