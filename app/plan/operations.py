"""Entering yearly results: figures and texts of a year, by the departments responsible or the plan desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError, Forbidden, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.plan.figures import check_figure
from app.plan.models import Indicator, Measure, Result
from app.plan.period_operations import require_open
from app.plan.queries import get_rows, reports_for
from app.plan.reading import PlanRows
from app.plan.results import (
    ResultEntry,
    TextEntry,
    figure_field,
    seen_figure,
    seen_text,
    sum_differs,
)
from app.plan.submission_queries import list_locked
from app.plan.texts import keep_text
from app.plan.vocabulary import ResultKind, ResultSource, TextKind

PUBLISHED: Final = N_("この年度の実績は計画書に印刷された既公表値です。書きかえることはできません。")
NOT_BEGUN: Final = N_("まだ始まっていない年度の実績は入力できません。")
COUNTED: Final = N_("「%(label)s」は相談などの記録から数えます。ここでは入力できません。")
OF_THE_MAP: Final = N_("「%(label)s」は就労支援マップの台帳から数えます。ここでは入力できません。")
PARTS_DIFFER: Final = N_(
    "「%(label)s」の内訳の合計（%(parts)s）が全体（%(whole)s）と合いません。内訳か全体を直してください。"
)
PARTS_MISSING: Final = N_("「%(label)s」は、全体と内訳をすべて入力するか、すべて空けてください。")
IS_SUBMITTED: Final = N_(
    "「%(title)s」は提出されています。直すときは、提出を取り下げるか、差し戻しを待ってください。"
)
CHANGED_SINCE: Final = N_(
    "「%(label)s」は、このページを開いたあとにほかの人が変えました。ページを開きなおして、確かめてください。"
)


@dataclass(frozen=True)
class Place:
    """Where an entry belongs: the measure that answers for the indicator, and the indicator."""

    measure: Measure
    indicator: Indicator


def enter_results(
    *,
    actor: Actor,
    fiscal_year: int,
    entries: Sequence[ResultEntry] = (),
    texts: Sequence[TextEntry] = (),
) -> int:
    """Keep reported figures and texts of a year; returns how many changed.

    Raises:
        Forbidden: the role enters no results.
        NotFound: no such indicator or measure among those the actor answers for.
        Conflict: somebody changed a figure since the page was shown.
        DomainError: frozen, published or future year, counted indicator, figures that cannot be.
    """
    if not actor.may(Permission.RESULT_WRITE):
        raise Forbidden
    rows = get_rows(fiscal_year)
    if fiscal_year in rows.published_years():
        raise DomainError(PUBLISHED)
    if fiscal_year > fiscal_year_of(clock.today()):
        raise DomainError(NOT_BEGUN)
    require_open(fiscal_year, actor)
    own = {one.code: one for one in rows.measures if reports_for(actor, rows, one)}
    places = _places(rows, own)
    locked = list_locked(fiscal_year, {one.id for one in own.values()})
    changed = sum(_enter(actor, rows, places, locked, fiscal_year, entry) for entry in entries)
    db.session.flush()
    for key in {entry.indicator for entry in entries}:
        _require_whole(rows, places[key].indicator, fiscal_year)
    for entry in texts:
        if entry.measure not in own:
            raise NotFound
        changed += _say(actor, rows, own[entry.measure], locked, fiscal_year, entry)
    return changed


def _places(rows: PlanRows, own: dict[str, Measure]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for measure in own.values():
        for indicator in rows.indicators.get(measure.id, []):
            places.setdefault(indicator.key, Place(measure, indicator))
    return places


def _say(
    actor: Actor, rows: PlanRows, measure: Measure, locked: set[int], fiscal_year: int, entry: TextEntry
) -> bool:
    kind = TextKind.SOURCE if entry.is_source else TextKind.ACTUAL
    stored = rows.text(measure.id, kind, fiscal_year).ja
    if entry.text == stored:
        return False
    if measure.id in locked:
        raise DomainError(IS_SUBMITTED, field=entry.field, title=measure.title)
    if seen_text(stored) != entry.seen:
        raise Conflict(CHANGED_SINCE, field=entry.field, label=measure.title)
    return keep_text(
        actor=actor, measure=measure, kind=kind, first=fiscal_year, last=fiscal_year, text=entry.text
    )


def _enter(
    actor: Actor,
    rows: PlanRows,
    places: dict[str, Place],
    locked: set[int],
    fiscal_year: int,
    entry: ResultEntry,
) -> bool:
    place = places.get(entry.indicator)
    if place is None:
        raise NotFound
    indicator = place.indicator
    field = figure_field(entry.indicator, entry.part)
    if entry.part and entry.part not in {part.key for part in rows.parts.get(indicator.id, [])}:
        raise NotFound
    if indicator.source is not ResultSource.REPORTED:
        counted = COUNTED if indicator.source is ResultSource.RECORDS else OF_THE_MAP
        raise DomainError(counted, field=field, label=indicator.label)
    check_figure(entry.value, printed=entry.printed, indicator=indicator, field=field)
    row = _find(indicator, entry.part, fiscal_year)
    was = seen_figure(row.value, row.printed) if row else ""
    if was == seen_figure(entry.value, entry.printed):
        return False
    if place.measure.id in locked:
        raise DomainError(IS_SUBMITTED, field=field, title=place.measure.title)
    if was != entry.seen:
        raise Conflict(CHANGED_SINCE, field=field, label=indicator.label)
    _keep(actor, place, fiscal_year, entry, row, was)
    return True


def _keep(
    actor: Actor, place: Place, fiscal_year: int, entry: ResultEntry, row: Result | None, was: str
) -> None:
    if entry.value is None:
        db.session.delete(row)
    else:
        if row is None:
            row = Result(
                measure_id=place.measure.id,
                indicator_id=place.indicator.id,
                part=entry.part,
                fiscal_year=fiscal_year,
                kind=ResultKind.REPORTED,
            )
            db.session.add(row)
        row.value, row.printed = entry.value, entry.printed
        row.entered_at, row.entered_by = clock.now(), actor.id
    trail.record(
        actor=actor,
        action="result.enter" if not was else "result.change" if entry.value is not None else "result.remove",
        subject="indicator",
        subject_id=entry.indicator,
        details={"fiscal_year": fiscal_year, "part": entry.part, "before": was},
    )


def _find(indicator: Indicator, part: str, fiscal_year: int) -> Result | None:
    return db.session.scalar(
        select(Result).where(
            Result.indicator_id == indicator.id,
            Result.part == part,
            Result.fiscal_year == fiscal_year,
            Result.kind == ResultKind.REPORTED,
        )
    )


def _require_whole(rows: PlanRows, indicator: Indicator, fiscal_year: int) -> None:
    keys = [part.key for part in rows.parts.get(indicator.id, [])]
    if not keys:
        return
    found = [_find(indicator, key, fiscal_year) for key in ("", *keys)]
    there = [row.value for row in found if row is not None]
    field = figure_field(indicator.key)
    if there and len(there) < len(found):
        raise DomainError(PARTS_MISSING, field=field, label=indicator.label)
    if there and sum_differs(there[0], there[1:]):
        raise DomainError(
            PARTS_DIFFER,
            field=field,
            label=indicator.label,
            parts=f"{sum(there[1:]):,.{indicator.decimals}f}",
            whole=f"{there[0]:,.{indicator.decimals}f}",
        )
