"""Months of an office with their reports, and which records each closed month counted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL


class OfficeMonth(Model):
    """What an office wrote for a month, and the report as it stood when the month was closed."""

    __tablename__ = "office_month"
    __table_args__ = (
        Index("uq_office_month_of", "office_id", "fiscal_year", "month", unique=True),
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
        CheckConstraint("(closed_at IS NULL) = (content IS NULL)", name="closed"),
        CheckConstraint("(content IS NULL) = (digest IS NULL)", name="digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), info=INTERNAL)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    month: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    note: Mapped[str] = mapped_column(String(400), default="", info=INTERNAL)
    document_number: Mapped[str] = mapped_column(String(60), default="", info=INTERNAL)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    content: Mapped[str | None] = mapped_column(Text, info=INTERNAL)
    digest: Mapped[str | None] = mapped_column(String(64), info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    __mapper_args__ = {"version_id_col": version}


class MonthMember(Model):
    """One record in a figure: what a closing counted, or by which weight a late entry changes that."""

    __tablename__ = "month_member"
    __table_args__ = (
        Index("ix_month_member_of", "office_month_id"),
        CheckConstraint("weight <> 0", name="weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    # The closing with which it was kept; the month that it belongs to may be an earlier one.
    office_month_id: Mapped[int] = mapped_column(ForeignKey("office_month.id"), info=INTERNAL)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    month: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    key: Mapped[str] = mapped_column(String(60), info=INTERNAL)
    record_table: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    record_id: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    part: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    day: Mapped[date] = mapped_column(Date, info=INTERNAL)
    weight: Mapped[int] = mapped_column(Integer, info=INTERNAL)
