"""The jobs of one person beside each other: those begun about the same day, the one before, the one after."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.cases.queries import of_person, own_records
from app.foundation.db import db
from app.placements.entries import NEAR
from app.placements.models import Placement
from app.placements.vocabulary import PlacementKind


def list_near(*, actor: Actor, case_id: int, day: date | None, but: int | None = None) -> list[Placement]:
    """List the person's new jobs at the own office that began within two weeks of a day, oldest first.

    ``but`` leaves one out. A job at another office counts in the question, and is not shown.
    """
    if day is None:
        return []
    # A day typed wrongly may stand at either end of the calendar.
    first, last = max(day, date.min + NEAR) - NEAR, min(day, date.max - NEAR) + NEAR
    query = (
        select(Placement)
        .where(*new_jobs_of(actor, case_id), Placement.started_on.between(first, last))
        .options(joinedload(Placement.case), joinedload(Placement.office))
        .order_by(Placement.started_on, Placement.id)
    )
    return [one for one in db.session.scalars(query) if one.id != but]


def find_beside(*, actor: Actor, placement: Placement) -> tuple[Placement | None, Placement | None]:
    """Return the person's new job before a placement and the one after it, as the own office knows them."""
    known = new_jobs_of(actor, placement.case_id)
    earlier = or_(
        Placement.started_on < placement.started_on,
        and_(Placement.started_on == placement.started_on, Placement.id < placement.id),
    )
    later = or_(
        Placement.started_on > placement.started_on,
        and_(Placement.started_on == placement.started_on, Placement.id > placement.id),
    )
    before = select(Placement).where(*known, earlier)
    after = select(Placement).where(*known, later)
    return (
        db.session.scalar(before.order_by(Placement.started_on.desc(), Placement.id.desc()).limit(1)),
        db.session.scalar(after.order_by(Placement.started_on, Placement.id).limit(1)),
    )


def new_jobs_of(actor: Actor, case_id: int) -> list[ColumnElement[bool]]:
    """Return the conditions of the live new jobs of a person at the own office."""
    return [
        of_person(Placement.case_id, case_id),
        own_records(actor, Placement.office_id),
        Placement.voided_at.is_(None),
        Placement.kind == PlacementKind.NEW,
    ]
