"""Saving what a form says of a referral, once: of a double click the second is told what the first is."""

from contextlib import suppress

from app.access.actor import Actor
from app.drafts.operations import AlreadySaved, claim, require_fresh
from app.foundation.transaction import transaction
from app.referrals.entries import NewMove
from app.referrals.move_operations import move_referrals


def was_saved(*, actor: Actor, key: str) -> bool:
    """Tell whether this very form was saved before: a double click is no second move."""
    try:
        require_fresh(key=key, actor=actor)
    except AlreadySaved:
        return True
    return False


def record_once(*, actor: Actor, key: str, entry: NewMove) -> None:
    """Save a move in a transaction of its own, unless its form was saved before.

    Raises:
        NotFound, Conflict, DomainError: see move_operations.move_referrals.
    """
    with suppress(AlreadySaved), transaction():
        require_fresh(key=key, actor=actor)
        move_referrals(actor=actor, new=[entry])
        claim(key=key, actor=actor, purpose="referral_move", subject_id=entry.referral_id)
