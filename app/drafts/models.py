"""Forms not saved yet, and the keys of those that were."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, SECRET


class Submission(Model):
    __tablename__ = "submission"

    # A hash, because a new case's card code is derived from the key itself (docs/decisions/).
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True, info=SECRET)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    purpose: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    subject_id: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info=INTERNAL)


class Draft(Model):
    """下書き: a form on its way, sealed under a key that lies outside the database and its backups."""

    __tablename__ = "draft"
    __table_args__ = (Index("uq_draft_key", "account_id", "key_hash", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    # The hash of the form's submission key: saving the form ends its draft.
    key_hash: Mapped[str] = mapped_column(String(64), info=SECRET)
    purpose: Mapped[str] = mapped_column(String(40), info=INTERNAL)
    # AEAD over the fields typed, base64; account, purpose and key are bound to it.
    sealed: Mapped[str] = mapped_column(Text, info=SECRET)
    sealing_key_id: Mapped[str] = mapped_column(String(16), info=SECRET)
    # Grows with every keystroke sent, so that a late answer never overwrites a newer one.
    revision: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info=INTERNAL)
