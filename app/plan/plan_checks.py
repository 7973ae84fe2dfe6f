"""What must hold between the parts of a plan file before any of it is kept."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from app.foundation.errors import N_
from app.plan.plan_facts import (
    FigureFacts,
    IndicatorFacts,
    MarkFacts,
    MeasureFacts,
    PlanFacts,
)
from app.plan.results import places_of, sum_differs
from app.plan.toml_table import PlanFileError
from app.plan.vocabulary import NotePlace

TWICE: Final = N_("計画ファイルの %(place)s に「%(name)s」が二つあります。")
NOT_THERE: Final = N_("計画ファイルの %(place)s の「%(name)s」は、どこにも書かれていません。")
YEARS_REVERSED: Final = N_(
    "計画ファイルの %(place)s は、最後の年度が最初の年度より前です（%(first)s、%(last)s）。"
)
YEARS_TWICE: Final = N_("計画ファイルの %(place)s は、同じ年度にもう一つあるものと重なります。")
NO_DEPARTMENT: Final = N_("計画ファイルの %(place)s に departments がありません。")
REPEAT_WITH_FIGURES: Final = N_("計画ファイルの %(place)s は再掲なので、指標、実績、目標を持てません。")
PARTS_UNKNOWN: Final = N_("計画ファイルの %(place)s の parts は、指標の内訳と合いません。")
PARTS_DIFFER: Final = N_(
    "計画ファイルの %(place)s は、内訳の合計（%(parts)s）が全体（%(whole)s）と合いません。"
)
TOO_FINE: Final = N_("計画ファイルの %(place)s の小数は %(decimals)s けたまでです。")
WORD_WITH_VALUE: Final = N_("計画ファイルの %(place)s の printed は、値が0のときだけ書けます。")
MARK_OF_FIGURE: Final = N_("計画ファイルの %(place)s の indicator は、place が figure のときだけ書きます。")


def check(facts: PlanFacts) -> None:
    """Refuse facts that contradict each other; PlanFileError names the first place."""
    _check_years("plan", facts.plan.first_fiscal_year, facts.plan.last_fiscal_year)
    _check_keys(facts)
    indicators = {one.key: one for one in facts.indicators}
    measures = {one.code: one for one in facts.measures}
    for measure in facts.measures:
        _check_references(measure, facts, measures)
        _check_figures(measure, indicators)
        _check_spans(measure)
    for note in facts.notes:
        for mark in note.marks:
            _check_mark(mark, measures)
    departments = {one.key for one in facts.departments}
    for beside in facts.beside:
        _require([beside.department], departments, beside.place)


def _check_keys(facts: PlanFacts) -> None:
    _unique((one.key for one in facts.departments), "departments")
    _unique((one.key for one in facts.indicators), "indicators")
    for indicator in facts.indicators:
        _unique((part.key for part in indicator.parts), f"indicators.{indicator.key}.parts")
    _unique((one.number for one in facts.policies), "policies")
    _unique((theme.number for one in facts.policies for theme in one.themes), "policies.themes")
    _unique((one.code for one in facts.measures), "measures")
    _unique((one.number for one in facts.measures), "measures")


def _check_references(measure: MeasureFacts, facts: PlanFacts, measures: dict[str, MeasureFacts]) -> None:
    themes = {theme.number for one in facts.policies for theme in one.themes}
    _require([measure.theme], themes, measure.place)
    _require(measure.departments, {one.key for one in facts.departments}, measure.place)
    _require(measure.indicators, {one.key for one in facts.indicators}, measure.place)
    _unique(measure.departments, measure.place)
    _unique(measure.indicators, measure.place)
    if not measure.departments:
        raise PlanFileError(NO_DEPARTMENT, place=measure.place)
    if not measure.repeats:
        return
    _require([measure.repeats], {code for code, one in measures.items() if not one.repeats}, measure.place)
    if measure.indicators or measure.figures or measure.targets or measure.texts:
        raise PlanFileError(REPEAT_WITH_FIGURES, place=measure.place)


def _check_figures(measure: MeasureFacts, indicators: dict[str, IndicatorFacts]) -> None:
    held = [(one.indicator, one.value, one.place) for one in measure.figures]
    held += [(one.indicator, one.value, one.place) for one in measure.targets]
    for key, value, place in held:
        _require([key], set(measure.indicators), place)
        if places_of(value) > indicators[key].decimals:
            raise PlanFileError(TOO_FINE, place=place, decimals=indicators[key].decimals)
    for whole in (one for one in measure.figures if not one.part):
        parts = [one for one in measure.figures if one.place == whole.place and one.part]
        _check_whole(whole, parts, indicators[whole.indicator])


def _check_whole(whole: FigureFacts, parts: Sequence[FigureFacts], indicator: IndicatorFacts) -> None:
    if whole.printed and whole.value:
        raise PlanFileError(WORD_WITH_VALUE, place=whole.place)
    if {one.part for one in parts} != {one.key for one in indicator.parts}:
        raise PlanFileError(PARTS_UNKNOWN, place=whole.place)
    values = [one.value for one in parts]
    if sum_differs(whole.value, values):
        raise PlanFileError(PARTS_DIFFER, place=whole.place, parts=str(sum(values)), whole=str(whole.value))


def _check_spans(measure: MeasureFacts) -> None:
    spans = [(one.indicator, one.first, one.last, one.place) for one in measure.targets]
    spans += [(f"text {one.kind}", one.first, one.last, one.place) for one in measure.texts]
    taken: set[tuple[str, int]] = set()
    for name, first, last, place in spans:
        _check_years(place, first, last)
        years = {(name, year) for year in range(first, last + 1)}
        if taken & years:
            raise PlanFileError(YEARS_TWICE, place=place)
        taken |= years


def _check_mark(mark: MarkFacts, measures: dict[str, MeasureFacts]) -> None:
    _require([mark.measure], set(measures), mark.where)
    if bool(mark.indicator) != (mark.place is NotePlace.FIGURE):
        raise PlanFileError(MARK_OF_FIGURE, place=mark.where)
    if mark.indicator:
        _require([mark.indicator], set(measures[mark.measure].indicators), mark.where)


def _check_years(place: str, first: int, last: int) -> None:
    if last < first:
        raise PlanFileError(YEARS_REVERSED, place=place, first=str(first), last=str(last))


def _unique(names: Iterable[str | int], place: str) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise PlanFileError(TWICE, place=place, name=str(name))


def _require(names: Iterable[str | int], known: set[str] | set[int], place: str) -> None:
    for name in names:
        if name not in known:
            raise PlanFileError(NOT_THERE, place=place, name=str(name))
