"""Reading who is in charge of a case at an office."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.accounts.models import Account
from app.cases.models import Case, CaseOffice
from app.cases.queries import is_place, of_person, stands_for
from app.foundation.db import db, read
from app.foundation.errors import NotFound


def find_place(*, actor: Actor, case_id: int) -> CaseOffice:
    """Return what the actor's office has to do with a person.

    Raises:
        NotFound: the office may not know of the case.
    """
    place = db.session.scalar(
        select(CaseOffice).where(
            of_person(CaseOffice.case_id, case_id), CaseOffice.office_id == actor.office_id, is_place()
        )
    )
    if place is None:
        raise NotFound
    return place


def list_counsellors(*, actor: Actor, numbers: Collection[str]) -> dict[str, str]:
    """Return who is in charge of persons at the actor's office, by case number; nobody is left out."""
    one = aliased(Case)
    rows = read(
        select(Case.number, Account.label)
        .join(one, stands_for(one, Case.id))
        .join(CaseOffice, CaseOffice.case_id == one.id)
        .join(Account, Account.id == CaseOffice.counsellor_id)
        .where(Case.number.in_(numbers), CaseOffice.office_id == actor.office_id, is_place())
    )
    return {number: label for number, label in rows}
