"""The boards: what waits and by whose move, what is closed, and the referrals of one case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.accounts.models import Account
from app.cases.models import Case
from app.cases.queries import of_person, own_records, person_id
from app.foundation.db import db, read
from app.referrals.deadlines import due_day, turn_of
from app.referrals.lifecycle import OPEN
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import extended_to, latest_number
from app.referrals.vocabulary import Asked, State, Turn
from app.windows.closed_day_queries import closed_days
from app.windows.models import WindowVersion

CLOSED = tuple(state for state in State if state not in OPEN)


class Shown(StrEnum):
    """Part of the board that is not one single state."""

    OPEN = "open"
    OVERDUE = "overdue"
    WINDOW = "window"
    OFFICE = "office"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the board is narrowed to; ``shown`` is a part or a state."""

    shown: Shown | State = Shown.OPEN
    window_id: int | None = None
    counsellor_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReferralRow:
    """One referral of the board."""

    reference: str
    case_number: str
    window: str
    window_en: str
    asked: Asked
    sent_on: date
    state: State
    since: date
    turn: Turn | None
    due_on: date | None
    counsellor: str | None
    number: int

    def overdue(self, today: date) -> bool:
        """Tell whether the next move should have come by now."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True, kw_only=True)
class Board:
    """One page of the board, how many there are, and how the open ones divide (within the same filters)."""

    rows: Sequence[ReferralRow]
    total: int
    open: int
    overdue: int
    window: int
    office: int


@lru_cache  # building it costs more than asking the database
def board_select(actor: Actor) -> tuple[Select[*tuple[Any, ...]], Any]:
    """Return the select behind every board, and the alias of the newest move with the current state."""
    first, newest, of_record = aliased(ReferralMove), aliased(ReferralMove), aliased(Case)
    chosen: Select[*tuple[Any, ...]] = (
        select(
            Referral.reference,
            Case.number,
            WindowVersion.name,
            WindowVersion.name_en,
            WindowVersion.response_days,
            Referral.asked,
            first.happened_on.label("sent_on"),
            newest.to_state,
            newest.happened_on.label("since"),
            Account.label,
            extended_to(newest),
            newest.number,
        )
        .join(of_record, of_record.id == Referral.case_id)
        .join(Case, Case.id == person_id(of_record))
        .join(WindowVersion, WindowVersion.id == Referral.window_version_id)
        .join(first, and_(first.referral_id == Referral.id, first.number == 1))
        .join(newest, and_(newest.referral_id == Referral.id, newest.number == latest_number()))
        .outerjoin(Account, Account.id == Referral.counsellor_id)
        .where(own_records(actor, Referral.office_id))
    )
    return chosen, newest


def rows_of(chosen: Select[*tuple[Any, ...]]) -> list[ReferralRow]:
    """Read the rows of a board."""
    closed = closed_days()
    return [
        ReferralRow(
            reference=row[0],
            case_number=row[1],
            window=row[2],
            window_en=row[3],
            asked=row[5],
            sent_on=row[6],
            state=row[7],
            since=row[8],
            turn=turn_of(row[7]),
            due_on=due_day(row[7], row[8], row[4], closed=closed, extended_to=row[10]),
            counsellor=row[9],
            number=row[11],
        )
        for row in read(chosen).all()
    ]


def narrowed(chosen: Chosen) -> list[ColumnElement[bool]]:
    """Return the conditions of window and counsellor."""
    conditions: list[ColumnElement[bool]] = []
    if chosen.window_id is not None:
        conditions.append(Referral.window_id == chosen.window_id)
    if chosen.counsellor_id is not None:
        conditions.append(Referral.counsellor_id == chosen.counsellor_id)
    return conditions


def list_open(*, actor: Actor, chosen: Chosen = Chosen()) -> list[ReferralRow]:
    """List every open referral of the own office, the one due first on top."""
    query, newest = board_select(actor)
    rows = rows_of(query.where(newest.to_state.in_(OPEN), *narrowed(chosen)).order_by(Referral.id))
    # Due days are working days, which no database reckons alike; open referrals are few enough to sort here.
    return sorted(rows, key=lambda row: (row.due_on or date.max, row.sent_on))


def list_referrals(*, actor: Actor, chosen: Chosen, today: date, offset: int, limit: int) -> Board:
    """Return one page of the board: open referrals by due day, others by their newest move."""
    waiting = list_open(actor=actor, chosen=chosen)
    counts = {
        "open": len(waiting),
        "overdue": sum(row.overdue(today) for row in waiting),
        "window": sum(row.turn is Turn.WINDOW for row in waiting),
        "office": sum(row.turn is Turn.OFFICE for row in waiting),
    }
    if chosen.shown in OPEN or chosen.shown in (Shown.OPEN, Shown.OVERDUE, Shown.WINDOW, Shown.OFFICE):
        rows = [row for row in waiting if belongs(row, chosen.shown, today)]
        return Board(rows=rows[offset : offset + limit], total=len(rows), **counts)
    rows, total = list_recorded(actor=actor, chosen=chosen, offset=offset, limit=limit)
    return Board(rows=rows, total=total, **counts)


def belongs(row: ReferralRow, shown: Shown | State, today: date) -> bool:
    """Tell whether an open referral belongs to a part of the board."""
    if isinstance(shown, State):
        return row.state is shown
    return {
        Shown.OVERDUE: row.overdue(today),
        Shown.WINDOW: row.turn is Turn.WINDOW,
        Shown.OFFICE: row.turn is Turn.OFFICE,
    }.get(shown, True)


def list_recorded(*, actor: Actor, chosen: Chosen, offset: int, limit: int) -> tuple[list[ReferralRow], int]:
    """Return a page of referrals of whatever state, the newest move first, and how many there are."""
    query, newest = board_select(actor)
    states = states_of(chosen.shown)
    query = query.where(newest.to_state.in_(states), *narrowed(chosen))
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    ordered = query.order_by(newest.happened_on.desc(), Referral.id.desc())
    return rows_of(ordered.offset(offset).limit(limit)), total


def states_of(shown: Shown | State) -> tuple[State, ...]:
    """Return the states of a part of the board that is not open."""
    if isinstance(shown, State):
        return (shown,)
    return CLOSED if shown is Shown.CLOSED else tuple(State)


def list_of_case(*, actor: Actor, case_id: int) -> list[ReferralRow]:
    """List the own office's referrals of a person, newest first, those entered in error included."""
    query, _newest = board_select(actor)
    return rows_of(query.where(of_person(Referral.case_id, case_id)).order_by(Referral.id.desc()))


def list_choices(*, actor: Actor) -> tuple[list[tuple[int, str, str]], list[tuple[int, str]]]:
    """Return the windows (id, name, English name) and counsellors (id, label) that have referrals here."""
    newest = aliased(WindowVersion)
    last = (
        select(func.max(newest.number)).where(newest.window_id == WindowVersion.window_id).scalar_subquery()
    )
    sent_to = select(Referral.window_id).where(own_records(actor, Referral.office_id))
    windows = db.session.execute(
        select(WindowVersion.window_id, WindowVersion.name, WindowVersion.name_en)
        .where(WindowVersion.window_id.in_(sent_to), WindowVersion.number == last)
        .order_by(WindowVersion.name)
    )
    sent_by = select(Referral.counsellor_id).where(own_records(actor, Referral.office_id))
    counsellors = db.session.execute(
        select(Account.id, Account.label).where(Account.id.in_(sent_by)).order_by(Account.label)
    )
    return (
        [(window_id, name, name_en) for window_id, name, name_en in windows],
        [(account_id, label) for account_id, label in counsellors],
    )
