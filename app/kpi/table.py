"""The plan's table of a fiscal year as plain values: what pages and files are written from; pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from app.kpi.vocabulary import MARK_OF, EditionKind, Handling, Mark, RemarkKind, TableSource
from app.plan.register import IndicatorView, MeasureView, NoteView, PlanView, Register, Words
from app.plan.vocabulary import PrintedWord


@dataclass(frozen=True, kw_only=True)
class FigureCell:
    """One figure of the results column, of an indicator or, with ``part``, of one of its parts.

    ``value`` None: there is nothing to show (該当なし). ``printed`` is the word that stands instead (なし).
    ``metric`` is the key of the metric whose rows stand behind it, None for figures that are only kept.
    """

    indicator: IndicatorView
    part: str
    label: Words
    value: Decimal | None
    printed: str
    mark: Mark
    metric: str | None
    parts: tuple["FigureCell", ...] = ()
    # 秘匿: x is printed, and there is no value to be found anywhere.
    is_withheld: bool = False
    # Numbers of what is said of this figure below the table.
    remarks: tuple[int, ...] = ()

    @property
    def word(self) -> PrintedWord | None:
        """The known word that is printed instead of the figure."""
        return PrintedWord.find(self.printed)

    @property
    def is_word(self) -> bool:
        """Whether a word stands instead of a figure."""
        return bool(self.printed)

    def with_parts(self) -> Iterator["FigureCell"]:
        """Return the cell and its parts, in the order of print."""
        yield self
        yield from self.parts


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A measure with its results; its targets stand in the register's own view."""

    measure: MeasureView
    figures: tuple[FigureCell, ...]
    # Numbers of what is said below the table of the results in words.
    text_remarks: tuple[int, ...] = ()

    def find(self, indicator: str) -> FigureCell | None:
        """Return the figure of an indicator, None where the column prints none."""
        return next((cell for cell in self.figures if cell.indicator.key == indicator), None)


@dataclass(frozen=True, kw_only=True)
class ThemeRows:
    """A theme with its rows."""

    number: int
    title: Words
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, kw_only=True)
class PolicyRows:
    """A basic policy with its themes."""

    number: int
    title: Words
    themes: tuple[ThemeRows, ...]


@dataclass(frozen=True, kw_only=True)
class Place:
    """One figure of the table; with ``indicator`` "" the results in words of a measure."""

    measure: str
    indicator: str = ""
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a remark says of one figure or text: what it was, what it is (訂正) or should be (補正)."""

    label: Words
    before: Words
    now: Words


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What stands below the table of some of its places: a restatement 訂正 or a correction beside 補正.

    ``number`` is its mark and goes on from the plan's own notes. Everything after ``places`` is for the
    house only: where a table is public it is empty, and the kind says all.
    """

    kind: RemarkKind
    number: int = 0
    places: tuple[Place, ...]
    said: tuple[Said, ...] = ()
    reason: str = ""
    edition: int | None = None
    proposed_by: str = ""
    approved_by: str = ""

    @property
    def is_public(self) -> bool:
        """Whether it says no more than its kind."""
        return not self.said


@dataclass(frozen=True, kw_only=True)
class EditionView:
    """Which settled figures a table shows: number 1 is the freeze itself, later ones are restatements."""

    number: int
    kind: EditionKind
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class PlanTable:
    """The table; ``is_published`` says whether this year's figures were printed before.

    ``edition`` is None unless the figures are frozen ones.
    """

    plan: PlanView
    fiscal_year: int
    source: TableSource
    is_published: bool
    is_running: bool
    policies: tuple[PolicyRows, ...]
    notes: tuple[NoteView, ...]
    edition: EditionView | None = None
    remarks: tuple[Remark, ...] = ()
    # Public only where every figure came through the gate of publication.
    handling: Handling = Handling.INTERNAL

    @property
    def rows(self) -> Iterator[TableRow]:
        """Every measure in the order of the table."""
        return (row for policy in self.policies for theme in policy.themes for row in theme.rows)

    @property
    def marks(self) -> list[Mark]:
        """Every mark that stands in the table, in the order of the legend."""
        used = {cell.mark for row in self.rows for cell in row.figures}
        used |= {MARK_OF[i.source] for row in self.rows for i in row.measure.indicators if i.next_target}
        return [mark for mark in Mark if mark in used]


def with_rows(table: PlanTable, change: Callable[[TableRow], TableRow]) -> PlanTable:
    """Return a table with each row changed."""
    return replace(
        table,
        policies=tuple(
            replace(
                policy,
                themes=tuple(
                    replace(theme, rows=tuple(change(row) for row in theme.rows)) for theme in policy.themes
                ),
            )
            for policy in table.policies
        ),
    )


def rows_in_order(
    register: Register, figures_of: Callable[[MeasureView], tuple[FigureCell, ...]]
) -> tuple[PolicyRows, ...]:
    """Return every measure of a register in its place, with the figures that are to stand beside it."""
    return tuple(
        PolicyRows(
            number=policy.number,
            title=policy.title,
            themes=tuple(
                ThemeRows(
                    number=theme.number,
                    title=theme.title,
                    rows=tuple(TableRow(measure=one, figures=figures_of(one)) for one in theme.measures),
                )
                for theme in policy.themes
            ),
        )
        for policy in register.policies
    )
