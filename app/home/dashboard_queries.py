"""The dashboard, counted through the one way of counting; a fixed number of statements whatever is stored."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.foundation.fiscal_year import months
from app.home.dashboard import TOTAL, Block, Cell, Dashboard, Line, Reckoned, pace_on
from app.kpi import counts, wording
from app.kpi.counts import Figure
from app.kpi.drilldown import Names
from app.kpi.figures import LEADS, Lead, get_lead, limit
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.period import NOT_RECORDED, Period, Scope
from app.kpi.vocabulary import By
from app.placements.retention import MILESTONES
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
RETENTION: Final = tuple(f"retention_{one}" for one in MILESTONES)
NO_REFERRAL: Final = Words(ja="紹介によらない", en="Without a referral")
NO_RULE: Final = Words(ja="", en="")


def get_dashboard(
    period: Period, scope: Scope, programme: Programme, *, long_months: int, names: Names, today: date
) -> Dashboard:
    """Return the dashboard of a programme; ``scope`` says office and target group."""
    scope = replace(scope, programme=programme)
    lead = get_lead(period, scope, programme)
    consulted = METRICS[CONSULTED[programme]]
    shares = {key: share_of(METRICS[key], period, scope) for key in RETENTION}
    return Dashboard(
        period=period,
        today=today,
        programme=programme,
        scope=scope,
        months=long_months,
        lead=lead,
        compared=compared(lead, consulted, shares, period, scope),
        course=course(lead, scope),
        by_month=by_month(lead.metric, period, scope),
        by_agency=broken_down("by_agency", lead, By.AGENCY, scope, names),
        by_office=broken_down("by_office", lead, By.OFFICE, scope, names),
        by_group=broken_down("by_group", lead, By.TARGET_GROUP, scope, names),
        consultations=by_month(consulted, period, scope, key="consultations"),
        steps=people("steps", ("consulted", "referred", "met", "placed"), period, scope),
        beside=people("beside", ("unmet", "direct"), period, scope),
        days=days(period, scope),
        retention=retention(shares, period, scope),
        waiting=standing("waiting", METRICS["referrals_waiting"], period, referred_under(scope)),
        long=standing("long", METRICS[f"long_support_{long_months}"], period, scope),
    )


def cell(metric: Metric, period: Period, scope: Scope, figure: Figure | None = None, **more: Any) -> Cell:
    """Return a figure, counted unless it is known, with what leads to its rows."""
    within = limit(metric, scope)
    known = counts.value(metric, period, within) if figure is None else figure
    return Cell(metric=metric, figure=known, period=period, scope=within, **more)


def compared(
    lead: Lead, consulted: Metric, shares: dict[str, dict[str, Figure]], period: Period, scope: Scope
) -> Block:
    """Return the main figures beside those of the year before, up to the same day."""
    before = period.before()
    lines = [line_of(lead.metric, (cell(lead.metric, period, scope, lead.now),), before, scope, lead.before)]
    lines += [
        line_of(one, (cell(one, period, scope),), before, scope)
        for one in (consulted, METRICS["days_to_placement"])
    ]
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


def by_month(metric: Metric, period: Period, scope: Scope, key: str = "by_month") -> Block:
    """Return a figure by month, and by its parts where it has any; the last line and column are totals."""
    found = month_cells(metric, period, limit(metric, scope))
    begun = [first.month for first, _last in months(period.fiscal_year) if first <= period.last]
    parts: list[Any] = [None] if metric.parts is None else [*metric.parts, None]
    lines = []
    for part in parts:
        within = scope if part is None else replace(scope, part=part.value)
        figures = [found.get((part and part.value, month), counts.empty(metric, period)) for month in begun]
        cells: list[Cell | None] = [
            cell(metric, period, replace(within, month=month), figure)
            for month, figure in zip(begun, figures, strict=True)
        ]
        cells += [None] * (12 - len(begun))
        total = found.get((part and part.value, None), counts.empty(metric, period))
        cells.append(cell(metric, period, within, total))
        lines.append(Line(label=part or TOTAL, cells=tuple(cells), code=part.value if part else ""))
    heads: tuple[Words, ...] = (*wording.MONTHS.values(), TOTAL)
    title = Words(ja=f"{metric.title.ja}：月別", en=f"{metric.title.en} by month")
    return Block(key=key, title=title, rule=metric.rule, heads=heads, lines=tuple(lines))


def month_cells(metric: Metric, period: Period, scope: Scope) -> dict[tuple[Any, int | None], Figure]:
    """Return the figures by part and month, with the totals of both under None."""
    found: dict[tuple[Any, int | None], Figure] = {(None, None): counts.value(metric, period, scope)}
    found |= {(None, key): one for key, one in counts.breakdown(metric, period, By.MONTH, scope).items()}
    if metric.parts is not None:
        found |= counts.cross(metric, period, By.PART, By.MONTH, scope)
        by_part = counts.breakdown(metric, period, By.PART, scope)
        found |= {(key, None): one for key, one in by_part.items()}
    return found


def narrowed(scope: Scope, by: By, one: Any) -> Scope:
    """Return a scope limited to one agency, office or target group, or to those without any."""
    limits: dict[str, Any] = {counts.COLUMN_OF[by]: NOT_RECORDED if one is None else one}
    return replace(scope, **limits)


def broken_down(key: str, lead: Lead, by: By, scope: Scope, names: Names) -> Block:
    """Return the leading figure by agency, office or target group."""
    metric, period = lead.metric, lead.period
    within = limit(metric, scope)
    found = wording.ordered(metric, by, counts.breakdown(metric, period, by, within))
    lines = [
        Line(
            label=label_of(metric, by, one, names),
            code=str(getattr(one, "value", one) if one is not None else NOT_RECORDED),
            cells=(cell(metric, period, narrowed(scope, by, one), figure),),
        )
        for one, figure in found
    ]
    lines.append(Line(label=TOTAL, cells=(cell(metric, period, scope, lead.now),)))
    title = Words(ja=f"{by.label('ja')}別", en=f"By {by.label('en').lower()}")
    return Block(key=key, title=title, rule=NO_RULE, heads=(metric.title,), lines=tuple(lines))


def label_of(metric: Metric, by: By, key: object, names: Names) -> Words:
    """Return the name of one line of a breakdown."""
    if key is None and by is By.AGENCY and LEADS[Programme.GUIDANCE] != metric.key:
        return NO_REFERRAL
    return Words(**{lang: wording.group(metric, by, key, names, lang) for lang in ("ja", "en")})


def people(key: str, steps: Iterable[str], period: Period, scope: Scope) -> Block:
    """Return steps of the cohort of those who were consulted."""
    found = [METRICS[f"course_{step}"] for step in steps]
    return Block(
        key=key,
        title=Words(ja="相談から就職まで", en="From consultation to job"),
        rule=Words(
            ja="年度内に事業の相談をした人（実人数・カード基準）を一つの集団として、見る日までに各段に着いた人を数えます。"
            "後の段の人は、前の段の人に必ず含まれます。",
            en="The people consulted under the programme in the year (persons, by card) are one cohort; each "
            "step counts who got there by the day of looking. Whoever is in a step is in all before it.",
        ),
        heads=(Words(ja="人", en="People"),),
        lines=tuple(
            Line(label=one.title, code=one.key.removeprefix("course_"), cells=(cell(one, period, scope),))
            for one in found
        ),
    )


def days(period: Period, scope: Scope) -> Block:
    """Return how long it takes from the first consultation to a job, with the number behind it."""
    metric = METRICS["days_to_placement"]
    found = cell(metric, period, scope)
    return Block(
        key="days",
        title=metric.title,
        rule=metric.rule,
        heads=(metric.kind, Words(ja="n", en="n")),
        lines=(Line(label=metric.title, code=metric.key, cells=(found, replace(found, of_rows=True))),),
    )


def share_of(metric: Metric, period: Period, scope: Scope) -> dict[str, Figure]:
    """Return the parts of a share, and the share under "": of the very same rows."""
    found = counts.breakdown(metric, period, By.PART, limit(metric, scope))
    parts = {str(key): figure.n for key, figure in found.items()}
    total = sum(parts.values())
    whole = counts.share(metric, parts, total) if total else counts.NOTHING
    return {"": whole} | {key: Figure(value=n, n=n) for key, n in parts.items()}


def retention(shares: dict[str, dict[str, Figure]], period: Period, scope: Scope) -> Block:
    """Return how many jobs were judged at each time, what was found, and the share kept."""
    lines, parts = [], list(METRICS[RETENTION[0]].parts or ())
    for key in RETENTION:
        metric, found = METRICS[key], shares[key]
        cells = [cell(metric, period, scope, found[""], of_rows=True)]
        cells += [
            cell(
                metric,
                period,
                replace(scope, part=part.value),
                found.get(part.value, Figure(value=0, n=0)),
                of_rows=True,
            )
            for part in parts
        ]
        cells.append(cell(metric, period, scope, found[""]))
        lines.append(Line(label=metric.title, cells=tuple(cells), code=key.removeprefix("retention_")))
    return Block(
        key="retention",
        title=Words(ja="定着率", en="Retention"),
        rule=Words(
            ja="この年度の新規就職のうち、その時期を過ぎたものだけを見ます。不明も分母に残します。"
            "幅は、不明がすべて離職だったときと、すべて継続だったときです。",
            en="Of the year's new jobs, only those old enough are judged. Unknown stays in the denominator; "
            "the range is what it would be if all of them had left, or all had stayed.",
        ),
        heads=(Words(ja="対象", en="Judged"), *parts, Words(ja="定着率", en="Retention")),
        lines=tuple(lines),
    )


def referred_under(scope: Scope) -> Scope:
    """Return the scope of referrals: those of all programmes are guidance's own, as in its other figures."""
    return replace(scope, programme=None) if scope.programme is Programme.GUIDANCE else scope


def standing(key: str, metric: Metric, period: Period, scope: Scope) -> Block:
    """Return a figure with its parts; the last line is the total."""
    within = limit(metric, scope)
    found = counts.breakdown(metric, period, By.PART, within)
    lines = [
        Line(
            label=part,
            code=part.value,
            cells=(cell(metric, period, replace(scope, part=part.value), found[part.value]),),
        )
        for part in metric.parts or ()
        if part.value in found
    ]
    lines.append(Line(label=TOTAL, cells=(cell(metric, period, scope),)))
    return Block(key=key, title=metric.title, rule=metric.rule, heads=(metric.unit,), lines=tuple(lines))
