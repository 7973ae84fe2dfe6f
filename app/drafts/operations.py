"""Claiming a form's key: the second of two equal posts finds the first one's record."""

import hashlib
from contextlib import nullcontext

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from app.access.actor import Actor
from app.drafts.models import Draft, Submission
from app.foundation import clock
from app.foundation.db import db, open_connection, table_of
from app.foundation.errors import N_, DomainError
from app.foundation.prepared import Prepared

# Every save asks these.
FIND = Prepared(
    select(Submission.account_id, Submission.subject_id).where(Submission.key_hash == bindparam("key"))
)
ADD = Prepared(insert(table_of(Submission)))
END_DRAFT = Prepared(delete(table_of(Draft)).where(table_of(Draft).c.key_hash == bindparam("key")))
STALE = N_("このページは古くなっています。開きなおしてから、もう一度入力してください。")


class AlreadySaved(Exception):
    """This form made a record before; ``subject_id`` says which."""

    def __init__(self, subject_id: str) -> None:
        super().__init__(subject_id)
        self.subject_id = subject_id


def hash_of(key: str) -> str:
    """Return what is kept of a form's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def require_fresh(*, key: str, actor: Actor) -> None:
    """Stop before a form is worked on twice; ask this first in the transaction.

    Raises:
        AlreadySaved: this person has sent the same form before.
        DomainError: somebody else has sent it, as after a change of persons at one machine.
    """
    wait_for_twin(key)
    found = FIND.row(key=hash_of(key))
    if found is None:
        return
    account_id, subject_id = found
    if account_id != actor.id:
        raise DomainError(STALE)
    raise AlreadySaved(subject_id)


def wait_for_twin(key: str) -> None:
    """Let a form sent twice at one moment be worked on in turn; SQLite has one writer anyway."""
    if is_postgresql():
        db.session.execute(select(func.pg_advisory_xact_lock(int(hash_of(key)[:15], 16))))


def is_postgresql() -> bool:
    """Tell whether other writers may be at work, and whether a failed statement spoils the transaction."""
    return open_connection().dialect.name == "postgresql"


def claim(*, key: str, actor: Actor, purpose: str, subject_id: int | str) -> None:
    """Remember that this form made this record, and end its draft, in the transaction that makes it.

    Raises:
        AlreadySaved: the same form was saved in the meantime (two tabs, a retry); the whole change is undone.
        DomainError: somebody else sent it.
    """
    claimed = {
        "key_hash": hash_of(key),
        "account_id": actor.id,
        "purpose": purpose,
        "subject_id": str(subject_id),
        "made_at": clock.now(),
    }
    try:
        with db.session.begin_nested() if is_postgresql() else nullcontext():
            ADD.send(claimed)
    except IntegrityError:
        require_fresh(key=key, actor=actor)
        raise
    END_DRAFT.send({"key": claimed["key_hash"]})
