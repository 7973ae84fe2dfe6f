"""Reading who is in charge of a case at an office."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.accounts.models import Account
from app.cases.models import Case, CaseOffice
from app.cases.queries import is_place, of_person, stands_for
from app.foundation.db import db, read
from app.foundation.errors import NotFound

NUMBERED: Final = aliased(Case)
# Asked for every page of the list: every case of the persons with these numbers, and who is in charge of it.
PLACES: Final = (
    select(NUMBERED.number, Case.merged_into_id.is_not(None), Case.id, Account.label)
    .join(Case, stands_for(Case, NUMBERED.id))
    .join(
        CaseOffice,
        # + 0: see is_place
        and_(CaseOffice.case_id == Case.id, CaseOffice.office_id + 0 == bindparam("office_id")),
    )
    .outerjoin(Account, Account.id == CaseOffice.counsellor_id)
    .where(NUMBERED.number.in_(bindparam("numbers", expanding=True)))
)


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
    # Which place of a merged person counts (see is_place) is chosen here: asked of the database for each row
    # it costs more than the whole list.
    places: dict[str, tuple[bool, int, str | None]] = {}
    for number, is_merged, case_id, label in read(
        PLACES, office_id=actor.office_id, numbers=list(numbers)
    ).all():
        place = is_merged, case_id, label
        if number not in places or place[:2] < places[number][:2]:
            places[number] = place
    return {number: label for number, (_merged, _id, label) in places.items() if label is not None}
