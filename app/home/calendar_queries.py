"""Which addresses of calendars are in use, and whose due dates one of them opens."""

import hashlib
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.foundation.db import db
from app.foundation.errors import NotFound
from app.home.models import CalendarToken

_DOMAIN: Final = b"shirube:calendar:v1\0"


def hash_of(token: str) -> str:
    """Return what the database keeps of a token, 64 hex digits."""
    return hashlib.sha256(_DOMAIN + token.encode()).hexdigest()


def list_tokens(*, actor: Actor) -> Sequence[CalendarToken]:
    """List the own addresses that are in use, the newest first."""
    return db.session.scalars(
        select(CalendarToken)
        .where(CalendarToken.account_id == actor.id, CalendarToken.revoked_at.is_(None))
        .order_by(CalendarToken.id.desc())
    ).all()


def is_known(*, token: str) -> bool:
    """Tell whether a token was ever given out: whoever holds a revoked one guesses nothing."""
    return (
        db.session.scalar(select(CalendarToken.id).where(CalendarToken.token_hash == hash_of(token)))
        is not None
    )


def get_reader(*, token: str) -> Actor:
    """Return whose due dates a token opens.

    Raises:
        NotFound: it opens nothing, whatever the reason; nobody is told which.
    """
    account = db.session.scalar(
        select(Account)
        .join(CalendarToken, CalendarToken.account_id == Account.id)
        .where(
            CalendarToken.token_hash == hash_of(token),
            CalendarToken.revoked_at.is_(None),
            Account.is_active,
            Account.office_id.is_not(None),
        )
    )
    if account is None:
        raise NotFound
    reader = Actor(id=account.id, label=account.label, role=account.role, office_id=account.office_id)
    if not reader.may(Permission.CASE_READ):
        raise NotFound
    return reader
