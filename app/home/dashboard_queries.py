"""The dashboard, counted through the one way of counting; a fixed number of statements whatever is stored."""

from dataclasses import replace
from datetime import date
from typing import Final

from app.foundation.fiscal_year import months
from app.home.dashboard import Block, Cell, Dashboard, Line, Reckoned, pace_on
from app.home.dashboard_blocks import (
    RETENTION,
    broken_down,
    by_month,
    cell,
    days,
    people,
    referred_under,
    retention,
    share_of,
    standing,
)
from app.kpi import wording
from app.kpi.counts import Figure
from app.kpi.drilldown import Names
from app.kpi.figures import Lead, get_lead, limit
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.period import Period, Scope
from app.kpi.reading import read
from app.kpi.vocabulary import By
from app.plan.register import Words
from app.situation.programme import Programme

CONSULTED: Final = {
    Programme.ASSISTANCE: "assistance_consultations",
    Programme.CENTRE: "centre_consultations",
    Programme.GUIDANCE: "guidance_given",
}
NOW: Final = Words(ja="今年度", en="This year")
SAME_DAY: Final = Words(ja="前年の同じ日まで", en="Last year to the same day")
BEFORE: Final = Words(ja="前年度", en="Last year")
PACE: Final = Words(ja="目安", en="Pace")


def get_dashboard(
    period: Period, scope: Scope, programme: Programme, *, long_months: int, names: Names, today: date
) -> Dashboard:
    """Return the dashboard of a programme; ``scope`` says office and target group."""
    scope = replace(scope, programme=programme)
    lead = get_lead(period, scope, programme)
    consulted = METRICS[CONSULTED[programme]]
    consultations = read(consulted, period, limit(consulted, scope), By.MONTH)
    until_job = cell(METRICS["days_to_placement"], period, scope)
    shares = {key: share_of(METRICS[key], period, scope) for key in RETENTION}
    return Dashboard(
        period=period,
        today=today,
        programme=programme,
        scope=scope,
        months=long_months,
        lead=lead,
        compared=compared(
            lead, (cell(consulted, period, scope, consultations.value()), until_job), shares, scope
        ),
        course=course(lead, scope),
        by_month=by_month(lead.reading, scope),
        by_agency=broken_down("by_agency", lead, By.AGENCY, scope, names),
        by_office=broken_down("by_office", lead, By.OFFICE, scope, names),
        by_group=broken_down("by_group", lead, By.TARGET_GROUP, scope, names),
        consultations=by_month(consultations, scope, key="consultations"),
        steps=people("steps", ("consulted", "referred", "met", "placed"), period, scope),
        beside=people("beside", ("unmet", "direct"), period, scope),
        days=days(until_job),
        retention=retention(shares, period, scope),
        waiting=standing("waiting", METRICS["referrals_waiting"], period, referred_under(scope)),
        long=standing("long", METRICS[f"long_support_{long_months}"], period, scope),
    )


def compared(
    lead: Lead, known: tuple[Cell, ...], shares: dict[str, dict[str, Figure]], scope: Scope
) -> Block:
    """Return the main figures beside those of the year before, up to the same day."""
    period, before = lead.period, lead.period.before()
    lines = [line_of(lead.metric, (cell(lead.metric, period, scope, lead.now),), before, scope, lead.before)]
    lines += [line_of(one.metric, (one,), before, scope) for one in known]
    lines += [
        line_of(METRICS[key], (cell(METRICS[key], period, scope, shares[key][""]),), before, scope)
        for key in RETENTION
    ]
    return Block(
        key="compared",
        title=Words(ja="前年との比較", en="Compared with last year"),
        rule=Words(
            ja="前年は同じ月日までを数え、その日に見たとして比べます。",
            en="Last year is counted to the same day, as one would have seen it then.",
        ),
        heads=(NOW, SAME_DAY if period.is_running else BEFORE),
        lines=tuple(lines),
    )


def line_of(
    metric: Metric, now: tuple[Cell, ...], before: Period, scope: Scope, figure: Figure | None = None
) -> Line:
    """Return a line of a metric: now, and the year before."""
    return Line(label=metric.title, cells=(*now, cell(metric, before, scope, figure)), code=metric.key)


def course(lead: Lead, scope: Scope) -> Block:
    """Return the sums at the end of each month, beside the target's pace and the year before."""
    period, before = lead.period, lead.period.before().whole()
    lines = []
    ends = zip(months(period.fiscal_year), months(before.fiscal_year), strict=True)
    for place, ((first, last), (_first, before_last)) in enumerate(ends, start=1):
        if first > period.last or place >= len(lead.course):
            break
        reached, until = lead.course[place][1], period.up_to(last)
        earlier = before.up_to(before_last)
        then = lead.course_before[place][1]
        if until.last < last:
            earlier, then = period.before(), lead.before.value or 0
        lines.append(
            Line(
                label=wording.MONTHS[first.month],
                code=str(first.month),
                cells=(
                    cell(lead.metric, until, scope, Figure(value=reached, n=int(reached))),
                    Reckoned(value=pace_on(lead, until.days)),
                    cell(lead.metric, earlier, scope, Figure(value=then, n=int(then))),
                ),
            )
        )
    return Block(
        key="course",
        title=Words(ja="累計と目標", en="Sum and target"),
        rule=Words(
            ja="月の終わりまでの累計です。途中の月は見る日まで、前年も同じ日までを数えます。",
            en="Sums to the end of each month; the running month, and that of last year, to the same day.",
        ),
        heads=(NOW, PACE, BEFORE),
        lines=tuple(lines),
    )
