"""What an addressee sees of a referral: reference, what is asked, day and state; the case is never read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.cases.queries import of_person
from app.foundation.db import db
from app.foundation.errors import NotFound
from app.referrals.deadlines import due_day, turn_of
from app.referrals.lifecycle import EDGES, OPEN, Mover
from app.referrals.models import Consent, Referral, ReferralMove
from app.referrals.queries import addressed_to, extended_to, latest_number, normalised
from app.referrals.vocabulary import Asked, State, Turn
from app.windows.closed_day_queries import closed_days
from app.windows.models import Window, WindowVersion

MEETABLE = tuple(edge.origin for edge in EDGES if edge.to is State.MET and Mover.PARTNER in edge.who)
"""States in which a window may say that the person has come."""


@dataclass(frozen=True, kw_only=True)
class ReceivedRow:
    """A referral as its addressee knows it; ``number`` is that of its newest move."""

    id: int
    reference: str
    window: str
    window_en: str
    asked: Asked
    sent_on: date
    state: State
    since: date
    number: int
    turn: Turn | None
    due_on: date | None

    def overdue(self, today: date) -> bool:
        """Tell whether an answer of the window should have come by now."""
        return self.turn is Turn.WINDOW and self.due_on is not None and self.due_on < today


@lru_cache  # its aliases cost more to build than the statement to run
def received(actor: Actor) -> tuple[Select[*tuple[Any, ...]], Any]:
    """Return the select of what reached the actor's office, and the alias of the newest move."""
    first, newest = aliased(ReferralMove), aliased(ReferralMove)
    chosen: Select[*tuple[Any, ...]] = (
        select(
            Referral.id,
            Referral.reference,
            WindowVersion.name,
            WindowVersion.name_en,
            WindowVersion.response_days,
            Referral.asked,
            first.happened_on.label("sent_on"),
            newest.to_state,
            newest.happened_on.label("since"),
            newest.number,
            extended_to(newest).label("extended_to"),
        )
        .join(Window, Window.id == Referral.window_id)
        .join(WindowVersion, WindowVersion.id == Referral.window_version_id)
        .join(Consent, Consent.id == Referral.consent_id)
        .join(first, and_(first.referral_id == Referral.id, first.number == 1))
        .join(newest, and_(newest.referral_id == Referral.id, newest.number == latest_number()))
        .where(addressed_to(actor))
    )
    return chosen, newest


def rows_of(chosen: Select[*tuple[Any, ...]]) -> list[ReceivedRow]:
    """Read the rows."""
    closed = closed_days()
    return [
        ReceivedRow(
            id=row[0],
            reference=row[1],
            window=row[2],
            window_en=row[3],
            asked=row[5],
            sent_on=row[6],
            state=row[7],
            since=row[8],
            number=row[9],
            turn=turn_of(row[7]),
            due_on=due_day(row[7], row[8], row[4], closed=closed, extended_to=row[10]),
        )
        for row in db.session.execute(chosen)
    ]


def list_received(
    *, actor: Actor, open_only: bool, offset: int, limit: int
) -> tuple[Sequence[ReceivedRow], int]:
    """Return a page of what reached the actor's office, the answer due first on top, and how many."""
    chosen, newest = received(actor)
    if open_only:
        rows = rows_of(chosen.where(newest.to_state.in_(OPEN)).order_by(Referral.id))
        rows.sort(key=lambda row: (row.turn is not Turn.WINDOW, row.due_on or date.max, row.sent_on))
        return rows[offset : offset + limit], len(rows)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    ordered = chosen.order_by(newest.happened_on.desc(), Referral.id.desc())
    return rows_of(ordered.offset(offset).limit(limit)), total


def list_meetable(
    *, actor: Actor, reference: str | None = None, case_id: int | None = None
) -> list[ReceivedRow]:
    """List what waits to be met at the actor's own windows, by reference or by person."""
    chosen, newest = received(actor)
    asked = Referral.reference == reference if case_id is None else of_person(Referral.case_id, case_id)
    return rows_of(chosen.where(asked, newest.to_state.in_(MEETABLE)).order_by(Referral.id))


def get_received(*, actor: Actor, reference: str) -> ReceivedRow:
    """Return one referral to a window of the actor's office.

    Raises:
        NotFound: there is none, it is another office's, or the person took the consent back.
    """
    chosen, _newest = received(actor)
    rows = rows_of(chosen.where(Referral.reference == normalised(reference)))
    if not rows:
        raise NotFound
    return rows[0]
