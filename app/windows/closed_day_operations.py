"""Keeping the city's own closed days; deadlines of open referrals move with them at once."""

from datetime import date

from app.access.actor import Actor
from app.audit.trail import record
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError, NotFound
from app.foundation.working_days import is_working_day
from app.windows.closed_day_models import CityClosedDay

ALREADY = N_("その日はもう休業日です。")
CLOSED_ANYWAY = N_("その日は土日、祝日、年末年始のどれかで、もともと閉庁日です。")
PASSED = N_("過ぎた日は変えられません。その日を数えた期限がすでにあります。")


def add_closed_day(*, actor: Actor, day: date, reason: str) -> CityClosedDay:
    """Name a day on which the city is closed.

    Raises:
        DomainError: at ``day``: it has passed, is no working day anyway, or is named already.
    """
    if day < clock.today():
        raise DomainError(PASSED, field="day")
    if not is_working_day(day):
        raise DomainError(CLOSED_ANYWAY, field="day")
    if db.session.get(CityClosedDay, day) is not None:
        raise DomainError(ALREADY, field="day")
    closed = CityClosedDay(day=day, reason=reason, entered_at=clock.now(), entered_by=actor.id)
    db.session.add(closed)
    record(actor=actor, action="closed_day.added", subject="closed_day", subject_id=day.isoformat())
    db.session.flush()
    return closed


def remove_closed_day(*, actor: Actor, day: date) -> None:
    """Take a closed day back before it has come.

    Raises:
        NotFound: there is none.
        DomainError: it has passed.
    """
    closed = db.session.get(CityClosedDay, day)
    if closed is None:
        raise NotFound
    if day < clock.today():
        raise DomainError(PASSED)
    db.session.delete(closed)
    record(actor=actor, action="closed_day.removed", subject="closed_day", subject_id=day.isoformat())
    db.session.flush()
