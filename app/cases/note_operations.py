"""Notes for oneself (自分用のメモ): read by nobody else, gone 90 days after the case closes."""

from collections.abc import Sequence

from sqlalchemy import select

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.entries import LONGEST_MEMO, check_text
from app.cases.note_models import CaseNote
from app.cases.operations import require_version
from app.cases.queries import get_case_by_id, of_person
from app.foundation import clock
from app.foundation.db import db


def list_notes(*, actor: Actor, case_id: int) -> Sequence[CaseNote]:
    """Return the actor's own notes on a person, the one to go on with first; merged cases may have two."""
    return db.session.scalars(
        select(CaseNote)
        .where(CaseNote.author_id == actor.id, of_person(CaseNote.case_id, case_id))
        .order_by(CaseNote.written_at.desc(), CaseNote.id.desc())
    ).all()


def write_note(*, actor: Actor, case_id: int, text: str, version: int | None) -> None:
    """Write, change or (with an empty text) remove the actor's own note on a person.

    The trail keeps that a note was written, never its words.

    Raises:
        NotFound: the office may not know of the case.
        Conflict: it was changed meanwhile, in another tab.
        DomainError: at ``text``: too long, or it would tell who the person is.
    """
    case = get_case_by_id(actor=actor, case_id=case_id)
    check_text(text, longest=LONGEST_MEMO, field="text", today=clock.today())
    notes = list_notes(actor=actor, case_id=case.id)
    require_version(notes[0].version if notes else 0, version)
    if not text:
        for note in notes[:1]:
            db.session.delete(note)
    elif notes:
        notes[0].text, notes[0].written_at = text, clock.now()
    else:
        db.session.add(CaseNote(case_id=case.id, author_id=actor.id, text=text, written_at=clock.now()))
    record(actor=actor, action="case.note", subject="case", subject_id=case.number)
    db.session.flush()
