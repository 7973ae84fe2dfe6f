"""Cases, cards, the offices that may see a case, consultations, registrations."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.cases.vocabulary import (
    Channel,
    CloseReason,
    ConsultationKind,
    Dimension,
    MergeReason,
    RegistrationKind,
    SeenBy,
    Source,
    VoidReason,
)
from app.foundation.db import Coded, Model, UtcDateTime, fiscal_year_checks
from app.foundation.sensitivity import INTERNAL, SECRET, SENSITIVE
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, AssistanceStatus, Gender, Household, TargetGroup, Topic
from app.windows.models import Office


class Case(Model):
    __tablename__ = "case_record"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    number: Mapped[str] = mapped_column(String(7), unique=True, info=SENSITIVE)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, info=INTERNAL)
    opened_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    gender: Mapped[Gender | None] = mapped_column(Coded(Gender), info=SENSITIVE)
    closed_on: Mapped[date | None] = mapped_column(Date, info=SENSITIVE)
    close_reason: Mapped[CloseReason | None] = mapped_column(Coded(CloseReason), info=SENSITIVE)
    # A merge is this pointer; no record moves, and undoing it is exact.
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("case_record.id"), index=True, info=INTERNAL
    )
    # 番号不明: opened although the person has a case, which nobody could find. Waits for a merge.
    is_number_unknown: Mapped[bool] = mapped_column(server_default=false(), default=False, info=INTERNAL)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    office: Mapped[Office] = relationship()

    __mapper_args__ = {"version_id_col": version}


class CaseCard(Model):
    __tablename__ = "case_card"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True, info=INTERNAL)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    pepper_id: Mapped[str] = mapped_column(String(16), info=SECRET)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)


class CaseMerge(Model):
    """One merge and its undoing; the pointer on the case is what counts, this is how it came about."""

    __tablename__ = "case_merge"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True, info=INTERNAL)
    into_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True, info=INTERNAL)
    # Where the pointer stood before: a case merged earlier follows when its target is merged in turn.
    previous_into_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), info=INTERNAL)
    # The merge that carried this row along, itself for the case that was chosen.
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("case_merge.id"), index=True, info=INTERNAL)
    reason: Mapped[MergeReason] = mapped_column(Coded(MergeReason), info=INTERNAL)
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    merged_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)


class CaseOffice(Model):
    """What one office has to do with a case: since when it knows of it, who is in charge there."""

    __tablename__ = "case_office"
    __table_args__ = (Index("ix_case_office_counsellor", "counsellor_id", "next_contact_on"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True, info=INTERNAL)
    office_id: Mapped[int] = mapped_column(
        ForeignKey("office.id"), primary_key=True, index=True, info=INTERNAL
    )
    seen_by: Mapped[SeenBy] = mapped_column(Coded(SeenBy), info=INTERNAL)
    since: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    # 担当: whose tasks the referrals, checks and contacts of this case are at this office. Who did
    # something in the past stands on the record itself and never moves.
    counsellor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    # None where that is not known any more. A hand-over that stands is told by it from a later change.
    in_charge_since: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    next_contact_on: Mapped[date | None] = mapped_column(Date, info=SENSITIVE)


class Consultation(Model):
    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("headcount BETWEEN 1 AND 500", name="headcount"),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes"),
        *fiscal_year_checks("held_on"),
        Index("ix_consultation_figures", "programme", "kind", "fiscal_year"),
        Index("ix_consultation_case", "case_id", "office_id", "held_on"),
        Index("ix_consultation_office", "office_id", "held_on"),
        Index("ix_consultation_counsellor", "counsellor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    # None: somebody who came once and took no card, or a group.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), info=INTERNAL)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), info=INTERNAL)
    counsellor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    programme: Mapped[Programme] = mapped_column(Coded(Programme), info=INTERNAL)
    kind: Mapped[ConsultationKind] = mapped_column(Coded(ConsultationKind), info=INTERNAL)
    held_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    headcount: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    minutes: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    channel: Mapped[Channel] = mapped_column(Coded(Channel), info=SENSITIVE)
    source: Mapped[Source] = mapped_column(Coded(Source), info=SENSITIVE)
    source_other: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    # True at the time, not looked up later.
    assistance: Mapped[AssistanceStatus] = mapped_column(Coded(AssistanceStatus), info=SENSITIVE)
    age_band: Mapped[AgeBand] = mapped_column(Coded(AgeBand), info=SENSITIVE)
    household: Mapped[Household] = mapped_column(Coded(Household), info=SENSITIVE)
    household_other: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    target_group: Mapped[TargetGroup] = mapped_column(Coded(TargetGroup), info=SENSITIVE)
    single_parent: Mapped[bool] = mapped_column(info=SENSITIVE)
    topic: Mapped[Topic] = mapped_column(Coded(Topic), info=SENSITIVE)
    topic_other: Mapped[str] = mapped_column(String(60), info=SENSITIVE)
    memo: Mapped[str] = mapped_column(String(200), info=SENSITIVE)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    void_reason: Mapped[VoidReason | None] = mapped_column(Coded(VoidReason), info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    case: Mapped[Case | None] = relationship()
    office: Mapped[Office] = relationship()

    __mapper_args__ = {"version_id_col": version}


class ConsultationTopic(Model):
    """A topic beside the primary one."""

    __tablename__ = "consultation_topic"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id"), primary_key=True, info=INTERNAL
    )
    topic: Mapped[Topic] = mapped_column(Coded(Topic), primary_key=True, info=SENSITIVE)


class ConsultationGroup(Model):
    """A target group beside the primary one."""

    __tablename__ = "consultation_group"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id"), primary_key=True, info=INTERNAL
    )
    target_group: Mapped[TargetGroup] = mapped_column(Coded(TargetGroup), primary_key=True, info=SENSITIVE)


class ConsultationCount(Model):
    """How many of a group session were of one age band, target group and so on; each dimension sums up."""

    __tablename__ = "consultation_count"
    __table_args__ = (CheckConstraint("heads BETWEEN 1 AND 500", name="heads"),)

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id"), primary_key=True, info=INTERNAL
    )
    dimension: Mapped[Dimension] = mapped_column(Coded(Dimension), primary_key=True, info=INTERNAL)
    # A value of the dimension's own vocabulary, or "unknown" for the remainder (不明).
    value: Mapped[str] = mapped_column(String(40), primary_key=True, info=SENSITIVE)
    heads: Mapped[int] = mapped_column(Integer, info=SENSITIVE)


class Registration(Model):
    __tablename__ = "registration"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="days"),
        Index("ix_registration_days", "starts_on", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True, info=INTERNAL)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), info=INTERNAL)
    kind: Mapped[RegistrationKind] = mapped_column(Coded(RegistrationKind), info=INTERNAL)
    starts_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    # The day before the anniversary, or earlier when the person left.
    ends_on: Mapped[date] = mapped_column(Date, info=SENSITIVE)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    void_reason: Mapped[VoidReason | None] = mapped_column(Coded(VoidReason), info=INTERNAL)
    version: Mapped[int] = mapped_column(Integer, info=INTERNAL)

    case: Mapped[Case] = relationship()

    __mapper_args__ = {"version_id_col": version}
