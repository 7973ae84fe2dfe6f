"""カレンダー連携: addresses from which a calendar program reads the own due dates."""

import secrets
from collections.abc import Callable
from typing import Final

from sqlalchemy import func, select, update

from app.access.actor import Actor
from app.accounts.models import Account
from app.accounts.sessions import when_ended_everywhere
from app.audit.trail import record
from app.foundation import clock
from app.foundation.db import change, db
from app.foundation.errors import N_, DomainError, NotFound
from app.home.calendar_queries import hash_of
from app.home.models import CalendarToken

RANDOM_BYTES: Final = 32
MOST: Final = 5
"""Addresses in use at once: a computer, a telephone, and some to spare."""


def make_token(
    *, actor: Actor, draw: Callable[[int], str] = secrets.token_urlsafe
) -> tuple[CalendarToken, str]:
    """Make an address and return it with its token, which is shown once.

    Raises:
        DomainError: so many are in use already.
    """
    # Locked, so that two at the same moment cannot both be the last.
    db.session.scalar(select(Account.id).where(Account.id == actor.id).with_for_update())
    in_use = select(func.count()).where(
        CalendarToken.account_id == actor.id, CalendarToken.revoked_at.is_(None)
    )
    if (db.session.scalar(in_use) or 0) >= MOST:
        raise DomainError(
            N_("使えるアドレスは%(most)s件までです。使っていないものを無効にしてください。"), most=MOST
        )
    token = draw(RANDOM_BYTES)
    made = CalendarToken(account_id=actor.id, token_hash=hash_of(token), issued_at=clock.now())
    db.session.add(made)
    db.session.flush()
    record(actor=actor, action="calendar.made", subject="calendar", subject_id=made.id)
    return made, token


def revoke_token(*, actor: Actor, token_id: int) -> None:
    """End one of the own addresses.

    Raises:
        NotFound: it is somebody else's, or has ended already.
    """
    ended = change(
        update(CalendarToken)
        .where(
            CalendarToken.id == token_id,
            CalendarToken.account_id == actor.id,
            CalendarToken.revoked_at.is_(None),
        )
        .values(revoked_at=clock.now())
    )
    if not ended:
        raise NotFound
    record(actor=actor, action="calendar.revoked", subject="calendar", subject_id=token_id)


def revoke_all(actor: Actor, account_id: int) -> None:
    """End every address of an account: whoever is signed out everywhere is read by nobody any more."""
    ended = db.session.scalars(
        update(CalendarToken)
        .where(CalendarToken.account_id == account_id, CalendarToken.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .returning(CalendarToken.id)
        .execution_options(synchronize_session=False)
    )
    for token_id in sorted(ended):
        record(actor=actor, action="calendar.revoked", subject="calendar", subject_id=token_id)


when_ended_everywhere.append(revoke_all)
