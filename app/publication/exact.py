"""Figures that may leave exactly although they are small: proposed by one, approved by another.

The plan prints such figures (要保護者等：2件). An entry names an indicator and its exact parts, city-wide and
for the whole year; no other breakdown of it leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, Forbidden, NotFound
from app.plan.models import Indicator, IndicatorPart
from app.plan.queries import get_register
from app.publication.models import ExactFigure
from app.publication.tables import Exact, is_of_people

NO_REASON: Final = N_("理由を入れてください。")
SAME_PERSON: Final = N_("提案した人は承認できません。ほかの人に承認を頼んでください。")
THERE_IS_ONE: Final = N_("この指標には、すでに例外があります。先にそれを終えてください。")


@dataclass(frozen=True, kw_only=True)
class ExactLine:
    """An exception as a list shows it."""

    id: int
    indicator: str
    label: str
    label_en: str
    parts: tuple[tuple[str, str], ...]
    reason: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    is_own: bool
    version: int


def list_exact() -> Exact:
    """Return the approved exceptions in force."""
    rows = db.session.scalars(
        select(ExactFigure).where(ExactFigure.approved_at.is_not(None), ExactFigure.ended_at.is_(None))
    )
    return {row.indicator: frozenset(row.parts.split()) for row in rows}


def list_lines(actor: Actor) -> list[ExactLine]:
    """Return the exceptions in force and those that wait for approval."""
    rows = db.session.scalars(
        select(ExactFigure).where(ExactFigure.ended_at.is_(None)).order_by(ExactFigure.id)
    ).all()
    accounts = {one for row in rows for one in (row.proposed_by, row.approved_by) if one is not None}
    names = dict(db.session.execute(select(Account.id, Account.label).where(Account.id.in_(accounts))).all())
    keys = [row.indicator for row in rows]
    labels = {one.key: one for one in db.session.scalars(select(Indicator).where(Indicator.key.in_(keys)))}
    parts = parts_of(keys)
    return [
        ExactLine(
            id=row.id,
            indicator=row.indicator,
            label=labels[row.indicator].label,
            label_en=labels[row.indicator].label_en,
            parts=tuple(
                words for key, words in parts.get(row.indicator, {}).items() if key in row.parts.split()
            ),
            reason=row.reason,
            proposed_by=names.get(row.proposed_by, ""),
            proposed_at=row.proposed_at,
            approved_by=names.get(row.approved_by) if row.approved_by else None,
            approved_at=row.approved_at,
            is_own=row.proposed_by == actor.id,
            version=row.version,
        )
        for row in rows
    ]


def parts_of(keys: Sequence[str]) -> dict[str, dict[str, tuple[str, str]]]:
    """Return the parts of indicators with their words in both languages, in the plan's order."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    rows = db.session.execute(
        select(Indicator.key, IndicatorPart)
        .join(IndicatorPart, IndicatorPart.indicator_id == Indicator.id)
        .where(Indicator.key.in_(keys))
        .order_by(IndicatorPart.position)
    )
    for key, part in rows:
        found.setdefault(key, {})[part.key] = (part.label, part.label_en)
    return found


def list_candidates(fiscal_year: int) -> list[tuple[str, str, str]]:
    """Return the indicators of people that have no exception: key and label in both languages."""
    taken = set(db.session.scalars(select(ExactFigure.indicator).where(ExactFigure.ended_at.is_(None))))
    found: dict[str, tuple[str, str, str]] = {}
    for measure in get_register(fiscal_year).measures:
        for one in measure.indicators:
            if is_of_people(one) and one.key not in taken:
                title = measure.code, one.label.ja, one.label.en
                found.setdefault(one.key, (one.key, f"{title[0]} {title[1]}", f"{title[0]} {title[2]}"))
    return list(found.values())


def propose_exact(*, actor: Actor, indicator: str, reason: str) -> ExactFigure:
    """Propose that an indicator's whole and all its present parts leave exactly.

    Raises:
        Forbidden: only the plan desk proposes, and by name.
        NotFound: no such indicator.
        DomainError: no reason, or there is an exception already.
    """
    if not actor.may(Permission.RELEASE_WRITE) or actor.id is None:
        raise Forbidden
    # Locked, so that two proposals at once cannot both be the first.
    known = db.session.scalar(select(Indicator.id).where(Indicator.key == indicator).with_for_update())
    if known is None:
        raise NotFound
    if not reason.strip():
        raise DomainError(NO_REASON, field="reason")
    if db.session.scalar(
        select(ExactFigure.id).where(ExactFigure.indicator == indicator, ExactFigure.ended_at.is_(None))
    ):
        raise DomainError(THERE_IS_ONE, field="indicator")
    made = ExactFigure(
        indicator=indicator,
        parts="\n".join(parts_of([indicator]).get(indicator, {})),
        reason=reason.strip(),
        proposed_by=actor.id,
        proposed_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    note(actor, "exact.proposed", made)
    return made


def approve_exact(*, actor: Actor, exact_id: int, version: int) -> None:
    """Approve an exception.

    Raises:
        Forbidden: the role approves nothing.
        NotFound: there is none that waits.
        Conflict: it has changed since it was shown.
        DomainError: whoever proposed it cannot approve it.
    """
    if not actor.may(Permission.RELEASE_APPROVE) or actor.id is None:
        raise Forbidden
    row = get_open(exact_id, version)
    if row.approved_at is not None:
        raise NotFound
    if row.proposed_by == actor.id:
        raise DomainError(SAME_PERSON)
    row.approved_by, row.approved_at = actor.id, clock.now()
    db.session.flush()
    note(actor, "exact.approved", row)


def end_exact(*, actor: Actor, exact_id: int, version: int) -> None:
    """End an exception, or refuse one that waits; what left with it stays known.

    Raises:
        Forbidden: the role ends nothing.
        NotFound: there is none.
        Conflict: it has changed since it was shown.
    """
    if not actor.may(Permission.RELEASE_APPROVE) or actor.id is None:
        raise Forbidden
    row = get_open(exact_id, version)
    row.ended_by, row.ended_at = actor.id, clock.now()
    db.session.flush()
    note(actor, "exact.ended", row)


def get_open(exact_id: int, version: int) -> ExactFigure:
    """Return an exception that has not ended, as it was shown."""
    row = db.session.get(ExactFigure, exact_id)
    if row is None or row.ended_at is not None:
        raise NotFound
    if row.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    return row


def note(actor: Actor, action: str, row: ExactFigure) -> None:
    """Note in the trail what became of an exception."""
    details = {"parts": row.parts.split()}
    trail.record(actor=actor, action=action, subject="indicator", subject_id=row.indicator, details=details)
