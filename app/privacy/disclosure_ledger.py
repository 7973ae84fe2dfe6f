"""The release ledger: what was printed of a table before, joined with what is to be printed now; pure.

A reader lays releases beside each other: what did not change is known from the older one, what did change
leaves a difference, and a small difference is a person. So each release is judged with all earlier ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.privacy.disclosure_tables import Cell, Standing, Sum, Tables

OLD: Final = "@"
CHANGE: Final = "Δ"


@dataclass(frozen=True)
class Released:
    """An earlier release of the same cells: the true tables of its day, and which cells stood as x.

    ``blank`` are those that went with their whole line, zeros too.
    """

    tables: Tables
    withheld: frozenset[str]
    blank: frozenset[str] = frozenset()

    def standing(self, name: str) -> Standing:
        """Return what a reader has of a cell since."""
        if self.tables.cells[name].standing is Standing.IMPLIED:
            return Standing.IMPLIED
        if name not in self.withheld:
            return Standing.KNOWN
        return Standing.LOST if name in self.blank else Standing.GONE


def joined(earlier: Sequence[Released], new: Tables) -> Tables:
    """Return one system of all releases; the cells of the new one keep their names and stay open."""
    cells: dict[str, Cell] = dict(new.cells)
    sums: list[Sum] = list(new.sums)
    for number, release in enumerate(earlier, start=1):
        names = {name: place(cells, new, release, name, number) for name in release.tables.cells}
        sums += [
            Sum(names[one.total], tuple(names[part] for part in one.parts), one.is_line)
            for one in release.tables.sums
        ]
        sums += changes(cells, names, new, number)
        sums += between(cells, names, earlier[: number - 1], number)
    return Tables(cells, tuple(dict.fromkeys(sums)))


def place(cells: dict[str, Cell], new: Tables, release: Released, name: str, number: int) -> str:
    """Put an earlier cell into the system and return its name there: its own, if it has not changed."""
    cell, now = release.tables.cells[name], new.cells.get(name)
    if now is not None and now.value == cell.value:
        if name not in release.withheld and cells[name].standing in (Standing.OPEN, Standing.BLANK):
            cells[name] = replace(cells[name], standing=Standing.KNOWN)
        return name
    key = f"{name}{OLD}{number}"
    cells[key] = replace(cell, name=key, standing=release.standing(name))
    if now is not None and cells[key].standing is Standing.KNOWN:
        cells[name] = replace(cells[name], was_known=True)
    return key


def changes(cells: dict[str, Cell], names: Mapping[str, str], new: Tables, number: int) -> list[Sum]:
    """Return the sums by which each changed cell and its change follow from the new number."""
    return [
        difference(cells, name, key, number)
        for name, key in names.items()
        if name in new.cells and key != name and not both_known(cells, name, key)
    ]


def both_known(cells: Mapping[str, Cell], name: str, other: str) -> bool:
    """Tell whether both numbers stand before everybody, so that their difference is no secret to keep."""
    return all(cells[one].standing is Standing.KNOWN for one in (name, other))


def between(
    cells: dict[str, Cell], names: Mapping[str, str], before: Sequence[Released], number: int
) -> list[Sum]:
    """Return the sums by which each cell's change since each earlier release follows."""
    found = []
    for other in range(1, len(before) + 1):
        for name, key in names.items():
            old = f"{name}{OLD}{other}"
            if old not in cells or key == name or both_known(cells, old, key):
                continue
            if cells[old].value != cells[key].value:
                found.append(difference(cells, key, old, other))
    return found


def difference(cells: dict[str, Cell], later: str, earlier: str, number: int) -> Sum:
    """Add the difference of two cells, which is printed nowhere, and return the sum that it stands in."""
    more, less = (later, earlier) if cells[later].value > cells[earlier].value else (earlier, later)
    key = f"{CHANGE}{later}{OLD}{number}"
    cells[key] = Cell(key, cells[more].value - cells[less].value, standing=Standing.IMPLIED)
    return Sum(more, (less, key), is_line=False)
