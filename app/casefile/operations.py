"""Changing or taking back a consultation together with the guidance given in it."""

from dataclasses import dataclass

from app.access.actor import Actor
from app.cases import consultation_operations
from app.cases.entries import NewConsultation
from app.cases.models import Consultation
from app.cases.vocabulary import VoidReason
from app.guidance.operations import follow_consultation, name_window, void_of_consultation


@dataclass(frozen=True, kw_only=True)
class Named:
    """The one window that was named in a consultation; None where none was."""

    window_id: int | None


def change_consultation(
    *,
    actor: Actor,
    consultation_id: int,
    version: int | None,
    entry: NewConsultation,
    named: Named | None = None,
) -> Consultation:
    """Correct a consultation; the guidance given in it takes over its day and target group.

    ``named`` corrects which window was named; left out, that stays as it is.

    Raises:
        NotFound: no consultation of this office.
        Conflict: somebody else changed it meanwhile.
        DomainError: a rule is broken, at the field concerned.
    """
    changed = consultation_operations.change_consultation(
        actor=actor, consultation_id=consultation_id, version=version, entry=entry
    )
    if named is not None:
        name_window(actor=actor, consultation=changed, window_id=named.window_id, given_on=entry.held_on)
    follow_consultation(
        actor=actor,
        consultation_id=consultation_id,
        given_on=entry.held_on,
        target_group=entry.target_group,
    )
    return changed


def void_consultation(*, actor: Actor, consultation_id: int, version: int | None, reason: VoidReason) -> None:
    """Take a consultation and the guidance given in it out of every count.

    Raises:
        NotFound: no consultation of this office.
        Conflict: somebody else changed it meanwhile.
    """
    consultation_operations.void_consultation(
        actor=actor, consultation_id=consultation_id, version=version, reason=reason
    )
    void_of_consultation(actor=actor, consultation_id=consultation_id)
