"""Issuing and ending tokens of the feed; noting what was read with them."""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from app.access.actor import Actor
from app.access.permissions import Permission, Role
from app.audit.trail import record
from app.feed.token_models import FeedReading, FeedToken
from app.feed.tokens import LONGEST, RANDOM_BYTES, FeedScope, hash_of, may_last
from app.foundation import clock
from app.foundation.db import change, db
from app.foundation.errors import N_, DomainError, Forbidden, NotFound
from app.kpi.vocabulary import TableSource

INSERTS: Final[dict[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
TOO_LONG: Final = N_("期限は、今日から%(days)s日のあいだの日にしてください。")


def issue_token(
    *,
    actor: Actor,
    label: str,
    scope: FeedScope,
    expires_on: date,
    draw: Callable[[int], str] = secrets.token_urlsafe,
) -> tuple[FeedToken, str]:
    """Issue a token and return it with its text, which is shown once and not kept.

    Raises:
        Forbidden: only an administrator issues them.
        DomainError: it would end before today, or last longer than a year.
    """
    if not actor.may(Permission.ACCOUNT_WRITE):
        raise Forbidden
    if not may_last(expires_on, clock.today()):
        raise DomainError(TOO_LONG, field="expires_on", days=LONGEST.days)
    text = draw(RANDOM_BYTES)
    token = FeedToken(
        label=label,
        scope=scope,
        token_hash=hash_of(text),
        expires_on=expires_on,
        issued_at=clock.now(),
        issued_by=actor.id,
    )
    db.session.add(token)
    db.session.flush()
    record(
        actor=actor,
        action="feed_token.issued",
        subject="feed_token",
        subject_id=token.id,
        details={"scope": scope.value, "expires_on": expires_on.isoformat()},
    )
    return token, text


def end_token(*, actor: Actor, token_id: int) -> None:
    """End a token at once.

    Raises:
        Forbidden: only an administrator ends them.
        NotFound: there is none, or it has ended already.
    """
    if not actor.may(Permission.ACCOUNT_WRITE):
        raise Forbidden
    ended = change(
        update(FeedToken)
        .where(FeedToken.id == token_id, FeedToken.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
    if not ended:
        raise NotFound
    record(actor=actor, action="feed_token.ended", subject="feed_token", subject_id=token_id)


def note_reading(*, token: FeedToken, fiscal_year: int, source: TableSource, edition: int = 0) -> None:
    """Note that a token read a year: every reading is counted, the first of a day stands in the trail.

    ``edition`` is 0 while the year is not settled. A program asks every few minutes; an entry each would
    bury what people did.
    """
    now = clock.now()
    change(update(FeedToken).where(FeedToken.id == token.id).values(used_at=now))
    insert = INSERTS[db.session.get_bind().dialect.name](FeedReading).values(
        token_id=token.id,
        day=clock.today(),
        fiscal_year=fiscal_year,
        table_source=source,
        edition=edition,
        times=1,
        first_at=now,
        last_at=now,
    )
    counted = insert.on_conflict_do_update(
        index_elements=["token_id", "day", "fiscal_year", "table_source", "edition"],
        set_={"times": FeedReading.times + 1, "last_at": now},
    ).returning(FeedReading.times)
    if db.session.execute(counted).scalar_one() > 1:
        return
    record(
        actor=Actor(id=None, label=f"feed {token.id} {token.label}", role=Role.PARTNER, office_id=None),
        action="feed_token.read",
        subject="feed_token",
        subject_id=token.id,
        details={"fiscal_year": fiscal_year, "table_source": source.value, "edition": edition or None},
    )
