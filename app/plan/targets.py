"""Setting targets: what an indicator of a measure is to reach in a span of fiscal years."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.audit import trail
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError, Forbidden, NotFound
from app.plan.figures import check_figure
from app.plan.models import Indicator, Measure, Target
from app.plan.operations import CHANGED_SINCE
from app.plan.queries import get_rows
from app.plan.reading import PlanRows
from app.plan.results import TargetEntry, TextEntry, figure_field, seen_figure, seen_text, text_field
from app.plan.spans import Span, cleared, overlaid, value_in
from app.plan.texts import keep_text
from app.plan.vocabulary import TargetSense, TextKind

YEARS_REVERSED: Final = N_("最後の年度は最初の年度より前にできません。")
TOO_FAR: Final = N_("目標は、一度に%(most)s年度分まで決められます。")
MOST_YEARS: Final = 10


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What holds for a span of years."""

    value: Decimal
    sense: TargetSense
    note: str
    note_en: str


def set_targets(
    *,
    actor: Actor,
    first: int,
    last: int,
    entries: Sequence[TargetEntry] = (),
    texts: Sequence[TextEntry] = (),
) -> int:
    """Let targets and target texts hold from year ``first`` to ``last``; returns how many changed.

    Other years keep theirs: an older target is cut short or cut in two.

    Raises:
        Forbidden: only the plan desk sets targets.
        NotFound: no such indicator under that measure.
        Conflict: somebody changed a target since the page was shown.
        DomainError: years or figures that cannot be.
    """
    if not actor.may(Permission.PLAN_WRITE):
        raise Forbidden
    if last < first:
        raise DomainError(YEARS_REVERSED, field="last")
    if last - first >= MOST_YEARS:
        raise DomainError(TOO_FAR, field="last", most=MOST_YEARS)
    rows = get_rows(first)
    measures = {one.code: one for one in rows.measures if one.repeats_id is None}
    changed = sum(_set(actor, rows, measures, (first, last), entry) for entry in entries)
    for entry in texts:
        if entry.measure not in measures:
            raise NotFound
        changed += _set_text(actor, rows, measures[entry.measure], (first, last), entry)
    return changed


def _set(
    actor: Actor, rows: PlanRows, measures: dict[str, Measure], years: tuple[int, int], entry: TargetEntry
) -> bool:
    measure = measures.get(entry.measure)
    held = rows.indicators.get(measure.id, []) if measure else []
    indicator = next((one for one in held if one.key == entry.indicator), None)
    if measure is None or indicator is None:
        raise NotFound
    field = figure_field(entry.indicator, measure=entry.measure)
    check_figure(entry.value, indicator=indicator, field=field)
    targets = {row.first_fiscal_year: row for row in _list(measure, indicator)}
    before = [_span(row) for row in targets.values()]
    goals = [value_in(before, year) for year in range(years[0], years[1] + 1)]
    if all((goal.value if goal else None) == entry.value for goal in goals):
        return False
    was = seen_figure(goals[0].value if goals[0] else None)
    if was not in (entry.seen, seen_figure(entry.value)):
        raise Conflict(CHANGED_SINCE, field=field, label=indicator.label)
    _write(measure, indicator, targets, _after(before, years, entry.value))
    trail.record(
        actor=actor,
        action="target.set" if entry.value is not None else "target.remove",
        subject="indicator",
        subject_id=indicator.key,
        details={"measure": measure.code, "first": years[0], "last": years[1], "before": was},
    )
    return True


def _after(before: list[Span[Goal]], years: tuple[int, int], value: Decimal | None) -> list[Span[Goal]]:
    first, last = years
    if value is None:
        return cleared(before, first, last)
    current = value_in(before, first)
    if current is None:
        # 以上 or not is in the nature of the indicator; a note belongs to the years for which it was written.
        earlier = [span.value for span in before if span.last < first] or [span.value for span in before]
        sense = earlier[-1].sense if earlier else TargetSense.REACH
        current = Goal(value=value, sense=sense, note="", note_en="")
    return overlaid(before, Span(first=first, last=last, value=replace(current, value=value)))


def _span(row: Target) -> Span[Goal]:
    goal = Goal(value=row.value, sense=row.sense, note=row.note, note_en=row.note_en)
    return Span(first=row.first_fiscal_year, last=row.last_fiscal_year, value=goal)


def _list(measure: Measure, indicator: Indicator) -> list[Target]:
    return list(
        db.session.scalars(
            select(Target)
            .where(Target.measure_id == measure.id, Target.indicator_id == indicator.id)
            .order_by(Target.first_fiscal_year)
        )
    )


def _write(measure: Measure, indicator: Indicator, rows: dict[int, Target], spans: list[Span[Goal]]) -> None:
    for first in rows.keys() - {span.first for span in spans}:
        db.session.delete(rows[first])
    for span in spans:
        row = rows.get(span.first)
        if row is None:
            row = Target(measure_id=measure.id, indicator_id=indicator.id, first_fiscal_year=span.first)
            db.session.add(row)
        row.last_fiscal_year = span.last
        row.value, row.sense = span.value.value, span.value.sense
        row.note, row.note_en = span.value.note, span.value.note_en
    db.session.flush()


def _set_text(
    actor: Actor, rows: PlanRows, measure: Measure, years: tuple[int, int], entry: TextEntry
) -> bool:
    stored = rows.text(measure.id, TextKind.TARGET, years[0]).ja
    if entry.text != stored and seen_text(stored) != entry.seen:
        raise Conflict(CHANGED_SINCE, field=text_field(measure.code), label=measure.title)
    return keep_text(
        actor=actor,
        measure=measure,
        kind=TextKind.TARGET,
        first=years[0],
        last=years[1],
        text=entry.text,
    )
