"""Reading the calendar of a fiscal year."""

from sqlalchemy import select

from app.foundation.db import db
from app.foundation.errors import NotFound
from app.foundation.fiscal_year import EARLIEST, LATEST
from app.plan.period_models import YearDays
from app.plan.periods import YearCalendar, default_calendar


def get_calendar(fiscal_year: int) -> YearCalendar:
    """Return the days of a fiscal year, those of any year where nobody set others; NotFound out of range."""
    if not EARLIEST <= fiscal_year < LATEST:
        raise NotFound
    row = db.session.scalar(select(YearDays).where(YearDays.fiscal_year == fiscal_year))
    return default_calendar(fiscal_year) if row is None else calendar_of(row)


def is_frozen(fiscal_year: int) -> bool:
    """Tell whether a year's figures are settled."""
    return get_calendar(fiscal_year).is_frozen


def calendar_of(row: YearDays) -> YearCalendar:
    """Return kept days as plain values."""
    return YearCalendar(
        fiscal_year=row.fiscal_year,
        entry_deadline=row.entry_deadline,
        submission_deadline=row.submission_deadline,
        freeze_on=row.freeze_on,
        frozen_at=row.frozen_at,
        version=row.version,
    )
