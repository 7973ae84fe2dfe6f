"""What the page of the dashboard needs beside its figures: addresses of rows, and where marks lie."""

from typing import Any, Final

from app.home.dashboard import Block, Cell, Dashboard
from app.kpi.pages import query_of
from app.kpi.period import Period
from app.web import bars

ENDPOINT: Final = "kpi.metric"


def rows_query(cell: Cell, dashboard: Dashboard) -> dict[str, Any]:
    """Return the arguments of the page that lists the rows behind a figure."""
    period = cell.period
    natural = Period.of(period.fiscal_year, today=dashboard.today)
    same = period.last == natural.last and (not cell.metric.looks_back or period.as_of == natural.as_of)
    until = {} if same else {"until": period.as_of.isoformat()}
    return {"key": cell.metric.key, "fiscal_year": period.fiscal_year, **query_of(cell.scope), **until}


def own_query(dashboard: Dashboard) -> dict[str, object]:
    """Return the arguments of the dashboard's own address."""
    found: dict[str, object] = {
        "year": dashboard.period.fiscal_year,
        **query_of(dashboard.scope),
        "long": dashboard.months,
    }
    if dashboard.period != Period.of(dashboard.period.fiscal_year, today=dashboard.today):
        found["until"] = dashboard.period.last.isoformat()
    return found


def drawings(dashboard: Dashboard) -> dict[str, Any]:
    """Return where the marks of each chart lie."""
    months = dashboard.by_month
    parts = months.lines[:-1] if len(months.lines) > 1 else months.lines
    consulted = dashboard.consultations.lines[-1].cells[:-1]
    highest = max((one for line in parts for one in numbers(line.cells[:-1])), default=0)
    return {
        "parts": [bars.columns(values(line.cells[:-1]), highest) for line in parts],
        "consultations": [
            bars.columns(values(consulted), max(numbers(consulted), default=0), size=size)
            for size in (bars.LARGE, bars.SMALL)
        ],
        "steps": beams(dashboard.steps, last=False),
        "by_agency": beams(dashboard.by_agency),
        "by_office": beams(dashboard.by_office),
        "by_group": beams(dashboard.by_group),
        "retention": [
            {line.code: bars.segments(values(line.cells[1:-1]), width) for line in dashboard.retention.lines}
            for width in (bars.WIDE, bars.NARROW)
        ],
    }


def beams(block: Block, *, last: bool = True) -> list[bars.Beam]:
    """Return a bar for each line of a block; ``last``: the last line is the total and has none."""
    lines = block.lines[:-1] if last else block.lines
    return bars.beams([float(values(line.cells)[0] or 0) for line in lines])


def values(cells: tuple[Any, ...]) -> list[float | None]:
    """Return the numbers of cells; None is a month to come."""
    return [None if one is None else one.value or 0 for one in cells]


def numbers(cells: tuple[Any, ...]) -> list[float]:
    """Return the numbers of those cells that have one."""
    return [one for one in values(cells) if one is not None]
