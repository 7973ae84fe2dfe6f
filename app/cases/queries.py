"""Reading cases: who may see which, and what is known of one."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from app.access.actor import Actor
from app.cases.models import Case, CaseCard, CaseOffice
from app.foundation.db import db, read
from app.foundation.errors import NotFound
from app.foundation.prepared import Prepared
from app.privacy import case_code
from app.situation.programme import Programme
from app.windows.models import Office

PROGRAMME = select(Office.programme).where(Office.id == bindparam("office"))


def person_id(case: type[Case] = Case) -> ColumnElement[int]:
    """Return the id of the case that stands for the person: where cases were merged, the one that is left.

    Every figure of distinct persons (実) and every page of one person rests on this one rule. The figures of
    a frozen year are read from its frozen copy, so no later merge changes them.
    """
    return func.coalesce(case.merged_into_id, case.id)


@lru_cache
def two_cases() -> tuple[type[Case], type[Case]]:
    """Return the two names under which cases of one person are looked up: dear to make, always the same."""
    return aliased(Case), aliased(Case)


def of_person(column: SQLCoreOperations[Any], case_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Return the condition that a record belongs to the person behind a case, under whatever number."""
    return column.in_(of_one_person(case_id))


def of_one_person(case_id: int | BindParameter[int]) -> Select[int]:
    """Return the statement of all cases of the person behind a case."""
    asked, one = two_cases()
    person = select(person_id(asked)).where(asked.id == case_id).scalar_subquery()
    return select(one.id).where(stands_for(one, person))


def of_persons(case_ids: Collection[int] | BindParameter[int]) -> Select[int]:
    """Return the statement of all cases of the persons behind some cases."""
    asked, one = two_cases()
    return select(one.id).join(asked, stands_for(one, person_id(asked))).where(asked.id.in_(case_ids))


def stands_for(case: type[Case], person: SQLCoreOperations[Any]) -> ColumnElement[bool]:
    """Return the condition that a case is one of a person's; written so that both indexes serve it."""
    return or_(case.id == person, case.merged_into_id == person)


@lru_cache  # asked for every entry, and dearer to build than to look up
def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which an actor may know of a case that stands for a person.

    The office opened it or was shown its card, or did so with a case that was merged into it.
    """
    if actor.office_id is None:
        return Case.id.is_not(None)
    merged = aliased(Case)
    return or_(
        exists().where(CaseOffice.case_id == Case.id, CaseOffice.office_id == actor.office_id),
        exists().where(
            merged.merged_into_id == Case.id,
            CaseOffice.case_id == merged.id,
            CaseOffice.office_id + 0 == actor.office_id,  # + 0: see is_place
        ),
    )


@lru_cache
def is_place() -> ColumnElement[bool]:
    """Return the condition that a ``CaseOffice`` says what an office has to do with a person.

    Of merged cases it is that of the case that is left, where the office knows of it, else of the oldest.

    + 0, or SQLite goes through all cases of the office for each person, instead of the person's one or two.
    """
    own, one, place = aliased(Case), aliased(Case), aliased(CaseOffice)
    chosen = (
        select(place.case_id)
        .select_from(own)
        .join(one, stands_for(one, person_id(own)))
        .join(place, place.case_id == one.id)
        .where(own.id == CaseOffice.case_id, place.office_id + 0 == CaseOffice.office_id)
        .order_by(one.merged_into_id.is_not(None), one.id)
        .limit(1)
        .correlate(CaseOffice)
        .scalar_subquery()
    )
    return CaseOffice.case_id == chosen


def own_records(actor: Actor, office_column: SQLCoreOperations[int]) -> ColumnElement[bool]:
    """Return the condition that a record belongs to the actor's office; commands are not limited."""
    return office_column.is_not(None) if actor.office_id is None else office_column == actor.office_id


def get_case(*, actor: Actor, number: str) -> Case:
    """Return the case that stands for the person who was given this number.

    Raises:
        NotFound: there is none, or none that this office may know of.
    """
    return one_visible(statement_by_number(actor), number)


def get_person_entered(*, actor: Actor, number: str) -> tuple[int, str, date | None]:
    """Return id, number and day of closing of what ``get_case`` returns: a save needs no more.

    Raises:
        NotFound: there is none, or none that this office may know of.
    """
    found = facts_by_number(actor).row(wanted=number)
    if found is None:
        raise NotFound
    case_id, person_number, closed_on = found
    return case_id, person_number, closed_on


@lru_cache
def facts_by_number(actor: Actor) -> Prepared:
    """Return the statement of ``get_person_entered``."""
    return Prepared(statement_by_number(actor).with_only_columns(Case.id, Case.number, Case.closed_on))


def get_case_by_id(*, actor: Actor, case_id: int) -> Case:
    """Return the case that stands for the person behind a case.

    Raises:
        NotFound: there is none, or none that this office may know of.
    """
    return one_visible(statement_by_id(actor), case_id)


@lru_cache
def statement_by_number(actor: Actor) -> Select[Case]:
    """Return the statement of ``get_case``, which nearly every page asks."""
    asked, _one = two_cases()
    return (
        select(Case)
        .join(asked, person_id(asked) == Case.id)
        .where(asked.number == bindparam("wanted"), visible_to(actor))
    )


@lru_cache
def statement_by_id(actor: Actor) -> Select[Case]:
    """Return the statement of ``get_case_by_id``."""
    asked, _one = two_cases()
    return (
        select(Case)
        .join(asked, person_id(asked) == Case.id)
        .where(asked.id == bindparam("wanted"), visible_to(actor))
    )


def one_visible(statement: Select[Case], wanted: int | str) -> Case:
    """Return the case that stands for the person behind the one asked for; NotFound when it is not seen."""
    case = db.session.scalar(statement, {"wanted": wanted})
    if case is None:
        raise NotFound
    return case


def find_card(*, pepper: bytes, code: str) -> CaseCard | None:
    """Return the live card that bears this code, at whatever office its case was opened."""
    return db.session.scalar(
        select(CaseCard).where(
            CaseCard.code_hash == case_code.keyed_hash(pepper, code), CaseCard.revoked_at.is_(None)
        )
    )


def count_live_cards() -> dict[str, int]:
    """Return how many cards in use are hashed under each pepper, by the pepper's public name."""
    rows = db.session.execute(
        select(CaseCard.pepper_id, func.count())
        .where(CaseCard.revoked_at.is_(None))
        .group_by(CaseCard.pepper_id)
    )
    return {key: count for key, count in rows}


def get_person(*, case_id: int) -> Case:
    """Return the case that stands for the person behind a case, for whoever was shown its card."""
    asked = aliased(Case)
    return db.session.scalars(
        select(Case).join(asked, person_id(asked) == Case.id).where(asked.id == case_id)
    ).one()


def list_case_ids(*, case_id: int) -> list[int]:
    """Return the ids of all cases of the person behind a case, as SQL reads them in ``of_person``."""
    return list(db.session.scalars(select(Case.id).where(of_person(Case.id, case_id)).order_by(Case.id)))


def visible_case_ids(*, actor: Actor, ids: Sequence[int]) -> dict[int, Case]:
    """Return, by the ids asked for, the cases that stand for the persons whom an actor may see."""
    asked, _one = two_cases()
    found: dict[int, Case] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), 500):
        rows = db.session.execute(
            select(asked.id, Case)
            .select_from(asked)
            .join(Case, person_id(asked) == Case.id)
            .where(asked.id.in_(wanted[start : start + 500]), visible_to(actor))
        )
        found |= {case_id: case for case_id, case in rows}
    return found


def is_visible(*, actor: Actor, case_id: int) -> bool:
    """Tell whether an actor may know of a case that stands for a person."""
    return bool(db.session.scalar(select(exists().where(Case.id == case_id, visible_to(actor)))))


def is_opened_by(*, office_id: int, case_id: int) -> bool:
    """Tell whether an office opened the case of a person, or one that was merged into it."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Case.office_id == office_id, or_(Case.id == case_id, Case.merged_into_id == case_id)
                )
            )
        )
    )


def programme_of(*, actor: Actor) -> Programme | None:
    """Return the programme for which the actor's office usually counts."""
    return read(PROGRAMME, office=actor.office_id).scalar()
