"""The decision what may be printed of tables of people: chosen by one code, audited by another; pure.

Where nothing makes the tables safe they are offered again with less in them, down to nothing: an answer that
fails the audit is never taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.privacy.disclosure_audit import Printed, Span, narrowed, spans
from app.privacy.disclosure_suppression import SECONDS, Infeasible, suppress
from app.privacy.disclosure_tables import Standing, Tables


@dataclass(frozen=True)
class Decision:
    """What stands as x, of it what is ``small`` and what went with its whole line (``blank``).

    ``level`` 0: cell by cell; above, that much of a table was taken away. ``past``: what earlier releases
    betray by themselves, which withholding cannot help.
    """

    withheld: frozenset[str]
    small: frozenset[str]
    blank: frozenset[str]
    level: int = 0
    past: tuple[Span, ...] = ()


def decide(tables: Tables, threshold: int, *, seconds: float = SECONDS) -> Decision:
    """Return what must not be printed; tables that no sum joins are decided apart."""
    found = [decide_one(one, threshold, seconds) for one in tables.components()]
    return Decision(
        withheld=frozenset().union(*(one.withheld for one in found)),
        small=tables.primaries(threshold),
        blank=frozenset().union(*(one.blank for one in found)),
        level=max((one.level for one in found), default=0),
        past=tuple(span for one in found for span in one.past),
    )


def decide_one(tables: Tables, threshold: int, seconds: float) -> Decision:
    """Return what must not be printed of tables that hang together: the first level that can be made safe."""
    levels = list(tables.levels())
    for level, offer in enumerate(levels[:-1]):
        try:
            withheld = suppress(offer, threshold, seconds=seconds)
        except Infeasible:
            continue
        if not audit(offer, withheld, threshold):
            return decided(tables, offer, withheld, threshold, level)
    nothing = levels[-1]
    gone = {name for name, cell in nothing.cells.items() if cell.standing is Standing.BLANK}
    found = decided(tables, nothing, gone, threshold, len(levels) - 1)
    return replace(found, past=tuple(audit(nothing, gone, threshold)))


def decided(tables: Tables, offer: Tables, withheld: Iterable[str], threshold: int, level: int) -> Decision:
    """Return a decision about the cells that are open."""
    gone = frozenset(name for name in withheld if tables.cells[name].standing is Standing.OPEN)
    return Decision(
        withheld=gone,
        small=tables.primaries(threshold),
        blank=blank_of(offer, withheld) & gone,
        level=level,
    )


def audit(tables: Tables, withheld: Iterable[str], threshold: int) -> list[Span]:
    """Return what somebody could work out too well, were all but the withheld cells printed."""
    printed = as_read(tables, withheld)
    told = told_of(tables, printed.unknown, threshold)
    alone = [name for name in told if tables.cells[name].value == 1]
    return narrowed(printed, threshold, watched=told, alone=alone)


def attack(tables: Tables, withheld: Iterable[str], threshold: int) -> list[Span]:
    """Return how closely each withheld cell could be worked out by a reader, were all others printed."""
    printed = as_read(tables, withheld)
    return spans(printed, sorted(told_of(tables, printed.unknown, threshold)))


def told_of(tables: Tables, unknown: Iterable[str], threshold: int) -> list[str]:
    """Return the unknown cells that have to stay unknown."""
    return [name for name in unknown if tables.cells[name].is_told(threshold)]


def as_read(tables: Tables, withheld: Iterable[str]) -> Printed:
    """Return what a reader has in hand when all cells but the withheld are printed."""
    gone = set(withheld) | {
        cell.name
        for cell in tables.cells.values()
        if cell.standing in (Standing.GONE, Standing.LOST, Standing.IMPLIED)
    }
    blank = blank_of(tables, gone)
    return Printed(
        numbers={name: cell.value for name, cell in tables.cells.items() if name not in gone},
        unknown={name: least_of(tables, name, blank) for name in tables.cells if name in gone},
        sums=[(one.total, one.parts) for one in tables.sums],
    )


def least_of(tables: Tables, name: str, blank: frozenset[str]) -> int:
    """Return what an x stands for at least: zeros are printed, save in a line that was taken away whole."""
    cell = tables.cells[name]
    return 0 if name in blank or cell.standing is Standing.IMPLIED or cell.value == 0 else 1


def blank_of(tables: Tables, withheld: Iterable[str]) -> frozenset[str]:
    """Return the cells that were withheld with their whole line: of an open total that is withheld too."""
    gone = set(withheld)
    blank = {name for name in gone if tables.cells[name].standing in (Standing.BLANK, Standing.LOST)}
    for one in tables.sums:
        total = tables.cells[one.total]
        if one.is_line and one.total in gone and total.standing in (Standing.OPEN, Standing.BLANK):
            blank |= {part for part in one.parts if tables.cells[part].standing is Standing.OPEN} & gone
    return frozenset(blank)
