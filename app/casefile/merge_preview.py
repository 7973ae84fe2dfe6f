"""What a merge or its undoing would change: both cases side by side, doubles, and the figures of every year.

The figures are not guessed: the change is made, everything is counted, and the transaction is dropped.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.access.actor import Actor
from app.accounts.models import Account
from app.cases.consultation_queries import count_consultations, list_consultations
from app.cases.models import Case, CaseOffice, Consultation, Registration
from app.cases.queries import is_place, list_case_ids, of_person
from app.cases.registration_queries import list_registrations
from app.followup.board_queries import ReferralRow, list_of_case
from app.foundation import clock
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.foundation.transaction import transaction
from app.kpi.counts import Figure, value
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.period import Period
from app.placements.entries import NEAR
from app.placements.models import Placement
from app.placements.queries import list_of_case as list_jobs
from app.referrals.lifecycle import OPEN

Counted = dict[tuple[str, int], Figure]


@dataclass(frozen=True, kw_only=True)
class Side:
    """What the actor's office knows of one of the two cases; ``is_own`` says whether it opened it."""

    case: Case
    is_own: bool
    consultations: int
    days: tuple[date, ...]
    open_referrals: tuple[ReferralRow, ...]
    registrations: tuple[Registration, ...]
    placements: tuple[Placement, ...]
    in_charge: str | None


@dataclass(frozen=True, kw_only=True)
class Doubles:
    """What may stand twice once both are one person; a merge changes none of it."""

    days: tuple[date, ...]
    placements: tuple[tuple[Placement, Placement], ...]
    registrations: tuple[tuple[Registration, Registration], ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.days or self.placements or self.registrations)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One figure of one year before and after."""

    metric: Metric
    fiscal_year: int
    before: Figure
    after: Figure


class NotKept(Exception):
    """Ends a transaction that was only made to see what it would do."""


def side_of(*, actor: Actor, case: Case) -> Side:
    """Return what the actor's office knows of a case."""
    return Side(
        case=case,
        is_own=case.office_id == actor.office_id,
        consultations=count_consultations(actor=actor, case_id=case.id),
        days=tuple(one.held_on for one in list_consultations(actor=actor, case_id=case.id)),
        open_referrals=tuple(one for one in list_of_case(actor=actor, case_id=case.id) if one.state in OPEN),
        registrations=tuple(list_registrations(actor=actor, case_id=case.id)),
        placements=tuple(list_jobs(actor=actor, case_id=case.id)),
        in_charge=find_in_charge(actor=actor, case_id=case.id),
    )


def find_in_charge(*, actor: Actor, case_id: int) -> str | None:
    """Return who at the actor's office is in charge of a person."""
    return db.session.scalar(
        select(Account.label)
        .join(CaseOffice, CaseOffice.counsellor_id == Account.id)
        .where(of_person(CaseOffice.case_id, case_id), CaseOffice.office_id == actor.office_id, is_place())
    )


def doubles_of(one: Side, other: Side) -> Doubles:
    """Return what both cases have on the same days: held twice, or entered twice."""
    return Doubles(
        days=tuple(sorted(set(one.days) & set(other.days))),
        placements=tuple(
            (mine, theirs)
            for mine in one.placements
            for theirs in other.placements
            if abs(mine.started_on - theirs.started_on) <= NEAR
        ),
        registrations=tuple(
            (mine, theirs)
            for mine in one.registrations
            for theirs in other.registrations
            if mine.starts_on <= theirs.ends_on and theirs.starts_on <= mine.ends_on
        ),
    )


def foresee(change: Callable[[], object], *, years: Iterable[int]) -> list[Change]:
    """Return the figures that a change of who is one person would alter, in every year that is open.

    Raises:
        DomainError: the change is refused.
    """
    years = list(years)
    before, after = count(years), Counted()
    try:
        with transaction():
            change()
            after = count(years)
            raise NotKept
    except NotKept:
        pass
    return [
        Change(metric=METRICS[key], fiscal_year=year, before=figure, after=after[key, year])
        for (key, year), figure in before.items()
        if figure != after[key, year]
    ]


def count(years: Iterable[int]) -> Counted:
    """Count every figure that depends on who is one person."""
    today = clock.today()
    return {
        (metric.key, year): value(metric, Period.of(year, today=today))
        for year in years
        for metric in METRICS.values()
        if metric.rests_on_persons
    }


def years_of(case_ids: Iterable[int]) -> list[int]:
    """Return the years in which something of these persons may count, newest first."""
    ids = [one for case_id in case_ids for one in list_case_ids(case_id=case_id)]
    firsts = [
        db.session.scalar(select(func.min(column)).where(of.in_(ids)))
        for column, of in (
            (Case.opened_on, Case.id),
            (Consultation.held_on, Consultation.case_id),
            (Registration.starts_on, Registration.case_id),
        )
    ]
    today = clock.today()
    first = min((day for day in firsts if day is not None), default=today)
    return list(range(fiscal_year_of(today), fiscal_year_of(first) - 1, -1))
