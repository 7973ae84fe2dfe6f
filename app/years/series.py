"""The figures of a measure since its plan began, published, frozen, reported or counted, and its targets."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from app.foundation import clock
from app.kpi import counts
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.period import Period
from app.kpi.vocabulary import By
from app.plan.attainment import Attainment, attainment
from app.plan.register import IndicatorView, ResultView, TargetView, Words
from app.plan.sheets import IndicatorSeries, MeasurePage, YearFigures, YearTexts
from app.plan.vocabulary import PrintedWord, ResultKind, ResultSource
from app.years.freezing_queries import FrozenValue, find_edition, get_frozen_table, get_frozen_values
from app.years.reports import figure

QUIET_YEARS: Final = 3
"""After so many years without a record, going back, nothing older is looked for."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One figure as it stands: its value, the word printed instead of it."""

    value: Decimal
    printed: str = ""

    @property
    def word(self) -> PrintedWord | None:
        """The known word that is printed instead of the figure."""
        return PrintedWord.find(self.printed)


@dataclass(frozen=True, kw_only=True)
class Point:
    """One year of an indicator.

    ``edition`` is set where the figure is frozen, ``metric`` where rows stand behind it now.
    """

    fiscal_year: int
    figure: Shown | None
    parts: tuple[Shown | None, ...]
    target: TargetView | None
    is_running: bool
    is_published: bool
    edition: int | None
    metric: str | None

    @property
    def attainment(self) -> Attainment | None:
        """How the year stands to its target; nothing is said of a year that still runs."""
        if self.figure is None or self.target is None or self.is_running:
            return None
        return attainment(self.figure.value, self.target.value, self.target.sense)


@dataclass(frozen=True, kw_only=True)
class Series:
    """An indicator since its plan began, newest year first."""

    indicator: IndicatorView
    points: tuple[Point, ...]


def get_series(page: MeasurePage, this_year: int) -> list[Series]:
    """Return the series of every indicator of a measure."""
    frozen = get_frozen_values([one.indicator.key for one in page.series])
    return [series_of(one, frozen.get(one.indicator.key, {}), this_year) for one in page.series]


def get_texts(page: MeasurePage) -> list[YearTexts]:
    """Return what was said of each year in words: of a frozen year what was settled."""
    found = []
    for one in page.texts:
        settled = find_settled_text(one) if find_edition(one.fiscal_year) else None
        text = one if settled is None else replace(one, actual=settled)
        if text.actual or text.target:
            found.append(text)
    return found


def find_settled_text(of: YearTexts) -> Words | None:
    """Return the results in words of a frozen year as they were settled, None where no such measure was."""
    texts = [
        row.measure.actual_text
        for row in get_frozen_table(of.fiscal_year).rows
        if row.measure.code in of.codes
    ]
    return next((text for text in texts if text), texts[0] if texts else None)


def series_of(of: IndicatorSeries, frozen: Mapping[tuple[int, str], FrozenValue], this_year: int) -> Series:
    """Return one series: what is published or frozen stands, the rest is reported or counted."""
    kept = {one.fiscal_year: one for one in of.years}
    metric = METRICS.get(of.indicator.key) if of.indicator.source is not ResultSource.REPORTED else None
    since = of.counted_from if of.counted_from is not None else this_year
    counted = counted_years(of.indicator, metric, since, this_year, {year for year, _part in frozen})
    years = sorted(kept.keys() | counted.keys() | {year for year, _part in frozen}, reverse=True)
    return Series(
        indicator=of.indicator,
        points=tuple(
            point_of(of.indicator, year, kept.get(year), frozen, counted.get(year), this_year)
            for year in years
        ),
    )


Counted = dict[str, Decimal | None]
"""A year's figures by part, "" for the whole."""


def counted_years(
    indicator: IndicatorView, metric: Metric | None, since: int, this_year: int, frozen: set[int]
) -> dict[int, Counted]:
    """Return what the records make of each year that is not settled, back to the first that has any."""
    found: dict[int, Counted] = {}
    quiet = 0
    for year in range(this_year, since - 1, -1) if metric else ():
        if year in frozen or metric is None:
            continue
        period = Period.of(year, today=clock.today())
        whole = counts.value(metric, period)
        quiet = 0 if whole.n else quiet + 1
        if quiet > QUIET_YEARS:
            break
        if whole.n or year == this_year:
            found[year] = {"": figure(whole)} | parts_of(indicator, metric, period)
    return found


def parts_of(indicator: IndicatorView, metric: Metric, period: Period) -> Counted:
    """Return what each part of an indicator counts."""
    if not indicator.parts:
        return {}
    cells = counts.breakdown(metric, period, By.PART)
    return {part.key: figure(cells.get(part.key, counts.empty(metric, period))) for part in indicator.parts}


def point_of(
    indicator: IndicatorView,
    year: int,
    kept: YearFigures | None,
    frozen: Mapping[tuple[int, str], FrozenValue],
    counted: Counted | None,
    this_year: int,
) -> Point:
    """Return one year: printed before, else settled, else reported, else counted now."""
    keys = ["", *(part.key for part in indicator.parts)]
    actual = kept.actual if kept else None
    published = actual is not None and actual.kind is ResultKind.PUBLISHED
    settled = None if published else frozen.get((year, ""))
    if settled is not None:
        shown = [of_frozen(frozen.get((year, key))) for key in keys]
    elif actual is not None and kept is not None:
        shown = [of_result(one) for one in (actual, *kept.parts)]
    else:
        shown = [of_value((counted or {}).get(key)) for key in keys]
    return Point(
        fiscal_year=year,
        figure=shown[0],
        parts=tuple(shown[1:] or [None] * (len(keys) - 1)),
        target=kept.target if kept else None,
        is_running=year >= this_year,
        is_published=published,
        edition=settled.number if settled else None,
        metric=indicator.key if indicator.key in METRICS and (settled or counted) and not published else None,
    )


def of_frozen(found: FrozenValue | None) -> Shown | None:
    """Return a settled figure."""
    return None if found is None or found.value is None else Shown(value=found.value, printed=found.printed)


def of_result(found: ResultView | None) -> Shown | None:
    """Return a published or reported figure."""
    return None if found is None else Shown(value=found.value, printed=str(found.printed))


def of_value(found: Decimal | None) -> Shown | None:
    """Return a counted figure."""
    return None if found is None else Shown(value=found)
