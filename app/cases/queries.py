"""Reading cases: who may see which, and what is known of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Subquery, exists, func, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from app.access.actor import Actor
from app.cases.models import Case, CaseCard, CaseOffice, Consultation
from app.foundation.db import db
from app.foundation.errors import NotFound
from app.privacy import case_code
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup, Topic
from app.windows.models import Office


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One line of the list of cases."""

    number: str
    opened_on: date
    closed_on: date | None
    consultations: int
    last_held_on: date | None
    last_topic: Topic | None
    target_group: TargetGroup | None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which an actor may know that a case exists."""
    if actor.office_id is None:
        return Case.id.is_not(None)
    return exists().where(CaseOffice.case_id == Case.id, CaseOffice.office_id == actor.office_id)


def own_records(actor: Actor, office_column: SQLCoreOperations[int]) -> ColumnElement[bool]:
    """Return the condition that a record belongs to the actor's office; commands are not limited."""
    return office_column.is_not(None) if actor.office_id is None else office_column == actor.office_id


def person_id() -> ColumnElement[int]:
    """Return the id under which a merged case counts: one person, however many cases."""
    return func.coalesce(Case.merged_into_id, Case.id)


def get_case(*, actor: Actor, number: str) -> Case:
    """Return a case by its number.

    Raises:
        NotFound: there is none, or none that this office may know of.
    """
    case = db.session.scalar(select(Case).where(Case.number == number, visible_to(actor)))
    if case is None:
        raise NotFound
    return case


def get_case_by_id(*, actor: Actor, case_id: int) -> Case:
    """Return a case by its id.

    Raises:
        NotFound: there is none, or none that this office may know of.
    """
    case = db.session.scalar(select(Case).where(Case.id == case_id, visible_to(actor)))
    if case is None:
        raise NotFound
    return case


def find_case_by_code(*, pepper: bytes, code: str) -> Case | None:
    """Return the case whose live card bears this code, at whatever office it was opened."""
    into = aliased(Case)
    found = db.session.execute(
        select(Case, into)
        .join(CaseCard, CaseCard.case_id == Case.id)
        .outerjoin(into, into.id == Case.merged_into_id)
        .where(
            CaseCard.code_hash == case_code.keyed_hash(pepper, code),
            CaseCard.revoked_at.is_(None),
        )
    ).one_or_none()
    return None if found is None else found[1] or found[0]


def visible_case_ids(*, actor: Actor, ids: Sequence[int]) -> dict[int, Case]:
    """Return those of many cases that an actor may see."""
    found: dict[int, Case] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found |= {
            case.id: case
            for case in db.session.scalars(select(Case).where(Case.id.in_(part), visible_to(actor)))
        }
    return found


def seen_by_office(actor: Actor) -> Subquery:
    """Return how often and when last each case was seen at the actor's office (read from one index)."""
    return (
        select(
            Consultation.case_id,
            func.count().label("consultations"),
            func.max(Consultation.held_on).label("last_held_on"),
        )
        .where(
            Consultation.voided_at.is_(None),
            Consultation.case_id.is_not(None),
            own_records(actor, Consultation.office_id),
        )
        .group_by(Consultation.case_id)
        .subquery()
    )


def chosen(state: str) -> ColumnElement[bool]:
    """Return the condition of a choice in the list: open, closed or all."""
    return {"open": Case.closed_on.is_(None), "closed": Case.closed_on.is_not(None)}.get(
        state, Case.id.is_not(None)
    )


def list_cases(*, actor: Actor, state: str, offset: int, limit: int) -> list[CaseRow]:
    """List cases, the one seen last first: one read for the page, one for what was said last."""
    seen = seen_by_office(actor)
    rows = db.session.execute(
        select(
            Case.id,
            Case.number,
            Case.opened_on,
            Case.closed_on,
            func.coalesce(seen.c.consultations, 0),
            seen.c.last_held_on,
        )
        .outerjoin(seen, seen.c.case_id == Case.id)
        .where(visible_to(actor), Case.merged_into_id.is_(None), chosen(state))
        .order_by(func.coalesce(seen.c.last_held_on, Case.opened_on).desc(), Case.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()
    last = last_words(actor=actor, case_ids=[row[0] for row in rows])
    return [
        CaseRow(
            number=row[1],
            opened_on=row[2],
            closed_on=row[3],
            consultations=row[4],
            last_held_on=row[5],
            last_topic=last.get(row[0], (None, None))[0],
            target_group=last.get(row[0], (None, None))[1],
        )
        for row in rows
    ]


def last_words(*, actor: Actor, case_ids: Sequence[int]) -> dict[int, tuple[Topic, TargetGroup]]:
    """Return topic and target group of the newest consultation of each of these cases at the own office."""
    place = func.row_number().over(
        partition_by=Consultation.case_id,
        order_by=(Consultation.held_on.desc(), Consultation.id.desc()),
    )
    ranked = (
        select(Consultation.case_id, Consultation.topic, Consultation.target_group, place.label("place"))
        .where(
            Consultation.case_id.in_(case_ids),
            Consultation.voided_at.is_(None),
            own_records(actor, Consultation.office_id),
        )
        .subquery()
    )
    rows = db.session.execute(
        select(ranked.c.case_id, ranked.c.topic, ranked.c.target_group).where(ranked.c.place == 1)
    )
    return {row.case_id: (row.topic, row.target_group) for row in rows}


def count_cases(*, actor: Actor, state: str) -> int:
    """Count the cases of the list (実)."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Case)
            .where(visible_to(actor), Case.merged_into_id.is_(None), chosen(state))
        )
        or 0
    )


def programme_of(*, actor: Actor) -> Programme | None:
    """Return the programme for which the actor's office usually counts."""
    return db.session.scalar(select(Office.programme).where(Office.id == actor.office_id))
