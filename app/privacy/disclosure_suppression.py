"""Which cells to withhold, solved and not guessed (mixed integer programme, HiGHS); pure.

For every withheld cell two other tables must exist that print the same, one with the cell at most 1 and one
with it at least T − 1; also for the one person who is alone in another withheld cell and knows it.
The cells are made safe one after the other, each by a programme that withholds as little more as it can.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

from app.privacy.disclosure_programme import Infeasible, Programme, Question, find_other
from app.privacy.disclosure_tables import Standing, Tables

SECONDS: Final = 20.0


def suppress(tables: Tables, threshold: int, *, seconds: float = SECONDS) -> frozenset[str]:
    """Return the names of the cells that must not be printed.

    Raises:
        Infeasible: nothing makes the tables safe, or the time is over; then nothing may be printed.
    """
    search = Search(tables, threshold, monotonic() + seconds)
    search.run()
    return frozenset(search.names[i] for i in search.hidden)


@dataclass
class Search:
    """The cells in rows of numbers, what is withheld so far, and the other tables found on the way."""

    tables: Tables
    threshold: int
    until: float
    hidden: set[int] = field(default_factory=set)
    # Withheld together with their whole line: nobody can tell a nought there.
    blank: set[int] = field(default_factory=set)
    # Tables that print the same as the true one, whatever else will be withheld.
    others: list[Any] = field(default_factory=list)
    kept_inside: dict[int, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Number the cells and write the sums as rows of a matrix."""
        import numpy

        cells = list(self.tables.cells.values())
        self.names = [cell.name for cell in cells]
        number = {name: i for i, name in enumerate(self.names)}
        self.values = numpy.array([cell.value for cell in cells], dtype=float)
        self.weights = [cell.weight * (1 + math.log1p(cell.value)) for cell in cells]
        self.standings = [cell.standing for cell in cells]
        self.sums = [(number[one.total], [number[part] for part in one.parts]) for one in self.tables.sums]
        self.lines = [pair for pair, one in zip(self.sums, self.tables.sums, strict=True) if one.is_line]
        self.matrix = numpy.zeros((len(self.sums), len(cells)))
        for row, (total, parts) in enumerate(self.sums):
            self.matrix[row, total] = -1
            self.matrix[row, parts] = 1
        small = self.tables.primaries(self.threshold)
        for i, standing in enumerate(self.standings):
            if standing in (Standing.BLANK, Standing.LOST, Standing.IMPLIED):
                self.blank.add(i)
            if standing not in (Standing.OPEN, Standing.KNOWN) or self.names[i] in small:
                self.hidden.add(i)
        self.close()

    def close(self) -> None:
        """Withhold with an open total every part of it: who sees parts sees how small a total can be."""
        fresh = True
        while fresh:
            fresh = False
            for total, parts in self.lines:
                if total not in self.hidden or self.standings[total] not in (Standing.OPEN, Standing.BLANK):
                    continue
                more = {i for i in parts if self.standings[i] is Standing.OPEN} - self.blank
                if more:
                    self.blank |= more
                    self.hidden |= more
                    fresh = True

    def run(self) -> None:
        """Make every withheld cell safe; what that withholds has to be safe as well."""
        done: set[Question] = set()
        while True:
            asked = [one for one in self.questions() if one not in done]
            if not asked:
                return
            for question in asked:
                done.add(question)
                if not self.answered(question):
                    self.protect(question)

    def questions(self) -> Iterator[Question]:
        """Return what has to be possible, small cells first; an insider's question includes everybody's."""
        alone = sorted(i for i in self.hidden if self.values[i] == 1 and self.is_told(i))
        for cell in sorted(self.hidden, key=self.hardest_first):
            if not self.is_told(cell):
                continue
            insiders: list[int | None] = [i for i in alone if i != cell and cell not in self.inside(i)]
            for insider in insiders or [None]:
                for up in (True, False):
                    yield Question(cell, up, insider)

    def inside(self, total: int) -> set[int]:
        """Return the cells that a total takes in: who is alone in it knows that nobody else is in them."""
        if total not in self.kept_inside:
            names = self.tables.within(self.names[total])
            self.kept_inside[total] = {i for i, name in enumerate(self.names) if name in names}
        return self.kept_inside[total]

    def hardest_first(self, cell: int) -> tuple[bool, float, int]:
        """Order cells so that what cannot be made safe is found soon: differences, then small cells."""
        return self.standings[cell] is not Standing.IMPLIED, float(self.values[cell]), cell

    def is_told(self, cell: int) -> bool:
        """Whether the cell must be kept safe."""
        return self.tables.cells[self.names[cell]].is_told(self.threshold)

    def answered(self, question: Question) -> bool:
        """Whether a table found earlier shows already that the cell may be so."""
        at_least = self.threshold - 1
        for other in [self.values, *self.others]:
            if question.insider is not None and other[question.insider] != 1:
                continue
            value = other[question.cell]
            if value >= at_least if question.up else value <= 1:
                return True
        return False

    def protect(self, question: Question) -> None:
        """Find another table that shows the cell safe; if need be withhold as little more as makes it so."""
        if monotonic() > self.until:
            raise Infeasible
        other = find_other(self, question)
        if other is None:
            programme = Programme(self, question)
            other, more = programme.solve(max(self.until - monotonic(), 0.1))
            self.hidden |= more
            self.blank |= {i for i in more if self.values[i] == 0}
            self.close()
        self.others.append(other)
