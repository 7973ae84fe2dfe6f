"""A series over the years as a chart: what was reached, and the line of the targets; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.plan.register import Words
from app.web.charts import NARROW, WIDE, Canvas, Drawing, draw
from app.web.charts import Series as Line
from app.years.series import Point, Series

STEP: Final = 2
"""Units of the drawing from one year to the next; a year's point lies in the middle of them."""
TARGET: Final = Words(ja="目標", en="Target")
ACTUAL: Final = Words(ja="実績", en="Result")
MOST_NAMED: Final = {WIDE.width: 12, NARROW.width: 4}


@dataclass(frozen=True, kw_only=True)
class YearDrawing:
    """A chart and the year under each of its ticks."""

    drawing: Drawing
    years: tuple[tuple[float, int], ...]


def drawings(series: Series, locale: str) -> list[YearDrawing]:
    """Return the chart for a wide and for a narrow screen; none where no two years can be compared."""
    points = sorted(series.points, key=lambda one: one.fiscal_year)
    if sum(one.figure is not None for one in points) < 2:
        return []
    first, last = points[0].fiscal_year, points[-1].fiscal_year
    lines = list(lines_of(points, first, locale))
    return [drawn(canvas, lines, range(first, last + 1)) for canvas in (WIDE, NARROW)]


def drawn(canvas: Canvas, lines: Sequence[Line], years: range) -> YearDrawing:
    """Place lines over some years."""
    days = STEP * len(years)
    drawing = draw(canvas, lines, days=days, month_starts=range(0, days, STEP))
    across = (canvas.right - canvas.left) / days
    every = -(-len(years) // MOST_NAMED[canvas.width])
    return YearDrawing(
        drawing=drawing,
        years=tuple(
            (round(canvas.left + (STEP * place + 1) * across, 1), year)
            for place, year in enumerate(years)
            if (years[-1] - year) % every == 0
        ),
    )


def lines_of(points: Sequence[Point], first: int, locale: str) -> Iterator[Line]:
    """Return the line of the targets, then that of the figures, each broken where a year is missing."""
    targets = [(one.fiscal_year, float(one.target.value)) for one in points if one.target]
    actual = [
        (one.fiscal_year, float(one.figure.value)) for one in points if one.figure and not one.is_running
    ]
    yield from broken(targets, first, look="l-pace", words=TARGET.label(locale), words_look="t-soft")
    yield from so_far(points, first)
    yield from broken(
        actual, first, look="l-now", words=ACTUAL.label(locale), words_look="t-accent", dots=True
    )


def so_far(points: Sequence[Point], first: int) -> Iterator[Line]:
    """Return the way from the last whole year to the year that still runs."""
    shown = [one for one in points if one.figure]
    if not shown or not shown[-1].is_running:
        return
    ends = [one for one in shown[-2:] if one.fiscal_year >= shown[-1].fiscal_year - 1]
    found = [(STEP * (one.fiscal_year - first) + 1, float(one.figure.value)) for one in ends if one.figure]
    yield Line(look="l-next", points=[found[0], *found], dots=True)


def broken(
    found: Sequence[tuple[int, float]],
    first: int,
    *,
    look: str,
    words: str,
    words_look: str,
    dots: bool = False,
) -> Iterator[Line]:
    """Return lines through years that follow each other; the last one carries the words."""
    stretches: list[list[tuple[int, float]]] = []
    for year, value in found:
        if not stretches or stretches[-1][-1][0] != year - 1:
            stretches.append([])
        stretches[-1].append((year, value))
    for number, stretch in enumerate(stretches, start=1):
        points = [(STEP * (year - first) + 1, value) for year, value in stretch]
        last = number == len(stretches)
        # The first point of a line has no dot of its own, so it stands twice.
        yield Line(
            look=look,
            points=[points[0], *points] if dots else ends_of(points),
            words=words if last else "",
            words_look=words_look,
            dots=dots,
        )


def ends_of(points: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """Return a line that can be seen also where it holds for a single year."""
    if len(points) > 1:
        return points
    (at, value) = points[0]
    return [(at - 1, value), (at + 1, value)]
