"""Working days of a Japanese city office: no weekends, no public holidays, not 29 December to 3 January."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

import jpholiday

ONE_DAY = timedelta(days=1)


def is_working_day(day: date, closed: Collection[date] = frozenset()) -> bool:
    """Tell whether the office works on a day; `closed` names further days on which it does not."""
    if day.weekday() >= 5 or _is_new_year_closure(day):
        return False
    return day not in closed and day not in _holidays(day.year)


def add_working_days(day: date, count: int, closed: Collection[date] = frozenset()) -> date:
    """Return the count-th working day after a day (before it when negative).

    A count of 0 is the day itself or, when the office is closed, the next working day.
    """
    step = -ONE_DAY if count < 0 else ONE_DAY
    left = abs(count)
    if left == 0:
        while not is_working_day(day, closed):
            day += step
    while left:
        day += step
        if is_working_day(day, closed):
            left -= 1
    return day


def working_days_between(start: date, end: date, closed: Collection[date] = frozenset()) -> int:
    """Count the working days after `start` up to and including `end`; negative when `end` lies before."""
    if end < start:
        return -working_days_between(end, start, closed)
    span = range(1, (end - start).days + 1)
    return sum(is_working_day(start + timedelta(days=offset), closed) for offset in span)


def is_holiday(day: date) -> bool:
    """Tell whether it is a public holiday or one of the days around New Year (29 December to 3 January)."""
    return _is_new_year_closure(day) or day in _holidays(day.year)


def _is_new_year_closure(day: date) -> bool:
    return (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    # The library looks at every rule for each day asked; a year at a time keeps due dates cheap.
    return frozenset(day for day, _name in jpholiday.year_holidays(year))
