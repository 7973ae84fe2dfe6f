"""Filling the plan's table: the register's words and kept figures, and what is counted from records."""

from collections.abc import Iterable
from decimal import Decimal

from app.foundation import clock
from app.kpi import counts
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.period import Period
from app.kpi.remarks import with_remarks
from app.kpi.table import FigureCell, PlanTable, rows_in_order
from app.kpi.vocabulary import MARK_OF, By, Mark, TableSource
from app.plan import queries
from app.plan.register import IndicatorView, MeasureView, Register, ResultView, Words
from app.plan.vocabulary import ResultKind, ResultSource
from app.years.corrections import corrections_of
from app.years.freezing_queries import find_edition, get_frozen_table

Counted = dict[tuple[str, str], Decimal | None]
"""Figures by key of the metric and of the part, "" for the whole."""


def get_table(fiscal_year: int, source: TableSource | None = None, edition: int | None = None) -> PlanTable:
    """Return the plan's table of a fiscal year; NotFound where no plan serves it, or it was not frozen.

    Without a source a year that was printed before shows what was printed, a frozen year what was settled
    (its newest ``edition`` unless one is named), any other year the records. Figures that departments report
    come from what is kept in either case.
    """
    if edition is not None or source is TableSource.FROZEN:
        return get_frozen_table(fiscal_year, edition)
    register = queries.get_register(fiscal_year)
    if source is None and not was_published(register) and find_edition(fiscal_year):
        return get_frozen_table(fiscal_year)
    return build(register, source)


def build(register: Register, source: TableSource | None = None, counted: Counted | None = None) -> PlanTable:
    """Return the table of a register with what is printed, or with what is counted (now, unless given)."""
    published = was_published(register)
    chosen = source or (TableSource.PUBLISHED if published else TableSource.RECORDS)
    period = Period.of(register.fiscal_year, today=clock.today())
    if counted is None:
        counted = count(register.measures, period) if chosen is TableSource.RECORDS else {}
    table = PlanTable(
        plan=register.plan,
        fiscal_year=register.fiscal_year,
        source=chosen,
        is_published=published,
        is_running=period.is_running,
        policies=rows_in_order(register, lambda one: figures_of(one, chosen, published, counted)),
        notes=register.notes,
    )
    return with_remarks(table, corrections_of(table)) if chosen is TableSource.RECORDS else table


def sources_of(table: PlanTable) -> list[TableSource]:
    """Return from where the figures of a table's year can be shown."""
    there = {
        TableSource.RECORDS: True,
        TableSource.PUBLISHED: table.is_published,
        TableSource.FROZEN: find_edition(table.fiscal_year) is not None,
    }
    return [source for source in TableSource if there[source]]


def was_published(register: Register) -> bool:
    """Tell whether any figure of the year was printed in a plan before."""
    kept = (indicator.actual for measure in register.measures for indicator in measure.indicators)
    return any(result is not None and result.kind is ResultKind.PUBLISHED for result in kept)


def count(measures: Iterable[MeasureView], period: Period) -> Counted:
    """Count every indicator that comes from records or from the map, each once however often it is shown."""
    shown = {one.key: one for measure in measures for one in measure.indicators}
    found: Counted = {}
    for indicator, metric in counted_here(shown.values()).values():
        found |= count_one(indicator, metric, period)
    return found


def count_one(indicator: IndicatorView, metric: Metric, period: Period) -> Counted:
    """Count one indicator with its parts."""
    found = {(indicator.key, ""): figure(counts.value(metric, period))}
    if indicator.parts:
        parts = counts.breakdown(metric, period, By.PART)
        for part in indicator.parts:
            found[indicator.key, part.key] = figure(parts.get(part.key, counts.empty(metric, period)))
    return found


def counted_here(indicators: Iterable[IndicatorView]) -> dict[str, tuple[IndicatorView, Metric]]:
    """Return the indicators that come from records or from the map, each with its metric."""
    return {
        one.key: (one, METRICS[one.key])
        for one in indicators
        if one.key in METRICS and one.source is not ResultSource.REPORTED
    }


def figure(counted: counts.Figure) -> Decimal | None:
    """Return a counted figure as it is kept elsewhere."""
    return None if counted.value is None else Decimal(str(counted.value))


def figures_of(
    measure: MeasureView, source: TableSource, published: bool, counted: Counted
) -> tuple[FigureCell, ...]:
    """Return the results column of a measure; a printed year prints no indicator that it did not have."""
    cells = [cell_of(indicator, source, counted) for indicator in measure.indicators]
    return tuple(cell for cell in cells if cell.value is not None or not published)


def cell_of(indicator: IndicatorView, source: TableSource, counted: Counted) -> FigureCell:
    """Return the figure of an indicator with its parts."""
    from_records = source is TableSource.RECORDS and indicator.source is not ResultSource.REPORTED
    cells = [
        counted_cell(indicator, part, label, counted)
        if from_records
        else kept_cell(indicator, part, label, kept)
        for part, label, kept in [
            ("", indicator.label, indicator.actual),
            *((one.key, one.label, one.actual) for one in indicator.parts),
        ]
    ]
    whole, *parts = cells
    shown = tuple(part for part in parts if part.value is not None)
    return FigureCell(**{name: getattr(whole, name) for name in COMMON}, parts=shown)


COMMON = ("indicator", "part", "label", "value", "printed", "mark", "metric")


def counted_cell(indicator: IndicatorView, part: str, label: Words, counted: Counted) -> FigureCell:
    """Return a figure counted from records, which leads to its rows."""
    return FigureCell(
        indicator=indicator,
        part=part,
        label=label,
        value=counted.get((indicator.key, part)),
        printed="",
        mark=MARK_OF[indicator.source],
        metric=indicator.key if indicator.key in METRICS else None,
    )


def kept_cell(indicator: IndicatorView, part: str, label: Words, kept: ResultView | None) -> FigureCell:
    """Return a figure that was printed before or reported by a department."""
    published = kept is not None and kept.kind is ResultKind.PUBLISHED
    return FigureCell(
        indicator=indicator,
        part=part,
        label=label,
        value=None if kept is None else kept.value,
        printed="" if kept is None else kept.printed,
        mark=Mark.PUBLISHED if published else MARK_OF[indicator.source],
        metric=None,
    )
