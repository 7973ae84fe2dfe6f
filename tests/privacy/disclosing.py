"""Random tables to be published, as a city has them: one table, two that hang together, three years."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from app.privacy.disclosure_tables import TOTAL_WEIGHT, Cell, Sum, Tables, cross_table

ROWS, COLUMNS = 10, 6


@dataclass(frozen=True)
class Story:
    """Tables of a first release and of a second one, in which some cells have changed."""

    kind: str
    first: Tables
    second: Tables


def stories(seed: int, many: int) -> Iterator[Story]:
    """Return so many random stories."""
    return (story(seed, number) for number in range(many))


def story(seed: int, number: int) -> Story:
    """Return one random story; the same numbers tell the same."""
    random = Random(f"{seed}/{number}")
    kind = random.choices(("table", "linked", "years"), weights=(75, 20, 5))[0]
    sizes = {"table": (ROWS, COLUMNS), "linked": (6, 4), "years": (4, 3)}[kind]
    # Long tables are rarer than short ones.
    length = min(random.randint(2, sizes[0]) for _ in range(2))
    rows = [f"r{i}" for i in range(length)]
    columns = [f"c{i}" for i in range(random.randint(2, sizes[1]))]
    others = [f"d{i}" for i in range(random.randint(2, 4))]
    years = ["1", "2", "3"] if kind == "years" else ["1"]
    seed = random.random()
    counts = {(y, r, c): count(random) for y in years for r in rows for c in columns}
    first = build(kind, counts, rows, columns, others, Random(seed))
    later = changed(counts, random)
    return Story(kind, first, build(kind, later, rows, columns, others, Random(seed)))


def count(random: Random) -> int:
    """Return a count as such a desk has it: many small, a few large, some none."""
    drawn = random.random()
    if drawn < 0.15:
        return 0
    if drawn < 0.5:
        return random.randint(1, 9)
    return random.randint(10, 60) if drawn < 0.85 else random.randint(60, 400)


def changed(counts: dict, random: Random) -> dict:
    """Return the counts of a later day: unchanged, a few corrected by one, or a great many more."""
    drawn = random.random()
    later = dict(counts)
    if drawn < 0.25:
        return later
    if drawn < 0.65:
        for key in random.sample(sorted(counts), min(2, len(counts))):
            later[key] = max(0, counts[key] + random.choice((-1, 1)))
        return later
    return {key: value + (random.randint(20, 80) if value else 0) for key, value in counts.items()}


def build(kind, counts, rows, columns, others, random) -> Tables:
    """Return the tables of counts by year, row and column."""
    made = [
        cross_table(
            year, {(r, c): n for (y, r, c), n in counts.items() if y == year}, rows=rows, columns=columns
        )
        for year in sorted({key[0] for key in counts})
    ]
    if kind == "linked":
        return linked(made[0], rows, others, random)
    return over_years(made, rows, columns if random.random() < 0.5 else []) if kind == "years" else made[0]


def merged(parts: list[Tables], more: list[Cell], sums: list[Sum]) -> Tables:
    """Return tables with more cells and sums between them."""
    cells = {name: cell for one in parts for name, cell in one.cells.items()}
    cells |= {cell.name: cell for cell in more}
    return Tables(cells, tuple(dict.fromkeys([*(s for one in parts for s in one.sums), *sums])))


def linked(first: Tables, rows: list[str], others: list[str], random: Random) -> Tables:
    """Return a table and another of the same people by something else: the row totals are the same cells."""
    split = {}
    for row in rows:
        total = first.cells[f"1/{row}/*"].value
        cuts = sorted(random.randint(0, total) for _ in others[1:])
        split |= {(row, o): b - a for o, (a, b) in zip(others, pairwise([0, *cuts, total]), strict=True)}
    second = cross_table("2", split, rows=rows, columns=others)

    def same(name: str) -> str:
        return "1" + name[1:] if name.endswith("/*") else name

    cells = {**{name: cell for name, cell in second.cells.items() if same(name) == name}, **first.cells}
    sums = [Sum(same(one.total), tuple(map(same, one.parts))) for one in second.sums]
    return Tables(cells, tuple(dict.fromkeys([*first.sums, *sums])))


def over_years(made: list[Tables], rows: list[str], columns: list[str]) -> Tables:
    """Return the tables of three years and the sums over the years of their rows, or of every cell."""
    more, sums = [], []
    for row in [*rows, "*"]:
        for column in [*columns, "*"]:
            parts = tuple(f"{year}/{row}/{column}" for year in "123")
            value = sum(one.cells[part].value for one, part in zip(made, parts, strict=True))
            more.append(Cell(f"all/{row}/{column}", value, TOTAL_WEIGHT))
            sums.append(Sum(f"all/{row}/{column}", parts))
    return merged(made, more, sums)
