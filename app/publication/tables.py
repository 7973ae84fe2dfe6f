"""Which figures of the plan's table are of people, and how they hang together: what the gate judges; pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.kpi.table import FigureCell, PlanTable
from app.kpi.vocabulary import Mark
from app.plan.register import IndicatorView
from app.plan.vocabulary import Counting, ResultSource
from app.privacy.disclosure import Decision
from app.privacy.disclosure_tables import TOTAL_WEIGHT, Cell, Standing, Sum, Tables
from app.publication.figures import Showing

THINGS: Final = frozenset({"回", "冊", "校", "施設", "団体", "事業", "日"})
"""Units of what is no person and no act of one; any other unit is taken for people."""
REST: Final = "…"
WHOLE: Final = "*"

Exact = Mapping[str, frozenset[str]]
"""Approved exceptions: the indicator, and the exact parts that may stand beside its whole."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One figure of the table: where it stands, and the name of its cell ("" for figures of things)."""

    measure: str
    cell: FigureCell
    name: str
    # The cells that sum to it: its equation in the ledger.
    sum_of: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A year's figures as they are put to the gate.

    ``tables`` holds those of people; ``closed`` are the names that the gate cannot judge (rates, parts that
    do not fit their whole) and therefore does not let out.
    """

    items: tuple[Item, ...]
    tables: Tables
    closed: frozenset[str]
    exact: frozenset[str]

    def showing(self, item: Item, decision: Decision) -> Showing:
        """Return how a figure leaves."""
        if item.cell.mark is Mark.PUBLISHED:
            return Showing.KNOWN
        if item.name in self.exact:
            return Showing.EXACT
        if item.name in decision.blank:
            return Showing.TAKEN
        hidden = item.name in self.closed or item.name in decision.withheld
        return Showing.WITHHELD if hidden else Showing.SHOWN


def is_of_people(indicator: IndicatorView) -> bool:
    """Tell whether a figure counts people or what they did; in doubt it does."""
    if indicator.source is ResultSource.MAP:
        return False
    counted = indicator.source is ResultSource.RECORDS or indicator.counting is not Counting.NEITHER
    return counted or indicator.unit.ja not in THINGS


def is_rate(cell: FigureCell) -> bool:
    """Tell whether a figure is a rate or an average, of which the gate does not know the counts."""
    value = cell.value
    return cell.indicator.decimals > 0 or (value is not None and value != value.to_integral_value())


def offer_of(table: PlanTable, exact: Exact) -> Offer:
    """Return a table's figures as the gate takes them."""
    items = tuple(items_of(table))
    cells: dict[str, Cell] = {}
    sums: dict[str, Sum] = {}
    closed: set[str] = set()
    open_exactly: set[str] = set()
    for whole, parts in families(items):
        family = [whole, *parts]
        names = [one.name for one in family if one.name]
        fits = exact.get(whole.cell.indicator.key) == frozenset(part.cell.part for part in parts)
        if fits and whole.cell.mark is not Mark.PUBLISHED:
            open_exactly.update(names)
        if not can_be_judged(family):
            closed.update(name for name in names if name not in open_exactly)
            continue
        known = fits or whole.cell.mark is Mark.PUBLISHED
        for one in family:
            if one.name:
                cells[one.name] = cell_of(one, known)
        if parts and whole.name:
            sums[whole.name] = sum_of(whole, parts, cells)
    return Offer(
        items=items,
        tables=Tables(cells, tuple(sums.values())),
        closed=frozenset(closed),
        exact=frozenset(open_exactly),
    )


def items_of(table: PlanTable) -> Iterator[Item]:
    """Return every figure once under each measure that prints it, the whole before its parts."""
    several = names_with_several_values(table)
    for row in table.rows:
        for figure in row.figures:
            for cell in figure.with_parts():
                name = name_of(table.fiscal_year, cell, row.measure.code, several)
                within = [name_of(table.fiscal_year, one, row.measure.code, several) for one in figure.parts]
                whole_of = tuple(within) if within and not cell.part else ()
                yield Item(measure=row.measure.code, cell=cell, name=name, sum_of=whole_of or (name,))


def names_with_several_values(table: PlanTable) -> set[tuple[str, str]]:
    """Return figures that the plan prints with different numbers under different measures."""
    found: dict[tuple[str, str], set[Decimal | None]] = {}
    for row in table.rows:
        for figure in row.figures:
            for cell in figure.with_parts():
                found.setdefault((cell.indicator.key, cell.part), set()).add(cell.value)
    return {key for key, values in found.items() if len(values) > 1}


def name_of(fiscal_year: int, cell: FigureCell, measure: str, several: set[tuple[str, str]]) -> str:
    """Return the name of a figure's cell: the same under every measure (再掲); "" where it is of things."""
    if cell.value is None or not is_of_people(cell.indicator):
        return ""
    name = f"{cell.indicator.key}/{fiscal_year}/{cell.part or WHOLE}"
    return f"{name}/{measure}" if (cell.indicator.key, cell.part) in several else name


def families(items: Iterable[Item]) -> Iterator[tuple[Item, list[Item]]]:
    """Return each whole with its parts."""
    found: list[tuple[Item, list[Item]]] = []
    for item in items:
        if item.cell.part:
            found[-1][1].append(item)
        else:
            found.append((item, []))
    yield from found


def can_be_judged(family: list[Item]) -> bool:
    """Tell whether figures are counts whose parts fit into their whole; what was printed before always is."""
    if any(is_rate(one.cell) for one in family if one.name):
        return False
    whole, *parts = (one.cell.value or Decimal(0) for one in family)
    return not parts or sum(parts) <= whole


def cell_of(item: Item, known: bool) -> Cell:
    """Return the cell of a figure."""
    weight = 1.0 if item.cell.part else TOTAL_WEIGHT
    standing = Standing.KNOWN if known else Standing.OPEN
    return Cell(item.name, int(item.cell.value or 0), weight, standing)


def sum_of(whole: Item, parts: list[Item], cells: dict[str, Cell]) -> Sum:
    """Return the sum of a whole; what its parts leave over follows from them and is a cell too."""
    rest = f"{whole.name}/{REST}"
    names = [part.name for part in parts if part.name]
    left = cells[whole.name].value - sum(cells[name].value for name in names)
    if left or len(names) < 2:
        cells[rest] = Cell(rest, left, standing=Standing.IMPLIED)
        names.append(rest)
    return Sum(whole.name, tuple(names))
