"""Reading cases: who may see which, and what is known of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, select
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


def chosen(state: str) -> ColumnElement[bool]:
    """Return the condition of a choice in the list: open, closed or all."""
    return {"open": Case.closed_on.is_(None), "closed": Case.closed_on.is_not(None)}.get(
        state, Case.id.is_not(None)
    )


def list_cases(*, actor: Actor, state: str, offset: int, limit: int) -> list[CaseRow]:
    """List cases, the one seen last first; those never seen at this office come last."""
    ids = page_of_ids(actor=actor, state=state, offset=offset, limit=limit)
    found = {case.id: case for case in db.session.scalars(select(Case).where(Case.id.in_(ids)))}
    last = last_words(actor=actor, case_ids=ids)
    return [
        CaseRow(
            number=case.number,
            opened_on=case.opened_on,
            closed_on=case.closed_on,
            consultations=last[case.id].consultations if case.id in last else 0,
            last_held_on=last[case.id].held_on if case.id in last else None,
            last_topic=last[case.id].topic if case.id in last else None,
            target_group=last[case.id].target_group if case.id in last else None,
        )
        for case in (found[case_id] for case_id in ids)
    ]


def page_of_ids(*, actor: Actor, state: str, offset: int, limit: int) -> list[int]:
    """Return the ids of one page of the list.

    The newest consultations are read in their own order, so a first page costs the same however many
    records there are; only far pages read far.
    """
    wanted, batch = offset + limit, (offset + limit) * 4
    while True:
        rows = db.session.execute(newest_consultations(actor, state, limit=batch)).all()
        seen = list(dict.fromkeys(row[0] for row in rows if row[1]))
        if len(seen) >= wanted or len(rows) < batch:
            break
        batch *= 4
    if len(seen) >= wanted:
        return seen[offset:wanted]
    beyond = max(0, offset - len(seen))
    never = db.session.scalars(
        never_seen(actor, state).offset(beyond).limit(wanted - max(offset, len(seen)))
    ).all()
    return [*seen[offset:], *never]


def newest_consultations(actor: Actor, state: str, *, limit: int) -> Select[int, bool]:
    """Return the case of each of the own office's newest consultations, and whether it belongs to the list.

    The limit stands inside, so that the index of the office's days is read and nothing else.
    """
    newest = (
        select(Consultation.case_id, Consultation.held_on, Consultation.id)
        .where(
            Consultation.voided_at.is_(None),
            Consultation.case_id.is_not(None),
            own_records(actor, Consultation.office_id),
        )
        .order_by(Consultation.held_on.desc(), Consultation.id.desc())
        .limit(limit)
        .subquery()
    )
    listed = and_(Case.merged_into_id.is_(None), chosen(state))
    return (
        select(Case.id, listed)
        .join(newest, newest.c.case_id == Case.id)
        .order_by(newest.c.held_on.desc(), newest.c.id.desc())
    )


def never_seen(actor: Actor, state: str) -> Select[int]:
    """Return the cases that this office knows of but has no consultation of, newest first."""
    consulted = exists().where(
        Consultation.case_id == Case.id,
        Consultation.voided_at.is_(None),
        own_records(actor, Consultation.office_id),
    )
    return (
        select(Case.id)
        .where(visible_to(actor), Case.merged_into_id.is_(None), chosen(state), ~consulted)
        .order_by(Case.opened_on.desc(), Case.id.desc())
    )


def last_words(*, actor: Actor, case_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Return, by case, how often it was seen at the own office, and day, topic and group of the last time."""
    ordered = (Consultation.held_on.desc(), Consultation.id.desc())
    ranked = (
        select(
            Consultation.case_id,
            Consultation.held_on,
            Consultation.topic,
            Consultation.target_group,
            func.count().over(partition_by=Consultation.case_id).label("consultations"),
            func.row_number().over(partition_by=Consultation.case_id, order_by=ordered).label("place"),
        )
        .where(
            Consultation.case_id.in_(case_ids),
            Consultation.voided_at.is_(None),
            own_records(actor, Consultation.office_id),
        )
        .subquery()
    )
    return {row.case_id: row for row in db.session.execute(select(ranked).where(ranked.c.place == 1))}


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
