"""Changes of sessions: begun at sign-in, touched while pages are read, ended for one or for all."""

import secrets
from collections.abc import Callable

from sqlalchemy import ColumnElement, update

from app.access.actor import Actor
from app.accounts import passwords
from app.accounts.models import Account, AccountSession
from app.accounts.queries import get_account, hash_of_key
from app.audit import trail
from app.foundation import clock
from app.foundation.db import change, db

# Filled by packages above: what else opens an account's data, and ends when it is signed out everywhere.
when_ended_everywhere: list[Callable[[Actor, int], object]] = []


def begin(*, account_id: int) -> str:
    """Begin a session and return its random key (256 bits), of which only a hash is kept."""
    key = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        AccountSession(
            key_hash=hash_of_key(key), account_id=account_id, started_at=now, seen_at=now, ended_at=None
        )
    )
    db.session.flush()
    return key


def sign_in(*, account_id: int, password: str) -> str:
    """Begin a session for somebody whose password fitted; return its key."""
    account = get_account(account_id)
    if passwords.needs_rehash(account.password_hash):
        account.password_hash = passwords.hash_of(password)
    key = begin(account_id=account.id)
    trail.record(
        actor=actor_of(account), action="account.signed_in", subject="account", subject_id=account.id
    )
    return key


def note_wait(*, account_id: int, minutes: int) -> None:
    """Record that an account now has to wait after failed attempts; what was typed is not kept."""
    trail.record(
        actor=actor_of(get_account(account_id)),
        action="account.sign_in_delayed",
        subject="account",
        subject_id=account_id,
        details={"minutes": minutes},
    )


def sign_out(*, actor: Actor, session_id: int) -> None:
    """End the session at hand."""
    end(AccountSession.id == session_id)
    trail.record(actor=actor, action="account.signed_out", subject="account", subject_id=actor.id or 0)


def touch(*, session_id: int) -> None:
    """Write that a session was used just now."""
    change(update(AccountSession).where(AccountSession.id == session_id).values(seen_at=clock.now()))


def end_all(*, actor: Actor, account_id: int) -> int:
    """End every open session of an account and what else lets somebody in; return how many were ended."""
    for step in when_ended_everywhere:
        step(actor, account_id)
    return end(AccountSession.account_id == account_id)


def end(*conditions: ColumnElement[bool]) -> int:
    """End the open sessions that fit; return how many."""
    return change(
        update(AccountSession)
        .where(AccountSession.ended_at.is_(None), *conditions)
        .values(ended_at=clock.now())
    )


def actor_of(account: Account) -> Actor:
    """Return an account as an actor."""
    return Actor(id=account.id, label=account.label, role=account.role, office_id=account.office_id)
