"""The calendar of a fiscal year, and which measures of a plan go on in the next."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, PUBLIC


class YearDays(Model):
    __tablename__ = "year_days"

    fiscal_year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=PUBLIC)
    entry_deadline: Mapped[date] = mapped_column(Date, info=PUBLIC)
    submission_deadline: Mapped[date] = mapped_column(Date, info=PUBLIC)
    freeze_on: Mapped[date] = mapped_column(Date, info=PUBLIC)
    # Kept here as well, since results of departments must know of it and stand below the frozen figures.
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PUBLIC)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    __mapper_args__ = {"version_id_col": version}


class MeasureSuccession(Model):
    """A measure of one plan goes on as a measure of the next; without ``new_id`` it ended."""

    __tablename__ = "measure_succession"
    __table_args__ = (Index("uq_measure_succession_of", "old_id", "new_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True, info=PUBLIC)
    old_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), info=PUBLIC)
    new_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True, info=PUBLIC)
