"""Recording: operations note what they did, and the chain is sealed once, last in the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, event, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, SessionTransaction

from app.access.actor import Actor
from app.audit.chain import GENESIS, canonical, digest_of
from app.audit.models import AuditEntry, AuditHead
from app.foundation import clock
from app.foundation.db import db, open_change, table_of
from app.foundation.prepared import Prepared
from app.foundation.transaction import before_commit

# Every change asks these.
HEAD = Prepared(select(table_of(AuditHead).c.entry_id, table_of(AuditHead).c.digest).with_for_update())
ADD = Prepared(insert(table_of(AuditEntry)))
MOVE_HEAD = Prepared(
    update(table_of(AuditHead)).values(entry_id=bindparam("number"), digest=bindparam("newest"))
)

PENDING = "audit_pending"
MARKS = "audit_marks"


@dataclass(frozen=True)
class Note:
    """What an operation did, before it is numbered."""

    actor: Actor
    action: str
    subject: str
    subject_id: str
    details: str


def record(
    *,
    actor: Actor,
    action: str,
    subject: str,
    subject_id: int | str,
    details: Mapping[str, object] | None = None,
) -> None:
    """Note one act; ``details`` holds coded before-values, never text that a person typed freely."""
    note = Note(actor, action, subject, str(subject_id), canonical(details or {}))
    kept().setdefault(PENDING, []).append(note)


def kept(session: Session | None = None) -> dict[str, Any]:
    """Return where notes stand until they are sealed: with the change, or else with the session."""
    change = open_change.get()
    if change is not None:
        return change.info
    return (session or db.session()).info


def noted() -> Sequence[Note]:
    """Return what the transaction has noted so far, in order."""
    return tuple(kept().get(PENDING, ()))


def seal() -> None:
    """Number, chain and insert what was noted; the head is locked last, so that writers hardly queue."""
    notes: list[Note] = kept().pop(PENDING, [])
    if not notes:
        return
    entry_id, previous = lock_head()
    number = entry_id or 0
    at = clock.now()
    rows = []
    for note in notes:
        number += 1
        fields = {
            "at": at,
            "actor_id": note.actor.id,
            "actor_label": note.actor.label,
            "office_id": note.actor.office_id,
            "action": note.action,
            "subject": note.subject,
            "subject_id": note.subject_id,
            "details": note.details,
            "previous": previous,
        }
        previous = digest_of(number=number, **fields)
        rows.append({"id": number, "digest": previous, **fields})
    if len(rows) == 1:
        ADD.send(rows[0])
    else:
        ADD.send_many(rows)
    MOVE_HEAD.send({"number": number, "newest": previous})


def lock_head() -> tuple[Any, ...]:
    """Return the head of the chain, locked until the transaction ends; made when it is the first."""
    head = HEAD.row()
    if head is not None:
        return head
    try:
        with db.session.begin_nested():
            db.session.execute(insert(AuditHead).values(id=1, entry_id=None, digest=GENESIS))
    except IntegrityError:
        pass  # somebody else made it at this very moment
    (head,) = HEAD.rows()
    return head


def mark(session: Session, opened: SessionTransaction) -> None:
    """Remember how much was noted when a savepoint was set."""
    if opened.nested:
        here = kept(session)
        here.setdefault(MARKS, {})[opened] = len(here.get(PENDING, ()))


def unmark(session: Session, closed: SessionTransaction) -> None:
    """Forget a savepoint that is done."""
    kept(session).get(MARKS, {}).pop(closed, None)


def forget(session: Session) -> None:
    """Drop what was noted by a change that did not happen: all of it, or what came after the savepoint."""
    here, savepoint = kept(session), session.get_nested_transaction()
    if savepoint is None:
        here.pop(PENDING, None)
    else:
        del here.get(PENDING, [])[here.get(MARKS, {}).get(savepoint, 0) :]


before_commit.append(seal)
event.listen(Session, "after_transaction_create", mark)
event.listen(Session, "after_rollback", forget)
event.listen(Session, "after_transaction_end", unmark)
