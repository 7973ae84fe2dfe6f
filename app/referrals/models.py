"""Consents, referrals, the history of their moves, and days that were granted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.models import Case
from app.foundation.db import Coded, Model, UtcDateTime, fiscal_year_checks
from app.foundation.sensitivity import INTERNAL, SENSITIVE
from app.referrals.vocabulary import AnswerChannel, Asked, ConsentForm, ExtensionReason, State
from app.windows.models import Office, Window, WindowVersion


class Consent(Model):
    __tablename__ = "consent"
    __table_args__ = (CheckConstraint("withdrawn_on IS NULL OR withdrawn_on >= given_on", name="withdrawal"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True, info=INTERNAL)
    given_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    form: Mapped[ConsentForm] = mapped_column(Coded(ConsentForm), info=SENSITIVE)
    withdrawn_on: Mapped[date | None] = mapped_column(Date, info=SENSITIVE)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)


class Referral(Model):
    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_office", "office_id"),
        Index("ix_referral_window", "window_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    reference: Mapped[str] = mapped_column(String(7), unique=True, info=INTERNAL)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True, info=INTERNAL)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"), index=True, info=INTERNAL)
    consultation_id: Mapped[int | None] = mapped_column(
        ForeignKey("consultation.id"), index=True, info=INTERNAL
    )
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), info=INTERNAL)
    counsellor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    window_id: Mapped[int] = mapped_column(ForeignKey("window.id"), info=INTERNAL)
    window_version_id: Mapped[int] = mapped_column(ForeignKey("window_version.id"), info=INTERNAL)
    asked: Mapped[Asked] = mapped_column(Coded(Asked), info=SENSITIVE)
    asked_other: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)

    case: Mapped[Case] = relationship()
    consent: Mapped[Consent] = relationship()
    office: Mapped[Office] = relationship()
    window: Mapped[Window] = relationship()
    window_version: Mapped[WindowVersion] = relationship()


class ReferralMove(Model):
    __tablename__ = "referral_move"
    __table_args__ = (
        # Two people moving one referral at once: the second meets this and is told.
        Index("uq_referral_move_number", "referral_id", "number", unique=True),
        *fiscal_year_checks("happened_on"),
        Index("ix_referral_move_figures", "to_state", "fiscal_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), info=INTERNAL)
    number: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    from_state: Mapped[State | None] = mapped_column(Coded(State), info=SENSITIVE)
    to_state: Mapped[State] = mapped_column(Coded(State), info=SENSITIVE)
    happened_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    channel: Mapped[AnswerChannel | None] = mapped_column(Coded(AnswerChannel), info=SENSITIVE)
    # The code's meaning depends on the state moved to: declined, ended, withdrawn or void.
    code: Mapped[str | None] = mapped_column(String(40), info=SENSITIVE)
    code_other: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    # The number of the move that this entry takes back (訂正); both stay, and neither counts.
    corrects_number: Mapped[int | None] = mapped_column(Integer, info=INTERNAL)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    entered_by_office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), info=INTERNAL)

    referral: Mapped[Referral] = relationship()


class ReferralExtension(Model):
    """期限の延長: a later due day for the state in which the referral stood, never for the next one."""

    __tablename__ = "referral_extension"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True, info=INTERNAL)
    # The newest move when it was granted: with the next one that stands, the extension is over.
    move_number: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    due_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    reason: Mapped[ExtensionReason] = mapped_column(Coded(ExtensionReason), info=SENSITIVE)
    reason_other: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
