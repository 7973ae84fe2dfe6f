"""Whose work it is: who is in charge of a case at the own office, and whom to contact when."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.accounts.models import Account
from app.cases.models import Case, CaseOffice
from app.cases.queries import is_place, own_records, person_id
from app.followup.board_queries import in_charge
from app.foundation.db import db
from app.home.day import Charge, Task, TaskKind
from app.placements.queries import chunks
from app.referrals.models import Referral


def is_in_charge_of_anybody(*, actor: Actor) -> bool:
    """Tell whether the actor is in charge of an open case at the own office."""
    known_as = aliased(Case)
    found = (
        select(CaseOffice.case_id)
        .join(known_as, known_as.id == CaseOffice.case_id)
        .join(Case, Case.id == person_id(known_as))
        .where(
            own_records(actor, CaseOffice.office_id),
            CaseOffice.counsellor_id == actor.id,
            Case.closed_on.is_(None),
            is_place(),
        )
    )
    return bool(db.session.scalar(select(exists(found))))


def list_contacts(*, actor: Actor, until: date) -> list[Task]:
    """List whom the own office wanted to contact by a day; closed and merged cases are nobody to contact."""
    known_as = aliased(Case)
    rows = db.session.execute(
        select(Case.number, CaseOffice.next_contact_on, Account.id, Account.label)
        .select_from(CaseOffice)
        .join(known_as, known_as.id == CaseOffice.case_id)
        .join(Case, Case.id == person_id(known_as))
        .outerjoin(Account, Account.id == CaseOffice.counsellor_id)
        .where(
            own_records(actor, CaseOffice.office_id),
            CaseOffice.next_contact_on <= until,
            Case.closed_on.is_(None),
            is_place(),
        )
    )
    return [
        Task(kind=TaskKind.CONTACT, due_on=day, number=number, charge=Charge(account_id, label))
        for number, day, account_id, label in rows
        if day is not None
    ]


def charges_of(*, actor: Actor, numbers: Iterable[str]) -> dict[str, Charge]:
    """Return who is in charge, at the own office, of the persons behind some case numbers."""
    known_as = aliased(Case)
    found: dict[str, Charge] = {}
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), 500):
        rows = db.session.execute(
            select(Case.number, Account.id, Account.label)
            .select_from(CaseOffice)
            .join(known_as, known_as.id == CaseOffice.case_id)
            .join(Case, Case.id == person_id(known_as))
            .outerjoin(Account, Account.id == CaseOffice.counsellor_id)
            .where(
                own_records(actor, CaseOffice.office_id),
                Case.number.in_(wanted[start : start + 500]),
                is_place(),
            )
        )
        found |= {number: Charge(account_id, label) for number, account_id, label in rows}
    return found


def charges_of_referrals(*, ids: Collection[int]) -> dict[int, Charge]:
    """Return who is in charge of the persons behind some referrals of the own office."""
    of_record, kept, own = aliased(Case), aliased(CaseOffice), aliased(CaseOffice)
    found: dict[int, Charge] = {}
    for part in chunks(ids):
        rows = db.session.execute(
            select(Referral.id, Account.id, Account.label)
            .join(of_record, of_record.id == Referral.case_id)
            .outerjoin(kept, and_(kept.case_id == person_id(of_record), kept.office_id == Referral.office_id))
            .outerjoin(own, and_(own.case_id == of_record.id, own.office_id == Referral.office_id))
            .outerjoin(Account, Account.id == in_charge(kept, own))
            .where(Referral.id.in_(part))
        )
        found |= {one: Charge(account_id, label) for one, account_id, label in rows}
    return found
