"""The city's own closed days."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.foundation.db import db
from app.foundation.prepared import Prepared
from app.windows.closed_day_models import CityClosedDay

DAYS = Prepared(select(CityClosedDay.day))


def closed_days() -> frozenset[date]:
    """Return every day on which the city is closed beside weekends, holidays and New Year."""
    return frozenset([day for (day,) in DAYS.rows()])


def list_closed_days(*, since: date) -> Sequence[CityClosedDay]:
    """Return the closed days from a day on, in order."""
    return db.session.scalars(
        select(CityClosedDay).where(CityClosedDay.day >= since).order_by(CityClosedDay.day)
    ).all()
