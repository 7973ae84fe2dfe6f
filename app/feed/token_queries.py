"""Reading tokens of the feed."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Row, select

from app.feed.token_models import FeedReading, FeedToken
from app.feed.tokens import FeedScope, hash_of
from app.foundation import clock
from app.foundation.db import db

MOST_READINGS: Final = 100


def list_feed_tokens() -> Sequence[FeedToken]:
    """Return every token, those in use first, the newest before the older."""
    order = (FeedToken.revoked_at.is_not(None), FeedToken.id.desc())
    return db.session.scalars(select(FeedToken).order_by(*order)).all()


def list_readings() -> Sequence[Row[FeedReading, str]]:
    """Return what was read with tokens of late, the newest first, each with what its token is called."""
    of = select(FeedReading, FeedToken.label).join(FeedToken, FeedToken.id == FeedReading.token_id)
    return db.session.execute(of.order_by(FeedReading.last_at.desc()).limit(MOST_READINGS)).all()


def find_reader(token: str, scope: FeedScope) -> FeedToken | None:
    """Return the token that somebody shows, None unless it opens this scope today."""
    return db.session.scalar(
        select(FeedToken).where(
            FeedToken.token_hash == hash_of(token),
            FeedToken.scope == scope,
            FeedToken.revoked_at.is_(None),
            FeedToken.expires_on >= clock.today(),
        )
    )
