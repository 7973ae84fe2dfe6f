"""What each colleague of an office has in hand, and the whole of what one of them can hand over."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.access.actor import Actor
from app.access.permissions import Permission, allows
from app.accounts.queries import labels_of, list_by_ids, list_colleagues
from app.cases.handing_back import Back
from app.cases.handover_models import Handover
from app.cases.handover_queries import (
    Charge,
    count_handed,
    count_handed_drafts,
    count_in_charge,
    get_handover,
    list_charges,
    list_drafts_of,
    list_handovers,
    list_in_charge,
)
from app.cases.handover_return_queries import what_returns
from app.drafts.queries import DraftLine, count_to_pass_on
from app.drafts.vocabulary import Purpose, purpose_of
from app.followup.board_queries import list_open
from app.foundation.errors import NotFound
from app.placements.due_queries import list_checks_due
from app.placements.retention import MILESTONES

SHOWN: Final = 50
# Every check still to come lies within this: the last milestone, and what working days may add.
AHEAD: Final = timedelta(days=31 * max(MILESTONES) + 60)


@dataclass(frozen=True, kw_only=True)
class Load:
    """What one colleague has in hand; without an account it is what nobody is in charge of."""

    account_id: int | None
    label: str | None
    at_desk: bool
    cases: int
    referrals: int
    checks: int
    drafts: int


@dataclass(frozen=True, kw_only=True)
class Held:
    """One case in somebody's hands, with its tasks."""

    charge: Charge
    referrals: int
    checks: int


@dataclass(frozen=True, kw_only=True)
class Pile:
    """What one colleague, or with no account nobody, has in hand; ``receivers`` as (id, label, cases)."""

    account_id: int | None
    label: str | None
    at_desk: bool
    held: Sequence[Held]
    drafts: Sequence[DraftLine]
    receivers: Sequence[tuple[int, str, int]]


@dataclass(frozen=True, kw_only=True)
class Passed:
    """One hand-over as its list shows it; ``to`` as (label, cases), ``origin`` None where nobody was."""

    id: int
    made_at: datetime
    made_by: str
    origin: str | None
    to: Sequence[tuple[str, int]]
    drafts: int
    undone_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Return:
    """What would come back of a hand-over; ``labels`` names whoever has it now."""

    passed: Passed
    back: Back
    labels: Mapping[int, str]
    # Whoever handed over works at this desk; also where nobody had it.
    at_desk: bool

    @property
    def is_any(self) -> bool:
        """Whether anything comes back."""
        return bool(self.back.returning or self.back.drafts_returning)

    def kind_of(self, purpose: str) -> Purpose:
        """Return what a draft is for."""
        return purpose_of(purpose)


def list_loads(*, actor: Actor, today: date) -> list[Load]:
    """List the colleagues of the own office, whoever has left cases or drafts, and what nobody has."""
    charges = list_charges(actor=actor)
    holder = {one.number: one.account_id for one in charges}
    cases = Counter(one.account_id for one in charges if not one.closed)
    referrals = Counter(holder.get(row.case_number) for row in list_open(actor=actor))
    checks = Counter(holder.get(one.case_number) for one in list_checks_due(actor=actor, until=today))
    drafts = count_to_pass_on(office_id=actor.office_id)
    at_desk = {one.id for one in list_colleagues(office_id=actor.office_id)}
    busy: set[int | None] = {*cases, *referrals, *checks, *drafts}
    known = {one.id: one.label for one in list_by_ids(at_desk.union(one for one in busy if one))}
    ids: list[int | None] = [*known, *([None] if None in busy else [])]
    return [
        Load(
            account_id=one,
            label=known.get(one) if one is not None else None,
            at_desk=one in at_desk,
            cases=cases[one],
            referrals=referrals[one],
            checks=checks[one],
            drafts=drafts.get(one, 0) if one is not None else 0,
        )
        for one in ids
    ]


def get_pile(*, actor: Actor, account_id: int | None, today: date) -> Pile:
    """Return what somebody, or with None nobody, has in hand: open cases, and closed ones with tasks.

    Raises:
        NotFound: nobody of this office, and with nothing of it in hand.
    """
    charges = list_in_charge(actor=actor, account_id=account_id, with_closed=True)
    label = label_at(actor=actor, account_id=account_id, holds=bool(charges))
    colleagues = list_colleagues(office_id=actor.office_id)
    load = count_in_charge(actor=actor)
    return Pile(
        account_id=account_id,
        label=label,
        at_desk=account_id in {one.id for one in colleagues},
        held=held_of(charges, *tasks_of(actor, today)),
        drafts=list_drafts_of(actor=actor, account_id=account_id) if account_id is not None else (),
        receivers=[(one.id, one.label, load.get(one.id, 0)) for one in colleagues if one.id != account_id],
    )


def label_at(*, actor: Actor, account_id: int | None, holds: bool) -> str | None:
    """Return how others see an account that belongs to this office's desk, or holds cases of it.

    Raises:
        NotFound: it does neither.
    """
    if account_id is None:
        return None
    account = next(iter(list_by_ids([account_id])), None)
    if account is None:
        raise NotFound
    is_ours = account.office_id == actor.office_id and allows(account.role, Permission.CASE_WRITE)
    if not is_ours and not holds:
        raise NotFound
    return account.label


def tasks_of(actor: Actor, today: date) -> tuple[Counter[str], Counter[str]]:
    """Count by case number the open referrals of the office, and its checks due or still to come."""
    coming = list_checks_due(actor=actor, until=today + AHEAD)
    return Counter(row.case_number for row in list_open(actor=actor)), Counter(
        one.case_number for one in coming
    )


def held_of(charges: Sequence[Charge], referrals: Counter[str], checks: Counter[str]) -> list[Held]:
    """Return the cases that are work: those open, and closed ones with a referral or check left."""
    return [
        Held(charge=one, referrals=referrals[one.number], checks=checks[one.number])
        for one in charges
        if not one.closed or referrals[one.number] or checks[one.number]
    ]


def list_passed(*, actor: Actor) -> list[Passed]:
    """List the hand-overs of the own office, the newest first."""
    return told(list_handovers(actor=actor, limit=SHOWN))


def get_passed(*, actor: Actor, handover_id: int) -> Passed:
    """Return one hand-over of the own office; raises NotFound."""
    return told([get_handover(actor=actor, handover_id=handover_id)])[0]


def get_return(*, actor: Actor, handover_id: int) -> Return:
    """Return what would come back of a hand-over of the own office; raises NotFound."""
    made = get_handover(actor=actor, handover_id=handover_id)
    back = what_returns(made)
    holders = {one.holder_id for one in back.cases if one.holder_id}
    holders |= {one.holder_id for one in back.drafts}
    colleagues = {one.id for one in list_colleagues(office_id=made.office_id)}
    return Return(
        passed=told([made])[0],
        back=back,
        labels=labels_of(holders),
        at_desk=made.from_account_id is None or made.from_account_id in colleagues,
    )


def told(found: Sequence[Handover]) -> list[Passed]:
    """Return hand-overs with the names of those concerned and how much went to whom."""
    ids = [one.id for one in found]
    handed, drafts = count_handed(handover_ids=ids), count_handed_drafts(handover_ids=ids)
    people = {account_id for to in handed.values() for account_id in to}
    people |= {one.from_account_id for one in found if one.from_account_id} | {
        one.made_by for one in found if one.made_by
    }
    labels: Mapping[int, str] = labels_of(people)
    return [
        Passed(
            id=one.id,
            made_at=one.made_at,
            made_by=labels.get(one.made_by or 0, ""),
            origin=labels[one.from_account_id] if one.from_account_id else None,
            to=sorted((labels[account_id], count) for account_id, count in handed.get(one.id, {}).items()),
            drafts=drafts.get(one.id, 0),
            undone_at=one.undone_at,
        )
        for one in found
    ]
