"""For which days, and for which part of the work, a figure is counted; pure."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.foundation.fiscal_year import first_day, fiscal_year_of, last_day
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup

NOT_RECORDED: Final = "none"
"""Limits a scope to rows without an entry."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A fiscal year up to and including its day ``last``; a year that has not begun has none.

    ``as_of`` is the day on which one looks back: a share judges what was old enough by then. ``since`` is the
    first day where that is not 1 April, also one of an earlier year: no stock is counted so.
    """

    fiscal_year: int
    last: date
    as_of: date
    since: date | None = None

    @classmethod
    def of(cls, fiscal_year: int, *, today: date) -> "Period":
        """Return a fiscal year as far as it has gone today."""
        return cls(fiscal_year=fiscal_year, last=min(last_day(fiscal_year), today), as_of=today)

    @classmethod
    def lately(cls, *, today: date) -> "Period":
        """Return the twelve months up to today."""
        since = a_year_before(today) + timedelta(days=1)
        return cls(fiscal_year=fiscal_year_of(today), last=today, as_of=today, since=since)

    @property
    def first(self) -> date:
        """1 April, or the first day chosen."""
        return self.since or first_day(self.fiscal_year)

    @property
    def days_chosen(self) -> dict[str, str]:
        """What an address says beside the fiscal year where the days begin elsewhere."""
        since = self.since
        return {"since": since.isoformat(), "until": self.last.isoformat()} if since else {}

    @property
    def has_begun(self) -> bool:
        """Whether there is anything to count."""
        return self.last >= self.first

    @property
    def is_running(self) -> bool:
        """Whether 31 March is still to come."""
        return self.last < last_day(self.fiscal_year)

    @property
    def days(self) -> int:
        """Days counted."""
        return (self.last - self.first).days + 1

    @property
    def days_of_year(self) -> int:
        """Days of the whole fiscal year, 365 or 366."""
        return (last_day(self.fiscal_year) - self.first).days + 1

    def before(self) -> "Period":
        """Return the year before up to the same day, looked back at when it was as old as this one is."""
        year = self.fiscal_year - 1
        if not self.is_running:
            return Period(fiscal_year=year, last=last_day(year), as_of=a_year_before(self.as_of))
        day = a_year_before(self.last)
        return Period(fiscal_year=year, last=day, as_of=day)

    def up_to(self, day: date) -> "Period":
        """Return the same year as far as it had gone on a day."""
        return replace(self, last=min(self.last, day), as_of=min(self.as_of, day))

    def beginning(self, since: date) -> "Period":
        """Return the same days from a day on, also one before the fiscal year."""
        return replace(self, since=since)

    def whole(self) -> "Period":
        """Return the whole fiscal year."""
        last = last_day(self.fiscal_year)
        return replace(self, last=last, as_of=max(self.as_of, last))


def a_year_before(day: date) -> date:
    """Return the same day of the year before; 29 February has the 28th before it."""
    same = day if (day.month, day.day) != (2, 29) else day - timedelta(days=1)
    return same.replace(year=same.year - 1)


def running(today: date) -> Period:
    """Return the fiscal year of a day, up to that day."""
    return Period.of(fiscal_year_of(today), today=today)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which part of the work: None does not limit, NOT_RECORDED asks for rows without an entry.

    Each limit is a column of every metric's rows.
    """

    office_id: int | str | None = None
    programme: Programme | str | None = None
    target_group: TargetGroup | str | None = None
    agency_id: int | str | None = None
    window_id: int | str | None = None
    part: str | None = None
    month: int | None = None


EVERYTHING = Scope()
