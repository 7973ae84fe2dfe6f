"""What a plan file says, as frozen facts ready to be kept."""

from dataclasses import dataclass
from decimal import Decimal

from app.plan.register import PlanView, Words
from app.plan.vocabulary import Counting, NotePlace, ResultSource, TargetSense, TextKind
from app.situation.programme import Programme


@dataclass(frozen=True, kw_only=True)
class DepartmentFacts:
    """A department that the plan names."""

    key: str
    name: Words
    programme: Programme | None


@dataclass(frozen=True, kw_only=True)
class PartFacts:
    """A part of an indicator."""

    key: str
    label: Words


@dataclass(frozen=True, kw_only=True)
class IndicatorFacts:
    """An indicator, whichever measures show it."""

    key: str
    label: Words
    unit: Words
    decimals: int
    counting: Counting
    source: ResultSource
    parts: tuple[PartFacts, ...]


@dataclass(frozen=True, kw_only=True)
class ThemeFacts:
    """A theme."""

    number: int
    title: Words


@dataclass(frozen=True, kw_only=True)
class PolicyFacts:
    """A basic policy and its themes."""

    number: int
    title: Words
    themes: tuple[ThemeFacts, ...]


@dataclass(frozen=True, kw_only=True)
class FigureFacts:
    """A published figure; ``part`` is "" for the whole."""

    indicator: str
    part: str
    fiscal_year: int
    value: Decimal
    printed: str
    place: str


@dataclass(frozen=True, kw_only=True)
class TargetFacts:
    """A target and its years."""

    indicator: str
    first: int
    last: int
    value: Decimal
    sense: TargetSense
    note: Words
    place: str


@dataclass(frozen=True, kw_only=True)
class TextFacts:
    """A yearly text."""

    kind: TextKind
    first: int
    last: int
    text: Words
    place: str


@dataclass(frozen=True, kw_only=True)
class MeasureFacts:
    """A measure with all that the file says under it."""

    theme: int
    number: int
    code: str
    title: Words
    title_in_table: Words
    description: Words
    audience: Words
    departments: tuple[str, ...]
    indicators: tuple[str, ...]
    repeats: str
    figures: tuple[FigureFacts, ...]
    targets: tuple[TargetFacts, ...]
    texts: tuple[TextFacts, ...]
    place: str


@dataclass(frozen=True, kw_only=True)
class MarkFacts:
    """Where the mark of a note stands."""

    measure: str
    place: NotePlace
    indicator: str
    where: str


@dataclass(frozen=True, kw_only=True)
class NoteFacts:
    """A note under one year's table."""

    fiscal_year: int
    text: Words
    marks: tuple[MarkFacts, ...]


@dataclass(frozen=True, kw_only=True)
class BesideFacts:
    """Support outside the measures."""

    title: Words
    department: str
    place: str


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """One plan file."""

    plan: PlanView
    departments: tuple[DepartmentFacts, ...]
    indicators: tuple[IndicatorFacts, ...]
    policies: tuple[PolicyFacts, ...]
    measures: tuple[MeasureFacts, ...]
    notes: tuple[NoteFacts, ...]
    beside: tuple[BesideFacts, ...]
