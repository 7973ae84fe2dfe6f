"""Reading the list of cases: fixed statements and plain rows, since this is the page opened most often."""

from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, func, select, tuple_
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.cases.models import Case, CaseOffice, Consultation
from app.cases.queries import is_place, person_id, stands_for
from app.cases.vocabulary import NOBODY
from app.foundation.db import read
from app.foundation.prepared import Prepared
from app.situation.vocabulary import TargetGroup, Topic

# Whoever stands in no office (a command) has no list.
OFFICE: Final = bindparam("office_id", type_=Integer)
OFFSET: Final = bindparam("first", type_=Integer)
LIMIT: Final = bindparam("most", type_=Integer)
COUNSELLOR: Final = bindparam("counsellor_id", type_=Integer)


class CaseRow(NamedTuple):
    """One line of the list of cases."""

    number: str
    closed_on: date | None
    is_number_unknown: bool
    consultations: int = 0
    last_held_on: date | None = None
    last_topic: Topic | None = None
    target_group: TargetGroup | None = None


def list_cases(
    *, actor: Actor, state: str, offset: int, limit: int, counsellor_id: int | None = None
) -> list[CaseRow]:
    """List cases, the one seen last first; those never seen at this office come last.

    ``counsellor_id`` leaves those of whom this colleague is in charge, ``NOBODY`` those of whom nobody is.
    """
    office = {"office_id": actor.office_id, "counsellor_id": counsellor_id}
    chosen = state, charge_of(counsellor_id)
    rows = [*map(CaseRow._make, seen(*chosen).rows(**office, first=offset, most=limit))]
    if len(rows) == limit:
        return rows
    before = 0
    if offset and not rows:
        before = offset - read(count_seen(*chosen), **office).scalar_one()
    more = read(never_seen(*chosen), **office, first=before, most=limit - len(rows))
    return [*rows, *(CaseRow(*told) for told in more)]


def count_cases(*, actor: Actor, state: str, counsellor_id: int | None = None) -> int:
    """Count the cases of the list (実)."""
    office = {"office_id": actor.office_id, "counsellor_id": counsellor_id}
    (found,) = count_listed(state, charge_of(counsellor_id)).row(**office) or (0,)
    return int(found)


def charge_of(counsellor_id: int | None) -> str:
    """Return by whose charge the list is narrowed: anybody's, nobody's or one colleague's."""
    if counsellor_id is None:
        return "anybody"
    return "nobody" if counsellor_id == NOBODY else "one"


def charged(charge: str) -> tuple[ColumnElement[bool], ...]:
    """Return the condition of who is in charge of a person at the office."""
    if charge == "anybody":
        return ()
    placed = aliased(Case)
    persons = (
        select(person_id(placed))
        .select_from(CaseOffice)
        .join(placed, placed.id == CaseOffice.case_id)
        .where(CaseOffice.office_id == OFFICE, is_place())
        .correlate(None)
    )
    if charge == "nobody":
        return (Case.id.not_in(persons.where(CaseOffice.counsellor_id.is_not(None))),)
    return (Case.id.in_(persons.where(CaseOffice.counsellor_id == COUNSELLOR)),)


def listed(state: str, charge: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of what is chosen: open, closed, 番号不明 or all; in whose charge."""
    chosen: dict[str, tuple[ColumnElement[bool], ...]] = {
        "open": (Case.closed_on.is_(None),),
        "closed": (Case.closed_on.is_not(None),),
        "number_unknown": (Case.is_number_unknown.is_(True),),
    }
    return (Case.merged_into_id.is_(None), *chosen.get(state, ()), *charged(charge))


@lru_cache
def seen(state: str, charge: str) -> Prepared:
    """Return the statement of the cases seen at an office, the one seen last first.

    The office's consultations are read from their index in their own order, and of each person only the
    newest: a first page costs the same however many records there are.
    """
    again, times, of_record = aliased(Consultation), aliased(Consultation), aliased(Case)
    newer = exists().where(
        again.case_id.in_(cases_of_person()),
        again.office_id == Consultation.office_id,
        again.voided_at.is_(None),
        tuple_(again.held_on, again.id) > tuple_(Consultation.held_on, Consultation.id),
    )
    counted = (
        select(func.count())
        .where(times.case_id.in_(cases_of_person()), times.office_id == OFFICE, times.voided_at.is_(None))
        .correlate(Case)
        .scalar_subquery()
    )
    return Prepared(
        select(
            Case.number,
            Case.closed_on,
            Case.is_number_unknown,
            counted,
            Consultation.held_on,
            Consultation.topic,
            Consultation.target_group,
        )
        .join(of_record, person_id(of_record) == Case.id)
        .join(Consultation, Consultation.case_id == of_record.id)
        .where(Consultation.office_id == OFFICE, Consultation.voided_at.is_(None), ~newer)
        .where(*listed(state, charge))
        .order_by(Consultation.held_on.desc(), Consultation.id.desc())
        .offset(OFFSET)
        .limit(LIMIT)
    )


def cases_of_person() -> Select[int]:
    """Return the statement, beside ``Case``, of the case and of those merged into it."""
    one = aliased(Case)
    return select(one.id).where(stands_for(one, Case.id)).correlate(Case)


def known() -> ColumnElement[bool]:
    """Return the condition that the office knows of a person: it opened a case, or was shown a card."""
    return exists().where(CaseOffice.case_id.in_(cases_of_person()), CaseOffice.office_id == OFFICE)


def consulted() -> ColumnElement[bool]:
    """Return the condition that a person was seen at the office."""
    return exists().where(
        Consultation.case_id.in_(cases_of_person()),
        Consultation.office_id == OFFICE,
        Consultation.voided_at.is_(None),
    )


@lru_cache
def never_seen(state: str, charge: str) -> Select[str, date | None, bool]:
    """Return the statement of the cases that an office knows of but never saw, newest first."""
    return (
        select(Case.number, Case.closed_on, Case.is_number_unknown)
        .where(known(), *listed(state, charge), ~consulted())
        .order_by(Case.opened_on.desc(), Case.id.desc())
        .offset(OFFSET)
        .limit(LIMIT)
    )


@lru_cache
def count_seen(state: str, charge: str) -> Select[int]:
    """Return the statement that counts the cases seen at an office."""
    return select(func.count()).select_from(Case).where(*listed(state, charge), consulted())


@lru_cache
def count_listed(state: str, charge: str) -> Prepared:
    """Return the statement that counts the persons whom an office knows of.

    Those of an own case are counted by its key, those known only by a case that was merged are added: one
    condition for both would look for merged cases beside every case of the city.
    """
    merged, own = aliased(Case), aliased(CaseOffice)
    by_own_case = (
        select(func.count())
        .select_from(Case)
        .join(CaseOffice, CaseOffice.case_id == Case.id)
        .where(CaseOffice.office_id == OFFICE, *listed(state, charge))
    )
    known_as_merged = select(merged.merged_into_id).where(
        merged.merged_into_id.is_not(None),
        exists().where(CaseOffice.case_id == merged.id, CaseOffice.office_id == OFFICE),
    )
    by_merged_case = (
        select(func.count())
        .select_from(Case)
        .where(
            Case.id.in_(known_as_merged),
            ~exists().where(own.case_id == Case.id, own.office_id == OFFICE),
            *listed(state, charge),
        )
    )
    return Prepared(select(by_own_case.scalar_subquery() + by_merged_case.scalar_subquery()))
