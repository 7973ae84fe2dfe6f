"""Reading referrals and their histories: those of the own office, and those addressed to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.access.actor import Actor
from app.access.permissions import Role
from app.accounts.models import Account
from app.cases.queries import of_person, own_records
from app.foundation.db import Model, db
from app.foundation.errors import DomainError, NotFound
from app.foundation.labels import LabelledEnum
from app.privacy.numbers import normalise_number
from app.referrals.entries import code_of
from app.referrals.lifecycle import EDGES, Mover, skipped
from app.referrals.models import Consent, Referral, ReferralExtension, ReferralMove
from app.referrals.vocabulary import AnswerChannel, CorrectionCode, State
from app.windows.models import Office, Window, WindowVersion

CHUNK = 500
Table = TypeVar("Table", bound=Model)


@dataclass(frozen=True, kw_only=True)
class HistoryRow:
    """One entry of the history; ``skipped`` are the steps left out before it (記録なし)."""

    number: int
    from_state: State | None
    to_state: State
    skipped: tuple[State, ...]
    happened_on: date
    channel: AnswerChannel | None
    code: LabelledEnum | None
    code_other: str
    entered_at: datetime
    entered_by: str | None
    entered_by_office: str | None
    entered_by_office_en: str | None
    corrects_number: int | None
    taken_back: bool


@lru_cache  # an alias costs more to build than its statement to run
def alias(table: type[Table], use: str) -> type[Table]:
    """Return a further name of a table, the same for each use; it stands in subqueries of its own only."""
    return aliased(table, name=use)


@lru_cache
def latest_number() -> ColumnElement[int]:
    """Return the number of a referral's newest move, beside ``Referral``."""
    inner = alias(ReferralMove, "any_move")
    return (
        select(func.max(inner.number))
        .where(inner.referral_id == Referral.id)
        .correlate(Referral)
        .scalar_subquery()
    )


def extended_to(newest: Any) -> ScalarSelect[date]:
    """Return the latest day granted for the state in which a referral stands, beside its newest move.

    A state to which a referral returns because a move was taken back has the day again that it had.
    """
    day, then = alias(ReferralExtension, "granted"), alias(ReferralMove, "granted_at")
    return (
        select(func.max(day.due_on))
        .join(then, and_(then.referral_id == day.referral_id, then.number == day.move_number))
        .where(
            day.referral_id == newest.referral_id,
            then.to_state == newest.to_state,
            then.happened_on == newest.happened_on,
        )
        .correlate(newest)
        .scalar_subquery()
    )


def counts(move: Any) -> ColumnElement[bool]:
    """Return the condition that a move counts: neither taken back (訂正) nor an entry that takes one back."""
    back = alias(ReferralMove, "taking_back")
    taken_back = select(back.id).where(
        back.referral_id == move.referral_id, back.corrects_number == move.number
    )
    return and_(move.corrects_number.is_(None), ~taken_back.correlate(move).exists())


@lru_cache
def not_void() -> ColumnElement[bool]:
    """Return the condition that a referral was not entered in error; joins nothing, for counts."""
    inner = aliased(ReferralMove)
    return ~(
        select(inner.id)
        .where(inner.referral_id == Referral.id, inner.to_state == State.VOID)
        .correlate(Referral)
        .exists()
    )


def addressed_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition, beside ``Window`` and ``Consent``, that a referral reached the actor's office.

    What was withdrawn with the consent, or entered in error, is not there for the addressee.
    """
    return and_(Window.office_id == actor.office_id, Consent.withdrawn_on.is_(None), not_void())


def normalised(reference: str) -> str:
    """Return a reference as stored; NotFound when it cannot be one."""
    try:
        return normalise_number(reference)
    except DomainError:
        raise NotFound from None


def get_referral(*, actor: Actor, reference: str) -> Referral:
    """Return a referral sent by the actor's office, with case, consent, window and sender.

    Raises:
        NotFound: there is none, or it is another office's.
    """
    found = db.session.scalar(
        select(Referral)
        .where(Referral.reference == normalised(reference), own_records(actor, Referral.office_id))
        .options(
            joinedload(Referral.case),
            joinedload(Referral.consent),
            joinedload(Referral.office),
            joinedload(Referral.window_version).joinedload(WindowVersion.window).joinedload(Window.office),
        )
    )
    if found is None:
        raise NotFound
    return found


def find_referral(*, actor: Actor, referral_id: int | None) -> Referral | None:
    """Return a referral of the actor's office by its id, None when there is none."""
    if referral_id is None:
        return None
    return db.session.scalar(
        select(Referral).where(Referral.id == referral_id, own_records(actor, Referral.office_id))
    )


def movable(*, actor: Actor, ids: Iterable[int]) -> dict[int, tuple[Referral, Mover]]:
    """Return which of many referrals an actor may move, and in which part."""
    found: dict[int, tuple[Referral, Mover]] = {}
    for part in chunks(ids):
        rows = db.session.scalars(
            select(Referral)
            .join(Window, Window.id == Referral.window_id)
            .join(Consent, Consent.id == Referral.consent_id)
            .where(Referral.id.in_(part), within_reach(actor))
            .options(joinedload(Referral.window_version))
        )
        found |= {referral.id: (referral, part_of(actor, referral)) for referral in rows}
    return found


@lru_cache
def within_reach(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor may move a referral: sent by the own office or addressed to it."""
    if actor.role is Role.PARTNER:
        return addressed_to(actor)
    return or_(own_records(actor, Referral.office_id), addressed_to(actor))


def part_of(actor: Actor, referral: Referral) -> Mover:
    """Return in which part an actor moves a referral that may be seen."""
    if actor.role is Role.PARTNER:
        return Mover.PARTNER
    if actor.office_id is None:
        return Mover.SYSTEM
    return Mover.DESK if referral.office_id == actor.office_id else Mover.PARTNER


def histories(ids: Iterable[int]) -> dict[int, list[ReferralMove]]:
    """Return the moves of many referrals, each in order."""
    found: dict[int, list[ReferralMove]] = {}
    for part in chunks(ids):
        moves = db.session.scalars(
            select(ReferralMove).where(ReferralMove.referral_id.in_(part)).order_by(ReferralMove.number)
        )
        for move in moves:
            found.setdefault(move.referral_id, []).append(move)
    return found


def list_moves(*, referral_id: int) -> list[ReferralMove]:
    """List the moves of a referral that the caller was allowed to get."""
    return histories([referral_id]).get(referral_id, [])


def list_history(*, referral_id: int) -> list[HistoryRow]:
    """List the history of a referral that the caller was allowed to get, oldest first, gaps named."""
    rows = db.session.execute(
        select(ReferralMove, Account.label, Office.name, Office.name_en)
        .outerjoin(Account, Account.id == ReferralMove.entered_by)
        .outerjoin(Office, Office.id == ReferralMove.entered_by_office_id)
        .where(ReferralMove.referral_id == referral_id)
        .order_by(ReferralMove.number)
    )
    found = rows.all()
    taken_back = {move.corrects_number for move, *_names in found}
    history: list[HistoryRow] = []
    for move, label, office, office_en in found:
        history.append(
            HistoryRow(
                number=move.number,
                from_state=move.from_state,
                to_state=move.to_state,
                skipped=left_out(history, move),
                happened_on=move.happened_on,
                channel=move.channel,
                code=code_of(move.to_state, move.code)
                if move.corrects_number is None
                else CorrectionCode.find(move.code or ""),
                code_other=move.code_other,
                entered_at=move.entered_at,
                entered_by=label,
                entered_by_office=office,
                entered_by_office_en=office_en,
                corrects_number=move.corrects_number,
                taken_back=move.number in taken_back,
            )
        )
    return history


def left_out(history: Sequence[HistoryRow], move: ReferralMove) -> tuple[State, ...]:
    """Return the steps without record before a move: those between, unless an earlier entry holds them."""
    if move.corrects_number is not None:
        return ()
    recorded = {row.to_state for row in history if not row.taken_back}
    return tuple(state for state in skipped(move.from_state, move.to_state) if state not in recorded)


def find_extended_to(*, referral_id: int, number: int) -> date | None:
    """Return the latest day granted for the state that the newest move led to; None when none was."""
    newest = alias(ReferralMove, "newest")
    return db.session.scalar(
        select(extended_to(newest)).where(newest.referral_id == referral_id, newest.number == number)
    )


def list_placeable(*, actor: Actor, case_id: int) -> list[Referral]:
    """List the referrals of a person that may have led to a job now, newest first."""
    newest = aliased(ReferralMove)
    rows = db.session.scalars(
        select(Referral)
        .join(newest, and_(newest.referral_id == Referral.id, newest.number == latest_number()))
        .where(
            of_person(Referral.case_id, case_id),
            own_records(actor, Referral.office_id),
            newest.to_state.in_([edge.origin for edge in EDGES if edge.to is State.PLACED]),
        )
        .options(joinedload(Referral.window_version))
        .order_by(Referral.id.desc())
    )
    return list(rows)


def taken_references(drawn: Iterable[str]) -> set[str]:
    """Return which of these references are in use."""
    return set(db.session.scalars(select(Referral.reference).where(Referral.reference.in_(list(drawn)))))


def chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    """Cut ids into lists short enough for one statement."""
    wanted = sorted(set(ids))
    return (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))


def list_resting_on(*, consent_id: int) -> list[Referral]:
    """List the referrals that rest on a consent which the caller was allowed to get."""
    return list(db.session.scalars(select(Referral).where(Referral.consent_id == consent_id)))
