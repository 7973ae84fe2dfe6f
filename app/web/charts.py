"""Where the lines of a chart over a fiscal year lie; a template draws them as SVG; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Point = tuple[int, float]
"""Days since the beginning of the year, and the figure reached by then."""
STEPS: Final = (1, 2, 5, 10)
LINE_GAP: Final = 20
"""Least distance between two words at the end of lines."""


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """The size of a drawing and of the field in it, in its own units."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    month_step: int


WIDE: Final = Canvas(width=904, height=300, left=38, right=820, top=14, bottom=272, month_step=1)
NARROW: Final = Canvas(width=358, height=260, left=34, right=286, top=14, bottom=232, month_step=3)


@dataclass(frozen=True, kw_only=True)
class Series:
    """One line: its class, its points, and what stands at its end."""

    look: str
    points: Sequence[Point]
    words: str = ""
    words_look: str = ""
    dots: bool = False


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A word on an axis and where it stands."""

    at: float
    text: str
    index: int = 0


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line as drawn."""

    look: str
    points: str
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Everything that a template writes down."""

    canvas: Canvas
    levels: tuple[Tick, ...]
    months: tuple[Tick, ...]
    lines: tuple[Line, ...]
    ends: tuple[tuple[Tick, str], ...]


def draw(canvas: Canvas, series: Sequence[Series], *, days: int, month_starts: Sequence[int]) -> Drawing:
    """Place lines over a year of so many days; months are named by their index, April is 0."""
    highest = max((value for one in series for _day, value in one.points), default=0)
    levels = levels_up_to(highest, most=7 if canvas.month_step == 1 else 4)
    across = (canvas.right - canvas.left) / days
    up = (canvas.bottom - canvas.top) / levels[-1]

    def place(point: Point) -> tuple[float, float]:
        return round(canvas.left + point[0] * across, 1), round(canvas.bottom - point[1] * up, 1)

    ends = [*month_starts[1:], days]
    return Drawing(
        canvas=canvas,
        levels=tuple(Tick(at=place((0, level))[1], text=f"{level:,}") for level in levels),
        months=tuple(
            Tick(at=place(((start + end) // 2, 0))[0], text="", index=index)
            for index, (start, end) in enumerate(zip(month_starts, ends, strict=True))
            if index % canvas.month_step == 0
        ),
        lines=tuple(
            Line(
                look=one.look,
                points=" ".join(f"{x},{y}" for x, y in map(place, one.points)),
                dots=tuple(map(place, one.points[1:])) if one.dots else (),
            )
            for one in series
        ),
        ends=apart([(place(one.points[-1])[1] + 5, one) for one in series if one.words and one.points]),
    )


def levels_up_to(highest: float, *, most: int) -> list[int]:
    """Return round figures from 0 to one that is no less than the highest, at most so many steps."""
    power = 1
    while True:
        for step in STEPS:
            size = step * power
            count = max(1, -(-int(-(-highest // 1)) // size))
            if count <= most:
                return [size * one for one in range(count + 1)]
        power *= 10


def apart(ends: Sequence[tuple[float, Series]]) -> tuple[tuple[Tick, str], ...]:
    """Return the words at the ends of lines, moved down where they would overlap."""
    placed: list[tuple[Tick, str]] = []
    for at, one in sorted(ends, key=lambda end: end[0]):
        free = placed[-1][0].at + LINE_GAP if placed else at
        placed.append((Tick(at=max(at, free), text=one.words), one.words_look))
    return tuple(placed)
