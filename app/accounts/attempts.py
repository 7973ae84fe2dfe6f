"""Counting attempts: whoever fails again and again waits, longer each time, and is told so.

Counters are kept under keyed hashes: no login name, address or card stands here in clear.
"""

import hashlib
import hmac
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.access.throttle import FORGOTTEN_AFTER, Throttle
from app.accounts.models import Attempt
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError

KNOWN_FOR: Final = timedelta(days=400)
KNOWN: Final = 0


@dataclass(frozen=True, kw_only=True)
class Counter:
    """One count: under which hash, and how many attempts are free."""

    key_hash: str
    throttle: Throttle


class TooManyAttempts(DomainError):
    """The next attempt has to wait."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(
            N_(
                "続けて失敗したため、いまは受け付けられません。あと%(minutes)s分ほど待ってから、もう一度試してください。"
            ),
            minutes=max(1, math.ceil(wait.total_seconds() / 60)),
        )


def key_of(secret: str, purpose: str, *parts: str) -> str:
    """Return the keyed hash under which attempts of one kind by one source are counted."""
    text = "\0".join(("attempt", purpose, *parts))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def reserve(counters: Sequence[Counter]) -> int:
    """Count one attempt before it is made, so that a burst cannot overtake the count.

    Returns the longest wait, in minutes, that the attempt after this one will meet (0 for none).

    Raises:
        TooManyAttempts: a wait has not passed yet; then nothing is counted, so waiting is never prolonged.
    """
    now = clock.now()
    hashes = [counter.key_hash for counter in counters]
    found = {
        row.key_hash: row
        for row in db.session.scalars(
            select(Attempt).where(Attempt.key_hash.in_(hashes)).order_by(Attempt.key_hash).with_for_update()
        )
    }
    wait = timedelta(0)
    for counter in counters:
        row = found.get(counter.key_hash)
        if row is not None:
            left = counter.throttle.remaining(count=row.count, last_at=row.window_started_at, now=now)
            wait = max(wait, left)
    if wait:
        raise TooManyAttempts(wait)
    return max(count_one(counter, found.get(counter.key_hash)) for counter in counters)


def count_one(counter: Counter, row: Attempt | None) -> int:
    """Add one attempt to a counter; return the wait that follows it, in minutes."""
    now = clock.now()
    if row is None:
        row = insert_or_find(counter.key_hash)
    fresh = now - row.window_started_at >= FORGOTTEN_AFTER
    row.count = 1 if fresh else row.count + 1
    row.window_started_at = now
    db.session.flush()
    return int(counter.throttle.wait_after(row.count).total_seconds() // 60)


def insert_or_find(key_hash: str) -> Attempt:
    """Return a new counter, or the one that somebody inserted at this very moment."""
    row = Attempt(key_hash=key_hash, window_started_at=clock.now(), count=0)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return db.session.scalars(select(Attempt).where(Attempt.key_hash == key_hash).with_for_update()).one()
    return row


def succeed(counters: Sequence[Counter], *, clear: str) -> None:
    """Take back the attempt that turned out well, and forget the failures under ``clear``."""
    others = [counter.key_hash for counter in counters if counter.key_hash != clear]
    db.session.execute(
        update(Attempt)
        .where(Attempt.key_hash.in_(others), Attempt.count > 1)
        .values(count=Attempt.count - 1)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        delete(Attempt)
        .where(or_(Attempt.key_hash == clear, and_(Attempt.key_hash.in_(others), Attempt.count == 1)))
        .execution_options(synchronize_session=False)
    )
    forget_old()


def forget_old() -> None:
    """Delete counters that no longer count."""
    now = clock.now()
    db.session.execute(
        delete(Attempt)
        .where(
            or_(
                and_(Attempt.count > KNOWN, Attempt.window_started_at < now - FORGOTTEN_AFTER),
                and_(Attempt.count == KNOWN, Attempt.window_started_at < now - KNOWN_FOR),
            )
        )
        .execution_options(synchronize_session=False)
    )


def is_known(key_hash: str) -> bool:
    """Tell whether this account signed in well from this browser before."""
    last_at = db.session.scalar(
        select(Attempt.window_started_at).where(Attempt.key_hash == key_hash, Attempt.count == KNOWN)
    )
    return last_at is not None and clock.now() - last_at < KNOWN_FOR


def remember_known(key_hash: str) -> None:
    """Remember that this account signed in well from this browser."""
    changed = db.session.execute(
        update(Attempt)
        .where(Attempt.key_hash == key_hash)
        .values(window_started_at=clock.now(), count=KNOWN)
        .execution_options(synchronize_session=False)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        insert_or_find(key_hash)
