"""What must be read of many referrals to do something with all: as many statements for 500 as for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased, joinedload

from app.access.actor import Actor
from app.cases.models import Case, CaseOffice
from app.cases.queries import own_records, person_id
from app.followup.board_queries import in_charge
from app.followup.bulk import Facts
from app.foundation.db import db, read
from app.referrals.models import Referral, ReferralExtension, ReferralMove
from app.referrals.queries import histories
from app.windows.closed_day_queries import closed_days
from app.windows.models import Window, WindowVersion

MOST = 500
"""Referrals of one go: what a person can look through, and one statement each can hold."""


@dataclass(frozen=True, kw_only=True)
class Picked:
    """One referral of those ticked, and what the rules need to know of it."""

    referral: Referral
    history: list[ReferralMove]
    facts: Facts

    @property
    def number(self) -> int:
        """The number of its newest move."""
        return self.history[-1].number


def references_of(ids: Iterable[int]) -> list[str]:
    """Return the references of the first of some referrals, in their order."""
    wanted = list(ids)[:MOST]
    found = {
        one: text
        for one, text in read(select(Referral.id, Referral.reference).where(Referral.id.in_(wanted)))
    }
    return [found[one] for one in wanted if one in found]


def list_picked(*, actor: Actor, references: Sequence[str]) -> list[Picked]:
    """List the own office's referrals of these references, in their order; others are left out."""
    wanted = list(dict.fromkeys(references))[:MOST]
    found = {
        one.reference: one
        for one in db.session.scalars(
            select(Referral)
            .where(Referral.reference.in_(wanted), own_records(actor, Referral.office_id))
            .options(
                joinedload(Referral.case),
                joinedload(Referral.consent),
                joinedload(Referral.office),
                joinedload(Referral.window_version)
                .joinedload(WindowVersion.window)
                .joinedload(Window.office),
            )
        )
    }
    ids = [one.id for one in found.values()]
    past, granted, charge, closed = histories(ids), extensions_of(ids), counsellors_of(ids), closed_days()
    picked = []
    for referral in (found[one] for one in wanted if one in found):
        history = past[referral.id]
        given = granted.get(referral.id, [])
        facts = Facts(
            history=history,
            response_days=referral.window_version.response_days,
            grace_days=referral.window_version.grace_days,
            consented=referral.consent.withdrawn_on is None,
            granted=max((due for number, due in given if stands_again(history, number)), default=None),
            extensions=len(given),
            counsellor_id=charge.get(referral.id),
            closed=closed,
        )
        picked.append(Picked(referral=referral, history=history, facts=facts))
    return picked


def stands_again(history: Sequence[ReferralMove], number: int) -> bool:
    """Tell whether a referral stands where it stood with a move: nothing followed, or it was taken back."""
    then, newest = history[number - 1], history[-1]
    return (then.to_state, then.happened_on) == (newest.to_state, newest.happened_on)


def extensions_of(ids: Sequence[int]) -> dict[int, list[tuple[int, date]]]:
    """Return the extensions of referrals: the move after which each was granted, and the new due day."""
    found: dict[int, list[tuple[int, date]]] = {}
    rows = read(
        select(ReferralExtension.referral_id, ReferralExtension.move_number, ReferralExtension.due_on).where(
            ReferralExtension.referral_id.in_(ids)
        )
    )
    for referral_id, number, due_on in rows:
        found.setdefault(referral_id, []).append((number, due_on))
    return found


def counsellors_of(ids: Sequence[int]) -> dict[int, int | None]:
    """Return who is in charge of the cases of referrals."""
    of_record, kept, own = aliased(Case), aliased(CaseOffice), aliased(CaseOffice)
    rows = read(
        select(Referral.id, in_charge(kept, own))
        .join(of_record, of_record.id == Referral.case_id)
        .outerjoin(kept, and_(kept.case_id == person_id(of_record), kept.office_id == Referral.office_id))
        .outerjoin(own, and_(own.case_id == of_record.id, own.office_id == Referral.office_id))
        .where(Referral.id.in_(ids))
    )
    return {referral_id: who for referral_id, who in rows}
