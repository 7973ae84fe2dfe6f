"""Tokens for the figures that stay inside; only their hashes are kept."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.feed.tokens import FeedScope
from app.foundation.db import Coded, Model, UtcDateTime
from app.foundation.sensitivity import INTERNAL, SECRET
from app.kpi.vocabulary import TableSource


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


class FeedReading(Model):
    """How often a token read the figures of a year on a day: the first reading stands in the trail too."""

    __tablename__ = "feed_reading"
    __table_args__ = (
        CheckConstraint("times >= 1", name="times"),
        Index("uq_feed_reading_of", "token_id", "day", "fiscal_year", "table_source", "edition", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=INTERNAL)
    token_id: Mapped[int] = mapped_column(ForeignKey("feed_token.id"), info=INTERNAL)
    day: Mapped[date] = mapped_column(Date, info=INTERNAL)
    fiscal_year: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    # What it was given: the records of a year that is not settled, or an edition (0: none).
    table_source: Mapped[TableSource] = mapped_column(Coded(TableSource), info=INTERNAL)
    edition: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    times: Mapped[int] = mapped_column(Integer, info=INTERNAL)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, info=INTERNAL)
