"""応答なし by itself: what was not answered within deadline and grace is noted as silent, and so counted."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased, joinedload

from app.access.actor import Actor
from app.access.permissions import Role
from app.cases.queries import own_records
from app.foundation import clock
from app.foundation.db import db
from app.referrals.deadlines import silent_from
from app.referrals.models import Referral, ReferralMove
from app.referrals.move_operations import new_move, note_move, write_moves
from app.referrals.queries import extended_to, histories, latest_number
from app.referrals.vocabulary import State
from app.windows.closed_day_queries import closed_days

BY_ITSELF = Actor(id=None, label="応答なしの自動記録", role=Role.SUPERVISOR, office_id=None)
"""Nobody in particular: a timer, or the first sign-in after the grace has passed."""
BATCH = 500
ONE_DAY = timedelta(days=1)


@lru_cache  # its alias costs more to build than the statement to run
def unanswered(actor: Actor) -> tuple[Select[*tuple[Any, ...]], Any]:
    """Return the select of what was sent and not answered, and the alias of the newest move."""
    newest = aliased(ReferralMove)
    chosen: Select[*tuple[Any, ...]] = (
        select(Referral, newest.happened_on, extended_to(newest))
        .join(newest, and_(newest.referral_id == Referral.id, newest.number == latest_number()))
        .where(newest.to_state == State.SENT, own_records(actor, Referral.office_id))
        .options(joinedload(Referral.window_version))
        .order_by(Referral.id)
    )
    return chosen, newest


def list_silent(*, actor: Actor, today: date) -> list[tuple[Referral, date]]:
    """Return the unanswered referrals whose grace has passed, with the last day of it."""
    chosen, newest = unanswered(actor)
    # Every window has a working day to answer; how many more, and of grace, its version says.
    rows = db.session.execute(chosen.where(newest.happened_on < today - ONE_DAY)).all()
    closed = closed_days()
    last_days = [
        (
            referral,
            silent_from(
                sent_on,
                referral.window_version.response_days,
                referral.window_version.grace_days,
                closed=closed,
                extended_to=granted,
            ),
        )
        for referral, sent_on, granted in rows
    ]
    return [(referral, last) for referral, last in last_days if last < today]


def sweep(*, actor: Actor) -> int:
    """Note every silence whose grace has passed, and return how many there were.

    The day of a silence is the day after its last day of grace, whenever the sweep runs: run late it
    says the same, run twice it finds nothing.

    Raises:
        Conflict: an answer came in while this was running; nothing is changed.
    """
    silent = list_silent(actor=actor, today=clock.today())
    past = histories(referral.id for referral, _last in silent)
    moves = []
    for referral, last in silent:
        move = new_move(actor, referral, past[referral.id], State.NO_RESPONSE, last + ONE_DAY)
        moves.append(move)
        note_move(actor, referral, move)
    for start in range(0, len(moves), BATCH):
        write_moves(moves[start : start + BATCH])
    return len(moves)
