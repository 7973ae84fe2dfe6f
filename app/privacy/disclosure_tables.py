"""Tables as an attacker sees them: cells, and the sums that tie them together; pure.

秘匿の考え方: a cell is printed, or x stands for it. Zeros are printed, so x means at least one — except in a
line whose cells were all taken away (``blank``), zeros with the others: there x may be nought as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final

THRESHOLD: Final = 10
THRESHOLDS: Final = (3, 5, 10)
TOTAL_WEIGHT: Final = 30.0
"""How many inner cells one total is worth."""


class Standing(Enum):
    """What may happen to a cell."""

    OPEN = auto()  # to be printed now, or withheld
    KNOWN = auto()  # printed before, or exact by approval: the attacker has it
    GONE = auto()  # withheld by an earlier release, which cannot be helped now
    LOST = auto()  # withheld by an earlier release with its whole line, zeros too
    BLANK = auto()  # withheld with its whole line, zeros too
    IMPLIED = auto()  # printed nowhere, yet it follows from what is: a difference of two releases


@dataclass(frozen=True)
class Cell:
    """One number of people or of what they did; ``weight`` is what its loss costs the reader.

    ``was_known``: an earlier number of the same cell is printed, so that only the change is left to guess.
    """

    name: str
    value: int
    weight: float = 1.0
    standing: Standing = Standing.OPEN
    was_known: bool = False

    def is_told(self, threshold: int) -> bool:
        """Whether the cell, when it is not printed, has to stay unknown."""
        if self.standing is Standing.IMPLIED or self.was_known:
            return 0 < self.value < threshold
        return True


@dataclass(frozen=True)
class Sum:
    """A total and the parts that make it; a line is printed as one, a difference of releases is not."""

    total: str
    parts: tuple[str, ...]
    is_line: bool = True


@dataclass(frozen=True)
class Tables:
    """Cells by name and every sum between them, of one table or of many that hang together.

    Raises:
        ValueError: a sum does not hold, a name is unknown, or a number is below nought.
    """

    cells: Mapping[str, Cell]
    sums: tuple[Sum, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse what cannot be a table."""
        if any(cell.value < 0 for cell in self.cells.values()):
            raise ValueError("a count is below nought")
        for one in self.sums:
            if len(one.parts) < 2 or not {one.total, *one.parts} <= self.cells.keys():
                raise ValueError(f"{one.total} is no sum of known parts")
            if self.cells[one.total].value != sum(self.cells[part].value for part in one.parts):
                raise ValueError(f"the parts of {one.total} do not sum to it")

    def primaries(self, threshold: int) -> frozenset[str]:
        """Return the open cells that are small: more than nought, less than the threshold."""
        return frozenset(
            cell.name
            for cell in self.cells.values()
            if cell.standing is Standing.OPEN and 0 < cell.value < threshold
        )

    def blanked(self, names: Iterable[str]) -> "Tables":
        """Return the same tables with some open cells withheld from the start, zeros with the others."""
        gone = set(names)
        return Tables(
            cells={
                name: replace(cell, standing=Standing.BLANK)
                if name in gone and cell.standing is Standing.OPEN
                else cell
                for name, cell in self.cells.items()
            },
            sums=self.sums,
        )

    def within(self, name: str) -> frozenset[str]:
        """Return all cells that a total takes in, parts of parts too; they count nobody whom it does not."""
        found: set[str] = set()
        fresh = {name}
        while fresh:
            inner = {part for one in self.sums if one.is_line and one.total in fresh for part in one.parts}
            fresh = inner - found
            found |= inner
        return frozenset(found)

    def levels(self) -> "Iterator[Tables]":
        """Return the tables with ever less in them: all, without the innermost cells, …, with nothing."""
        yield self
        lines = [one for one in self.sums if one.is_line]
        taken: set[str] = set(self.cells) - {one.total for one in lines}
        while taken < self.cells.keys():
            yield self.blanked(taken)
            taken |= {one.total for one in lines if set(one.parts) <= taken}
        yield self.blanked(self.cells)

    def components(self) -> "list[Tables]":
        """Return the tables apart, where no sum joins them."""
        group = {name: name for name in self.cells}

        def root(name: str) -> str:
            while group[name] != name:
                group[name] = group[group[name]]
                name = group[name]
            return name

        for one in self.sums:
            for part in one.parts:
                group[root(part)] = root(one.total)
        found: dict[str, dict[str, Cell]] = {}
        for name, cell in self.cells.items():
            found.setdefault(root(name), {})[name] = cell
        return [
            Tables(cells, tuple(one for one in self.sums if one.total in cells)) for cells in found.values()
        ]


def cross_table(
    name: str, counts: Mapping[tuple[str, str], int], *, rows: Iterable[str], columns: Iterable[str]
) -> Tables:
    """Return a table of two dimensions with both margins and the grand total; names are row and column."""
    across, down = list(rows), list(columns)
    cells: dict[str, Cell] = {}

    def put(row: str, column: str, value: int, weight: float) -> str:
        key = f"{name}/{row}/{column}"
        cells[key] = Cell(key, value, weight)
        return key

    inner = {(r, c): put(r, c, counts.get((r, c), 0), 1.0) for r in across for c in down}
    sums = []
    for row in across:
        parts = tuple(inner[row, column] for column in down)
        sums.append(Sum(put(row, "*", sum(cells[one].value for one in parts), TOTAL_WEIGHT), parts))
    for column in down:
        parts = tuple(inner[row, column] for row in across)
        sums.append(Sum(put("*", column, sum(cells[one].value for one in parts), TOTAL_WEIGHT), parts))
    grand = put("*", "*", sum(counts.get(key, 0) for key in inner), 2 * TOTAL_WEIGHT)
    sums.append(Sum(grand, tuple(f"{name}/{row}/*" for row in across)))
    sums.append(Sum(grand, tuple(f"{name}/*/{column}" for column in down)))
    return Tables(cells, tuple(sums))
