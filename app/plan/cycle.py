"""How measures of one plan go on in the next: carried over, split, merged or ended; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.foundation.labels import LabelledEnum
from app.plan.register import Words


class Fate(LabelledEnum):
    """What became of a measure of the plan before."""

    CARRIED = "carried", "引きつぐ", "Carried over"
    SPLIT = "split", "分ける", "Split"
    MERGED = "merged", "合わせる", "Merged"
    ENDED = "ended", "終える", "Ended"
    NEW = "new", "新しい", "New"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A measure of the plan before and one it goes on as; ``new`` is None where it ended."""

    old: int
    new: int | None


@dataclass(frozen=True, kw_only=True)
class MeasureName:
    """A measure as a list names it."""

    id: int
    code: str
    title: Words
    indicators: tuple[str, ...]
    repeats: bool


@dataclass(frozen=True, kw_only=True)
class Going:
    """One measure of the plan before, what it becomes, and how."""

    old: MeasureName
    new: tuple[MeasureName, ...]
    fate: Fate


def fate_of(old: int, steps: Iterable[Step]) -> Fate:
    """Return what becomes of a measure, told from all steps between two plans."""
    steps = list(steps)
    following = [one.new for one in steps if one.old == old and one.new is not None]
    if not following:
        return Fate.ENDED
    if len(following) > 1:
        return Fate.SPLIT
    sources = {one.old for one in steps if one.new == following[0]}
    return Fate.MERGED if len(sources) > 1 else Fate.CARRIED


def renumbered(themes: Sequence[tuple[int, Sequence[int]]]) -> dict[int, tuple[int, str]]:
    """Return number and code of measures in the order of the table: (theme, its measures' ids) → 6, 2-6."""
    found: dict[int, tuple[int, str]] = {}
    for theme, measures in themes:
        for measure in measures:
            number = len(found) + 1
            found[measure] = (number, f"{theme}-{number}")
    return found
