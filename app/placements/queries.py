"""Reading placements of the own office, their retention checks, and what counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.access.actor import Actor
from app.cases.models import Case, Consultation
from app.cases.queries import of_person, own_records, person_id, stands_for
from app.foundation.db import db, read
from app.foundation.errors import NotFound
from app.placements.counting import Counting, counting_of
from app.placements.models import Placement, RetentionCheck
from app.placements.vocabulary import Contract, PlacementCategory, PlacementKind
from app.plan.models import CountingRule
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup

CHUNK = 500
SUPPORTED_A_COUNTS = "a_type_counts_as_centre_placement"
"""Key of the plan desk's dated rule under which 就労継続支援A型 counts at the centre."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the list is narrowed to."""

    fiscal_year: int | None = None
    programme: Programme | None = None
    kind: PlacementKind | None = None
    counted_only: bool = False


@dataclass(frozen=True, kw_only=True)
class PlacementRow:
    """One line of the list."""

    id: int
    case_number: str
    started_on: date
    programme: Programme
    kind: PlacementKind
    contract: Contract
    category: PlacementCategory | None
    target_group: TargetGroup
    supported_a_counts: bool

    @property
    def counting(self) -> Counting:
        """How it stands to the plan's figures."""
        return counting_of(
            programme=self.programme,
            kind=self.kind,
            contract=self.contract,
            category=self.category,
            voided=False,
            supported_a_counts=self.supported_a_counts,
        )


def is_live() -> ColumnElement[bool]:
    """Return the condition that a placement was not voided."""
    return Placement.voided_at.is_(None)


def is_counted() -> ColumnElement[bool]:
    """Return the condition that a placement stands in a figure of the plan, as ``counting_of`` says."""
    return and_(
        is_live(),
        Placement.kind == PlacementKind.NEW,
        or_(
            and_(
                Placement.programme == Programme.CENTRE,
                or_(Placement.contract != Contract.SUPPORTED_A, supported_a_counts()),
            ),
            and_(
                Placement.programme == Programme.ASSISTANCE,
                Placement.contract != Contract.SUPPORTED_A,
                Placement.category.is_not(None),
            ),
        ),
    )


def supported_a_counts() -> ColumnElement[bool]:
    """Return the condition, beside ``Placement``, that the plan desk's rule held on the first working day."""
    return (
        select(CountingRule.id)
        .where(
            CountingRule.key == SUPPORTED_A_COUNTS,
            CountingRule.valid_from <= Placement.started_on,
            or_(CountingRule.valid_to.is_(None), CountingRule.valid_to >= Placement.started_on),
        )
        .correlate(Placement)
        .exists()
    )


def has_rule_for(placement_id: int) -> bool:
    """Tell whether that rule held for a placement which the caller was allowed to get."""
    return bool(db.session.scalar(select(supported_a_counts()).where(Placement.id == placement_id)))


def get_placement(*, actor: Actor, placement_id: int) -> Placement:
    """Return a placement of the own office that was not voided, with its case and referral.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(
        select(Placement)
        .where(Placement.id == placement_id, is_live(), own_records(actor, Placement.office_id))
        .options(joinedload(Placement.case), joinedload(Placement.referral), joinedload(Placement.office))
    )
    if found is None:
        raise NotFound
    return found


def placements_by_id(*, actor: Actor, ids: Iterable[int]) -> dict[int, Placement]:
    """Return which of many placements are the own office's and not voided."""
    found: dict[int, Placement] = {}
    for part in chunks(ids):
        rows = db.session.scalars(
            select(Placement).where(
                Placement.id.in_(part), is_live(), own_records(actor, Placement.office_id)
            )
        )
        found |= {placement.id: placement for placement in rows}
    return found


def list_of_case(*, actor: Actor, case_id: int) -> list[Placement]:
    """List a person's placements at the own office, newest first."""
    return list(
        db.session.scalars(
            select(Placement)
            .where(of_person(Placement.case_id, case_id), is_live(), own_records(actor, Placement.office_id))
            .order_by(Placement.started_on.desc(), Placement.id.desc())
        )
    )


def list_placements(
    *, actor: Actor, chosen: Chosen, offset: int, limit: int
) -> tuple[list[PlacementRow], int]:
    """Return a page of the own office's placements, the newest first, and how many there are (件)."""
    of_record = aliased(Case)
    query = (
        select(
            Placement.id,
            Case.number,
            Placement.started_on,
            Placement.programme,
            Placement.kind,
            Placement.contract,
            Placement.category,
            Placement.target_group,
            supported_a_counts().label("supported_a_counts"),
        )
        .join(of_record, of_record.id == Placement.case_id)
        .join(Case, Case.id == person_id(of_record))
        .where(is_live(), own_records(actor, Placement.office_id), *narrowed(chosen))
    )
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Placement.started_on.desc(), Placement.id.desc())
    rows = read(ordered.offset(offset).limit(limit)).all()
    return [
        PlacementRow(
            id=row[0],
            case_number=row[1],
            started_on=row[2],
            programme=row[3],
            kind=row[4],
            contract=row[5],
            category=row[6],
            target_group=row[7],
            supported_a_counts=row[8],
        )
        for row in rows
    ], total


def narrowed(chosen: Chosen) -> list[ColumnElement[bool]]:
    """Return the conditions of a choice."""
    conditions: list[ColumnElement[bool]] = []
    if chosen.fiscal_year is not None:
        conditions.append(Placement.fiscal_year == chosen.fiscal_year)
    if chosen.programme is not None:
        conditions.append(Placement.programme == chosen.programme)
    if chosen.kind is not None:
        conditions.append(Placement.kind == chosen.kind)
    if chosen.counted_only:
        conditions.append(is_counted())
    return conditions


def list_fiscal_years(*, actor: Actor) -> list[int]:
    """List the fiscal years in which the own office has placements, newest first."""
    return list(
        db.session.scalars(
            select(Placement.fiscal_year)
            .where(is_live(), own_records(actor, Placement.office_id))
            .distinct()
            .order_by(Placement.fiscal_year.desc())
        )
    )


def list_checks(*, placement_id: int) -> dict[int, RetentionCheck]:
    """Return the retention checks of a placement that the caller was allowed to get, by months."""
    rows = db.session.scalars(select(RetentionCheck).where(RetentionCheck.placement_id == placement_id))
    return {check.months: check for check in rows}


def checks_of(ids: Iterable[int]) -> dict[tuple[int, int], RetentionCheck]:
    """Return the retention checks of many placements, by placement and months."""
    found: dict[tuple[int, int], RetentionCheck] = {}
    for part in chunks(ids):
        rows = db.session.scalars(select(RetentionCheck).where(RetentionCheck.placement_id.in_(part)))
        found |= {(check.placement_id, check.months): check for check in rows}
    return found


def first_consultations(case_ids: Iterable[int]) -> dict[int, date]:
    """Return the day of the first consultation of the person behind each case, at whatever office."""
    asked, told = aliased(Case), aliased(Case)
    found: dict[int, date] = {}
    same_person = stands_for(told, person_id(asked))
    for part in chunks(case_ids):
        rows = db.session.execute(
            select(asked.id, func.min(Consultation.held_on))
            .join(told, same_person)
            .join(Consultation, Consultation.case_id == told.id)
            .where(asked.id.in_(part), Consultation.voided_at.is_(None))
            .group_by(asked.id)
        )
        found |= {case_id: day for case_id, day in rows}
    return found


def new_jobs(case_ids: Sequence[int]) -> dict[int, list[tuple[int, date]]]:
    """Return id and first working day of the live new jobs of the person behind each case, at any office."""
    asked, told = aliased(Case), aliased(Case)
    found: dict[int, list[tuple[int, date]]] = {}
    for part in chunks(case_ids):
        rows = db.session.execute(
            select(asked.id, Placement.id, Placement.started_on)
            .select_from(asked)
            .join(told, stands_for(told, person_id(asked)))
            .join(Placement, Placement.case_id == told.id)
            .where(asked.id.in_(part), is_live(), Placement.kind == PlacementKind.NEW)
            .order_by(Placement.started_on)
        )
        for case_id, placement_id, day in rows:
            found.setdefault(case_id, []).append((placement_id, day))
    return found


def chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    """Cut ids into lists short enough for one statement."""
    wanted = sorted(set(ids))
    return (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))
