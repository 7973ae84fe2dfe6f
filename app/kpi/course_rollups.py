"""What the database keeps of persons and referrals, worked out from all records: to compare and rebuild."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Select,
    String,
    Subquery,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from app.cases.models import Case, Consultation
from app.cases.queries import person_id
from app.cases.vocabulary import ConsultationKind
from app.foundation.db import Base, db, table_of
from app.kpi.referral_metrics import has_move
from app.kpi.rollup_models import PersonSupport, PersonYear, ReferralStay
from app.placements.models import Placement
from app.placements.vocabulary import Contract, PlacementKind
from app.referrals.lifecycle import OPEN
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import counts
from app.referrals.vocabulary import State

NEVER: Final = date(9999, 12, 31)
"""The day on which a referral leaves a state that it is in still."""


@dataclass(frozen=True, kw_only=True)
class Astray:
    """A row that is not what the records say; None where there is none of them."""

    table: str
    key: tuple[Any, ...]
    kept: tuple[Any, ...] | None
    counted: tuple[Any, ...] | None


def ranked(partition: Any, order: Any, *more: Any) -> Select[Any]:
    """Return live consultations of people with a case, each with its place among those of its kind."""
    place = func.row_number().over(partition_by=(person_id(), *partition), order_by=(*order, Consultation.id))
    return (
        select(Consultation, person_id().label("person"), place.label("place"), *more)
        .join(Case, Case.id == Consultation.case_id)
        .where(Consultation.voided_at.is_(None))
    )


def supports() -> Select[Any]:
    """Return what `person_support` must hold."""
    of = (Consultation.programme, Consultation.kind)
    first = func.min(Consultation.held_on).over(partition_by=(person_id(), *of)).label("first_on")
    every = ranked(of, (Consultation.held_on.desc(),), first).subquery("every")
    newest = select(every).where(every.c.place == 1).cte("newest")
    consulted = newest.c.kind == ConsultationKind.CONSULTATION
    standing, job = aliased(Case), first_job(newest, newest.c.first_on, consulted)
    return (
        select(
            newest.c.person,
            newest.c.programme,
            newest.c.kind,
            newest.c.first_on,
            newest.c.id,
            newest.c.held_on,
            newest.c.office_id,
            newest.c.target_group,
            standing.closed_on,
            job.c.day,
        )
        .join(standing, standing.id == newest.c.person)
        .outerjoin(job, job.c.id == newest.c.id)
    )


def years() -> Select[Any]:
    """Return what `person_year` must hold."""
    of = (Consultation.programme, Consultation.fiscal_year)
    every = (
        ranked(of, (Consultation.held_on,))
        .where(Consultation.kind == ConsultationKind.CONSULTATION)
        .subquery("every")
    )
    first = select(every).where(every.c.place == 1).cte("first")
    sent, job = first_sent(first), first_job(first, first.c.held_on)
    return (
        select(
            first.c.fiscal_year,
            first.c.programme,
            first.c.person,
            first.c.id,
            first.c.held_on,
            first.c.office_id,
            first.c.target_group,
            sent.c.day,
            sent.c.met,
            job.c.day,
        )
        .outerjoin(sent, sent.c.id == first.c.id)
        .outerjoin(job, job.c.id == first.c.id)
    )


def first_job(of: CTE, begun: Any, *conditions: ColumnElement[bool]) -> Subquery:
    """Return the first new job since a day, by the consultation that stands for a person's own."""
    job = jobs()
    return (
        select(of.c.id, func.min(job.c.day).label("day"))
        .join(
            job,
            and_(
                job.c.person == of.c.person,
                job.c.programme == type_coerce(of.c.programme, String),
                job.c.day >= begun,
            ),
        )
        .where(*conditions)
        .group_by(of.c.id)
        .subquery("first_job")
    )


def first_sent(of: CTE) -> Subquery:
    """Return the first referral of the year since its first consultation, and the first that was met."""
    sent = sendings()
    met = case((sent.c.met > sent.c.day, sent.c.met), else_=sent.c.day)
    since = and_(
        sent.c.person == of.c.person,
        # As an expression: SQLite would else look people up by their few years.
        of.c.fiscal_year + 0 == sent.c.fiscal_year,
        sent.c.day >= of.c.held_on,
    )
    return (
        select(
            of.c.id,
            func.min(sent.c.day).label("day"),
            func.min(case((sent.c.met.is_not(None), met))).label("met"),
        )
        .join(sent, since)
        .group_by(of.c.id)
        .subquery("first_sent")
    )


def jobs() -> Subquery:
    """Return the first working days of every new job.

    The programme is an expression: SQLite would else look jobs up by the few programmes, for each person.
    """
    own = aliased(Case)
    programme = func.trim(type_coerce(Placement.programme, String)).label("programme")
    return (
        select(person_id(own).label("person"), programme, Placement.started_on.label("day"))
        .join(own, own.id == Placement.case_id)
        .where(
            Placement.kind == PlacementKind.NEW,
            Placement.contract != Contract.SUPPORTED_A,
            Placement.voided_at.is_(None),
        )
        .subquery("jobs")
    )


def sendings() -> Subquery:
    """Return every sending that stands, with the first day on which its referral led to a meeting."""
    own, met = aliased(Case), aliased(ReferralMove)
    day = (
        select(func.min(met.happened_on))
        .where(met.referral_id == Referral.id, met.to_state == State.MET, counts(met))
        .correlate(Referral)
        .scalar_subquery()
    )
    return (
        select(
            person_id(own).label("person"),
            ReferralMove.fiscal_year,
            ReferralMove.happened_on.label("day"),
            day.label("met"),
        )
        .join(Referral, Referral.id == ReferralMove.referral_id)
        .join(own, own.id == Referral.case_id)
        .where(ReferralMove.to_state == State.SENT, counts(ReferralMove), ~has_move(State.VOID))
        .subquery("sendings")
    )


def stays() -> Any:
    """Return what `referral_stay` must hold."""
    later = aliased(ReferralMove)
    left_on = (
        select(func.min(later.happened_on))
        .where(
            later.referral_id == ReferralMove.referral_id,
            later.number > ReferralMove.number,
            counts(later),
        )
        .correlate(ReferralMove)
        .scalar_subquery()
    )
    return (
        select(
            ReferralMove.referral_id,
            ReferralMove.number,
            ReferralMove.to_state,
            ReferralMove.happened_on,
            func.coalesce(left_on, literal(NEVER, Date())),
        )
        .join(Referral, Referral.id == ReferralMove.referral_id)
        .where(ReferralMove.to_state.in_(OPEN), counts(ReferralMove), ~has_move(State.VOID))
    )


MUST_HOLD: Final[tuple[tuple[type[Base], Callable[[], Select[Any]]], ...]] = (
    (PersonSupport, supports),
    (PersonYear, years),
    (ReferralStay, stays),
)


def columns_of(model: type[Base]) -> list[str]:
    """Return the columns of a kept table, in their order."""
    return [column.key for column in table_of(model).columns]


def compare() -> list[Astray]:
    """Return every row in which what is kept and the records differ; none is what there must be."""
    return [one for model, must in MUST_HOLD for one in differences(model, must())]


def differences(model: type[Base], must: Select[Any]) -> list[Astray]:
    """Return the rows of one kept table that are not what the records say."""
    table = table_of(model)
    width = len(table.primary_key.columns)
    kept, counted = (
        {tuple(row[:width]): tuple(row[width:]) for row in db.session.execute(statement)}
        for statement in (select(*table.columns), must)
    )
    return [
        Astray(table=table.name, key=key, kept=kept.get(key), counted=counted.get(key))
        for key in sorted(kept.keys() | counted.keys(), key=str)
        if kept.get(key) != counted.get(key)
    ]


def rebuild() -> int:
    """Make what is kept anew from the records; return how many rows were wrong before."""
    wrong = len(compare())
    for model, must in MUST_HOLD:
        db.session.execute(delete(model))
        db.session.execute(insert(model).from_select(columns_of(model), must()))
    return wrong
