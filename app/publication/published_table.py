"""A released year in the plan's own layout: figures from the release, words from the plan."""

from dataclasses import replace

from app.kpi import notation
from app.kpi.table import FigureCell, PlanTable, rows_in_order
from app.kpi.vocabulary import Handling, TableSource
from app.plan.queries import get_register
from app.plan.register import IndicatorView, MeasureView, NoteView
from app.publication.figures import SYMBOL, PublishedFigure, PublishedYear


def get_published_table(published: PublishedYear) -> PlanTable:
    """Return the table of a release; raises NotFound where no plan serves its year."""
    register = get_register(published.fiscal_year)
    last = max((note.number for note in register.notes), default=0)
    withheld = any(one.is_suppressed for one in published.figures)
    note = NoteView(number=last + 1, text=notation.WITHHELD)
    return PlanTable(
        plan=register.plan,
        fiscal_year=published.fiscal_year,
        source=TableSource.PUBLISHED if published.edition is None else TableSource.FROZEN,
        is_published=True,
        is_running=False,
        handling=Handling.PUBLIC,
        policies=rows_in_order(register, lambda one: cells_of(published, one)),
        notes=(*register.notes, note) if withheld else register.notes,
    )


def cells_of(published: PublishedYear, measure: MeasureView) -> tuple[FigureCell, ...]:
    """Return the released figures of a measure, each whole with its parts."""
    found = []
    for indicator in measure.indicators:
        cells = [
            cell_of(indicator, one) for one in published.of(measure.code) if one.indicator == indicator.key
        ]
        if cells:
            found.append(replace(cells[0], parts=tuple(cells[1:])))
    return tuple(found)


def cell_of(indicator: IndicatorView, one: PublishedFigure) -> FigureCell:
    """Return a released figure; x stands where it is withheld."""
    return FigureCell(
        indicator=indicator,
        part=one.part,
        label=one.label,
        value=one.value,
        printed=SYMBOL if one.is_suppressed else one.word,
        mark=one.mark,
        metric=None,
        is_withheld=one.is_suppressed,
    )
