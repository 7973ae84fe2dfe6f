"""Making a month's report, from the records or as it was closed, and the list of an office's months."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import NotFound
from app.foundation.fiscal_year import EARLIEST, LATEST, fiscal_year_of, month_span, months
from app.kpi import counts, wording
from app.kpi.figures import Goal, find_goal
from app.kpi.metric import Metric
from app.kpi.period import Period, Scope
from app.kpi.vocabulary import By, MetricKind
from app.months import report as month_report
from app.months.late_queries import list_late
from app.months.lines import GROUPS, Shown
from app.months.models import OfficeMonth
from app.months.report import Cell, Line, Report, Section
from app.plan.register import NO_WORDS, Words
from app.plan.vocabulary import Counting
from app.situation.programme import Programme
from app.windows.queries import get_office, list_offices


@dataclass(frozen=True, kw_only=True)
class Place:
    """An office and its month, and the days that count."""

    office_id: int
    programme: Programme
    fiscal_year: int
    month: int
    period: Period
    last: date

    @property
    def month_before(self) -> Period:
        """The same month of the year before, whole."""
        year = self.fiscal_year - 1
        return Period.of(year, today=month_span(year, self.month)[1])


@dataclass(frozen=True, kw_only=True)
class MonthRow:
    """One line of the list of months; ``can_close``: whether it is over and the next in order."""

    fiscal_year: int
    month: int
    is_over: bool
    closed_on: date | None
    closed_by: str
    document_number: str
    can_close: bool


def list_report_offices() -> list[Any]:
    """List the offices that have a programme, and so a monthly report."""
    return [one for one in list_offices() if one.programme is not None]


def get_place(office_id: int, fiscal_year: int, month: int) -> Place:
    """Return an office's month; raises NotFound for an office without reports and for a month to come."""
    if not (EARLIEST <= fiscal_year <= LATEST and 1 <= month <= 12):
        raise NotFound
    first, last = month_span(fiscal_year, month)
    programme = get_office(office_id).programme
    if first > clock.today() or programme is None:
        raise NotFound
    counted = min(last, clock.today())
    return Place(
        office_id=office_id,
        programme=programme,
        fiscal_year=fiscal_year,
        month=month,
        period=Period.of(fiscal_year, today=counted),
        last=last,
    )


def find_month(office_id: int, fiscal_year: int, month: int) -> OfficeMonth | None:
    """Return what is kept of an office's month."""
    return db.session.scalar(
        select(OfficeMonth).where(
            OfficeMonth.office_id == office_id,
            OfficeMonth.fiscal_year == fiscal_year,
            OfficeMonth.month == month,
        )
    )


def get_report(place: Place) -> Report:
    """Return a month's report: as it was closed, else as the records make it now."""
    kept = find_month(place.office_id, place.fiscal_year, place.month)
    if kept is not None and kept.content is not None:
        return month_report.read(kept.content)
    return count_report(place, note=kept.note if kept else "", number=kept.document_number if kept else "")


def count_report(place: Place, *, note: str, number: str) -> Report:
    """Count a month's report from the records."""
    office = get_office(place.office_id)
    alone = sum(one.programme is place.programme for one in list_report_offices()) == 1
    return Report(
        office_id=office.id,
        office=Words(ja=office.name, en=office.name_en),
        programme=place.programme,
        fiscal_year=place.fiscal_year,
        month=place.month,
        last=place.period.last,
        is_over=place.last < clock.today(),
        sections=tuple(
            Section(
                title=one.title,
                lines=tuple(line for shown in one.shown for line in lines_of(shown, place, alone=alone)),
            )
            for one in GROUPS[place.programme]
        ),
        late=list_late(office.id, place.programme, place.fiscal_year, place.month),
        note=note,
        document_number=number,
        made_on=clock.today(),
    )


def lines_of(shown: Shown, place: Place, *, alone: bool) -> list[Line]:
    """Return the line of a metric and those of its parts; a target holds where one office does the work."""
    metric = shown.metric
    goal = find_goal(metric.key, place.fiscal_year) if alone else None
    keys = [""]
    if shown.parts and metric.parts:
        keys += [one.value for one in metric.parts]
    found = [line_of(metric, place, key) for key in keys]
    return [with_goal(metric, found[0], goal, place.period) if goal else found[0], *found[1:]]


def line_of(metric: Metric, place: Place, part: str) -> Line:
    """Return the figures of a metric, or of one of its parts."""
    scope = Scope(
        office_id=place.office_id if By.OFFICE in metric.by else None,
        part=part or None,
    )
    in_month = replace(scope, month=place.month)
    now, before = place.period, place.period.before()
    has_month = metric.kind in (MetricKind.FLOW, MetricKind.MEDIAN)
    is_stock = metric.kind is MetricKind.STOCK
    of_day = scope if is_stock else in_month
    shows_month = has_month or is_stock
    return Line(
        key=metric.key,
        part=part,
        title=part_title(metric, part) if part else metric.title,
        unit=metric.unit,
        counting=counting_of(metric),
        month=cell_of(metric, now, of_day) if shows_month else None,
        month_before=cell_of(metric, place.month_before, of_day) if shows_month else None,
        year=None if is_stock else cell_of(metric, now, scope),
        year_before=None if is_stock else cell_of(metric, before, scope),
    )


def cell_of(metric: Metric, period: Period, scope: Scope) -> Cell:
    """Return one counted figure with the address of its rows."""
    found = counts.value(metric, period, scope)
    query: dict[str, int | str] = {"until": period.as_of.isoformat()}
    for name, value in (("office", scope.office_id), ("month", scope.month), ("part", scope.part)):
        if value is not None:
            query[name] = value
    return Cell(
        value=found.value,
        n=found.n,
        text=Words(ja=wording.number(metric, found, "ja"), en=wording.number(metric, found, "en")),
        bounds=wording.bounds(found) if found.low != found.high else "",
        key=metric.key,
        fiscal_year=period.fiscal_year,
        query=query,
    )


def with_goal(metric: Metric, line: Line, goal: Goal, period: Period) -> Line:
    """Return a line with its target, how much of it is reached, and where an even year would stand."""
    reached = line.year or line.month
    value = reached.value if reached else None
    share = f"{float(value) / float(goal.value) * 100:.1f}%" if value is not None and goal.value else ""
    pace = ""
    if metric.kind is MetricKind.FLOW and period.is_running:
        pace = f"{float(goal.value) * period.days / period.days_of_year:,.1f}"
    return replace(
        line,
        measure=goal.measure,
        target=same(f"{goal.value:,.0f}"),
        attained=same(share),
        pace=same(pace),
    )


def part_title(metric: Metric, part: str) -> Words:
    """Return the name of a part in both languages."""
    return Words(ja=wording.part(metric, part, "ja"), en=wording.part(metric, part, "en"))


def counting_of(metric: Metric) -> Words:
    """Return 延べ or 実, nothing where a figure is neither."""
    if metric.counting is Counting.NEITHER:
        return NO_WORDS
    return Words(ja=metric.counting.ja, en=metric.counting.en)


def same(text: str) -> Words:
    """Return a figure that is written alike in both languages."""
    return Words(ja=text, en=text)


def list_months(office_id: int, fiscal_year: int) -> list[MonthRow]:
    """List the months of a year that have begun, the newest first."""
    today = clock.today()
    kept = {one.month: one for one in months_of(office_id, fiscal_year)}
    following = next_to_close(office_id)
    rows = []
    for first, last in months(fiscal_year):
        if first > today:
            break
        one = kept.get(first.month)
        report = month_report.read(one.content) if one is not None and one.content else None
        rows.append(
            MonthRow(
                fiscal_year=fiscal_year,
                month=first.month,
                is_over=last < today,
                closed_on=report.closed_on if report else None,
                closed_by=report.closed_by if report else "",
                document_number=one.document_number if one else "",
                can_close=report is None and last < today and following in (None, first),
            )
        )
    return rows[::-1]


def months_of(office_id: int, fiscal_year: int) -> Sequence[OfficeMonth]:
    """Return what is kept of an office's months of a year."""
    return db.session.scalars(
        select(OfficeMonth).where(OfficeMonth.office_id == office_id, OfficeMonth.fiscal_year == fiscal_year)
    ).all()


def has_closed(office_id: int) -> bool:
    """Tell whether any month of an office was closed."""
    return next_to_close(office_id) is not None


def next_to_close(office_id: int) -> date | None:
    """Return the first day of the month to be closed next; None where nothing was closed yet: any may be."""
    found = db.session.execute(
        select(OfficeMonth.fiscal_year, OfficeMonth.month).where(
            OfficeMonth.office_id == office_id, OfficeMonth.closed_at.is_not(None)
        )
    ).all()
    days = [month_span(row.fiscal_year, row.month)[1] for row in found]
    if not days:
        return None
    last = max(days)
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return month_span(fiscal_year_of(following), following.month)[0]
