"""What a colleague is in charge of, and the hand-overs of an office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.cases.handover_models import Handover, HandoverCase
from app.cases.models import Case, CaseOffice
from app.cases.queries import is_place, own_records, person_id
from app.foundation.db import db
from app.foundation.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Charge:
    """One open case that somebody is in charge of."""

    case_id: int
    number: str
    next_contact_on: date | None


def list_in_charge(*, actor: Actor, account_id: int | None) -> list[Charge]:
    """Return the open cases of the actor's office that a colleague, or with None nobody, is in charge of."""
    known_as = aliased(Case)
    rows = db.session.execute(
        select(CaseOffice.case_id.label("id"), Case.number, CaseOffice.next_contact_on)
        .join(known_as, known_as.id == CaseOffice.case_id)
        .join(Case, Case.id == person_id(known_as))
        .where(
            own_records(actor, CaseOffice.office_id),
            CaseOffice.counsellor_id.is_not_distinct_from(account_id),
            Case.closed_on.is_(None),
            is_place(),
        )
        .order_by(Case.number)
    )
    return [Charge(case_id=row.id, number=row.number, next_contact_on=row.next_contact_on) for row in rows]


def count_in_charge(*, actor: Actor) -> dict[int | None, int]:
    """Return how many open cases of the actor's office each colleague is in charge of; None is nobody."""
    known_as = aliased(Case)
    rows = db.session.execute(
        select(CaseOffice.counsellor_id, func.count())
        .join(known_as, known_as.id == CaseOffice.case_id)
        .join(Case, Case.id == person_id(known_as))
        .where(own_records(actor, CaseOffice.office_id), Case.closed_on.is_(None), is_place())
        .group_by(CaseOffice.counsellor_id)
    )
    return {account_id: count for account_id, count in rows}


def get_handover(*, actor: Actor, handover_id: int) -> Handover:
    """Return a hand-over of the actor's office.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(
        select(Handover).where(Handover.id == handover_id, own_records(actor, Handover.office_id))
    )
    if found is None:
        raise NotFound
    return found


def list_handovers(*, actor: Actor, limit: int) -> Sequence[Handover]:
    """Return the hand-overs of the actor's office, the newest first."""
    return db.session.scalars(
        select(Handover)
        .where(own_records(actor, Handover.office_id))
        .order_by(Handover.id.desc())
        .limit(limit)
    ).all()


def count_handed(*, handover_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """Return by hand-over how many cases went to whom."""
    rows = db.session.execute(
        select(HandoverCase.handover_id, HandoverCase.to_account_id, func.count())
        .where(HandoverCase.handover_id.in_(handover_ids))
        .group_by(HandoverCase.handover_id, HandoverCase.to_account_id)
    )
    found: dict[int, dict[int, int]] = {}
    for handover_id, to_account_id, count in rows:
        found.setdefault(handover_id, {})[to_account_id] = count
    return found
