"""Saving a sheet of the day grid: every row or none."""

from collections.abc import Sequence

from app.access.actor import Actor
from app.cases.consultation_operations import record_consultations
from app.cases.entries import NewConsultation
from app.drafts.operations import claim, require_fresh

PURPOSE = "day_grid"


def record_sheet(*, actor: Actor, entries: Sequence[NewConsultation], submission_key: str) -> int:
    """Save the consultations of a sheet in one go, and return how many there were.

    Raises:
        AlreadySaved: the same sheet was saved before; its subject is the number of its rows.
        DomainError: a rule is broken; nothing is kept.
    """
    require_fresh(key=submission_key, actor=actor)
    made = record_consultations(actor=actor, new=entries)
    claim(key=submission_key, actor=actor, purpose=PURPOSE, subject_id=len(made))
    return len(made)
