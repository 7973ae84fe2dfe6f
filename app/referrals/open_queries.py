"""What of a person's referrals is still open."""

from functools import lru_cache

from sqlalchemy import Select, bindparam, func, select

from app.access.actor import Actor
from app.cases.queries import of_person, own_records
from app.foundation.db import read
from app.referrals.lifecycle import OPEN
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import latest_number


def count_open(*, actor: Actor, case_id: int) -> int:
    """Count the own office's referrals of a person that are open."""
    return read(open_of_person(actor), case_id=case_id).scalar() or 0


@lru_cache  # asked by every entry page, and dearer to build than to run
def open_of_person(actor: Actor) -> Select[int]:
    """Return the statement of ``count_open``."""
    return (
        select(func.count())
        .select_from(Referral)
        .join(ReferralMove, ReferralMove.referral_id == Referral.id)
        .where(
            of_person(Referral.case_id, bindparam("case_id")),
            own_records(actor, Referral.office_id),
            ReferralMove.number == latest_number(),
            ReferralMove.to_state.in_(OPEN),
        )
    )
