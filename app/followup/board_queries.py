"""The boards: what waits and by whose move, what is closed, and the referrals of one case."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.accounts.models import Account
from app.cases.models import Case, CaseOffice, Consultation
from app.cases.queries import of_person, own_records, person_id
from app.followup.board import CLOSED, TURNS, Board, Chosen, ReferralRow, Shown
from app.followup.waiting import Waiting, list_waiting
from app.followup.waiting_rows import in_charge, rows_in_order
from app.foundation.db import db, read
from app.foundation.prepared import Prepared
from app.referrals.deadlines import due_day, turn_of
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import extended_to, latest_number
from app.referrals.vocabulary import State, Turn
from app.windows.closed_day_queries import closed_days
from app.windows.models import Office, Window, WindowVersion


@lru_cache  # building it costs more than asking the database
def board_select(actor: Actor) -> tuple[Select[*tuple[Any, ...]], Any]:
    """Return the select behind every board, and the alias of the newest move with the current state."""
    first, newest, of_record = aliased(ReferralMove), aliased(ReferralMove), aliased(Case)
    kept, own = aliased(CaseOffice), aliased(CaseOffice)
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
            Referral.id,
        )
        .join(of_record, of_record.id == Referral.case_id)
        .join(Case, Case.id == person_id(of_record))
        .join(WindowVersion, WindowVersion.id == Referral.window_version_id)
        .join(first, and_(first.referral_id == Referral.id, first.number == 1))
        .join(newest, and_(newest.referral_id == Referral.id, newest.number == latest_number()))
        .outerjoin(kept, and_(kept.case_id == Case.id, kept.office_id == Referral.office_id))
        .outerjoin(own, and_(own.case_id == of_record.id, own.office_id == Referral.office_id))
        .outerjoin(Account, Account.id == in_charge(kept, own))
        .where(own_records(actor, Referral.office_id))
    )
    return chosen, newest


def rows_of(chosen: Select[*tuple[Any, ...]]) -> list[ReferralRow]:
    """Read the rows of a board."""
    closed = closed_days()
    return [
        ReferralRow(
            id=row[12],
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
    """Return the conditions of what a referral says beside its moves."""
    conditions: list[ColumnElement[bool]] = []
    if chosen.agency_id is not None:
        sent_to = select(Window.id).where(Window.office_id == chosen.agency_id)
        conditions.append(Referral.window_id.in_(sent_to))
    if chosen.window_id is not None:
        conditions.append(Referral.window_id == chosen.window_id)
    if chosen.counsellor_id is not None:
        conditions.append(Referral.id.in_(in_charge_of(chosen.counsellor_id)))
    if chosen.programme is not None:
        counted = select(Consultation.id).where(Consultation.programme == chosen.programme)
        conditions.append(Referral.consultation_id.in_(counted))
    return conditions


def in_charge_of(counsellor_id: int) -> Select[int]:
    """Return the select of the referrals of whose case somebody is in charge."""
    one, of_record, kept, own = aliased(Referral), aliased(Case), aliased(CaseOffice), aliased(CaseOffice)
    return (
        select(one.id)
        .join(of_record, of_record.id == one.case_id)
        .outerjoin(kept, and_(kept.case_id == person_id(of_record), kept.office_id == one.office_id))
        .outerjoin(own, and_(own.case_id == of_record.id, own.office_id == one.office_id))
        .where(in_charge(kept, own) == counsellor_id)
    )


def list_open(*, actor: Actor) -> list[ReferralRow]:
    """List every open referral of the own office, the one due first on top."""
    return rows_in_order(actor, list_waiting(actor=actor))


def list_referrals(*, actor: Actor, chosen: Chosen, today: date, offset: int, limit: int) -> Board:
    """Return one page of the board: open referrals by due day, others by their newest move."""
    kept = list_narrowed(list_waiting(actor=actor), actor=actor, chosen=chosen, today=today)
    window = list(map(attrgetter("turn"), kept)).count(Turn.WINDOW)
    counts = {
        "open": len(kept),
        "overdue": count_overdue(kept, today),
        "window": window,
        "office": len(kept) - window,
    }
    if chosen.is_waiting:
        shown = shown_of(kept, chosen.shown, today)
        rows = rows_in_order(actor, shown[offset : offset + limit])
        return Board(rows=rows, total=len(shown), **counts)
    rows, total = list_recorded(actor=actor, chosen=chosen, today=today, offset=offset, limit=limit)
    return Board(rows=rows, total=total, **counts)


def list_chosen(
    *, actor: Actor, chosen: Chosen, today: date, waiting: Sequence[Waiting] | None = None
) -> Sequence[Waiting]:
    """List every open referral that a board would show, the one due first on top.

    ``waiting`` are all open ones, where the caller has read them.
    """
    if not chosen.is_waiting:
        return ()
    rows = list_waiting(actor=actor) if waiting is None else waiting
    return shown_of(list_narrowed(rows, actor=actor, chosen=chosen, today=today), chosen.shown, today)


def list_narrowed(rows: Sequence[Waiting], *, actor: Actor, chosen: Chosen, today: date) -> Sequence[Waiting]:
    """List those of the open referrals within the filters, of whatever part or state."""
    if chosen.agency_id is not None:
        rows = [one for one in rows if one.agency_id == chosen.agency_id]
    if chosen.window_id is not None:
        rows = [one for one in rows if one.window_id == chosen.window_id]
    if chosen.older_than is not None:
        before = today - timedelta(days=chosen.older_than)
        rows = [one for one in rows if one.since < before]
    if chosen.asks_records:
        found = set(
            db.session.scalars(
                select(Referral.id).where(own_records(actor, Referral.office_id), *narrowed(chosen))
            )
        )
        rows = [one for one in rows if one.id in found]
    return rows


def count_overdue(rows: Sequence[Waiting], today: date) -> int:
    """Count those whose due day has passed: the first of them, since they stand in the order of due days."""
    return bisect_left(rows, today, key=lambda one: one.due_on)


def shown_of(rows: Sequence[Waiting], shown: Shown | State, today: date) -> Sequence[Waiting]:
    """Return the open referrals that belong to a part of the board."""
    if isinstance(shown, State):
        return [one for one in rows if one.state is shown]
    if shown is Shown.OVERDUE:
        return rows[: count_overdue(rows, today)]
    if shown in TURNS:
        return [one for one in rows if one.turn is TURNS[shown]]
    return rows


def list_recorded(
    *, actor: Actor, chosen: Chosen, today: date, offset: int, limit: int
) -> tuple[list[ReferralRow], int]:
    """Return a page of referrals of whatever state, the newest move first, and how many there are."""
    query, newest = board_select(actor)
    states = states_of(chosen.shown)
    query = query.where(newest.to_state.in_(states), *narrowed(chosen))
    if chosen.older_than is not None:
        query = query.where(newest.happened_on < today - timedelta(days=chosen.older_than))
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


def list_choices(*, actor: Actor) -> list[tuple[int, str, str, int, str, str]]:
    """Return the windows that have referrals here: id, name, English name, and the same of their agencies."""
    return [
        (key, name, name_en, agency, agency_name, agency_en)
        for key, name, name_en, agency, agency_name, agency_en in windows_sent_to(actor).rows()
    ]


@lru_cache
def windows_sent_to(actor: Actor) -> Prepared:
    """Return the statement of the windows that have referrals of the actor's office."""
    newest = aliased(WindowVersion)
    last = (
        select(func.max(newest.number)).where(newest.window_id == WindowVersion.window_id).scalar_subquery()
    )
    # Whether there is any: a list of all windows sent to would read every referral of the office.
    sent_to = exists().where(
        Referral.window_id == WindowVersion.window_id, own_records(actor, Referral.office_id)
    )
    return Prepared(
        select(
            WindowVersion.window_id,
            WindowVersion.name,
            WindowVersion.name_en,
            Office.id,
            Office.name,
            Office.name_en,
        )
        .join(Window, Window.id == WindowVersion.window_id)
        .join(Office, Office.id == Window.office_id)
        .where(sent_to, WindowVersion.number == last)
        .order_by(WindowVersion.name)
    )
