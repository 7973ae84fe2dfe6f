"""Reading registrations at the centre."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.cases.models import Case, Registration
from app.cases.queries import of_person, own_records, person_id, stands_for
from app.foundation.db import db
from app.foundation.errors import NotFound


class Ending(NamedTuple):
    """A registration that ends and was not renewed; the number is that of the person's case."""

    id: int
    number: str
    ends_on: date


def list_registrations(*, actor: Actor, case_id: int) -> list[Registration]:
    """List a person's registrations at the own office, newest first."""
    return list(
        db.session.scalars(
            select(Registration)
            .where(
                of_person(Registration.case_id, case_id),
                Registration.voided_at.is_(None),
                own_records(actor, Registration.office_id),
            )
            .order_by(Registration.starts_on.desc())
        )
    )


def get_registration(*, actor: Actor, registration_id: int) -> Registration:
    """Return a registration of the own office that was not voided.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(
        select(Registration).where(
            Registration.id == registration_id,
            Registration.voided_at.is_(None),
            own_records(actor, Registration.office_id),
        )
    )
    if found is None:
        raise NotFound
    return found


def list_ending_registrations(*, actor: Actor, first: date, last: date) -> list[Ending]:
    """List the registrations that end between two days and were not renewed."""
    later, own, of_record = aliased(Registration), aliased(Case), aliased(Case)
    renewed = exists().where(
        own.id == later.case_id,
        stands_for(own, Case.id),
        later.voided_at.is_(None),
        later.starts_on > Registration.starts_on,
    )
    rows = db.session.execute(
        select(Registration.id, Case.number, Registration.ends_on)
        .join(of_record, of_record.id == Registration.case_id)
        .join(Case, Case.id == person_id(of_record))
        .where(
            Registration.voided_at.is_(None),
            own_records(actor, Registration.office_id),
            Registration.ends_on.between(first, last),
            Case.closed_on.is_(None),
            ~renewed,
        )
        .order_by(Registration.ends_on, Case.number)
    )
    return [Ending(*row) for row in rows]


def has_overlap(*, case_id: int, first: date, last: date, but: int | None = None) -> bool:
    """Tell whether a live registration of a person, other than ``but``, touches a span of days."""
    overlapping = select(func.count()).where(
        of_person(Registration.case_id, case_id),
        Registration.voided_at.is_(None),
        Registration.starts_on <= last,
        Registration.ends_on >= first,
        Registration.id != (but or 0),
    )
    return bool(db.session.scalar(overlapping))
