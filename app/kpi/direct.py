"""Figures read from the records alone that are shown from what the database keeps: the oracle of those."""

from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from app.cases.models import Case, Consultation
from app.cases.queries import person_id, stands_for
from app.cases.vocabulary import ConsultationKind
from app.kpi.long_support_models import LongSupportBreak
from app.kpi.metric import within
from app.kpi.period import Period
from app.kpi.referral_metrics import has_move, moves
from app.kpi.rows import consultation_rows, new_jobs
from app.kpi.vocabulary import Standing
from app.placements.models import Placement
from app.placements.retention import latest_start
from app.placements.vocabulary import Contract, PlacementKind
from app.referrals.lifecycle import OPEN
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import counts
from app.referrals.vocabulary import State

STILL: Final = timedelta(days=365)
"""Whoever was consulted so recently is supported still."""


def one_each(order: Any, *conditions: ColumnElement[bool]) -> Subquery:
    """Return one consultation of each person and programme, the first by an order."""
    place = func.row_number().over(
        partition_by=(person_id(), Consultation.programme), order_by=(order, Consultation.id)
    )
    ranked = (
        select(Consultation.id, place.label("place"))
        .join(Case, Case.id == Consultation.case_id)
        .where(
            Consultation.kind == ConsultationKind.CONSULTATION, Consultation.voided_at.is_(None), *conditions
        )
        .subquery("ranked")
    )
    return select(ranked.c.id).where(ranked.c.place == 1).distinct().subquery("one_each")


def person_rows(chosen: Subquery, **more: Any) -> Select[Any]:
    """Return the rows of persons, each standing where one consultation of theirs was held."""
    return consultation_rows(**more).join(chosen, chosen.c.id == Consultation.id)


def referred(period: Period, *, met: bool = False) -> Subquery:
    """Return the newest day by the last on which each person was referred (and met by that window since)."""
    own = aliased(Case)
    person = person_id(own)
    found = (
        select(person.label("person"), func.max(ReferralMove.happened_on).label("day"))
        .join(Referral, Referral.id == ReferralMove.referral_id)
        .join(own, own.id == Referral.case_id)
        .where(
            ReferralMove.to_state == State.SENT,
            *within(period, ReferralMove.fiscal_year, ReferralMove.happened_on),
            counts(ReferralMove),
            ~has_move(State.VOID),
        )
        .group_by(person)
    )
    if met:
        found = found.where(has_move(State.MET, by=period.last))
    return found.subquery("met" if met else "referred")


def jobs(until: date) -> Subquery:
    """Return the newest first working day of each person under each programme, by a day."""
    own = aliased(Case)
    person = person_id(own)
    return (
        select(person.label("person"), Placement.programme, func.max(Placement.started_on).label("day"))
        .join(own, own.id == Placement.case_id)
        .where(
            Placement.kind == PlacementKind.NEW,
            Placement.contract != Contract.SUPPORTED_A,
            Placement.voided_at.is_(None),
            Placement.started_on <= until,
        )
        .group_by(person, Placement.programme)
        .subquery("jobs")
    )


def of_same(found: Subquery) -> ColumnElement[bool]:
    """Return the condition that joins what is known of each person and programme to a consultation.

    The programme is compared as an expression: SQLite would else look people up by their few programmes.
    """
    programme = func.trim(type_coerce(found.c.programme, String))
    return and_(found.c.person == person_id(), programme == type_coerce(Consultation.programme, String))


def since(day: Any, begin: Any) -> ColumnElement[bool]:
    """Return the condition that something happened, not before a day."""
    return func.coalesce(day >= begin, false())


def consulted(period: Period, *, step: str) -> Select[Any]:
    """Return the people of the year's cohort who came as far as a step.

    What they did is read in sets, each once: per person the databases would look through everything.
    """
    year = within(period, Consultation.fiscal_year, Consultation.held_on)
    rows = person_rows(one_each(Consultation.held_on, *year))
    sent, seen, job = referred(period), referred(period, met=True), jobs(period.last)
    is_referred, is_met, is_placed = (since(one.c.day, Consultation.held_on) for one in (sent, seen, job))
    conditions: dict[str, tuple[ColumnElement[bool], ...]] = {
        "consulted": (),
        "referred": (is_referred,),
        "met": (is_met,),
        "placed": (is_met, is_placed),
        "unmet": (is_referred, ~is_met, is_placed),
        "direct": (~is_referred, is_placed),
    }
    if step == "consulted":
        return rows
    joined = rows.outerjoin(sent, sent.c.person == person_id()).outerjoin(seen, seen.c.person == person_id())
    return joined.outerjoin(job, of_same(job)).where(*conditions[step])


def waiting(period: Period) -> Select[Any]:
    """Return the referrals that stand open at the end of the day, since the newest move by then."""
    later, first = aliased(ReferralMove), aliased(ReferralMove)
    newer = exists(
        select(later.id)
        .where(
            later.referral_id == ReferralMove.referral_id,
            later.number > ReferralMove.number,
            later.happened_on <= period.last,
            counts(later),
        )
        .correlate(ReferralMove)
    )
    sent = (
        select(func.min(first.happened_on))
        .where(first.referral_id == Referral.id, first.to_state == State.SENT, counts(first))
        .correlate(Referral)
        .scalar_subquery()
    )
    return moves(part=ReferralMove.to_state, other_day=sent).where(
        ReferralMove.to_state.in_(OPEN), ReferralMove.happened_on <= period.last, ~newer
    )


def long_support(period: Period, *, months: int) -> Select[Any]:
    """Return people supported still, for so many months at least, who found no job under the programme.

    The row is the newest consultation; the other day is that of the first.
    """
    newest = one_each(
        Consultation.held_on.desc(),
        Consultation.fiscal_year.in_((period.fiscal_year - 1, period.fiscal_year)),
        Consultation.held_on.between(period.last - STILL, period.last),
    )
    begun, job, aside, standing = first_days(), jobs(period.last), set_aside_on(period.last), aliased(Case)
    part = case((aside.c.person.is_not(None), Standing.SET_ASIDE.value), else_=Standing.LISTED.value)
    return (
        person_rows(newest, part=part, other_day=begun.c.day)
        # Outer, though everybody has a first day: SQLite would else begin there and read all for each person.
        .outerjoin(begun, of_same(begun))
        .join(standing, standing.id == person_id())
        .outerjoin(job, of_same(job))
        .outerjoin(aside, of_same(aside))
        .where(
            func.coalesce(begun.c.day, period.last) <= latest_start(period.last, months),
            ~since(job.c.day, begun.c.day),
            or_(standing.closed_on.is_(None), standing.closed_on > period.last),
        )
    )


def first_days() -> Subquery:
    """Return the day of each person's first consultation under each programme."""
    own, other = aliased(Case), aliased(Consultation)
    person = person_id(own)
    return (
        select(person.label("person"), other.programme, func.min(other.held_on).label("day"))
        .join(own, own.id == other.case_id)
        .where(other.kind == ConsultationKind.CONSULTATION, other.voided_at.is_(None))
        .group_by(person, other.programme)
        .subquery("first_days")
    )


def set_aside_on(day: date) -> Subquery:
    """Return the people and programmes of whom a reason for support without a job holds on a day."""
    own = aliased(Case)
    return (
        select(person_id(own).label("person"), LongSupportBreak.programme)
        .join(own, own.id == LongSupportBreak.case_id)
        .where(
            LongSupportBreak.undone_at.is_(None),
            LongSupportBreak.set_on <= day,
            LongSupportBreak.until_on >= day,
        )
        .distinct()
        .subquery("set_aside")
    )


def days_to_placement(period: Period) -> Select[Any]:
    """Return the year's placements with the day of the person's first consultation at any office."""
    own, other = aliased(Case), aliased(Consultation)
    first = (
        select(func.min(other.held_on))
        .join(own, own.id == other.case_id)
        .where(stands_for(own, person_id()), other.voided_at.is_(None))
        .correlate(Case)
        .scalar_subquery()
    )
    return (
        new_jobs(other_day=first)
        .join(Case, Case.id == Placement.case_id)
        .where(
            *within(period, Placement.fiscal_year, Placement.started_on),
            Placement.contract != Contract.SUPPORTED_A,
            first <= Placement.started_on,
        )
    )
