"""Placements and retention checks."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case
from app.cases.vocabulary import Channel, VoidReason
from app.foundation.db import Coded, Model, UtcDateTime, fiscal_year_checks
from app.foundation.sensitivity import INTERNAL, SENSITIVE
from app.placements.standards import Industry, Occupation, WageBand, WeeklyHours
from app.placements.vocabulary import (
    CheckOutcome,
    Contract,
    DueReason,
    Hours,
    LeftReason,
    NearReason,
    PlacementCategory,
    PlacementKind,
    Posting,
)
from app.referrals.models import Referral
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus, TargetGroup
from app.windows.models import Office


class Placement(Model):
    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("offered_on IS NULL OR offered_on <= started_on", name="offer"),
        *fiscal_year_checks("started_on"),
        Index("ix_placement_figures", "programme", "kind", "fiscal_year"),
        Index("ix_placement_office", "office_id", "started_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True, info=INTERNAL)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), info=INTERNAL)
    counsellor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    programme: Mapped[Programme] = mapped_column(Coded(Programme), info=INTERNAL)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True, info=INTERNAL)
    kind: Mapped[PlacementKind] = mapped_column(Coded(PlacementKind), info=SENSITIVE)
    # Offer, first working day and report are kept apart; only the first working day decides the year.
    offered_on: Mapped[date | None] = mapped_column(Date, info=SENSITIVE)
    started_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    reported_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    assistance: Mapped[AssistanceStatus] = mapped_column(Coded(AssistanceStatus), info=SENSITIVE)
    category: Mapped[PlacementCategory | None] = mapped_column(Coded(PlacementCategory), info=SENSITIVE)
    target_group: Mapped[TargetGroup] = mapped_column(Coded(TargetGroup), info=SENSITIVE)
    hours: Mapped[Hours] = mapped_column(Coded(Hours), info=SENSITIVE)
    contract: Mapped[Contract] = mapped_column(Coded(Contract), info=SENSITIVE)
    contract_other: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    posting: Mapped[Posting] = mapped_column(Coded(Posting), info=SENSITIVE)
    occupation: Mapped[Occupation] = mapped_column(
        Coded(Occupation), default=Occupation.UNKNOWN, server_default="unknown", info=SENSITIVE
    )
    industry: Mapped[Industry] = mapped_column(
        Coded(Industry), default=Industry.UNKNOWN, server_default="unknown", info=SENSITIVE
    )
    weekly_hours: Mapped[WeeklyHours] = mapped_column(
        Coded(WeeklyHours), default=WeeklyHours.UNKNOWN, server_default="unknown", info=SENSITIVE
    )
    wage_band: Mapped[WageBand | None] = mapped_column(Coded(WageBand), info=SENSITIVE)
    # Why another new job of the same person within two weeks is no double.
    why_separate: Mapped[NearReason | None] = mapped_column(Coded(NearReason), info=SENSITIVE)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    void_reason: Mapped[VoidReason | None] = mapped_column(Coded(VoidReason), info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    case: Mapped[Case] = relationship()
    office: Mapped[Office] = relationship()
    referral: Mapped[Referral | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class RetentionCheck(Model):
    __tablename__ = "retention_check"
    __table_args__ = (
        CheckConstraint("months IN (1, 3, 6, 12)", name="months"),
        CheckConstraint("left_reason IS NULL OR outcome = 'left'", name="left_reason"),
        Index("uq_retention_check_of", "placement_id", "months", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), info=INTERNAL)
    months: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    checked_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    outcome: Mapped[CheckOutcome] = mapped_column(Coded(CheckOutcome), info=SENSITIVE)
    channel: Mapped[Channel] = mapped_column(Coded(Channel), info=SENSITIVE)
    # None on what was recorded before reasons were asked for.
    left_reason: Mapped[LeftReason | None] = mapped_column(Coded(LeftReason), info=SENSITIVE)
    left_other: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"), info=SENSITIVE)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    placement: Mapped[Placement] = relationship()

    __mapper_args__ = {"version_id_col": version}


class RetentionDue(Model):
    """期日の変更: another day for a retention check; of several the newest holds."""

    __tablename__ = "retention_due"
    __table_args__ = (
        CheckConstraint("months IN (1, 3, 6, 12)", name="months"),
        Index("ix_retention_due_of", "placement_id", "months"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), info=INTERNAL)
    months: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    due_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    due_reason: Mapped[DueReason] = mapped_column(Coded(DueReason), info=SENSITIVE)
    due_other: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
