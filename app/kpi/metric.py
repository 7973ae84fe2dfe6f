"""What a metric is: its words, how it counts, and the one select of the rows that it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    cast,
    literal,
    null,
    select,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.cases.queries import person_id
from app.foundation.db import Coded
from app.foundation.fiscal_year import fiscal_year_of
from app.foundation.labels import LabelledEnum
from app.kpi.period import Period
from app.kpi.vocabulary import By, MetricKind
from app.plan.register import NO_WORDS, Words
from app.plan.vocabulary import Counting
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup

Expression = Any
CARD_BASED = Words(
    ja="カード基準：同じカードの人を1人と数えます。カードのない人や、カードを作りなおした人は重なることがあります。",
    en="By card: people with the same card are one. Whoever has no card, or a new one, may count twice.",
)


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One figure of the city's work: everything about it, said once.

    ``rows`` returns the select of `row_select`; value, breakdowns and drill-down are made of nothing else.
    ``duration`` turns the two days of a row into the days that a median takes.
    """

    key: str
    title: Words
    unit: Words
    counting: Counting
    kind: MetricKind
    rule: Words
    # For the handbook: what is left out, a worked example, and where the plan or a notice says so.
    counts_not: Words = NO_WORDS
    example: Words = NO_WORDS
    source: Words = NO_WORDS
    rows: Callable[[Period], Select[Any]]
    by: tuple[By, ...]
    # The same rows from the records alone, where `rows` reads what the database keeps of them: the oracle.
    direct: Callable[[Period], Select[Any]] | None = None
    # The same rows as sums that the database keeps: columns of `sums_select`. The rows stay the oracle.
    sums: Callable[[Period], Select[Any]] | None = None
    programme: Programme | None = None
    note: Words = NO_WORDS
    parts: type[LabelledEnum] | None = None
    # The rows of one part alone, where it is rare and found without going through all; else None.
    rare_part: tuple[str, Callable[[Period], Select[Any]]] | None = None
    # Of a share: the part that makes its numerator, and the part about which nothing is known.
    numerator: str = ""
    unknown: str = ""
    duration: Callable[[date, date], int] | None = None
    day_title: Words = Words(ja="日", en="Day")
    other_day_title: Words = NO_WORDS
    weight_title: Words = NO_WORDS
    decimals: int = 0
    # Whether the figure of a year still changes with the day on which one looks back at it.
    looks_back: bool = False
    # Of a figure of persons: under one programme each row is another person.
    is_once_each: bool = False
    # Of a figure that is none of persons, yet asks what else the same person did.
    looks_at_person: bool = False
    # Goes up when the select changes its meaning while the words stay: frozen figures keep their own.
    version: int = 1

    @property
    def counts_persons(self) -> bool:
        """Whether one person counts once, however many rows."""
        return self.counting is Counting.PERSONS

    @property
    def rests_on_persons(self) -> bool:
        """Whether it may change when two cases turn out to be one person."""
        return self.counts_persons or self.looks_at_person

    @property
    def is_additive(self) -> bool:
        """Whether the cells of every breakdown sum to the total."""
        return self.kind is MetricKind.FLOW and not self.counts_persons


def row_select(
    table: str,
    record: Expression,
    day: Expression,
    *,
    other_day: Expression | None = None,
    weight: Expression | int = 1,
    case: Expression | None = None,
    person: Expression | None = None,
    part: Expression | None = None,
    office: Expression | None = None,
    programme: Expression | None = None,
    agency: Expression | None = None,
    window: Expression | None = None,
    target_group: Expression | None = None,
) -> Select[Any]:
    """Return a select with the columns that every metric has; what a table lacks is NULL.

    With ``case`` alone, the caller joins Case, from which the person is read; ``person`` is known already.
    """
    if case is not None and person is None:
        person = person_id()
    return select(
        literal(table, String).label("table_name"),
        record.label("record_id"),
        day.label("day"),
        _or_null(other_day, Date()).label("other_day"),
        (literal(weight, Integer) if isinstance(weight, int) else weight).label("weight"),
        _or_null(case, Integer()).label("case_id"),
        _or_null(person, Integer()).label("person_id"),
        (cast(null(), String) if part is None else type_coerce(part, String)).label("part"),
        _or_null(office, Integer()).label("office_id"),
        _or_null(programme, Coded(Programme)).label("programme"),
        _or_null(agency, Integer()).label("agency_id"),
        _or_null(window, Integer()).label("window_id"),
        _or_null(target_group, Coded(TargetGroup)).label("target_group"),
    )


class DaysBetween(FunctionElement[int]):
    """How many days one day lies after another, as the database counts them."""

    type = Integer()
    inherit_cache = True


@compiles(DaysBetween, "sqlite")
def days_between_in_sqlite(element: DaysBetween, compiler: SQLCompiler, **words: Any) -> str:
    """SQLite keeps days as text."""
    later, earlier = (compiler.process(one, **words) for one in element.clauses)
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


@compiles(DaysBetween)
def days_between(element: DaysBetween, compiler: SQLCompiler, **words: Any) -> str:
    """PostgreSQL counts days when it subtracts one from another."""
    later, earlier = (compiler.process(one, **words) for one in element.clauses)
    return f"({later} - {earlier})"


def calendar_days(day: date, other_day: date) -> int:
    """Return calendar days from the other day to the day."""
    return (day - other_day).days


def sums_select(day: Expression, *, entries: Expression, weight: Expression, **columns: Expression) -> Any:
    """Return a select of kept sums: how many rows stand behind each line, and by what they may be divided."""
    named = [column.label(name) for name, column in columns.items()]
    return select(day.label("day"), entries.label("entries"), weight.label("weight"), *named)


def within(period: Period, fiscal_year: Expression, day: Expression) -> list[ColumnElement[bool]]:
    """Return the conditions that a record lies in a period: the indexed year, and the day where it runs."""
    if period.since is not None:
        years = range(fiscal_year_of(period.since), period.fiscal_year + 1)
        return [fiscal_year.in_(years), day.between(period.since, period.last)]
    conditions: list[ColumnElement[bool]] = [fiscal_year == period.fiscal_year]
    if period.is_running:
        conditions.append(day <= period.last)
    return conditions


def _or_null(expression: Expression | None, kind: Any) -> Any:
    return cast(null(), kind) if expression is None else expression
