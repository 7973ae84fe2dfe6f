"""補正 as the plan's table says it: which figures a department takes for others, and why."""

from decimal import Decimal

from app.kpi.table import FigureCell, Place, PlanTable, Remark, Said
from app.kpi.vocabulary import RemarkKind
from app.plan.register import NO_WORDS, Words
from app.plan.submission_queries import CorrectedFigure, list_corrected
from app.plan.wording import amount


def corrections_of(table: PlanTable) -> list[Remark]:
    """Return the corrections beside a year's counted figures; one that the count agrees with says nothing."""
    found = []
    for one in list_corrected(table.fiscal_year):
        cells = [
            (row.measure.code, cell)
            for row in table.rows
            if row.measure.repeats is None
            for figure in row.figures
            for cell in figure.with_parts()
            if (cell.indicator.key, cell.part) == (one.indicator, one.part)
        ]
        if cells and cells[0][1].value != one.value:
            found.append(remark_of(one, cells))
    return found


def remark_of(one: CorrectedFigure, cells: list[tuple[str, FigureCell]]) -> Remark:
    """Return a correction as a remark at every place of its figure."""
    cell = cells[0][1]
    return Remark(
        kind=RemarkKind.CORRECTED,
        places=tuple(Place(measure=code, indicator=one.indicator, part=one.part) for code, _cell in cells),
        said=(Said(label=cell.label, before=NO_WORDS, now=words_of(one.value, cell)),),
        reason=one.reason,
    )


def words_of(value: Decimal, cell: FigureCell) -> Words:
    """Return a value as it is printed."""
    return Words(ja=amount(value, cell.indicator, "ja"), en=amount(value, cell.indicator, "en"))
