"""Taking back a consultation together with what hangs on it."""

from app.access.actor import Actor
from app.cases import consultation_operations
from app.cases.vocabulary import VoidReason
from app.guidance.operations import void_of_consultation


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
