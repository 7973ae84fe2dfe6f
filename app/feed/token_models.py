"""Tokens for the figures that stay inside; only their hashes are kept."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.feed.tokens import FeedScope
from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, SECRET


class FeedToken(Model):
    __tablename__ = "feed_token"

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    # Which program reads with it, as the administrator calls it.
    label: Mapped[str] = mapped_column(String(60), info=INTERNAL)
    scope: Mapped[FeedScope] = mapped_column(Coded(FeedScope), info=INTERNAL)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    # The last day on which it opens anything.
    expires_on: Mapped[date] = mapped_column(Date, info=INTERNAL)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=INTERNAL)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=INTERNAL)
