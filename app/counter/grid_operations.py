"""Saving a sheet of the day grid: every row or none."""

from collections.abc import Sequence

from app.access.actor import Actor
from app.cases.consultation_operations import record_consultations
from app.cases.entries import NewConsultation
from app.counter.operations import ALIKE, is_alike
from app.drafts.operations import claim, require_fresh
from app.foundation.errors import DomainError

PURPOSE = "day_grid"


class AlikeError(DomainError):
    """Some entries look like consultations recorded before; ``places`` are theirs in the sheet."""

    def __init__(self, places: Sequence[int]) -> None:
        super().__init__(ALIKE, field="confirmed")
        self.places = tuple(places)


def record_sheet(
    *, actor: Actor, entries: Sequence[NewConsultation], submission_key: str, confirmed: bool = False
) -> int:
    """Save the consultations of a sheet in one go, and return how many there were.

    Raises:
        AlreadySaved: the same sheet was saved before; its subject is the number of its rows.
        AlikeError: some look like a second entry, and nobody has said that they are none.
        DomainError: a rule is broken; nothing is kept.
    """
    require_fresh(key=submission_key, actor=actor)
    alike = [] if confirmed else places_alike(actor, entries)
    if alike:
        raise AlikeError(alike)
    made = record_consultations(actor=actor, new=entries)
    claim(key=submission_key, actor=actor, purpose=PURPOSE, subject_id=len(made))
    return len(made)


def places_alike(actor: Actor, entries: Sequence[NewConsultation]) -> list[int]:
    """Return the places of a person, topic and kind that the day has already, in the log or further up."""
    above: set[tuple[object, ...]] = set()
    found = []
    for place, entry in enumerate(entries):
        what = (entry.case_id, entry.topic, entry.kind)
        if entry.case_id is not None and (what in above or is_alike(actor, entry)):
            found.append(place)
        above.add(what)
    return found
