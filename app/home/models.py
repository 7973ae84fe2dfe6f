"""Calendar subscriptions."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, SECRET


class CalendarToken(Model):
    """カレンダー連携: who may read their due dates with which token; only its hash is kept."""

    __tablename__ = "calendar_token"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True, info=INTERNAL)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
