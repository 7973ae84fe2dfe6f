"""What the pages of publication show beside a release itself."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.kpi.table import PlanTable
from app.plan.register import Words
from app.publication.figures import PublishedFigure
from app.publication.queries import list_frozen_years, list_releases
from app.years.freezing_queries import names_of

DIGIT: Final = re.compile(r"[0-9０-９一二三四五六七八九十]")


@dataclass(frozen=True, kw_only=True)
class ReleaseLine:
    """A release as a list shows it; ``released_by`` None where a command did it."""

    fiscal_year: int
    number: int
    edition: int | None
    threshold: int
    released_at: datetime
    released_by: str | None
    digest: str


def list_lines(fiscal_year: int | None = None) -> list[ReleaseLine]:
    """Return every release, the newest year and number first."""
    rows = list_releases(fiscal_year)
    names = names_of({row.released_by for row in rows})
    return [
        ReleaseLine(
            fiscal_year=row.fiscal_year,
            number=row.number,
            edition=row.edition,
            threshold=row.threshold,
            released_at=row.released_at,
            released_by=names.get(row.released_by),
            digest=row.digest,
        )
        for row in rows
    ]


def list_years() -> list[tuple[int, int]]:
    """Return frozen years, newest first, each with the number of its newest release (0: none)."""
    newest: dict[int, int] = {}
    for row in list_releases():
        newest.setdefault(row.fiscal_year, row.number)
    return [(year, newest.get(year, 0)) for year in list_frozen_years()]


def texts_with_numbers(table: PlanTable) -> list[tuple[str, Words]]:
    """Return the texts of results in which a number stands: the gate cannot judge them, a person has to."""
    return [
        (row.measure.code, row.measure.actual_text)
        for row in table.rows
        if row.measure.repeats is None and DIGIT.search(row.measure.actual_text.ja)
    ]


def withheld(figures: tuple[PublishedFigure, ...]) -> int:
    """Return how many figures of a release are withheld."""
    return sum(one.is_suppressed for one in figures)
