"""What a page shows of one measure beyond the table's row: its years so far, and the lines to fill in."""

from dataclasses import dataclass

from app.plan.register import (
    NO_WORDS,
    IndicatorView,
    MeasureView,
    NoteView,
    OfficeView,
    ResultView,
    TargetView,
    Words,
)


@dataclass(frozen=True, kw_only=True)
class YearFigures:
    """One year of an indicator under a measure: the whole, its parts in their order, the target."""

    fiscal_year: int
    actual: ResultView | None
    parts: tuple[ResultView | None, ...]
    target: TargetView | None


@dataclass(frozen=True, kw_only=True)
class IndicatorSeries:
    """An indicator and its years, newest first."""

    indicator: IndicatorView
    years: tuple[YearFigures, ...]
    # First fiscal year that is counted (from records or the map register); None: reported by a department.
    counted_from: int | None


@dataclass(frozen=True, kw_only=True)
class YearTexts:
    """What was said in words about one year; ``codes`` are those of the measure in the plan of that year."""

    fiscal_year: int
    codes: tuple[str, ...]
    actual: Words
    target: Words


@dataclass(frozen=True, kw_only=True)
class YearNote:
    """A note under one year's table that is about this measure."""

    fiscal_year: int
    note: NoteView


@dataclass(frozen=True, kw_only=True)
class DepartmentSpan:
    """Who answered for a measure, and in which fiscal years."""

    first: int
    last: int
    codes: tuple[str, ...]
    plan: Words
    offices: tuple[OfficeView, ...]


@dataclass(frozen=True, kw_only=True)
class MeasurePage:
    """Everything kept about one measure."""

    measure: MeasureView
    theme: Words
    policy: Words
    series: tuple[IndicatorSeries, ...]
    texts: tuple[YearTexts, ...]
    notes: tuple[YearNote, ...]
    # Newest first, a line for each plan.
    departments: tuple[DepartmentSpan, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One figure to fill in; ``part`` is "" for the whole; ``before`` is the year before."""

    indicator: IndicatorView
    part: str
    label: Words
    actual: ResultView | None
    before: ResultView | None
    target: TargetView | None
    target_before: TargetView | None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The lines of one measure for one fiscal year, and its texts."""

    measure: MeasureView
    lines: tuple[Line, ...]
    actual_text: Words
    target_text: Words
    target_text_before: Words
    source_text: Words = NO_WORDS
    # Whether its results are with the plan desk, so that nobody changes them.
    is_locked: bool = False

    @property
    def entered(self) -> int:
        """How many figures are there."""
        return sum(line.actual is not None for line in self.lines)
