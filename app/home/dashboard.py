"""What the dashboard shows: one object that screen, paper, workbook and data file are written from; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.foundation.labels import LabelledEnum
from app.kpi.counts import Figure
from app.kpi.figures import Lead
from app.kpi.metric import Metric
from app.kpi.period import Period, Scope
from app.kpi.vocabulary import MetricKind, Standing
from app.plan.register import Words
from app.referrals.vocabulary import State, Turn
from app.situation.programme import Programme

Label = Words | LabelledEnum
TOTAL: Final = Words(ja="計", en="Total")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure with everything that leads to its rows.

    ``of_rows``: the number of rows is what is shown, not the share or median that they make.
    """

    metric: Metric
    figure: Figure
    period: Period
    scope: Scope
    of_rows: bool = False

    @property
    def value(self) -> int | float | None:
        """What is shown, as a number; a share is one of one."""
        return self.figure.n if self.of_rows else self.figure.value

    @property
    def is_share(self) -> bool:
        """Whether the number is a share of one."""
        return self.metric.kind is MetricKind.COHORT and not self.of_rows


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """A number that is worked out from the target, so that no rows stand behind it."""

    value: float | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a block; None is a month that is still to come."""

    label: Label
    cells: tuple[Cell | Reckoned | None, ...]
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One chart with its table: what it says, its columns and its lines.

    ``sums``: the last line, or the last column, is the sum of those before it.
    """

    key: str
    title: Words
    rule: Words
    heads: tuple[Label, ...]
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no record stands behind it at all."""
        return not any(isinstance(one, Cell) and one.figure.n for line in self.lines for one in line.cells)


@dataclass(frozen=True, kw_only=True)
class WaitingRow:
    """A referral that waits; reference, turn and due day only where the own office keeps it."""

    since: date
    days: int
    state: State
    agency_id: int | None
    reference: str | None = None
    turn: Turn | None = None
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Break:
    """Why somebody is left out of the list, and until when."""

    id: int
    reason: LabelledEnum
    reason_other: str
    until_on: date
    version: int


@dataclass(frozen=True, kw_only=True)
class LongRow:
    """Somebody with long support and no result; the number only where the own office keeps the record."""

    first: date
    newest: date
    days: int
    standing: Standing
    number: str | None = None
    set_aside: Break | None = None


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """Everything that the dashboard says for a period and a part of the work."""

    period: Period
    today: date
    programme: Programme
    scope: Scope
    months: int
    lead: Lead
    compared: Block
    course: Block
    by_month: Block
    by_agency: Block
    by_office: Block
    by_group: Block
    consultations: Block
    steps: Block
    beside: Block
    days: Block
    retention: Block
    waiting: Block
    long: Block

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block, in the order of the page."""
        return (
            self.compared,
            self.course,
            self.by_month,
            self.by_agency,
            self.by_office,
            self.by_group,
            self.consultations,
            self.steps,
            self.beside,
            self.days,
            self.retention,
            self.waiting,
            self.long,
        )


def is_today(period: Period, today: date) -> bool:
    """Tell whether a period is the whole fiscal year as one looks at it today."""
    return period == Period.of(period.fiscal_year, today=today)


def target_gap(lead: Lead) -> float | None:
    """Return how far the figure lies above where the target stands on the last day, below if negative."""
    if lead.pace is None or lead.now.value is None:
        return None
    return lead.now.value - lead.pace


def pace_on(lead: Lead, days: int) -> float | None:
    """Return where the target stands after so many days if the year runs evenly."""
    return None if lead.target is None else float(lead.target) * days / lead.period.days_of_year


def months_begun(firsts: Sequence[tuple[date, date]], period: Period) -> int:
    """Return how many months of the year have begun by the last day."""
    return sum(first <= period.last for first, _last in firsts)
