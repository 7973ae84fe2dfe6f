"""When a person found work: the other open referrals of the own office, closed in one go or left alone."""

from collections.abc import Collection

from app.access.actor import Actor
from app.followup import board_queries
from app.followup.board_queries import ReferralRow
from app.foundation import clock
from app.foundation.errors import NotFound
from app.referrals.entries import NewMove
from app.referrals.lifecycle import OPEN
from app.referrals.models import ReferralMove
from app.referrals.move_operations import move_referrals
from app.referrals.queries import get_referral
from app.referrals.vocabulary import State, WithdrawCode


def list_still_open(*, actor: Actor, case_id: int) -> list[ReferralRow]:
    """List the own office's referrals of a person in which somebody still has a move to make."""
    return [row for row in board_queries.list_of_case(actor=actor, case_id=case_id) if row.state in OPEN]


def close_placed_elsewhere(*, actor: Actor, case_id: int, references: Collection[str]) -> list[ReferralMove]:
    """Withdraw some of a person's open referrals, since the person found work elsewhere.

    Raises:
        NotFound: one is not among the open referrals of this person.
        Conflict: somebody else was faster.
    """
    rows = {row.reference: row for row in list_still_open(actor=actor, case_id=case_id)}
    if not set(references) <= set(rows):
        raise NotFound
    new = [
        NewMove(
            referral_id=get_referral(actor=actor, reference=reference).id,
            to=State.WITHDRAWN,
            happened_on=clock.today(),
            code=WithdrawCode.PLACED_ELSEWHERE,
            expected_number=rows[reference].number,
        )
        for reference in references
    ]
    return move_referrals(actor=actor, new=new)
