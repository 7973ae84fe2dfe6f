"""Releases and their figures, which are the ledger too; and what may be exact by approval."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, PUBLIC
from app.kpi.vocabulary import Mark
from app.publication.figures import Showing


class Release(Model):
    __tablename__ = "release"
    __table_args__ = (Index("uq_release_number", "fiscal_year", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    number: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    # The freeze (1) or restatement (2, …) whose figures left; none before years could be frozen.
    edition: Mapped[int | None] = mapped_column(Integer, info=PUBLIC)
    threshold: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    released_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PUBLIC)
    released_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    digest: Mapped[str] = mapped_column(String(64), info=PUBLIC)


class ReleaseFigure(Model):
    __tablename__ = "release_figure"
    __table_args__ = (
        CheckConstraint(
            "showing NOT IN ('withheld', 'taken') OR (value IS NULL AND word = '')",
            name="nothing_of_withheld",
        ),
        Index("uq_release_figure_of", "release_id", "measure", "indicator", "part", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), info=PUBLIC)
    position: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    # Codes and words as they left: a later plan or a renamed measure changes nothing of what was released.
    measure: Mapped[str] = mapped_column(String(8), info=PUBLIC)
    indicator: Mapped[str] = mapped_column(String(60), info=PUBLIC)
    part: Mapped[str] = mapped_column(String(40), info=PUBLIC)
    label: Mapped[str] = mapped_column(String(80), info=PUBLIC)
    label_en: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    unit: Mapped[str] = mapped_column(String(8), info=PUBLIC)
    unit_en: Mapped[str] = mapped_column(String(24), info=PUBLIC)
    decimals: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    value: Mapped[Decimal | None] = mapped_column(Numeric(14, 4), info=PUBLIC)
    word: Mapped[str] = mapped_column(String(20), info=PUBLIC)
    mark: Mapped[Mark] = mapped_column(Coded(Mark), info=PUBLIC)
    showing: Mapped[Showing] = mapped_column(Coded(Showing), info=PUBLIC)
    # The equation: the record cells that sum to the figure, one name a line; none for figures of things.
    cells: Mapped[str] = mapped_column(Text, info=PUBLIC)

    release: Mapped[Release] = relationship()


class ExactFigure(Model):
    __tablename__ = "exact_figure"
    __table_args__ = (
        CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="two_people"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approval"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    # City-wide figures of a whole year only: the whole, and exactly these parts, one key a line.
    indicator: Mapped[str] = mapped_column(String(60), index=True, info=PUBLIC)
    parts: Mapped[str] = mapped_column(Text, info=PUBLIC)
    reason: Mapped[str] = mapped_column(String(200), info=INTERNAL)
    proposed_by: Mapped[int] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    __mapper_args__ = {"version_id_col": version}
