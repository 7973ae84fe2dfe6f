"""Free text about persons goes 90 days after their case closed (privacy notice); codes and figures stay.

Of somebody without a case, and of a group, it goes 90 days after the consultation.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.models import Case, Consultation
from app.cases.note_models import CaseNote
from app.cases.queries import person_id, two_cases
from app.foundation.db import Model, change
from app.kpi.long_support_models import LongSupportBreak
from app.placements.models import Placement, RetentionCheck, RetentionDue
from app.referrals.models import Referral, ReferralExtension, ReferralMove

KEPT_AFTER_CLOSING: Final = timedelta(days=90)
"""How long free text outlives a case (privacy notice)."""

Typed = tuple[InstrumentedAttribute[str], ...]
TYPED: Final[Mapping[type[Model], Typed]] = {
    Consultation: (
        Consultation.memo,
        Consultation.source_other,
        Consultation.household_other,
        Consultation.topic_other,
    ),
    Placement: (Placement.contract_other,),
    LongSupportBreak: (LongSupportBreak.reason_other,),
    RetentionCheck: (RetentionCheck.left_other,),
    RetentionDue: (RetentionDue.due_other,),
    Referral: (Referral.asked_other,),
    ReferralMove: (ReferralMove.code_other,),
    ReferralExtension: (ReferralExtension.reason_other,),
}
"""Every column in which somebody types about a person; a test finds those that are missing."""
PART_OF: Final[Mapping[type[Model], tuple[InstrumentedAttribute[int], type[Placement] | type[Referral]]]] = {
    RetentionCheck: (RetentionCheck.placement_id, Placement),
    RetentionDue: (RetentionDue.placement_id, Placement),
    ReferralMove: (ReferralMove.referral_id, Referral),
    ReferralExtension: (ReferralExtension.referral_id, Referral),
}


def purge_texts(*, actor: Actor, today: date) -> int:
    """Remove what was typed about persons whose time is over; return from how many records."""
    before = today - KEPT_AFTER_CLOSING
    closed = closed_until(before)
    gone = {"case_note": change(delete(CaseNote).where(CaseNote.case_id.in_(closed)))}
    for model, columns in TYPED.items():
        gone[model.__tablename__] = blank(model, columns, served(model, closed, before))
    if any(gone.values()):
        record(actor=actor, action="texts.purged", subject="case", subject_id="-", details=gone)
    return sum(gone.values())


def closed_until(day: date) -> Select[int]:
    """Return the statement of all cases of persons who were closed by a day, whatever their numbers."""
    asked, _one = two_cases()
    return (
        select(asked.id)
        .join(Case, Case.id == person_id(asked))
        .where(Case.closed_on.is_not(None), Case.closed_on <= day)
    )


def served(model: type[Model], closed: Select[int], before: date) -> ColumnElement[bool]:
    """Return the condition that a record belongs to somebody whose time is over."""
    if model in PART_OF:
        column, whole = PART_OF[model]
        return column.in_(select(whole.id).where(whole.case_id.in_(closed)))
    mapped: Any = model
    of_closed: ColumnElement[bool] = mapped.case_id.in_(closed)
    if model is Consultation:
        return or_(of_closed, Consultation.case_id.is_(None) & (Consultation.held_on <= before))
    return of_closed


def blank(model: type[Model], columns: Sequence[InstrumentedAttribute[str]], due: ColumnElement[bool]) -> int:
    """Empty columns where anything stands in them; a page opened before that cannot write it back unseen."""
    values: dict[Any, Any] = dict.fromkeys(columns, "")
    counted: Any = model
    if hasattr(model, "version"):
        values[counted.version] = counted.version + 1
    filled = or_(*(column != "" for column in columns))
    return change(update(model).where(due, filled).values(values))
