"""Changing or taking back a consultation together with the guidance given in it."""

from app.access.actor import Actor
from app.cases import consultation_operations
from app.cases.entries import NewConsultation
from app.cases.models import Consultation
from app.cases.vocabulary import VoidReason
from app.guidance.operations import follow_consultation, void_of_consultation


def change_consultation(
    *, actor: Actor, consultation_id: int, version: int | None, entry: NewConsultation
) -> Consultation:
    """Correct a consultation; the guidance given in it takes over its day and target group.

    Raises:
        NotFound: no consultation of this office.
        Conflict: somebody else changed it meanwhile.
        DomainError: a rule is broken, at the field concerned.
    """
    changed = consultation_operations.change_consultation(
        actor=actor, consultation_id=consultation_id, version=version, entry=entry
    )
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
