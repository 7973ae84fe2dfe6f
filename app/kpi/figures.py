"""What the page of figures shows: the leading figure and its course, every figure, every month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.foundation.fiscal_year import months
from app.kpi import counts
from app.kpi.counts import Figure
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.period import Period, Scope
from app.kpi.reading import Reading, newcomers, read
from app.kpi.vocabulary import Answering, By, MetricKind
from app.plan import queries
from app.situation.programme import Programme

LEADS = {
    Programme.ASSISTANCE: "assistance_placements",
    Programme.CENTRE: "centre_placements",
    Programme.GUIDANCE: "referrals_sent",
}
ORDER = (Programme.ASSISTANCE, Programme.CENTRE, Programme.GUIDANCE, None)


@dataclass(frozen=True, kw_only=True)
class FigureLine:
    """One metric: now, and the year before up to the same day."""

    metric: Metric
    now: Figure
    before: Figure


@dataclass(frozen=True, kw_only=True)
class Section:
    """The metrics of one programme; None are those of all programmes."""

    programme: Programme | None
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True, kw_only=True)
class MonthLine:
    """One metric by month, April first; None is a month that is still to come."""

    metric: Metric
    cells: tuple[Figure | None, ...]
    total: Figure


@dataclass(frozen=True, kw_only=True)
class AgencyLine:
    """What became of the referrals to one agency: counts, and the median of working days to an answer."""

    agency_id: int
    sent: int
    waiting: int
    met: int
    days: Figure

    @property
    def reach(self) -> float:
        """Referrals met divided by referrals sent, both of the year."""
        return self.met / self.sent


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A target and the code of the measure under which the plan sets it."""

    value: Decimal
    measure: str


@dataclass(frozen=True, kw_only=True)
class Lead:
    """The figure that stands first, with its target and its course over the year.

    ``course`` and ``course_before`` are the sums at the end of each month, and at the last day counted.
    """

    metric: Metric
    now: Figure
    parts: tuple[tuple[str, Figure], ...]
    goal: Goal | None
    before: Figure
    before_whole: Figure
    course: tuple[tuple[int, int | float], ...]
    course_before: tuple[tuple[int, int | float], ...]
    period: Period
    reading: Reading

    @property
    def target(self) -> Decimal | None:
        """What is aimed at, None where the plan aims at nothing."""
        return self.goal.value if self.goal else None

    @property
    def pace(self) -> float | None:
        """Where the target stands today if the year ran evenly."""
        if self.target is None or not self.period.is_running or not self.period.has_begun:
            return None
        return float(self.target) * self.period.days / self.period.days_of_year

    @property
    def forecast(self) -> int | None:
        """Where the year ends if it goes on as it went."""
        if not self.period.is_running or not self.period.has_begun or self.now.value is None:
            return None
        return round(float(self.now.value) / self.period.days * self.period.days_of_year)


def fits(metric: Metric, scope: Scope) -> bool:
    """Tell whether a metric can be limited as the scope limits it."""
    wanted = {
        By.OFFICE: scope.office_id,
        By.TARGET_GROUP: scope.target_group,
    }
    if any(value is not None and by not in metric.by for by, value in wanted.items()):
        return False
    return scope.programme is None or metric.programme in (None, scope.programme)


def limit(metric: Metric, scope: Scope) -> Scope:
    """Return the scope of a metric: a programme's own metrics are of that programme by what they count."""
    return scope if metric.programme is None else replace(scope, programme=None)


def get_sections(period: Period, scope: Scope) -> list[Section]:
    """Return every figure that fits the scope, by programme."""
    lines = [
        FigureLine(
            metric=one,
            now=counts.value(one, period, limit(one, scope)),
            before=counts.value(one, period.before(), limit(one, scope)),
        )
        for one in METRICS.values()
        if fits(one, scope)
    ]
    found = [
        Section(programme=one, lines=tuple(line for line in lines if line.metric.programme is one))
        for one in ORDER
    ]
    return [section for section in found if section.lines]


def get_months(period: Period, scope: Scope, sections: Sequence[Section]) -> list[MonthLine]:
    """Return the figures that have months, each month in its own cell."""
    found = []
    for line in (line for section in sections for line in section.lines):
        metric = line.metric
        if metric.kind is not MetricKind.FLOW or By.MONTH not in metric.by:
            continue
        by_month = counts.breakdown(metric, period, By.MONTH, limit(metric, scope))
        cells = tuple(
            None if first > period.last else by_month.get(first.month, counts.empty(metric, period))
            for first, _last in months(period.fiscal_year)
        )
        found.append(MonthLine(metric=metric, cells=cells, total=line.now))
    return found


def get_lead(period: Period, scope: Scope, programme: Programme) -> Lead:
    """Return the leading figure of a programme; a target holds for the city, not for a part of it."""
    metric = METRICS[LEADS[programme]]
    within = limit(metric, scope)
    last_year = period.before().whole()
    whole = scope.office_id is None and scope.target_group is None
    now = read(metric, period, within, *metric.by)
    then = read(metric, last_year, within, By.MONTH)
    parts = now.breakdown(By.PART) if metric.parts else {}
    return Lead(
        metric=metric,
        now=now.value(),
        parts=tuple(
            (part.value, parts.get(part.value, counts.empty(metric, period))) for part in metric.parts or ()
        ),
        goal=find_goal(metric.key, period.fiscal_year) if whole else None,
        before=counts.value(metric, period.before(), within),
        before_whole=then.value(),
        course=course(now),
        course_before=course(then),
        period=period,
        reading=now,
    )


def course(reading: Reading) -> tuple[tuple[int, int | float], ...]:
    """Return the sum at the end of each month; a person is new in the first month only."""
    metric, period = reading.metric, reading.period
    if not period.has_begun:
        return ()
    if metric.is_additive:
        by_month = {month: one.value or 0 for month, one in reading.breakdown(By.MONTH).items()}
    else:
        by_month = dict(newcomers(metric, period, reading.scope))
    points: list[tuple[int, int | float]] = [(0, 0)]
    for first, last in months(period.fiscal_year):
        if first > period.last:
            break
        points.append((period.up_to(last).days, points[-1][1] + by_month.get(first.month, 0)))
    return tuple(points)


def get_agencies(period: Period, scope: Scope) -> list[AgencyLine]:
    """Return what became of the referrals to each agency, most referrals first."""
    sent, met, days = (METRICS[key] for key in ("referrals_sent", "referrals_met", "response_days"))
    if scope.programme not in (None, sent.programme):
        return []
    within = limit(sent, scope)
    by_part = counts.cross(sent, period, By.AGENCY, By.PART, within)
    reached, answered = (counts.breakdown(one, period, By.AGENCY, within) for one in (met, days))
    found = [
        AgencyLine(
            agency_id=agency,
            sent=figure.n,
            waiting=by_part.get((agency, Answering.WAITING.value), counts.NOTHING).n,
            met=reached.get(agency, counts.NOTHING).n,
            days=answered.get(agency, counts.NOTHING),
        )
        for agency, figure in counts.breakdown(sent, period, By.AGENCY, within).items()
    ]
    return sorted(found, key=lambda line: (-line.sent, line.agency_id))


def find_goal(key: str, fiscal_year: int) -> Goal | None:
    """Return the target of an indicator that holds in a year, None where there is none."""
    if queries.find_plan(fiscal_year) is None:
        return None
    rows = queries.get_rows(fiscal_year)
    for measure in rows.measures:
        for indicator in rows.indicators.get(measure.id, []):
            target = rows.target(measure.id, indicator.id, fiscal_year)
            if indicator.key == key and target is not None:
                return Goal(value=target.value, measure=measure.code)
    return None
