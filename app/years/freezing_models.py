"""Editions of a fiscal year: its figures as they were settled, with the very records that made them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL
from app.kpi.vocabulary import EditionKind, Mark, RestatementState


class YearEdition(Model):
    __tablename__ = "year_edition"
    __table_args__ = (
        # Two that freeze at once would both make number 1: only one of them can.
        Index("uq_year_edition_of", "fiscal_year", "number", unique=True),
        CheckConstraint("number >= 1", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    number: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    kind: Mapped[EditionKind] = mapped_column(Coded(EditionKind), info=INTERNAL)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    reason: Mapped[str] = mapped_column(String(200), info=INTERNAL)
    # The whole table as it was, words, targets and departments included: what reports are made from again.
    report: Mapped[str] = mapped_column(Text, info=INTERNAL)
    digest: Mapped[str] = mapped_column(String(64), info=INTERNAL)


class FrozenSet(Model):
    """The records that made one indicator's figure, and the rule by which they were chosen."""

    __tablename__ = "frozen_set"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    edition_id: Mapped[int] = mapped_column(ForeignKey("year_edition.id"), index=True, info=INTERNAL)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), info=INTERNAL)
    as_of: Mapped[date] = mapped_column(Date, info=INTERNAL)
    definition: Mapped[str] = mapped_column(String(64), info=INTERNAL)
    members: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    digest: Mapped[str] = mapped_column(String(64), info=INTERNAL)


class FrozenMember(Model):
    """One record that was counted; it stays as it was counted, whatever becomes of the record."""

    __tablename__ = "frozen_member"

    set_id: Mapped[int] = mapped_column(ForeignKey("frozen_set.id"), primary_key=True, info=INTERNAL)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=INTERNAL)
    record_table: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    record_id: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    day: Mapped[date] = mapped_column(Date, info=INTERNAL)
    other_day: Mapped[date | None] = mapped_column(Date, info=INTERNAL)
    weight: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    part: Mapped[str | None] = mapped_column(String(40), info=INTERNAL)
    # Which person it counted for, by the number of that time: a merge afterwards does not reach it.
    counted_for: Mapped[int | None] = mapped_column(Integer, info=INTERNAL)


class FrozenFigure(Model):
    __tablename__ = "frozen_figure"
    __table_args__ = (
        Index("uq_frozen_figure_of", "edition_id", "measure_id", "indicator_id", "part", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    edition_id: Mapped[int] = mapped_column(ForeignKey("year_edition.id"), info=INTERNAL)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), info=INTERNAL)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True, info=INTERNAL)
    part: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    value: Mapped[Decimal | None] = mapped_column(Numeric(14, 4), info=INTERNAL)
    printed: Mapped[str] = mapped_column(String(20), info=INTERNAL)
    mark: Mapped[Mark] = mapped_column(Coded(Mark), info=INTERNAL)
    # Of a figure counted from records; a figure that a restatement left alone keeps the set of before.
    set_id: Mapped[int | None] = mapped_column(ForeignKey("frozen_set.id"), index=True, info=INTERNAL)


class Restatement(Model):
    """A proposal to restate figures of a frozen year; somebody else decides."""

    __tablename__ = "restatement"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="four_eyes"),
        Index("ix_restatement_of", "fiscal_year", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    # The edition it starts from, and what is to become of its figures, as the proposer saw it.
    base: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    figures: Mapped[str] = mapped_column(Text, info=INTERNAL)
    digest: Mapped[str] = mapped_column(String(64), info=INTERNAL)
    reason: Mapped[str] = mapped_column(String(200), info=INTERNAL)
    state: Mapped[RestatementState] = mapped_column(Coded(RestatementState), info=INTERNAL)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    __mapper_args__ = {"version_id_col": version}
