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

from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.access.throttle import FORGOTTEN_AFTER, Throttle, is_forgotten
from app.accounts.models import Attempt
from app.foundation import clock
from app.foundation.db import change, db
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
    rows = locked_rows(sorted(counter.key_hash for counter in counters))
    now = clock.now()
    waits = [
        counter.throttle.remaining(
            count=rows[counter.key_hash].count, last_at=rows[counter.key_hash].window_started_at, now=now
        )
        for counter in counters
    ]
    if any(waits):
        raise TooManyAttempts(max(waits))
    for row in rows.values():
        row.count = 1 if is_forgotten(row.window_started_at, now) else row.count + 1
        row.window_started_at = now
    db.session.flush()
    following = max(counter.throttle.wait_after(rows[counter.key_hash].count) for counter in counters)
    return int(following.total_seconds() // 60)


def count_of(key_hash: str) -> int:
    """Return how many attempts of one source still count."""
    row = db.session.get(Attempt, key_hash, populate_existing=True)
    return 0 if row is None or is_forgotten(row.window_started_at, clock.now()) else row.count


def locked_rows(hashes: Sequence[str]) -> dict[str, Attempt]:
    """Return the counters, made where they are missing, and locked in one order (no deadlock)."""
    there = set(db.session.scalars(select(Attempt.key_hash).where(Attempt.key_hash.in_(hashes))))
    for key_hash in hashes:
        if key_hash not in there:
            insert_unless_there(key_hash)
    found = db.session.scalars(
        select(Attempt)
        .where(Attempt.key_hash.in_(hashes))
        .order_by(Attempt.key_hash)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.key_hash: row for row in found}


def insert_unless_there(key_hash: str) -> None:
    """Insert a counter at nought; somebody else may do so at this very moment."""
    try:
        with db.session.begin_nested():
            db.session.execute(
                insert(Attempt).values(key_hash=key_hash, window_started_at=clock.now(), count=KNOWN)
            )
    except IntegrityError:
        pass


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
    known = update(Attempt).where(Attempt.key_hash == key_hash)
    if not change(known.values(window_started_at=clock.now(), count=KNOWN)):
        insert_unless_there(key_hash)
