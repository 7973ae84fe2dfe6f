"""Working days of a span and how busy they are; pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import Final

from app.foundation import fiscal_year as years
from app.foundation.working_days import is_working_day

# By month: April brings new people, August and the turn of the year are quiet, February and March busy.
SEASON: Final[Mapping[int, float]] = {
    4: 1.10, 5: 0.98, 6: 1.08, 7: 1.00, 8: 0.76, 9: 1.00,
    10: 1.10, 11: 1.04, 12: 0.84, 1: 0.90, 2: 1.06, 3: 1.14,
}  # fmt: skip
OBON: Final = (8, 12), (8, 16)
QUIET: Final = 0.4
MONDAYS: Final = 1.15


class YearDays:
    """The working days of a fiscal year, each with its weight."""

    def __init__(self, fiscal_year: int) -> None:
        first, last = years.first_day(fiscal_year), years.last_day(fiscal_year)
        span = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        self.fiscal_year = fiscal_year
        self.days: Sequence[date] = [day for day in span if is_working_day(day)]

    @cached_property
    def _sums(self) -> list[float]:
        return list(accumulate((weight_of(day) for day in self.days), initial=0.0))

    @property
    def first(self) -> date:
        """First working day of the year."""
        return self.days[0]

    @property
    def last(self) -> date:
        """Last working day of the year."""
        return self.days[-1]

    def draw(self, rng: Random, *, start: date | None = None, end: date | None = None) -> date:
        """Draw a working day from start to end, both included; busy days come more often.

        Where the span holds no working day the nearest one before ``end`` is taken.
        """
        low = bisect_left(self.days, start) if start else 0
        high = bisect_right(self.days, end) if end else len(self.days)
        if low >= high:
            return self.days[max(0, min(high - 1, len(self.days) - 1))]
        at = self._sums[low] + rng.random() * (self._sums[high] - self._sums[low])
        return self.days[min(bisect_right(self._sums, at) - 1, high - 1)]

    def draw_many(self, rng: Random, count: int, *, start: date, end: date) -> list[date]:
        """Draw days in their order; the same day comes twice only where there are too few."""
        low, high = bisect_left(self.days, start), bisect_right(self.days, end)
        wanted = min(count, max(high - low, 0))
        drawn: set[date] = set()
        for _attempt in range(wanted * 4):
            if len(drawn) >= wanted:
                break
            drawn.add(self.draw(rng, start=start, end=end))
        found = list(drawn)
        while len(found) < count:
            found.append(self.draw(rng, start=start, end=end))
        return sorted(found)

    def weekday(self, number: int) -> list[date]:
        """Return the working days that fall on one day of the week, Monday = 0."""
        return [day for day in self.days if day.weekday() == number]


def weight_of(day: date) -> float:
    """Return how busy a day is."""
    weight = SEASON[day.month] * (MONDAYS if day.weekday() == 0 else 1.0)
    return weight * QUIET if OBON[0] <= (day.month, day.day) <= OBON[1] else weight
