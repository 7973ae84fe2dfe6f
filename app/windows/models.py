"""Offices, windows and their versions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, PUBLIC
from app.situation.programme import Programme
from app.windows.vocabulary import OfficeKind


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
    eligibility: Mapped[str] = mapped_column(Text, info=PUBLIC)
    eligibility_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    note: Mapped[str] = mapped_column(Text, info=PUBLIC)
    note_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    minimum_age: Mapped[int | None] = mapped_column(Integer, info=PUBLIC)
    maximum_age: Mapped[int | None] = mapped_column(Integer, info=PUBLIC)
    address: Mapped[str] = mapped_column(String(160), info=PUBLIC)
    telephone: Mapped[str] = mapped_column(String(40), info=PUBLIC)
    response_days: Mapped[int] = mapped_column(Integer, info=PUBLIC)
    valid_from: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    valid_to: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    verified_on: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)

    window: Mapped[Window] = relationship()
