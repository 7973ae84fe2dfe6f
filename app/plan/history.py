"""One measure over the years: what was reached, what was aimed at, what was said."""

from app.plan.assembling import measure_of
from app.plan.models import Indicator, Measure
from app.plan.queries import find_measure_row, get_rows
from app.plan.reading import PlanRows
from app.plan.register import NoteView, Words
from app.plan.sheets import IndicatorSeries, MeasurePage, YearFigures, YearNote, YearTexts
from app.plan.vocabulary import ResultSource, TextKind


def get_measure_page(code: str, fiscal_year: int) -> MeasurePage:
    """Return a measure with every year from the start of its plan to its last target year.

    Newest first; NotFound for an unknown code.
    """
    rows = get_rows(fiscal_year)
    measure = find_measure_row(rows, code)
    holder = measure.repeats_id or measure.id
    view = measure_of(rows, measure, fiscal_year)
    years = range(_last_year(rows, fiscal_year), rows.plan.first_fiscal_year - 1, -1)
    theme = next(one for one in rows.themes if one.id == measure.theme_id)
    policy = next(one for one in rows.policies if one.id == theme.policy_id)
    pairs = zip(view.indicators, rows.indicators.get(holder, []), strict=True)
    return MeasurePage(
        measure=view,
        theme=Words(ja=theme.title, en=theme.title_en),
        policy=Words(ja=policy.title, en=policy.title_en),
        series=tuple(
            IndicatorSeries(
                indicator=indicator,
                years=tuple(
                    _year(rows, holder, row, year) for year in years if _is_kept(rows, holder, row, year)
                ),
                counted_from=None if row.source is ResultSource.REPORTED else _first_counted(rows),
            )
            for indicator, row in pairs
        ),
        texts=tuple(
            one for one in (_texts(rows, holder, year) for year in years) if one.actual or one.target
        ),
        notes=_notes(rows, measure),
    )


def _last_year(rows: PlanRows, fiscal_year: int) -> int:
    ends = [target.last_fiscal_year for held in rows.targets.values() for target in held]
    ends += [text.last_fiscal_year for held in rows.texts.values() for text in held]
    return max([fiscal_year, *ends])


def _is_kept(rows: PlanRows, measure: int, indicator: Indicator, year: int) -> bool:
    return bool(rows.result(measure, indicator.id, "", year) or rows.target(measure, indicator.id, year))


def _first_counted(rows: PlanRows) -> int:
    return max(rows.published_years(), default=rows.plan.first_fiscal_year - 1) + 1


def _year(rows: PlanRows, measure: int, indicator: Indicator, fiscal_year: int) -> YearFigures:
    parts = rows.parts.get(indicator.id, [])
    return YearFigures(
        fiscal_year=fiscal_year,
        actual=rows.result(measure, indicator.id, "", fiscal_year),
        parts=tuple(rows.result(measure, indicator.id, part.key, fiscal_year) for part in parts),
        target=rows.target(measure, indicator.id, fiscal_year),
    )


def _texts(rows: PlanRows, measure: int, fiscal_year: int) -> YearTexts:
    return YearTexts(
        fiscal_year=fiscal_year,
        actual=rows.text(measure, TextKind.ACTUAL, fiscal_year),
        target=rows.text(measure, TextKind.TARGET, fiscal_year),
    )


def _notes(rows: PlanRows, measure: Measure) -> tuple[YearNote, ...]:
    notes = {note.id: note for note, _mark in rows.marks.get(measure.id, [])}
    return tuple(
        YearNote(
            fiscal_year=one.fiscal_year,
            note=NoteView(number=one.position, text=Words(ja=one.text, en=one.text_en)),
        )
        for one in notes.values()
    )
