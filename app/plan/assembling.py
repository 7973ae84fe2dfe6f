"""From a plan's rows to the frozen register of one fiscal year."""

from collections.abc import Sequence

from app.plan.models import Indicator, Measure, Policy, Theme
from app.plan.reading import PlanRows
from app.plan.register import (
    BesideView,
    IndicatorView,
    MeasureView,
    NoteView,
    PartView,
    PlanView,
    PolicyView,
    Register,
    ThemeView,
    Words,
)
from app.plan.vocabulary import NotePlace, TextKind


def register_of(rows: PlanRows, fiscal_year: int, beside: Sequence[BesideView]) -> Register:
    """Return the register of a fiscal year."""
    views = {one.id: measure_of(rows, one, fiscal_year) for one in rows.measures}
    return Register(
        plan=plan_of(rows),
        fiscal_year=fiscal_year,
        policies=tuple(_policy(rows, policy, views) for policy in rows.policies),
        notes=tuple(
            NoteView(number=one.position, text=Words(ja=one.text, en=one.text_en))
            for one in rows.notes
            if one.fiscal_year == fiscal_year
        ),
        beside=tuple(beside),
    )


def plan_of(rows: PlanRows) -> PlanView:
    """Return the plan itself."""
    plan = rows.plan
    return PlanView(
        key=plan.key,
        title=Words(ja=plan.title, en=plan.title_en),
        city=plan.city,
        local_government_code=plan.local_government_code,
        base_policy=plan.base_policy,
        first_fiscal_year=plan.first_fiscal_year,
        last_fiscal_year=plan.last_fiscal_year,
    )


def measure_of(rows: PlanRows, measure: Measure, fiscal_year: int) -> MeasureView:
    """Return one measure; a repeated one (再掲) holds nothing itself and shows the other's figures."""
    holder = measure.repeats_id or measure.id
    codes = {one.id: one.code for one in rows.measures}
    return MeasureView(
        number=measure.number,
        code=measure.code,
        title=Words(ja=measure.title, en=measure.title_en),
        title_in_table=Words(ja=measure.title_in_table, en=measure.title_in_table_en),
        description=Words(ja=measure.description, en=measure.description_en),
        audience=Words(ja=measure.audience, en=measure.audience_en),
        offices=tuple(rows.offices.get(measure.id, [])),
        indicators=tuple(
            _indicator(rows, holder, one, fiscal_year) for one in rows.indicators.get(holder, [])
        ),
        actual_text=rows.text(holder, TextKind.ACTUAL, fiscal_year),
        next_target_text=rows.text(holder, TextKind.TARGET, fiscal_year + 1),
        second_target_text=rows.text(holder, TextKind.TARGET, fiscal_year + 2),
        repeats=codes[measure.repeats_id] if measure.repeats_id else None,
        title_notes=rows.note_numbers(measure.id, NotePlace.TITLE, fiscal_year),
        audience_notes=rows.note_numbers(measure.id, NotePlace.AUDIENCE, fiscal_year),
    )


def _policy(rows: PlanRows, policy: Policy, views: dict[int, MeasureView]) -> PolicyView:
    themes = [theme for theme in rows.themes if theme.policy_id == policy.id]
    return PolicyView(
        number=policy.number,
        title=Words(ja=policy.title, en=policy.title_en),
        themes=tuple(_theme(rows, theme, views) for theme in themes),
    )


def _theme(rows: PlanRows, theme: Theme, views: dict[int, MeasureView]) -> ThemeView:
    return ThemeView(
        number=theme.number,
        title=Words(ja=theme.title, en=theme.title_en),
        measures=tuple(views[one.id] for one in rows.measures if one.theme_id == theme.id),
    )


def _indicator(rows: PlanRows, measure: int, indicator: Indicator, fiscal_year: int) -> IndicatorView:
    return IndicatorView(
        key=indicator.key,
        label=Words(ja=indicator.label, en=indicator.label_en),
        unit=Words(ja=indicator.unit, en=indicator.unit_en),
        decimals=indicator.decimals,
        counting=indicator.counting,
        source=indicator.source,
        parts=tuple(
            PartView(
                key=part.key,
                label=Words(ja=part.label, en=part.label_en),
                actual=rows.result(measure, indicator.id, part.key, fiscal_year),
            )
            for part in rows.parts.get(indicator.id, [])
        ),
        actual=rows.result(measure, indicator.id, "", fiscal_year),
        next_target=rows.target(measure, indicator.id, fiscal_year + 1),
        second_target=rows.target(measure, indicator.id, fiscal_year + 2),
        notes=rows.note_numbers(measure, NotePlace.FIGURE, fiscal_year, indicator.id),
    )
