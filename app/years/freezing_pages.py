"""What the pages of a year show beside its editions: what is missing, what would be frozen, what differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.accounts.queries import labels_of
from app.foundation.errors import NotFound
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.table import FigureCell, PlanTable, TableRow
from app.kpi.vocabulary import TableSource
from app.plan.period_queries import get_calendar
from app.plan.periods import YearCalendar
from app.plan.queries import get_register
from app.years import reports
from app.years.freezing import Member
from app.years.freezing_changes import Change, TextChange, list_changes, list_text_changes
from app.years.freezing_models import YearEdition
from app.years.freezing_queries import (
    EditionLine,
    FrozenFacts,
    OtherValue,
    find_edition,
    find_facts,
    find_proposal,
    get_edition,
    list_editions,
    list_values,
)
from app.years.freezing_restatements import Difference, chosen_keys, is_outdated
from app.years.table_text import table_of


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A restatement that waits; ``outdated`` when the records changed since."""

    proposed_at: datetime
    proposed_by: str
    is_own: bool
    reason: str
    keys: tuple[str, ...]
    version: int
    outdated: bool


@dataclass(frozen=True, kw_only=True)
class YearPage:
    """A fiscal year on its way to its frozen figures, and what became of them."""

    calendar: YearCalendar
    is_published: bool
    editions: tuple[EditionLine, ...]
    changes: tuple[Change, ...]
    texts: tuple[TextChange, ...]
    proposal: Proposal | None

    @property
    def differs(self) -> bool:
        """Whether anything reads otherwise than it was settled."""
        return bool(self.changes or self.texts)


@dataclass(frozen=True, kw_only=True)
class FrozenPage:
    """One indicator of a frozen year: as settled, in other editions, as it is now, and its records."""

    edition: YearEdition
    frozen_at: datetime
    row: TableRow
    cell: FigureCell
    metric: Metric
    facts: FrozenFacts
    others: tuple[OtherValue, ...]
    changes: tuple[Change, ...]
    members: tuple[Member, ...]


def get_year_page(fiscal_year: int, account: int | None) -> YearPage:
    """Return everything about a year; NotFound where no plan serves it."""
    register = get_register(fiscal_year)
    frozen = find_edition(fiscal_year) is not None
    changes = tuple(list_changes(fiscal_year)) if frozen else ()
    texts = tuple(list_text_changes(fiscal_year)) if frozen else ()
    return YearPage(
        calendar=get_calendar(fiscal_year),
        is_published=reports.was_published(register),
        editions=tuple(list_editions(fiscal_year)),
        changes=changes,
        texts=texts,
        proposal=get_waiting(fiscal_year, account, [*changes, *texts]),
    )


def get_waiting(fiscal_year: int, account: int | None, changes: Sequence[Difference]) -> Proposal | None:
    """Return the restatement that waits for approval."""
    row = find_proposal(fiscal_year)
    if row is None:
        return None
    return Proposal(
        proposed_at=row.proposed_at,
        proposed_by=labels_of([row.proposed_by]).get(row.proposed_by, ""),
        is_own=row.proposed_by == account,
        reason=row.reason,
        keys=tuple(chosen_keys(row)),
        version=row.version,
        outdated=is_outdated(row, changes),
    )


def get_preview(fiscal_year: int) -> PlanTable:
    """Return the table that would be frozen now."""
    register = get_register(fiscal_year)
    return reports.build(register, None if reports.was_published(register) else TableSource.RECORDS)


def list_missing(table: PlanTable) -> list[tuple[TableRow, FigureCell]]:
    """Return the indicators that departments have not reported, under the measures that answer for them."""
    return [
        (row, cell)
        for row in table.rows
        if row.measure.repeats is None
        for cell in row.figures
        if cell.metric is None and cell.value is None
    ]


def get_frozen_page(fiscal_year: int, key: str, number: int | None) -> FrozenPage:
    """Return one indicator of a frozen year that was counted from records; else NotFound."""
    edition = get_edition(fiscal_year, number)
    facts, metric = find_facts(edition, key), METRICS.get(key)
    table = table_of(edition.report)
    row = next((one for one in table.rows if one.measure.repeats is None and one.find(key)), None)
    cell = row.find(key) if row else None
    if facts is None or metric is None or row is None or cell is None:
        raise NotFound
    return FrozenPage(
        edition=edition,
        frozen_at=get_edition(fiscal_year, 1).made_at,
        row=row,
        cell=cell,
        metric=metric,
        facts=facts,
        others=tuple(list_values(fiscal_year, row.measure.code, key)),
        changes=tuple(list_changes(fiscal_year, key)),
        members=tuple(sorted(facts.members, key=lambda one: (one.day, one.record_id), reverse=True)),
    )
