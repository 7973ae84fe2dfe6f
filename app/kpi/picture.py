"""The course of the leading figure as a chart, beside the target and the year before; pure."""

from collections.abc import Iterator
from typing import Final

from app.foundation.fiscal_year import first_day, months
from app.kpi.figures import Lead
from app.kpi.wording import number
from app.plan.register import Words
from app.web.charts import NARROW, WIDE, Drawing, Point, Series, draw

FORECAST: Final = Words(ja="見込み%s", en="Forecast %s")
TARGET: Final = Words(ja="目標%s", en="Target %s")
LAST_YEAR: Final = Words(ja="前年%s", en="Last year %s")
SO_FAR: Final = Words(ja="今年度%s", en="This year %s")


def drawings(lead: Lead, locale: str) -> list[Drawing]:
    """Return the chart for a wide and for a narrow screen."""
    year, days = lead.period.fiscal_year, lead.period.days_of_year
    starts = [(first - first_day(year)).days for first, _last in months(year)]
    lines = list(series(lead, locale))
    return [draw(canvas, lines, days=days, month_starts=starts) for canvas in (WIDE, NARROW)]


def series(lead: Lead, locale: str) -> Iterator[Series]:
    """Return the lines, the most important one last so that it lies on top."""
    days = lead.period.days_of_year
    if lead.course_before:
        # A leap year is a day longer; both years end at the same place.
        before: list[Point] = [(min(day, days), reached) for day, reached in lead.course_before]
        words = LAST_YEAR.label(locale) % number(lead.metric, lead.before_whole, locale)
        yield Series(look="l-last", points=before, words=words, words_look="t-soft")
    if lead.target is not None:
        goal = float(lead.target)
        words = TARGET.label(locale) % f"{goal:,.0f}"
        yield Series(look="l-pace", points=[(0, 0), (days, goal)], words=words)
    if lead.course and lead.forecast is not None:
        ends = [lead.course[-1], (days, lead.forecast)]
        words = FORECAST.label(locale) % f"{lead.forecast:,}"
        yield Series(look="l-next", points=ends, words=words, words_look="t-bold")
    if lead.course:
        words = (
            "" if lead.forecast is not None else SO_FAR.label(locale) % number(lead.metric, lead.now, locale)
        )
        yield Series(look="l-now", points=lead.course, words=words, words_look="t-accent", dots=True)
