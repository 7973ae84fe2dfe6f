"""Days on which the city's offices are closed beside weekends, holidays and New Year."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, PUBLIC


class CityClosedDay(Model):
    """市の休業日: no working day, so deadlines move past it."""

    __tablename__ = "city_closed_day"

    day: Mapped[date] = mapped_column(Date, primary_key=True, info=PUBLIC)
    reason: Mapped[str] = mapped_column(String(60), info=PUBLIC)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
