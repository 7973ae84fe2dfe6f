"""One reading of a metric from the database, from which its value and its breakdowns are summed."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Integer, cast, extract, func, select

from app.foundation.db import db
from app.kpi import counts
from app.kpi.counts import Figure, Key
from app.kpi.metric import Metric
from app.kpi.period import Period, Scope
from app.kpi.vocabulary import By, MetricKind


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A metric of a period and scope, read once by all these columns.

    ``cells`` is None where cells do not sum up, as those of persons who are in several: each is asked then.
    """

    metric: Metric
    period: Period
    scope: Scope
    by: tuple[By, ...]
    cells: dict[Key, Figure] | None

    def value(self) -> Figure:
        """Return the whole figure."""
        return self.over().get((), counts.empty(self.metric, self.period))

    def breakdown(self, by: By) -> dict[Any, Figure]:
        """Return the figure of each part, month, office … that has rows."""
        return {key: figure for (key,), figure in self.over(by).items()}

    def over(self, *by: By) -> dict[Key, Figure]:
        """Return the figure by some of the columns that were read."""
        if self.cells is None:
            return counts.grouped(self.metric, self.period, self.scope, *by)
        places = [self.by.index(one) for one in by]
        collected: dict[Key, list[Figure]] = defaultdict(list)
        for key, figure in self.cells.items():
            collected[tuple(key[place] for place in places)].append(figure)
        return {key: total(figures) for key, figures in collected.items()}


def read(metric: Metric, period: Period, scope: Scope, *by: By) -> Reading:
    """Read a metric once, by every column that will be asked for."""
    cells = counts.grouped(metric, period, scope, *by) if counts.sums_up(metric, scope) else None
    return Reading(metric=metric, period=period, scope=scope, by=by, cells=cells)


def read_parts(metric: Metric, period: Period, scope: Scope) -> Reading:
    """Read a metric by its parts; of two parts of which one is rare, the other is what is left."""
    if metric.rare_part is None or metric.parts is None or not counts.sums_up(metric, scope):
        return read(metric, period, scope, By.PART)
    rare = metric.rare_part[0]
    (other,) = (part.value for part in metric.parts if part.value != rare)
    whole, few = (counts.value(metric, period, one) for one in (scope, replace(scope, part=rare)))
    rest = Figure(value=(whole.value or 0) - (few.value or 0), n=whole.n - few.n)
    cells: dict[Key, Figure] = {(other,): rest, (rare,): few}
    known = {key: figure for key, figure in cells.items() if figure.n}
    return Reading(metric=metric, period=period, scope=scope, by=(By.PART,), cells=known)


def total(figures: list[Figure]) -> Figure:
    """Return the sum of cells."""
    return Figure(value=sum(one.value or 0 for one in figures), n=sum(one.n for one in figures))


def newcomers(metric: Metric, period: Period, scope: Scope) -> dict[int, int]:
    """Return how many persons were counted first in each month: summed up, those reached by its end."""
    if metric.kind is not MetricKind.FLOW or not metric.counts_persons:
        raise ValueError(f"{metric.key} does not count persons over the year")
    if not period.has_begun:
        return {}
    rows = counts.rows_of(metric, period, scope).subquery("chosen")
    first = (
        select(func.min(rows.c.day).label("day"))
        .where(rows.c.person_id.is_not(None))
        .group_by(rows.c.person_id)
        .subquery("first")
    )
    month = cast(extract("month", first.c.day), Integer)
    found = db.session.execute(select(month, func.count()).group_by(month))
    return {month: count for month, count in found}
