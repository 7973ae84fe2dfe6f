"""Where the bars of a chart lie: columns by month, beams by name, parts of one beam; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.web.charts import levels_up_to

WIDE: Final = 830.0
NARROW: Final = 358.0
"""Widths of a beam of parts on a wide and on a narrow drawing."""
LEFT: Final = 20.0
"""Room for the words of the axis."""
LEAST: Final = 14.0
"""A narrower part has no room for its number."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """The size of a drawing of columns."""

    width: float
    height: float
    top: float
    bottom: float


SMALL: Final = Size(width=384, height=132, top=18, bottom=110)
LARGE: Final = Size(width=596, height=180, top=18, bottom=156)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its place among the months, its corner, its size, and where its words stand."""

    index: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    value: float | None


@dataclass(frozen=True, kw_only=True)
class Columns:
    """A drawing of columns with its levels (place, words)."""

    size: Size
    left: float
    levels: tuple[tuple[float, str], ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, kw_only=True)
class Beam:
    """One beam: its length as a share of the longest."""

    length: float


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One part of a beam; ``has_room`` for its number."""

    x: float
    width: float
    value: float
    has_room: bool


def columns(values: Sequence[float | None], highest: float, size: Size = SMALL) -> Columns:
    """Return columns for the months; None is a month that is still to come."""
    levels = levels_up_to(highest, most=3)
    left = LEFT + 9 * max(0, len(f"{levels[-1]:,}") - 2)
    step = (size.width - left) / max(1, len(values))
    up = (size.bottom - size.top) / levels[-1]
    return Columns(
        size=size,
        left=left,
        levels=tuple((round(size.bottom - level * up, 1), f"{level:,}") for level in levels),
        columns=tuple(
            Column(
                index=index,
                x=round(left + step * index + step * 0.13, 1),
                y=round(size.bottom - (value or 0) * up, 1),
                width=round(step * 0.74, 1),
                height=round((value or 0) * up, 1),
                middle=round(left + step * (index + 0.5), 1),
                value=value,
            )
            for index, value in enumerate(values)
        ),
    )


def beams(values: Sequence[float]) -> list[Beam]:
    """Return a beam for each value."""
    longest = max(values, default=0) or 1
    return [Beam(length=value / longest) for value in values]


def segments(values: Sequence[float | None], width: float) -> list[Segment]:
    """Return the parts of one beam that is as wide as they sum up to."""
    total, reached, found = sum(value or 0 for value in values), 0.0, []
    for value in values:
        share = (value or 0) / total * width if total else 0.0
        room = share >= LEAST + 7 * len(f"{value or 0:,}")
        found.append(Segment(x=round(reached, 1), width=round(share, 1), value=value or 0, has_room=room))
        reached += share
    return found
