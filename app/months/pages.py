"""What the pages of monthly reports need beside the report: whose office, and where late records open."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from app.access.actor import Actor
from app.foundation.fiscal_year import month_span
from app.kpi.drilldown import opens_records
from app.kpi.notation import is_english
from app.months.late_queries import Record, case_numbers
from app.months.paper import month_words
from app.months.report import Line, Report


def office_of(actor: Actor, offices: Sequence[Any]) -> int | None:
    """Return the actor's own office where it reports, else the first that does."""
    ids = [one.id for one in offices]
    return actor.office_id if actor.office_id in ids else next(iter(ids), None)


def month_heading(fiscal_year: int, month: int, locale: str = "ja") -> str:
    """Return 令和8年9月 or September 2026."""
    if is_english(locale):
        return f"{month_span(fiscal_year, month)[0]:%B %Y}"
    return month_words(fiscal_year, month)


def aimed_at(report: Report) -> list[Line]:
    """Return the lines for which the plan sets a target."""
    return [line for section in report.sections for line in section.lines if line.target]


def record_links(report: Report, actor: Actor) -> dict[Record, str]:
    """Return the case numbers of late records that the actor may open; nobody opens another office's."""
    if not opens_records(actor) or actor.office_id != report.office_id:
        return {}
    return case_numbers(by_table((one.table, one.record_id) for line in report.late for one in line.records))


def by_table(records: Iterable[Record]) -> dict[str, set[int]]:
    """Return ids by table."""
    found: dict[str, set[int]] = defaultdict(set)
    for table, record_id in records:
        found[table].add(record_id)
    return dict(found)
