"""Guidance given."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Coded, Model, UtcDateTime, fiscal_year_checks
from app.foundation.sensitivity import INTERNAL, SENSITIVE
from app.situation.vocabulary import TargetGroup


class Guidance(Model):
    __tablename__ = "guidance"
    __table_args__ = (
        *fiscal_year_checks("given_on"),
        Index("ix_guidance_figures", "fiscal_year", "window_id", "target_group"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True, info=INTERNAL)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True, info=INTERNAL)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), info=INTERNAL)
    window_id: Mapped[int] = mapped_column(ForeignKey("window.id"), info=INTERNAL)
    window_version_id: Mapped[int] = mapped_column(ForeignKey("window_version.id"), info=INTERNAL)
    given_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    target_group: Mapped[TargetGroup] = mapped_column(Coded(TargetGroup), info=SENSITIVE)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    # What was asked and answered (JSON of codes); NULL where the window was named without asking.
    situation: Mapped[str | None] = mapped_column(Text, info=SENSITIVE)
    ranked: Mapped[str | None] = mapped_column(Text, info=INTERNAL)
    chosen_rank: Mapped[int | None] = mapped_column(Integer, info=INTERNAL)
    nothing_matched: Mapped[bool] = mapped_column(
        Boolean, default=False, server_default=false(), info=INTERNAL
    )
