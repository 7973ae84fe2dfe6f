"""Every open referral of an office in the order of its due days, kept between requests while none moves.

Due days are working days, which no database reckons alike, so they are worked out here; thousands of them for
one page of fifty would cost several times the page. What is kept rests on moves and extensions alone, which
are only ever added: their newest ids, and the chain of the trail, tell whether it still holds. The trail is
sealed last and in turn, so that a change of another process can not slip in under an id already seen.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.audit.models import AuditEntry
from app.cases.queries import own_records
from app.foundation.db import db, read
from app.referrals.deadlines import due_day, turn_of
from app.referrals.lifecycle import OPEN
from app.referrals.models import Referral, ReferralExtension, ReferralMove
from app.referrals.queries import extended_to, latest_number
from app.referrals.vocabulary import State, Turn
from app.windows.closed_day_queries import closed_days
from app.windows.models import Window, WindowVersion

MOVING: Final = ("referral", "consent", "window")
"""Subjects of the trail after which what is kept no longer holds."""
FEW: Final = 200
"""Newer entries of the trail that are looked through; after more of them everything is read anew."""


class Waiting(NamedTuple):
    """One open referral, without what must be read for its row."""

    due_on: date
    sent_on: date
    id: int
    state: State
    turn: Turn
    since: date
    window_id: int
    agency_id: int

    def overdue(self, today: date) -> bool:
        """Tell whether the next move should have come by now."""
        return self.due_on < today


class Stamp(NamedTuple):
    """What shows that nothing moved: the newest move and extension, closed days, the head of the trail."""

    move: int | None
    extension: int | None
    closed: frozenset[date]
    entry: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What was read for an office, and when that was."""

    stamp: Stamp
    rows: tuple[Waiting, ...]


# It goes with the connections over which it was read.
_kept: WeakKeyDictionary[Pool, dict[int | None, Kept]] = WeakKeyDictionary()

_newest: Select[*tuple[Any, ...]] = select(
    select(func.max(ReferralMove.id)).scalar_subquery(),
    select(func.max(ReferralExtension.id)).scalar_subquery(),
)
_entries: Select[*tuple[Any, ...]] = (
    select(AuditEntry.id, AuditEntry.digest, AuditEntry.subject, *_newest.selected_columns)
    .where(AuditEntry.id >= bindparam("since"))
    .order_by(AuditEntry.id)
    .limit(FEW)
)
_last: Select[*tuple[Any, ...]] = (
    select(AuditEntry.id, AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)
)


def forget() -> None:
    """Forget what was kept; the next look reads everything anew."""
    _kept.clear()


def list_waiting(*, actor: Actor) -> tuple[Waiting, ...]:
    """Return every open referral of the actor's office, the one due first on top."""
    closed, offices = closed_days(), _kept.setdefault(db.engine.pool, {})
    kept = offices.get(actor.office_id)
    if kept is not None and still_holds(kept.stamp, closed):
        return kept.rows
    stamp = stamp_now(closed)
    rows = tuple(sorted(read_waiting(actor, closed)))
    if stamp is not None:
        offices[actor.office_id] = Kept(stamp=stamp, rows=rows)
    return rows


def still_holds(stamp: Stamp, closed: frozenset[date]) -> bool:
    """Tell whether nothing moved since; one chain of the trail leads from then to now."""
    if closed != stamp.closed:
        return False
    entries = read(_entries, since=stamp.entry).all()
    if not entries or len(entries) == FEW:
        return False
    entry, digest, _subject, move, extension = entries[0]
    if Stamp(move, extension, closed, entry, digest) != stamp:
        return False
    return all(one[2] not in MOVING for one in entries[1:])


def stamp_now(closed: frozenset[date]) -> Stamp | None:
    """Return where moves and trail stand; None while there is no trail to tell one database from another."""
    last = read(_last).one_or_none()
    move, extension = read(_newest).one()
    if last is None:
        return None
    return Stamp(move=move, extension=extension, closed=closed, entry=last[0], digest=last[1])


def read_waiting(actor: Actor, closed: frozenset[date]) -> list[Waiting]:
    """Read the open referrals of the actor's office, in no order."""
    first, newest = aliased(ReferralMove), aliased(ReferralMove)
    found = read(
        select(
            Referral.id,
            Referral.window_id,
            Window.office_id,
            WindowVersion.response_days,
            first.happened_on,
            newest.to_state,
            newest.happened_on,
            extended_to(newest),
        )
        .join(Window, Window.id == Referral.window_id)
        .join(WindowVersion, WindowVersion.id == Referral.window_version_id)
        .join(first, and_(first.referral_id == Referral.id, first.number == 1))
        .join(newest, and_(newest.referral_id == Referral.id, newest.number == latest_number()))
        .where(own_records(actor, Referral.office_id), newest.to_state.in_(OPEN))
    )
    rows, known = [], {}
    for one, window, agency, days, sent_on, state, since, granted in found.all():
        wait = (state, since, days, granted)
        if wait not in known:
            known[wait] = due_day(state, since, days, closed=closed, extended_to=granted), turn_of(state)
        due, turn = known[wait]
        if due is not None and turn is not None:
            rows.append(Waiting(due, sent_on, one, state, turn, since, window, agency))
    return rows
