"""One measure over the years and plans: what was reached, what was aimed at, what was said, who answered."""

from app.plan.assembling import measure_of
from app.plan.cycle_queries import Stretch, list_lineage
from app.plan.models import Indicator, Measure
from app.plan.queries import find_measure_row, get_rows
from app.plan.reading import PlanRows
from app.plan.register import NO_WORDS, NoteView, OfficeView, Words
from app.plan.sheets import DepartmentSpan, IndicatorSeries, MeasurePage, YearFigures, YearNote, YearTexts
from app.plan.vocabulary import ResultSource, TextKind

Lineage = list[Stretch]


def get_measure_page(code: str, fiscal_year: int) -> MeasurePage:
    """Return a measure with every year from the start of its first plan to its last target year.

    Newest first; NotFound for an unknown code. A series runs on through the plans: where a measure was
    split, merged or carried over, earlier years are those of what it was then.
    """
    rows = get_rows(fiscal_year)
    measure = find_measure_row(rows, code)
    holder = measure.repeats_id or measure.id
    view = measure_of(rows, measure, fiscal_year)
    lineage = list_lineage(rows, measure)
    years = range(_last_year(rows, fiscal_year), lineage[-1].first - 1, -1)
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
                    one for one in (_year(lineage, row, year) for year in years) if one.actual or one.target
                ),
                counted_from=None if row.source is ResultSource.REPORTED else _first_counted(rows),
            )
            for indicator, row in pairs
        ),
        texts=tuple(_texts(lineage, year) for year in years),
        notes=tuple(one for stretch in lineage for one in _notes(stretch, measure)),
        departments=tuple(_departments(lineage, fiscal_year)),
    )


def _last_year(rows: PlanRows, fiscal_year: int) -> int:
    ends = [target.last_fiscal_year for held in rows.targets.values() for target in held]
    ends += [text.last_fiscal_year for held in rows.texts.values() for text in held]
    return max([fiscal_year, *ends])


def _first_counted(rows: PlanRows) -> int:
    return max(rows.published_years(), default=rows.plan.first_fiscal_year - 1) + 1


def _at(lineage: Lineage, fiscal_year: int) -> Stretch:
    """Return what a measure was in a year."""
    return next((one for one in lineage if one.first <= fiscal_year), lineage[-1])


def _year(lineage: Lineage, indicator: Indicator, fiscal_year: int) -> YearFigures:
    stretch = _at(lineage, fiscal_year)
    rows, holder = stretch.rows, stretch.holder(indicator.id)
    parts = rows.parts.get(indicator.id, [])
    if holder is None:
        return YearFigures(fiscal_year=fiscal_year, actual=None, parts=(), target=None)
    return YearFigures(
        fiscal_year=fiscal_year,
        actual=rows.result(holder.id, indicator.id, "", fiscal_year),
        parts=tuple(rows.result(holder.id, indicator.id, part.key, fiscal_year) for part in parts),
        target=rows.target(holder.id, indicator.id, fiscal_year),
    )


def _texts(lineage: Lineage, fiscal_year: int) -> YearTexts:
    stretch = _at(lineage, fiscal_year)
    return YearTexts(
        fiscal_year=fiscal_year,
        codes=tuple(one.code for one in stretch.measures),
        actual=_text(stretch, TextKind.ACTUAL, fiscal_year),
        target=_text(stretch, TextKind.TARGET, fiscal_year),
    )


def _text(stretch: Stretch, kind: TextKind, fiscal_year: int) -> Words:
    found = (stretch.rows.text(one.id, kind, fiscal_year) for one in stretch.measures)
    return next((text for text in found if text), NO_WORDS)


def _notes(stretch: Stretch, measure: Measure) -> list[YearNote]:
    ids = {one.id for one in stretch.measures} | {measure.id}
    notes = {note.id: note for one in ids for note, _mark in stretch.rows.marks.get(one, [])}
    return [
        YearNote(
            fiscal_year=one.fiscal_year,
            note=NoteView(number=one.position, text=Words(ja=one.text, en=one.text_en)),
        )
        for one in sorted(notes.values(), key=lambda one: (one.fiscal_year, one.position))
    ]


def _departments(lineage: Lineage, fiscal_year: int) -> list[DepartmentSpan]:
    """Return who answered under each plan; the newest goes on past its own years until another follows."""
    found, last = [], max(fiscal_year, lineage[0].rows.plan.last_fiscal_year)
    for stretch in lineage:
        offices: dict[int, OfficeView] = {
            office.id: office for one in stretch.measures for office in stretch.rows.offices.get(one.id, [])
        }
        plan = stretch.rows.plan
        found.append(
            DepartmentSpan(
                first=stretch.first,
                last=last,
                codes=tuple(one.code for one in stretch.measures),
                plan=Words(ja=plan.title, en=plan.title_en),
                offices=tuple(offices.values()),
            )
        )
        last = stretch.first - 1
    return found
