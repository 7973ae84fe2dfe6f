"""What was done with a measure's yearly results, and what is said beside counted figures."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Integer, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL
from app.plan.submissions import SubmissionAct


class SubmissionMove(Model):
    __tablename__ = "submission_move"
    __table_args__ = (Index("uq_submission_move_of", "measure_id", "fiscal_year", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), info=INTERNAL)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    number: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    act: Mapped[SubmissionAct] = mapped_column(Coded(SubmissionAct), info=INTERNAL)
    reason: Mapped[str] = mapped_column(String(200), info=INTERNAL)
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)


class ResultCorrection(Model):
    """補正: what a department says of a figure that is counted; it stands beside the figure, never in it."""

    __tablename__ = "result_correction"
    __table_args__ = (Index("uq_result_correction_of", "indicator_id", "part", "fiscal_year", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), info=INTERNAL)
    part: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    value: Mapped[Decimal] = mapped_column(Numeric(14, 4), info=INTERNAL)
    reason: Mapped[str] = mapped_column(String(200), info=INTERNAL)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    __mapper_args__ = {"version_id_col": version}
