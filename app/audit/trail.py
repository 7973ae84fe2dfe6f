"""Recording: operations note what they did, and the chain is sealed once, last in the transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.audit.chain import GENESIS, canonical, digest_of
from app.audit.models import AuditEntry, AuditHead
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import before_commit

PENDING = "audit_pending"


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
    db.session().info.setdefault(PENDING, []).append(note)


def seal(session: Session) -> None:
    """Number, chain and insert what was noted; the head is locked last, so that writers hardly queue."""
    notes: list[Note] = session.info.pop(PENDING, [])
    if not notes:
        return
    head = session.execute(select(AuditHead.entry_id, AuditHead.digest).with_for_update()).one_or_none()
    if head is None:
        session.execute(insert(AuditHead).values(id=1, entry_id=None, digest=GENESIS))
    number, previous = (head.entry_id or 0, head.digest) if head else (0, GENESIS)
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
        previous = digest_of(number=number, **fields)  # type: ignore[arg-type]
        rows.append({"id": number, "digest": previous, **fields})
    session.execute(insert(AuditEntry), rows)
    session.execute(update(AuditHead).values(entry_id=number, digest=previous))


def forget(session: Session, *_previous: object) -> None:
    """Drop what was noted by a change that did not happen."""
    session.info.pop(PENDING, None)


before_commit.append(seal)
event.listen(Session, "after_rollback", forget)
