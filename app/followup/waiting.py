"""Every open referral of an office in the order of its due days, kept between requests while nothing moves.

Due days are working days, which no database reckons alike, so they are worked out here; thousands of them for
one page of fifty would cost several times the page. Whether what is kept still holds, the database says: its
triggers write another stamp with every write to a table from which a row here follows, whoever writes.
"""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, Select, and_, func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.cases.queries import own_records
from app.followup.waiting_models import WaitingStamp
from app.foundation.db import db, read
from app.foundation.prepared import Prepared
from app.referrals.deadlines import due_day, turn_of
from app.referrals.lifecycle import OPEN
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import extended_to, latest_number
from app.referrals.vocabulary import State, Turn
from app.windows.closed_day_queries import closed_days
from app.windows.models import Window, WindowVersion


class Waiting(NamedTuple):
    """One open referral, without what must be read for its row; ``number`` is that of its newest move."""

    due_on: date
    sent_on: date
    id: int
    state: State
    turn: Turn
    since: date
    window_id: int
    agency_id: int
    number: int

    def overdue(self, today: date) -> bool:
        """Tell whether the next move should have come by now."""
        return self.due_on < today


class Stamp(NamedTuple):
    """What shows that nothing moved: the database's own stamp, and the city's closed days."""

    value: str
    closed: frozenset[date]


# It goes with the connections over which it was read.
_kept: WeakKeyDictionary[Pool, dict[int | None, tuple[Stamp, tuple[Waiting, ...]]]] = WeakKeyDictionary()
_stamp = Prepared(select(WaitingStamp.value))
# PostgreSQL stamps at the commit: whoever has written in this transaction looks for himself.
_committed = Prepared(select(WaitingStamp.value).where(func.pg_current_xact_id_if_assigned().is_(None)))


def forget() -> None:
    """Forget what was kept; the next look reads everything anew."""
    _kept.clear()


def list_waiting(*, actor: Actor) -> tuple[Waiting, ...]:
    """Return every open referral of the actor's office, the one due first on top."""
    closed, offices = closed_days(), _kept.setdefault(db.engine.pool, {})
    stamp = find_stamp(closed)
    kept = offices.get(actor.office_id)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    rows = tuple(sorted(read_waiting(actor, closed)))
    if stamp is not None:
        offices[actor.office_id] = stamp, rows
    return rows


def find_stamp(closed: frozenset[date]) -> Stamp | None:
    """Return the stamp under which rows read from now on may be kept; None when none may."""
    found = (_stamp if db.engine.dialect.name == "sqlite" else _committed).row()
    return None if found is None else Stamp(value=found[0], closed=closed)


@lru_cache  # its aliases cost more to build than a small office's rows to read
def open_referrals(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Return the select of the open referrals of the actor's office."""
    first, newest = aliased(ReferralMove), aliased(ReferralMove)
    return (
        select(
            Referral.id,
            Referral.window_id,
            Window.office_id,
            WindowVersion.response_days,
            first.happened_on,
            newest.to_state,
            newest.happened_on,
            extended_to(newest),
            newest.number,
        )
        .join(Window, Window.id == Referral.window_id)
        .join(WindowVersion, WindowVersion.id == Referral.window_version_id)
        .join(first, and_(first.referral_id == Referral.id, first.number == 1))
        .join(newest, and_(newest.referral_id == Referral.id, newest.number == latest_number()))
        .where(own_records(actor, Referral.office_id), newest.to_state.in_(OPEN))
    )


def read_waiting(actor: Actor, closed: frozenset[date]) -> list[Waiting]:
    """Read the open referrals of the actor's office, in no order."""
    rows, known = [], {}
    found = read(open_referrals(actor)).all()
    for one, window, agency, days, sent_on, state, since, granted, number in found:
        wait = (state, since, days, granted)
        if wait not in known:
            known[wait] = due_day(state, since, days, closed=closed, extended_to=granted), turn_of(state)
        due, turn = known[wait]
        if due is not None and turn is not None:
            rows.append(Waiting(due, sent_on, one, state, turn, since, window, agency, number))
    return rows
