"""Entries of the trail and the head of its chain."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, SENSITIVE


class AuditEntry(Model):
    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject", "subject_id"),)

    # Numbered by the chain, not by the database: a gap would be a removed entry.
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=INTERNAL)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info=INTERNAL)
    actor_id: Mapped[int | None] = mapped_column(Integer, info=INTERNAL)
    actor_label: Mapped[str] = mapped_column(String(120), info=INTERNAL)
    office_id: Mapped[int | None] = mapped_column(Integer, info=INTERNAL)
    action: Mapped[str] = mapped_column(String(60), info=INTERNAL)
    subject: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    subject_id: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    # Before-values of cases stand here in codes.
    details: Mapped[str] = mapped_column(Text, info=SENSITIVE)
    previous: Mapped[str] = mapped_column(String(64), info=INTERNAL)
    digest: Mapped[str] = mapped_column(String(64), unique=True, info=INTERNAL)


class AuditHead(Model):
    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=INTERNAL)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("audit_entry.id"), info=INTERNAL)
    digest: Mapped[str] = mapped_column(String(64), info=INTERNAL)
