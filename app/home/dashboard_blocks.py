"""The blocks of the dashboard that are counted each for itself."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from app.foundation.fiscal_year import months
from app.home.dashboard import TOTAL, Block, Cell, Line
from app.kpi import counts, wording
from app.kpi.counts import Figure
from app.kpi.drilldown import Names
from app.kpi.figures import LEADS, Lead, limit
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.period import NOT_RECORDED, Period, Scope
from app.kpi.reading import Reading, read_parts
from app.kpi.vocabulary import By
from app.placements.retention import MILESTONES
from app.plan.register import Words
from app.situation.programme import Programme

RETENTION: Final = tuple(f"retention_{one}" for one in MILESTONES)
NO_REFERRAL: Final = Words(ja="紹介によらない", en="Without a referral")
NO_RULE: Final = Words(ja="", en="")


def cell(metric: Metric, period: Period, scope: Scope, figure: Figure | None = None, **more: Any) -> Cell:
    """Return a figure, counted unless it is known, with what leads to its rows."""
    within = limit(metric, scope)
    known = counts.value(metric, period, within) if figure is None else figure
    return Cell(metric=metric, figure=known, period=period, scope=within, **more)


def by_month(reading: Reading, scope: Scope, key: str = "by_month") -> Block:
    """Return a figure by month, and by its parts where it has any; the last line and column are totals."""
    metric, period = reading.metric, reading.period
    found = month_cells(reading)
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


def month_cells(reading: Reading) -> dict[tuple[Any, int | None], Figure]:
    """Return the figures by part and month, with the totals of both under None."""
    found: dict[tuple[Any, int | None], Figure] = {(None, None): reading.value()}
    found |= {(None, key): one for key, one in reading.breakdown(By.MONTH).items()}
    if reading.metric.parts is not None:
        found |= {(part, month): one for (part, month), one in reading.over(By.PART, By.MONTH).items()}
        found |= {(part, None): one for part, one in reading.breakdown(By.PART).items()}
    return found


def narrowed(scope: Scope, by: By, one: Any) -> Scope:
    """Return a scope limited to one agency, office or target group, or to those without any."""
    limits: dict[str, Any] = {counts.COLUMN_OF[by]: NOT_RECORDED if one is None else one}
    return replace(scope, **limits)


def broken_down(key: str, lead: Lead, by: By, scope: Scope, names: Names) -> Block:
    """Return the leading figure by agency, office or target group."""
    metric, period = lead.metric, lead.period
    found = wording.ordered(metric, by, lead.reading.breakdown(by))
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


def days(found: Cell) -> Block:
    """Return how long it takes from the first consultation to a job, with the number behind it."""
    metric = found.metric
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
    reading = read_parts(metric, period, limit(metric, scope))
    found = reading.breakdown(By.PART)
    lines = [
        Line(
            label=part,
            code=part.value,
            cells=(cell(metric, period, replace(scope, part=part.value), found[part.value]),),
        )
        for part in metric.parts or ()
        if part.value in found
    ]
    lines.append(Line(label=TOTAL, cells=(cell(metric, period, scope, reading.value()),)))
    return Block(key=key, title=metric.title, rule=metric.rule, heads=(metric.unit,), lines=tuple(lines))
