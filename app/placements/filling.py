"""From a placement to its form and page, and back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.access.actor import Actor
from app.cases.consultation_queries import find_latest_consultation
from app.cases.queries import programme_of
from app.foundation import clock
from app.placements.counting import Counting, counting_of
from app.placements.due_queries import list_moved
from app.placements.entries import COLUMNS, NewCheck, NewPlacement
from app.placements.forms import CheckForm, PlacementForm
from app.placements.history_queries import find_beside
from app.placements.models import Placement, RetentionCheck, RetentionDue
from app.placements.queries import get_placement, has_rule_for, list_checks
from app.placements.retention import MILESTONES, due_on, last_move
from app.placements.standards import Industry, Occupation, WeeklyHours
from app.placements.vocabulary import CheckOutcome, Contract, PlacementKind, Posting
from app.referrals.queries import find_referral, list_placeable
from app.windows.closed_day_queries import closed_days
from app.windows.views import spoken


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """One line of the retention checks: when it is due, how it was moved, and what was learnt.

    ``first`` and ``last`` bound the days to which it may be moved. ``gone``: somebody left before, so that
    there is nothing to ask.
    """

    months: int
    first: date
    last: date
    check: RetentionCheck | None
    moves: list[RetentionDue]
    gone: bool

    @property
    def due_on(self) -> date:
        """The day on which it is to be made."""
        return self.moves[-1].due_on if self.moves else self.first

    @property
    def is_due(self) -> bool:
        """Whether it can be asked now and was not."""
        return self.check is None and not self.gone and self.due_on <= clock.today()


@dataclass(frozen=True, kw_only=True)
class PlacementPage:
    """One placement with its checks and the person's jobs beside it; without checks when it is no new job."""

    placement: Placement
    counting: Counting
    checks: list[CheckRow]
    before: Placement | None
    after: Placement | None


def placement_page(*, actor: Actor, placement_id: int) -> PlacementPage:
    """Return what the page of a placement shows.

    Raises:
        NotFound: no placement of this office.
    """
    placement = get_placement(actor=actor, placement_id=placement_id)
    before, after = find_beside(actor=actor, placement=placement)
    return PlacementPage(
        placement=placement,
        counting=counting_of(
            programme=placement.programme,
            kind=placement.kind,
            contract=placement.contract,
            category=placement.category,
            voided=placement.voided_at is not None,
            supported_a_counts=has_rule_for(placement.id),
        ),
        checks=check_rows(placement) if placement.kind is PlacementKind.NEW else [],
        before=before,
        after=after,
    )


def check_rows(placement: Placement) -> list[CheckRow]:
    """Return the lines of the checks of a new job."""
    checks, moves, closed = (
        list_checks(placement_id=placement.id),
        list_moved(placement_id=placement.id),
        closed_days(),
    )
    left = [months for months, check in checks.items() if check.outcome is CheckOutcome.LEFT]
    return [
        CheckRow(
            months=months,
            first=due_on(placement.started_on, months, closed),
            last=last_move(placement.started_on, months),
            check=checks.get(months),
            moves=moves.get(months, []),
            gone=any(one < months for one in left),
        )
        for months in MILESTONES
    ]


def check_entry(form: CheckForm, *, placement_id: int, months: int) -> NewCheck:
    """Return the check that a form describes."""
    return NewCheck(
        placement_id=placement_id,
        months=months,
        checked_on=form.checked_on.data,
        outcome=form.outcome.data,
        channel=form.channel.data,
        left_reason=form.left_reason.data,
        left_other=form.left_other.data,
        version=form.version.data,
    )


def start_of_new(*, actor: Actor, case_id: int) -> dict[str, Any]:
    """Return what the form of a new placement shows first: the state of the latest consultation."""
    latest = find_latest_consultation(actor=actor, case_id=case_id)
    start: dict[str, Any] = {
        "kind": PlacementKind.NEW,
        "reported_on": clock.today(),
        "posting": Posting.GENERAL,
        "programme": programme_of(actor=actor),
        "occupation": Occupation.UNKNOWN,
        "industry": Industry.UNKNOWN,
        "weekly_hours": WeeklyHours.UNKNOWN,
    }
    if latest is not None:
        start |= {
            "programme": latest.programme,
            "assistance": latest.assistance,
            "target_group": latest.target_group,
        }
    return start


def start_of(placement: Placement) -> dict[str, Any]:
    """Return what the form shows of a placement."""
    stored = {name: getattr(placement, name) for name in COLUMNS}
    return stored | {"version": placement.version, "confirmed": placement.why_separate is not None}


def referrals_offered(
    *, actor: Actor, case_id: int, locale: str, linked_id: int | None = None
) -> list[tuple[int, str]]:
    """Return the referrals that may have led to the job, the one linked so far among them, as choices."""
    found = list_placeable(actor=actor, case_id=case_id)
    linked = find_referral(actor=actor, referral_id=linked_id)
    if linked is not None and linked.id not in {one.id for one in found}:
        found.insert(0, linked)
    return [
        (one.id, f"{one.reference} {spoken(one.window_version.name, one.window_version.name_en, locale)}")
        for one in found
    ]


def referral_id_of(choices: list[tuple[int, str]], reference: str) -> int | None:
    """Return which choice a page named by its reference."""
    return next((key for key, text in choices if reference and text.startswith(f"{reference} ")), None)


def placement_entry(form: PlacementForm, *, case_id: int) -> NewPlacement:
    """Return the placement that a form describes; a text for "other" only where "other" is chosen."""
    return NewPlacement(
        case_id=case_id,
        programme=form.programme.data,
        kind=form.kind.data,
        started_on=form.started_on.data,
        offered_on=form.offered_on.data,
        reported_on=form.reported_on.data,
        assistance=form.assistance.data,
        target_group=form.target_group.data,
        hours=form.hours.data,
        contract=form.contract.data,
        contract_other=form.contract_other.data if form.contract.data is Contract.OTHER else "",
        posting=form.posting.data,
        occupation=form.occupation.data,
        industry=form.industry.data,
        weekly_hours=form.weekly_hours.data,
        wage_band=form.wage_band.data,
        why_separate=form.why_separate.data if form.confirmed.data else None,
        referral_id=form.referral_id.data if form.kind.data is PlacementKind.NEW else None,
        confirmed=form.confirmed.data,
    )
