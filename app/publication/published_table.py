"""A released year in the plan's own layout: figures from the release, words from the edition that left."""

from dataclasses import replace

from app.kpi import notation
from app.kpi.remarks import public_remarks, with_remarks
from app.kpi.table import FigureCell, PlanTable, TableRow, rows_in_order, with_rows
from app.kpi.vocabulary import Handling, TableSource
from app.plan.queries import get_register
from app.plan.register import NoteView
from app.publication.figures import SYMBOL, PublishedFigure, PublishedYear
from app.years.freezing_queries import get_frozen_table


def get_published_table(published: PublishedYear) -> PlanTable:
    """Return the table of a release, the same whenever it is asked for.

    Titles, texts and targets are those of the edition that was looked through before it left: what somebody
    writes afterwards stays in the house until it is restated and released. NotFound where no plan serves
    the year.
    """
    base = words_of(published)
    table = with_rows(base, lambda row: replace(row, figures=cells_of(published, row)))
    if any(one.is_suppressed for one in published.figures):
        last = max((note.number for note in table.notes), default=0)
        table = replace(table, notes=(*table.notes, NoteView(number=last + 1, text=notation.WITHHELD)))
    return replace(
        with_remarks(table, public_remarks(table)),
        is_published=True,
        is_running=False,
        handling=Handling.PUBLIC,
    )


def words_of(published: PublishedYear) -> PlanTable:
    """Return the table whose words left with a release; releases older than editions show the plan's own."""
    if published.edition is not None:
        return get_frozen_table(published.fiscal_year, published.edition)
    register = get_register(published.fiscal_year)
    return PlanTable(
        plan=register.plan,
        fiscal_year=published.fiscal_year,
        source=TableSource.PUBLISHED,
        is_published=True,
        is_running=False,
        policies=rows_in_order(register, lambda _measure: ()),
        notes=register.notes,
    )


def cells_of(published: PublishedYear, row: TableRow) -> tuple[FigureCell, ...]:
    """Return the released figures of a measure, each whole with its parts."""
    found = []
    for indicator in row.measure.indicators:
        cells = [
            cell_of(row, one) for one in published.of(row.measure.code) if one.indicator == indicator.key
        ]
        if cells:
            found.append(replace(cells[0], parts=tuple(cells[1:])))
    return tuple(found)


def cell_of(row: TableRow, one: PublishedFigure) -> FigureCell:
    """Return a released figure; x stands where it is withheld."""
    return FigureCell(
        indicator=next(known for known in row.measure.indicators if known.key == one.indicator),
        part=one.part,
        label=one.label,
        value=one.value,
        printed=SYMBOL if one.is_suppressed else one.word,
        mark=one.mark,
        metric=None,
        is_withheld=one.is_suppressed,
    )
