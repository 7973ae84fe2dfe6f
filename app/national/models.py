"""Counts of households and people that only the welfare office's own books hold, reported once a year."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL

COUNTS = (
    "working_age",
    "excluded_illness",
    "excluded_school",
    "excluded_care",
    "excluded_working",
    "excluded_other",
    "other_households",
    "other_households_working",
)


class NationalReport(Model):
    """What was reported for a year; a correction is a further number, and the newest one holds."""

    __tablename__ = "national_report"
    __table_args__ = (
        Index("uq_national_report_number", "fiscal_year", "number", unique=True),
        CheckConstraint(" AND ".join(f"{one} >= 0" for one in COUNTS), name="counts"),
        CheckConstraint(
            f"working_age >= {' + '.join(one for one in COUNTS if one.startswith('excluded'))}",
            name="excluded",
        ),
        CheckConstraint("other_households >= other_households_working", name="households"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    number: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    as_of: Mapped[date] = mapped_column(Date, info=INTERNAL)
    working_age: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    excluded_illness: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    excluded_school: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    excluded_care: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    excluded_working: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    excluded_other: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    other_households: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    other_households_working: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    source: Mapped[str] = mapped_column(String(200), info=INTERNAL)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    entered_label: Mapped[str] = mapped_column(String(80), info=INTERNAL)
