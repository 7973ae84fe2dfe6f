"""Counting: value, breakdown and rows of a metric, all from its one select."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from statistics import median
from typing import Any

from sqlalchemy import Integer, Subquery, cast, extract, func, select

from app.foundation.db import db
from app.kpi.metric import DaysBetween, Metric, calendar_days
from app.kpi.period import EVERYTHING, NOT_RECORDED, Period, Scope
from app.kpi.vocabulary import By, MetricKind
from app.situation.programme import Programme

Key = tuple[Any, ...]
COLUMN_OF: dict[By, str] = {
    By.PART: "part",
    By.MONTH: "month",
    By.PROGRAMME: "programme",
    By.OFFICE: "office_id",
    By.AGENCY: "agency_id",
    By.WINDOW: "window_id",
    By.TARGET_GROUP: "target_group",
}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A counted figure.

    ``value`` is a whole number, a median in days or a share of one; None where there is nothing to judge.
    ``n`` is the number of rows behind it. ``low`` and ``high`` bound a share with an unknown part.
    """

    value: int | float | None
    n: int
    low: float | None = None
    high: float | None = None


NOTHING = Figure(value=None, n=0)


def value(metric: Metric, period: Period, scope: Scope = EVERYTHING) -> Figure:
    """Return the figure of a period; a year that has not begun has none."""
    return grouped(metric, period, scope).get((), empty(metric, period))


def breakdown(metric: Metric, period: Period, by: By, scope: Scope = EVERYTHING) -> dict[Any, Figure]:
    """Return the figure of each part, month, office … that has rows; the key None stands for no entry."""
    return {key[0]: figure for key, figure in grouped(metric, period, scope, by).items()}


def cross(
    metric: Metric, period: Period, first: By, second: By, scope: Scope = EVERYTHING
) -> dict[Key, Figure]:
    """Return the figure of each pair, for example of part and month."""
    return grouped(metric, period, scope, first, second)


def empty(metric: Metric, period: Period) -> Figure:
    """Return what no row at all counts: 0 of things that are summed, no figure of a share or a median."""
    summed = metric.kind in (MetricKind.STOCK, MetricKind.FLOW)
    return Figure(value=0, n=0) if summed and period.has_begun else NOTHING


def rows_of(metric: Metric, period: Period, scope: Scope) -> Any:
    """Return the metric's rows within a scope as a select with month; everything else is made of it."""
    rows = metric.rows
    if metric.rare_part and scope.part == metric.rare_part[0]:
        rows = metric.rare_part[1]
    return limited(rows(period).subquery("rows_of_metric"), scope)


def sums_of(metric: Metric, period: Period, scope: Scope, by: Iterable[By]) -> Any:
    """Return the kept sums of a metric within a scope, None where there are none that tell so much."""
    if metric.sums is None:
        return None
    sums = metric.sums(period).subquery("sums_of_metric")
    asked = {field.name for field in fields(scope) if getattr(scope, field.name) is not None}
    asked |= {COLUMN_OF[one] for one in by}
    return limited(sums, scope) if asked <= {*sums.c.keys(), "month"} else None


def limited(rows: Subquery, scope: Scope) -> Any:
    """Return rows within a scope, each with its month."""
    chosen = select(rows, month_of(rows).label("month"))
    for field in fields(scope):
        wanted = getattr(scope, field.name)
        if wanted is not None:
            column = month_of(rows) if field.name == "month" else rows.c[field.name]
            chosen = chosen.where(column.is_(None) if wanted == NOT_RECORDED else column == wanted)
    return chosen


def month_of(rows: Subquery) -> Any:
    """Return the month of a row's day."""
    return cast(extract("month", rows.c.day), Integer)


def grouped(metric: Metric, period: Period, scope: Scope, *by: By) -> dict[Key, Figure]:
    """Return figures by any number of columns, in one query: of kept sums if there are any, else of rows."""
    if not period.has_begun:
        return {}
    sums = sums_of(metric, period, scope, by)
    if sums is None:
        return grouped_rows(metric, period, scope, *by)
    rows = sums.subquery("chosen")
    keys = [rows.c[COLUMN_OF[one]] for one in by]
    found = db.session.execute(
        select(*keys, func.sum(rows.c.entries).label("n"), func.sum(rows.c.weight).label("weight")).group_by(
            *keys
        )
    )
    return {tuple(row[: len(by)]): figure_of(metric, [row]) for row in found if row.n}


def grouped_rows(metric: Metric, period: Period, scope: Scope, *by: By) -> dict[Key, Figure]:
    """Return figures by any number of columns, counted from the very rows: what kept sums must agree with."""
    rows = rows_of(metric, period, scope).subquery("chosen")
    keys = [rows.c[COLUMN_OF[one]] for one in by]
    days = days_in(metric, rows)
    finer = {
        MetricKind.COHORT: [rows.c.part.label("inner_part")],
        MetricKind.MEDIAN: days,
        MetricKind.HIGH: days,
    }.get(metric.kind, [])
    found = db.session.execute(
        select(
            *keys,
            *finer,
            func.count().label("n"),
            func.coalesce(func.sum(rows.c.weight), 0).label("weight"),
            *([persons_in(metric, rows, scope).label("persons")] if metric.counts_persons else []),
        ).group_by(*keys, *finer)
    )
    collected: dict[Key, list[Any]] = defaultdict(list)
    for row in found:
        if row.n:
            collected[tuple(row[: len(by)])].append(row)
    return {key: figure_of(metric, lines) for key, lines in collected.items()}


def is_once_each(metric: Metric, scope: Scope) -> bool:
    """Tell whether each row within the scope is another person."""
    return metric.is_once_each and isinstance(scope.programme, Programme)


def sums_up(metric: Metric, scope: Scope) -> bool:
    """Tell whether the cells of every breakdown within the scope sum up to the figure."""
    summed = metric.kind in (MetricKind.STOCK, MetricKind.FLOW)
    return summed and (not metric.counts_persons or is_once_each(metric, scope))


def persons_in(metric: Metric, rows: Subquery, scope: Scope) -> Any:
    """Return the expression of how many persons rows are of."""
    return func.count() if is_once_each(metric, scope) else func.count(rows.c.person_id.distinct())


def figure_of(metric: Metric, lines: Sequence[Any]) -> Figure:
    """Return the figure that aggregated rows of one cell make."""
    n = sum(line.n for line in lines)
    if metric.kind is MetricKind.COHORT:
        return share(metric, {line.inner_part: line.n for line in lines}, n)
    if metric.kind is MetricKind.MEDIAN:
        return Figure(value=median(durations(metric, lines)), n=n)
    if metric.kind is MetricKind.HIGH:
        return Figure(value=high(durations(metric, lines)), n=n)
    (line,) = lines
    return Figure(value=int(line.persons if metric.counts_persons else line.weight), n=n)


def high(days: Sequence[int]) -> int:
    """Return the smallest number of days within which nine in ten lie (nearest rank)."""
    return sorted(days)[-(-9 * len(days) // 10) - 1]


def share(metric: Metric, parts: dict[str, int], n: int) -> Figure:
    """Return a share of one; what may be unknown stays in the denominator and makes the upper bound."""
    kept, unknown = parts.get(metric.numerator, 0), parts.get(metric.unknown, 0)
    if not metric.unknown:
        return Figure(value=kept / n, n=n)
    return Figure(value=kept / n, n=n, low=kept / n, high=(kept + unknown) / n)


def days_in(metric: Metric, rows: Subquery) -> list[Any]:
    """Return the columns from which the days of each row are told; calendar days are counted at once."""
    if metric.duration is calendar_days:
        return [DaysBetween(rows.c.day, rows.c.other_day).label("inner_days")]
    return [rows.c.day.label("inner_day"), rows.c.other_day.label("inner_other_day")]


def durations(metric: Metric, lines: Iterable[Any]) -> list[int]:
    """Return the days of every row; each pair of days is worked out once."""
    if metric.duration is None:
        raise ValueError(f"{metric.key} has no duration")
    found: list[int] = []
    for line in lines:
        known = metric.duration is calendar_days
        days = line.inner_days if known else metric.duration(line.inner_day, line.inner_other_day)
        found += [days] * line.n
    return found
