"""What a colleague is in charge of, and the hand-overs of an office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.accounts.models import Account
from app.cases.handover_models import Handover, HandoverCase, HandoverDraft
from app.cases.models import Case, CaseOffice
from app.cases.queries import is_place, own_records, person_id
from app.drafts.queries import DraftLine, list_to_pass_on
from app.foundation.db import db
from app.foundation.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Charge:
    """One open case that somebody is in charge of."""

    case_id: int
    number: str
    next_contact_on: date | None
    account_id: int | None
    since: datetime | None
    closed: bool


def list_in_charge(*, actor: Actor, account_id: int | None, with_closed: bool = False) -> list[Charge]:
    """Return the open cases of the actor's office that a colleague, or with None nobody, is in charge of.

    A closed case may still have tasks: ``with_closed`` returns these too.
    """
    of_one = charges(actor).where(CaseOffice.counsellor_id.is_not_distinct_from(account_id))
    return read_charges(of_one if with_closed else of_one.where(Case.closed_on.is_(None)))


def list_charges(*, actor: Actor) -> list[Charge]:
    """Return every case of the actor's office, open or closed, with who is in charge of it."""
    return read_charges(charges(actor))


def charges(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Return the select of who is in charge of the cases of the actor's office, by number."""
    known_as = aliased(Case)
    return (
        select(
            CaseOffice.case_id,
            Case.number,
            CaseOffice.next_contact_on,
            CaseOffice.counsellor_id.label("account_id"),
            CaseOffice.in_charge_since.label("since"),
            Case.closed_on.is_not(None).label("closed"),
        )
        .join(known_as, known_as.id == CaseOffice.case_id)
        .join(Case, Case.id == person_id(known_as))
        .where(own_records(actor, CaseOffice.office_id), is_place())
        .order_by(Case.number)
    )


def read_charges(chosen: Select[*tuple[Any, ...]]) -> list[Charge]:
    """Read who is in charge of what."""
    return [Charge(**row._mapping) for row in db.session.execute(chosen)]


def list_drafts_of(*, actor: Actor, account_id: int) -> Sequence[DraftLine]:
    """Return the drafts that a colleague leaves at the actor's office, unopened.

    Whoever works at another office by now has taken them along.
    """
    at_office = db.session.scalar(select(Account.office_id).where(Account.id == account_id))
    return list_to_pass_on(account_id=account_id) if at_office == actor.office_id else ()


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


def count_handed_drafts(*, handover_ids: Sequence[int]) -> dict[int, int]:
    """Return by hand-over how many drafts went along."""
    rows = db.session.execute(
        select(HandoverDraft.handover_id, func.count())
        .where(HandoverDraft.handover_id.in_(handover_ids))
        .group_by(HandoverDraft.handover_id)
    )
    return {handover_id: count for handover_id, count in rows}
