"""A month's report (月次報告) as one value that screen, paper, workbook and data file all read; pure.

A closed month is kept as this value in JSON: all words and figures, so that it prints the same for ever.
"""

import json
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from app.foundation.labels import LabelledEnum
from app.plan.register import NO_WORDS, Words
from app.situation.programme import Programme

FORMAT: Final = "shirube-month-1"


class Lateness(LabelledEnum):
    """What happened to a record after its month was closed."""

    ADDED = "added", "追加", "Added"
    REMOVED = "removed", "除外", "Taken out"
    CHANGED = "changed", "訂正", "Changed"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure: its value, the number of rows behind it, how it is written, and where its rows stand.

    ``bounds`` says between which values a share lies, whatever the unknown part of it is.
    """

    value: int | float | None
    n: int
    text: Words
    bounds: str = ""
    key: str
    fiscal_year: int
    query: dict[str, int | str]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A metric, or with ``part`` one part of it: the month and the year so far, each beside last year."""

    key: str
    part: str
    title: Words
    unit: Words
    counting: Words
    month: Cell | None
    month_before: Cell | None
    year: Cell | None
    year_before: Cell | None
    # Measure of the plan that sets the target, "" where there is none.
    measure: str = ""
    target: Words = NO_WORDS
    attained: Words = NO_WORDS
    pace: Words = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class Section:
    """Lines that belong together."""

    title: Words
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class LateRecord:
    """One record that was entered, changed or voided after its month was closed."""

    table: str
    record_id: int
    day: date
    change: Lateness
    before: int
    now: int


@dataclass(frozen=True, kw_only=True)
class LateLine:
    """A figure of a closed month that later entries changed: as it was last reported, and as it is."""

    key: str
    part: str
    title: Words
    fiscal_year: int
    month: int
    before: int
    now: int
    records: tuple[LateRecord, ...]

    def count(self, change: Lateness) -> int:
        """Return how many records were added, taken out or changed."""
        return sum(one.change is change for one in self.records)


@dataclass(frozen=True, kw_only=True)
class Report:
    """One office's month. ``last`` is the last day counted; ``closed_on`` is None while it is open."""

    office_id: int
    office: Words
    programme: Programme
    fiscal_year: int
    month: int
    last: date
    is_over: bool
    sections: tuple[Section, ...]
    late: tuple[LateLine, ...]
    note: str
    document_number: str
    made_on: date
    closed_on: date | None = None
    closed_by: str = ""
    format: str = FORMAT

    @property
    def is_closed(self) -> bool:
        """Whether it stands as it was closed."""
        return self.closed_on is not None


def write(report: Report) -> str:
    """Return the report as JSON, always the same characters for the same report."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def read(text: str) -> Report:
    """Return the report that was written; ValueError for any other format."""
    plain = json.loads(text)
    if plain.get("format") != FORMAT:
        raise ValueError(f"not {FORMAT}")
    found = _made(Report, plain)
    if not isinstance(found, Report):
        raise TypeError("no report was kept")
    return found


def digest(text: str) -> str:
    """Return the SHA-256 of a kept report."""
    return sha256(text.encode()).hexdigest()


def _made(kind: Any, plain: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if plain is None else _made(inner[0], plain)
    if origin is tuple:
        return tuple(_made(inner[0], one) for one in plain)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(
            **{one.name: _made(hints[one.name], plain[one.name]) for one in fields(kind) if one.name in plain}
        )
    if kind is date:
        return date.fromisoformat(plain)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(plain)
    return plain
