"""Reading who is in charge of a case at an office."""

from sqlalchemy import select

from app.access.actor import Actor
from app.cases.models import CaseOffice
from app.cases.queries import is_place, of_person
from app.foundation.db import db
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
