"""Leaving somebody out of the list of long support without a result, for a reason and until a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.access.actor import Actor
from app.access.permissions import Permission
from app.audit.trail import record
from app.cases.entries import check_text
from app.cases.queries import get_case, get_case_by_id
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, Forbidden, NotFound
from app.kpi.long_support_models import LongSupportBreak
from app.kpi.vocabulary import LongSupportReason
from app.situation.programme import Programme

LONGEST: Final = timedelta(days=366)
"""After a year at the latest somebody looks again."""
SHORT: Final = 60


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """Why, and until which day."""

    reason: LongSupportReason
    reason_other: str
    until_on: date


def set_aside(*, actor: Actor, number: str, programme: Programme, said: SetAside) -> LongSupportBreak:
    """Leave a person out of the list until a day.

    Raises:
        NotFound: the office may not know of the case.
        Forbidden: only a supervisor decides it.
        DomainError: the day is past or more than a year away, *other* has no text, or it tells who it is.
    """
    require(actor)
    case, today = get_case(actor=actor, number=number), clock.today()
    if not today <= said.until_on <= today + LONGEST:
        raise DomainError(N_("見直す日は、今日から1年のうちの日にしてください。"), field="until_on")
    if said.reason is LongSupportReason.OTHER and not said.reason_other:
        raise DomainError(N_("その他の内容を入力してください。"), field="reason_other")
    check_text(said.reason_other, longest=SHORT, field="reason_other", today=today)
    kept = LongSupportBreak(
        case_id=case.id,
        office_id=actor.office_id,
        programme=programme,
        reason=said.reason,
        reason_other=said.reason_other if said.reason is LongSupportReason.OTHER else "",
        set_on=today,
        until_on=said.until_on,
        set_by=actor.id,
        entered_at=clock.now(),
    )
    db.session.add(kept)
    db.session.flush()
    record(actor=actor, action="long_support.set_aside", subject="case", subject_id=case.number)
    return kept


def undo(*, actor: Actor, break_id: int, version: int | None) -> str:
    """Put a person back on the list; return the case number.

    Raises:
        NotFound: there is none, or it is another office's.
        Forbidden: only a supervisor decides it.
        Conflict: somebody did so meanwhile.
    """
    require(actor)
    kept = db.session.get(LongSupportBreak, break_id)
    if kept is None or kept.office_id != actor.office_id:
        raise NotFound
    if kept.undone_at is not None or (version is not None and version != kept.version):
        raise Conflict(CHANGED_MEANWHILE)
    case = get_case_by_id(actor=actor, case_id=kept.case_id)
    kept.undone_at, kept.undone_by = clock.now(), actor.id
    db.session.flush()
    record(actor=actor, action="long_support.undone", subject="case", subject_id=case.number)
    return case.number


def require(actor: Actor) -> None:
    """Raise Forbidden unless the actor decides about the list."""
    if not actor.may(Permission.LONG_SUPPORT_WRITE) or actor.office_id is None:
        raise Forbidden
