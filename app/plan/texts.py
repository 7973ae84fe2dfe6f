"""Keeping a measure's text for a span of fiscal years; of each year and kind there is at most one."""

from typing import Final

from sqlalchemy import select

from app.access.actor import Actor
from app.audit import trail
from app.foundation.db import db
from app.foundation.errors import N_, DomainError
from app.plan.models import Measure, MeasureText
from app.plan.results import text_field
from app.plan.spans import Span, cleared, overlaid
from app.plan.vocabulary import TextKind

LONGEST: Final = 200
TOO_LONG: Final = N_("文は%(most)s字までです。いま%(count)s字あります。")

Wording = tuple[str, str]
"""Japanese and English."""


def keep_text(*, actor: Actor, measure: Measure, kind: TextKind, first: int, last: int, text: str) -> bool:
    """Let a text hold in the years first to last, an empty one takes it back; tells whether it changed."""
    if len(text) > LONGEST:
        raise DomainError(TOO_LONG, field=text_field(measure.code), most=LONGEST, count=len(text))
    rows = {row.first_fiscal_year: row for row in _list(measure, kind)}
    before = [
        Span(first=row.first_fiscal_year, last=row.last_fiscal_year, value=(row.text, row.text_en))
        for row in rows.values()
    ]
    said = [
        next((one.value[0] for one in before if one.holds_in(year)), "") for year in range(first, last + 1)
    ]
    if all(one == text for one in said):
        return False
    # The English of the plan file goes with its Japanese: a new sentence has none until somebody writes it.
    new = Span(first=first, last=last, value=(text, ""))
    _write(measure, kind, rows, overlaid(before, new) if text else cleared(before, first, last))
    trail.record(
        actor=actor,
        action="text.set" if text else "text.remove",
        subject="measure",
        subject_id=measure.code,
        details={"kind": kind.value, "first": first, "last": last},
    )
    return True


def _list(measure: Measure, kind: TextKind) -> list[MeasureText]:
    return list(
        db.session.scalars(
            select(MeasureText)
            .where(MeasureText.measure_id == measure.id, MeasureText.kind == kind)
            .order_by(MeasureText.first_fiscal_year)
        )
    )


def _write(
    measure: Measure, kind: TextKind, rows: dict[int, MeasureText], spans: list[Span[Wording]]
) -> None:
    for first in rows.keys() - {span.first for span in spans}:
        db.session.delete(rows[first])
    for span in spans:
        row = rows.get(span.first)
        if row is None:
            row = MeasureText(measure_id=measure.id, kind=kind, first_fiscal_year=span.first)
            db.session.add(row)
        row.last_fiscal_year = span.last
        row.text, row.text_en = span.value
    db.session.flush()
