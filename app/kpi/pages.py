"""What the pages of figures need beside the figures themselves."""

from dataclasses import dataclass

from app.access.actor import Actor
from app.foundation import clock
from app.foundation import fiscal_year as years
from app.foundation.errors import NotFound
from app.kpi import counts, wording
from app.kpi.counts import Figure
from app.kpi.drilldown import Names
from app.kpi.metric import Metric
from app.kpi.period import NOT_RECORDED, Period, Scope
from app.kpi.vocabulary import By
from app.plan.queries import list_fiscal_years
from app.situation.programme import Programme
from app.windows.queries import get_office

ARGUMENT_OF = {one: one.value for one in By}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One line of a breakdown and the query that leads to its rows."""

    text: str
    figure: Figure
    query: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """A figure by one dimension."""

    by: By
    cells: tuple[Cell, ...]


def known_years(newest: int) -> list[int]:
    """Return the fiscal years that may be chosen, newest first."""
    return list_fiscal_years(newest) or [newest]


def lead_programme(actor: Actor) -> Programme:
    """Return the programme of the actor's office; that of measure 6 where the office has none."""
    programme = get_office(actor.office_id).programme if actor.office_id else None
    return programme or Programme.ASSISTANCE


def breakdowns(metric: Metric, period: Period, scope: Scope, names: Names, locale: str) -> list[Breakdown]:
    """Return every breakdown of a metric that the scope leaves open."""
    taken = {
        By.PART: scope.part,
        By.MONTH: scope.month,
        By.PROGRAMME: scope.programme,
        By.OFFICE: scope.office_id,
        By.AGENCY: scope.agency_id,
        By.WINDOW: scope.window_id,
        By.TARGET_GROUP: scope.target_group,
    }
    found = []
    for by in metric.by:
        if taken[by] is not None:
            continue
        cells = wording.ordered(metric, by, counts.breakdown(metric, period, by, scope))
        if len(cells) > (0 if by in (By.PART, By.MONTH) else 1):
            lines = tuple(cell_of(metric, by, key, figure, names, locale) for key, figure in cells)
            found.append(Breakdown(by=by, cells=lines))
    return found


def cell_of(metric: Metric, by: By, key: object, figure: Figure, names: Names, locale: str) -> Cell:
    """Return one line of a breakdown."""
    return Cell(
        text=wording.group(metric, by, key, names, locale),
        figure=figure,
        query={ARGUMENT_OF[by]: NOT_RECORDED if key is None else getattr(key, "value", key)},
    )


def query_of(scope: Scope) -> dict[str, object]:
    """Return a scope as it stands in an address."""
    found = {
        "part": scope.part,
        "month": scope.month,
        "programme": getattr(scope.programme, "value", scope.programme),
        "office": scope.office_id,
        "agency": scope.agency_id,
        "window": scope.window_id,
        "target_group": getattr(scope.target_group, "value", scope.target_group),
    }
    return {name: value for name, value in found.items() if value is not None}


def this_year() -> int:
    """Return the running fiscal year."""
    return years.fiscal_year_of(clock.today())


def checked(fiscal_year: int) -> int:
    """Return a fiscal year that can be written; raises NotFound for any other."""
    if not years.EARLIEST <= fiscal_year < years.LATEST:
        raise NotFound
    return fiscal_year
