"""Offices, windows and their versions."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, PUBLIC
from app.situation.programme import Programme
from app.situation.situation import Language
from app.situation.vocabulary import TargetGroup, Topic
from app.windows.columns import Closings, Codes, Hours
from app.windows.hours import Closing, WeeklyHours
from app.windows.vocabulary import GRACE_DAYS, Appointment, OfficeKind, VersionOrigin

# What was added later may be empty: nobody has said.
EMPTY: Final[dict[str, Any]] = {"default": "", "server_default": text("''"), "info": PUBLIC}
NONE: Final[dict[str, Any]] = EMPTY | {"default": ()}


class Office(Model):
    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    key: Mapped[str] = mapped_column(String(40), unique=True, info=PUBLIC)
    kind: Mapped[OfficeKind] = mapped_column(Coded(OfficeKind), info=PUBLIC)
    name: Mapped[str] = mapped_column(String(80), info=PUBLIC)
    name_en: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    # The programme for which this office's consultations count unless the counsellor says otherwise.
    programme: Mapped[Programme | None] = mapped_column(Coded(Programme), info=PUBLIC)


class Window(Model):
    __tablename__ = "window"

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    key: Mapped[str] = mapped_column(String(60), unique=True, info=PUBLIC)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, info=PUBLIC)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("window.id"), info=PUBLIC)
    position: Mapped[int] = mapped_column(Integer, info=PUBLIC)

    office: Mapped[Office] = relationship()


class WindowVersion(Model):
    __tablename__ = "window_version"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        CheckConstraint(
            "maximum_age IS NULL OR minimum_age IS NULL OR maximum_age >= minimum_age", name="ages"
        ),
        Index("uq_window_version_number", "window_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    window_id: Mapped[int] = mapped_column(ForeignKey("window.id"), info=PUBLIC)
    number: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    name: Mapped[str] = mapped_column(String(120), info=PUBLIC)
    name_en: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    kana: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    former_names: Mapped[str] = mapped_column(Text, info=PUBLIC)
    services: Mapped[str] = mapped_column(Text, info=PUBLIC)
    services_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    needs: Mapped[tuple[Topic, ...]] = mapped_column(Codes(Topic), **NONE)
    # Whom it is meant for, as the map shows it; ``target_groups`` are those whom alone it takes.
    serves: Mapped[tuple[TargetGroup, ...]] = mapped_column(Codes(TargetGroup), **NONE)
    target_groups: Mapped[tuple[TargetGroup, ...]] = mapped_column(Codes(TargetGroup), **NONE)
    eligibility: Mapped[str] = mapped_column(Text, info=PUBLIC)
    eligibility_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    note: Mapped[str] = mapped_column(Text, info=PUBLIC)
    note_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    minimum_age: Mapped[int | None] = mapped_column(Integer, info=PUBLIC)
    maximum_age: Mapped[int | None] = mapped_column(Integer, info=PUBLIC)
    address: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    access: Mapped[str] = mapped_column(Text, **EMPTY)
    access_en: Mapped[str] = mapped_column(Text, **EMPTY)
    telephone: Mapped[str] = mapped_column(String(40), info=PUBLIC)
    url: Mapped[str] = mapped_column(String(300), **EMPTY)
    hours: Mapped[WeeklyHours | None] = mapped_column(
        Hours, nullable=False, default=None, server_default=text("''"), info=PUBLIC
    )
    closings: Mapped[tuple[Closing, ...]] = mapped_column(Closings, **NONE)
    appointment: Mapped[Appointment] = mapped_column(
        Coded(Appointment), default=Appointment.UNKNOWN, server_default=Appointment.UNKNOWN, info=PUBLIC
    )
    # Who may refer somebody there, and how.
    referral_from: Mapped[str] = mapped_column(Text, **EMPTY)
    referral_from_en: Mapped[str] = mapped_column(Text, **EMPTY)
    documents: Mapped[str] = mapped_column(Text, **EMPTY)
    documents_en: Mapped[str] = mapped_column(Text, **EMPTY)
    languages: Mapped[tuple[Language, ...]] = mapped_column(Codes(Language), **NONE)
    fee: Mapped[str] = mapped_column(Text, **EMPTY)
    fee_en: Mapped[str] = mapped_column(Text, **EMPTY)
    response_days: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    grace_days: Mapped[int] = mapped_column(
        Integer, default=GRACE_DAYS, server_default=text(str(GRACE_DAYS)), info=PUBLIC
    )
    valid_from: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    valid_to: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    source: Mapped[str] = mapped_column(Text, **EMPTY)
    # The one thing that is written over: to confirm an entry says nothing new of the window itself.
    # The trail keeps every verification.
    verified_on: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    verified_by: Mapped[str] = mapped_column(
        String(120), default="", server_default=text("''"), info=INTERNAL
    )
    # The number of the version that this one corrects: that one never speaks again.
    replaces: Mapped[int | None] = mapped_column(Integer, info=PUBLIC)
    origin: Mapped[VersionOrigin] = mapped_column(
        Coded(VersionOrigin), default=VersionOrigin.FILE, server_default=VersionOrigin.FILE, info=INTERNAL
    )
    # The feed of changes says when each entry was made.
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PUBLIC)

    window: Mapped[Window] = relationship()
