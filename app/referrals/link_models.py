"""One-time links by which a partner without account answers."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, SECRET


class AnswerLink(Model):
    """回答リンク: a partner without account answers one referral, once; only its hash is kept."""

    __tablename__ = "answer_link"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True, info=INTERNAL)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
