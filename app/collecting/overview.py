"""What a year's collection looks like: each measure's figures, where they stand, who owes what."""

from dataclasses import dataclass
from datetime import date

from app.access.actor import Actor
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.kpi.table import FigureCell
from app.kpi.vocabulary import TableSource
from app.plan import queries
from app.plan.period_queries import get_calendar
from app.plan.periods import YearCalendar
from app.plan.register import MeasureView, TargetView, Words
from app.plan.submission_queries import list_corrections, list_submissions
from app.plan.submissions import (
    NOT_BEGUN,
    Correction,
    Submission,
    SubmissionAct,
    SubmissionState,
    acts_in,
)
from app.plan.vocabulary import ResultSource, TextKind
from app.years.reports import get_table


@dataclass(frozen=True, kw_only=True)
class CollectedLine:
    """One figure of a measure: this year's, last year's, the target, and what is said beside it."""

    cell: FigureCell
    before: FigureCell | None
    target: TargetView | None
    correction: Correction | None

    @property
    def is_counted(self) -> bool:
        """Whether it comes from records or from the map, so that nobody types it."""
        return self.cell.indicator.source is not ResultSource.REPORTED

    @property
    def is_missing(self) -> bool:
        """Whether the department still owes it."""
        return not self.is_counted and self.cell.value is None and not self.cell.part


@dataclass(frozen=True, kw_only=True)
class CollectedMeasure:
    """A measure of the year and where its results stand."""

    measure: MeasureView
    lines: tuple[CollectedLine, ...]
    text: Words
    source: Words
    submission: Submission
    is_late: bool

    @property
    def missing(self) -> int:
        """How many figures are still owed."""
        return sum(line.is_missing for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Collection:
    """A year's collection as one actor sees it."""

    fiscal_year: int
    calendar: YearCalendar
    measures: tuple[CollectedMeasure, ...]

    def count(self, *states: SubmissionState) -> int:
        """Return how many measures stand so."""
        return sum(one.submission.state in states for one in self.measures)

    def standing(self, state: SubmissionState | None) -> tuple[CollectedMeasure, ...]:
        """Return the measures that stand so; all of them for None."""
        return tuple(one for one in self.measures if state in (None, one.submission.state))

    @property
    def late(self) -> tuple[CollectedMeasure, ...]:
        """Measures whose day has passed without their results."""
        return tuple(one for one in self.measures if one.is_late)


def get_collection(actor: Actor, fiscal_year: int) -> Collection:
    """Return the measures of a year for which an actor answers; NotFound where no plan serves the year."""
    rows = queries.get_rows(fiscal_year)
    calendar, states = get_calendar(fiscal_year), list_submissions(fiscal_year)
    corrections = list_corrections(fiscal_year)
    table = get_table(fiscal_year, TableSource.RECORDS)
    shown = {row.measure.code: row for row in table.rows}
    last_year = figures_before(fiscal_year)
    today = clock.today()
    found = []
    for one in rows.measures:
        if not queries.reports_for(actor, rows, one):
            continue
        row, state = shown[one.code], states.get(one.id, NOT_BEGUN)
        ids = {indicator.key: indicator.id for indicator in rows.indicators.get(one.id, [])}
        lines = [
            CollectedLine(
                cell=cell,
                before=last_year.get((one.code, cell.indicator.key, cell.part)),
                target=None if cell.part else rows.target(one.id, ids[cell.indicator.key], fiscal_year),
                correction=corrections.get((ids[cell.indicator.key], cell.part)),
            )
            for whole in row.figures
            for cell in whole.with_parts()
        ]
        found.append(
            CollectedMeasure(
                measure=row.measure,
                lines=tuple(lines),
                text=row.measure.actual_text,
                source=rows.text(one.id, TextKind.SOURCE, fiscal_year),
                submission=state,
                is_late=state.state.is_with_department and today > calendar.submission_deadline,
            )
        )
    return Collection(fiscal_year=fiscal_year, calendar=calendar, measures=tuple(found))


def figures_before(fiscal_year: int) -> dict[tuple[str, str, str], FigureCell]:
    """Return the figures of the year before, as its own table shows them, by measure, indicator and part."""
    if queries.find_plan(fiscal_year - 1) is None:
        return {}
    return {
        (row.measure.code, cell.indicator.key, cell.part): cell
        for row in get_table(fiscal_year - 1).rows
        for whole in row.figures
        for cell in whole.with_parts()
    }


def get_collected(actor: Actor, fiscal_year: int, code: str) -> tuple[Collection, CollectedMeasure]:
    """Return a year's collection and one measure of it; NotFound unless the actor answers for it."""
    collection = get_collection(actor, fiscal_year)
    for one in collection.measures:
        if one.measure.code == code:
            return collection, one
    raise NotFound


def offered_acts(actor: Actor, one: CollectedMeasure) -> list[SubmissionAct]:
    """Return what an actor may do with a measure's results now."""
    is_desk = actor.may(Permission.PLAN_WRITE)
    return [act for act in acts_in(one.submission.state) if is_desk or not act.is_of_plan_desk]


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What an actor still owes of a year, and by when."""

    fiscal_year: int
    count: int
    deadline: date
    is_late: bool


def find_owed(actor: Actor) -> Owed | None:
    """Return what a department owes of the year that ended last; None when nothing is asked or owed.

    Reads no figure: it stands on every page of the plan.
    """
    year = fiscal_year_of(clock.today()) - 1
    # The plan desk answers for every measure, but it is the departments who submit.
    owes = actor.may(Permission.RESULT_WRITE) and not actor.may(Permission.PLAN_WRITE)
    if not owes or queries.find_plan(year) is None:
        return None
    calendar = get_calendar(year)
    rows = queries.get_rows(year)
    if calendar.is_frozen or year in rows.published_years():
        return None
    states = list_submissions(year)
    own = [one for one in rows.measures if queries.reports_for(actor, rows, one)]
    count = sum(states.get(one.id, NOT_BEGUN).state.is_with_department for one in own)
    if not count:
        return None
    last = calendar.submission_deadline
    return Owed(fiscal_year=year, count=count, deadline=last, is_late=clock.today() > last)
