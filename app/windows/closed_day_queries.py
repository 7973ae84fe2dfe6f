"""The city's own closed days."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.foundation.db import db
from app.windows.closed_day_models import CityClosedDay


def closed_days() -> frozenset[date]:
    """Return every day on which the city is closed beside weekends, holidays and New Year."""
    return frozenset(db.session.scalars(select(CityClosedDay.day)))


def list_closed_days(*, since: date) -> Sequence[CityClosedDay]:
    """Return the closed days from a day on, in order."""
    return db.session.scalars(
        select(CityClosedDay).where(CityClosedDay.day >= since).order_by(CityClosedDay.day)
    ).all()
