"""Which agencies are late with an answer, and with which referrals."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.access.actor import Actor
from app.followup.chasers import Overdue
from app.followup.waiting import Waiting, list_waiting
from app.followup.waiting_rows import rows_in_order
from app.foundation.db import read
from app.foundation.errors import NotFound
from app.referrals.vocabulary import Turn
from app.windows.models import Office


@dataclass(frozen=True, kw_only=True)
class LateAgency:
    """An agency with how many of its answers are late, and since when the longest."""

    id: int
    name: str
    name_en: str
    count: int
    oldest: date


def list_late(*, actor: Actor, today: date, agency_id: int | None = None) -> list[Waiting]:
    """List the own office's referrals whose window should have moved, the one due first on top."""
    return [
        one
        for one in list_waiting(actor=actor)
        if one.turn is Turn.WINDOW and one.due_on < today and agency_id in (None, one.agency_id)
    ]


def list_late_agencies(*, actor: Actor, today: date) -> list[LateAgency]:
    """List the agencies that are late, the one with most of them first."""
    late = list_late(actor=actor, today=today)
    counted = Counter(one.agency_id for one in late)
    oldest: dict[int, date] = {}
    for one in late:
        oldest.setdefault(one.agency_id, one.due_on)
    names = read(select(Office.id, Office.name, Office.name_en).where(Office.id.in_(list(counted))))
    found = [
        LateAgency(id=key, name=name, name_en=name_en, count=counted[key], oldest=oldest[key])
        for key, name, name_en in names
    ]
    return sorted(found, key=lambda one: (-one.count, one.oldest, one.id))


def get_late(*, actor: Actor, agency_id: int, today: date) -> tuple[str, str, list[Overdue]]:
    """Return an agency's names and its late referrals, at most those that one letter holds.

    Raises:
        NotFound: no such office, or nothing of it is late.
    """
    late = list_late(actor=actor, today=today, agency_id=agency_id)
    name = read(select(Office.name, Office.name_en).where(Office.id == agency_id)).one_or_none()
    if name is None or not late:
        raise NotFound
    rows = rows_in_order(actor, late)
    overdue = [
        Overdue(
            reference=row.reference,
            window=row.window,
            state=row.state,
            sent_on=row.sent_on,
            due_on=row.due_on,
        )
        for row in rows
        if row.due_on is not None
    ]
    return name[0], name[1], overdue
