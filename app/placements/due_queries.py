"""Which retention checks are due, and to which days they were moved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, or_, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.accounts.models import Account
from app.cases.models import Case, CaseOffice
from app.cases.queries import of_person, own_records, person_id, stands_for
from app.foundation.db import db, read
from app.placements.models import Placement, RetentionCheck, RetentionDue
from app.placements.queries import chunks
from app.placements.retention import MILESTONES, due_on, latest_start
from app.placements.vocabulary import CheckOutcome, PlacementKind
from app.situation.programme import Programme
from app.windows.closed_day_queries import closed_days

FIRST: Final = MILESTONES[0]
STEP: Final = timedelta(days=31)
"""Shorter than the time between two milestones: none is stepped over."""
NOBODY: Final = (None, None)


@dataclass(frozen=True, kw_only=True)
class DueCheck:
    """One check to be made; ``counsellor`` is who is in charge of the person at the office."""

    placement_id: int
    case_number: str
    programme: Programme
    started_on: date
    months: int
    due_on: date
    moved: bool
    counsellor_id: int | None
    counsellor: str | None

    def overdue(self, today: date) -> bool:
        """Tell whether it should have been made by now."""
        return self.due_on < today


def list_next_checks(
    *, actor: Actor, today: date, until: date, case_id: int | None = None, own: bool = False
) -> list[DueCheck]:
    """List the next check of each job of the own office that is due by a day, the oldest first.

    What is due today is not hidden by a later one of the same job. ``own`` narrows to the cases that the
    actor is in charge of and to those of which nobody is, which are everybody's.
    """
    found: dict[int, DueCheck] = {}
    day = today
    while True:
        for one in list_checks_due(actor=actor, until=day, case_id=case_id):
            found.setdefault(one.placement_id, one)
        if day >= until:
            break
        day = min(day + STEP, until)
    return sorted(
        (
            one
            for one in found.values()
            if one.due_on <= until and (not own or one.counsellor_id in (None, actor.id))
        ),
        key=lambda one: (one.due_on, one.placement_id),
    )


def list_checks_due(*, actor: Actor, until: date, case_id: int | None = None) -> list[DueCheck]:
    """List the checks of the own office that are due by a day, the oldest first: one for each job.

    Of several that were never made only the newest is asked for: what it says of the job holds for the
    earlier ones too, and nobody can be asked about the past. Whoever left is not asked again.
    ``case_id`` narrows to one person.
    """
    closed, chosen = closed_days(), due_select(actor, until)
    if case_id is not None:
        chosen = chosen.where(of_person(Placement.case_id, case_id))
    # Working days are reckoned by no database; the select already leaves out what is not due at all.
    reckoned = [
        (row.moved_to or due_on(row.started_on, row.months, closed), row) for row in read(chosen).all()
    ]
    rows = sorted(((day, row.id, row) for day, row in reckoned if day <= until), key=lambda one: one[:2])
    charge = in_charge({(row.case_id, row.office_id) for _day, _id, row in rows})
    told = [(charge.get((row.case_id, row.office_id), NOBODY), day, row) for day, _id, row in rows]
    return [
        DueCheck(
            placement_id=row.id,
            case_number=row.number,
            programme=row.programme,
            started_on=row.started_on,
            months=row.months,
            due_on=day,
            moved=row.moved_to is not None,
            counsellor_id=account_id,
            counsellor=label,
        )
        for (account_id, label), day, row in told
    ]


def due_select(actor: Actor, until: date) -> Select[*tuple[Any, ...]]:
    """Return the select of jobs whose newest milestone by a day has no check yet."""
    known_as, months = aliased(Case), reached(until)
    moved_to, check, left = moved(months), aliased(RetentionCheck), aliased(RetentionCheck)
    return (
        select(
            Placement.id,
            Placement.case_id,
            Placement.office_id,
            Case.number,
            Placement.programme,
            Placement.started_on,
            months.label("months"),
            moved_to.label("moved_to"),
        )
        .join(known_as, known_as.id == Placement.case_id)
        .join(Case, Case.id == person_id(known_as))
        .where(
            Placement.kind == PlacementKind.NEW,
            Placement.voided_at.is_(None),
            own_records(actor, Placement.office_id),
            Placement.started_on <= latest_start(until, FIRST),
            ~select(check.id).where(check.placement_id == Placement.id, check.months == months).exists(),
            ~select(left.id)
            .where(
                left.placement_id == Placement.id,
                left.months < months,
                left.outcome == CheckOutcome.LEFT,
            )
            .exists(),
            or_(moved_to.is_(None), moved_to <= until),
        )
    )


def reached(day: date) -> ColumnElement[int]:
    """Return the newest milestone that a job has come to by a day."""
    return case(
        *(
            (Placement.started_on <= latest_start(day, months), months)
            for months in reversed(MILESTONES)
            if months != FIRST
        ),
        else_=FIRST,
    )


def moved(months: ColumnElement[int]) -> ScalarSelect[date]:
    """Return the day to which the check after so many months was moved last, beside ``Placement``."""
    return (
        select(RetentionDue.due_on)
        .where(RetentionDue.placement_id == Placement.id, RetentionDue.months == months)
        .order_by(RetentionDue.id.desc())
        .limit(1)
        .correlate(Placement)
        .scalar_subquery()
    )


def in_charge(places: Collection[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, str]]:
    """Return who is in charge of the person behind each (case, office): id and label; nobody stands not here.

    Of merged cases it is that of the case that is left, else of the oldest, as the list of cases says it.
    """
    own, one = aliased(Case), aliased(Case)
    known_as: dict[int, list[int]] = {}
    for part in chunks(case_id for case_id, _office in places):
        cases = (
            select(own.id, one.id)
            .join(one, stands_for(one, person_id(own)))
            .where(own.id.in_(part))
            .order_by(one.merged_into_id.is_not(None), one.id)
        )
        for asked, case_id in read(cases).all():
            known_as.setdefault(asked, []).append(case_id)
    found: dict[tuple[int, int], tuple[int, str] | None] = {}
    for part in chunks(case_id for cases in known_as.values() for case_id in cases):
        rows = (
            select(CaseOffice.case_id, CaseOffice.office_id, Account.id, Account.label)
            .outerjoin(Account, Account.id == CaseOffice.counsellor_id)
            .where(CaseOffice.case_id.in_(part))
        )
        for case_id, office_id, account_id, label in read(rows).all():
            found[case_id, office_id] = (account_id, label) if account_id is not None else None
    told = {
        (asked, office_id): next(
            (found[one, office_id] for one in known_as.get(asked, ()) if (one, office_id) in found), None
        )
        for asked, office_id in places
    }
    return {place: who for place, who in told.items() if who is not None}


def list_moved(*, placement_id: int) -> dict[int, list[RetentionDue]]:
    """Return how the checks of a placement that the caller may see were moved, by months, oldest first."""
    found: dict[int, list[RetentionDue]] = {}
    rows = db.session.scalars(
        select(RetentionDue).where(RetentionDue.placement_id == placement_id).order_by(RetentionDue.id)
    )
    for one in rows:
        found.setdefault(one.months, []).append(one)
    return found
