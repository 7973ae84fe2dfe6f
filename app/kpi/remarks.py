"""Numbering what is said below the plan's table, and setting the marks in its cells; pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from app.kpi.table import FigureCell, Place, PlanTable, Remark, TableRow, with_rows
from app.kpi.vocabulary import RemarkKind

Marks = dict[tuple[str, str, str], tuple[int, ...]]


def with_remarks(table: PlanTable, remarks: Iterable[Remark]) -> PlanTable:
    """Return a table with these remarks and no others, numbered after the plan's own notes.

    What repeats a measure (再掲) carries the marks of the measure that it repeats.
    """
    first = max((note.number for note in table.notes), default=0) + 1
    numbered = tuple(replace(one, number=number) for number, one in enumerate(remarks, start=first))
    marks = marks_of(numbered)
    return replace(with_rows(table, lambda row: marked_row(row, marks)), remarks=numbered)


def marks_of(remarks: Iterable[Remark]) -> Marks:
    """Return the numbers that stand at each place."""
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for one in remarks:
        for place in one.places:
            found[place.measure, place.indicator, place.part].append(one.number)
    return {place: tuple(numbers) for place, numbers in found.items()}


def marked_row(row: TableRow, marks: Marks) -> TableRow:
    """Return a row with its marks."""
    code = row.measure.repeats or row.measure.code
    return replace(
        row,
        figures=tuple(marked(code, cell, marks) for cell in row.figures),
        text_remarks=marks.get((code, "", ""), ()),
    )


def marked(code: str, cell: FigureCell, marks: Marks) -> FigureCell:
    """Return a figure with its marks, its parts with theirs."""
    return replace(
        cell,
        remarks=marks.get((code, cell.indicator.key, cell.part), ()),
        parts=tuple(marked(code, part, marks) for part in cell.parts),
    )


def public_remarks(table: PlanTable) -> list[Remark]:
    """Return one remark of each kind with nothing but its places; a withheld figure is in none of them."""
    hidden = {
        (row.measure.code, cell.indicator.key, cell.part)
        for row in table.rows
        for figure in row.figures
        for cell in figure.with_parts()
        if cell.is_withheld
    }
    found = []
    for kind in RemarkKind:
        of_kind = [place for one in table.remarks if one.kind is kind for place in one.places]
        places = [one for one in dict.fromkeys(of_kind) if key_of(one) not in hidden]
        if places:
            found.append(Remark(kind=kind, places=tuple(places)))
    return found


def key_of(place: Place) -> tuple[str, str, str]:
    """Return a place as a key."""
    return place.measure, place.indicator, place.part
