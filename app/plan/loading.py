"""Keeping a plan file: what is missing is made, what the file says otherwise is corrected, the rest stays."""

from collections import Counter
from typing import Any

from app.access.actor import Actor
from app.audit import trail
from app.plan import content
from app.plan.models import (
    Indicator,
    IndicatorPart,
    Measure,
    MeasureIndicator,
    MeasureOffice,
    Plan,
    Policy,
    Theme,
)
from app.plan.plan_facts import MeasureFacts, PlanFacts
from app.plan.shelf import Shelf
from app.windows import operations as windows
from app.windows.models import Office
from app.windows.vocabulary import OfficeKind


def load_plan(*, actor: Actor, facts: PlanFacts) -> Counter[str]:
    """Keep a plan; returns how many rows were made or corrected, per table: nothing when all was there."""
    shelf = Shelf()
    offices = _offices(actor, facts)
    plan = _plan(shelf, facts)
    themes = _headings(shelf, plan, facts)
    indicators = _indicators(shelf, facts)
    measures = _measures(shelf, themes, facts)
    _links(shelf, measures, indicators, offices, facts)
    content.keep_targets(shelf, measures, indicators, facts)
    content.keep_texts(shelf, measures, facts)
    content.keep_published(shelf, measures, indicators, facts)
    content.keep_notes(shelf, plan, measures, indicators, facts)
    content.keep_beside(shelf, plan, offices, facts)
    changes = shelf.made + shelf.corrected
    if changes:
        trail.record(
            actor=actor, action="plan.load", subject="plan", subject_id=plan.key, details=dict(changes)
        )
    return changes


def _offices(actor: Actor, facts: PlanFacts) -> dict[str, Office]:
    new = [
        windows.NewOffice(
            key=one.key,
            kind=OfficeKind.DEPARTMENT,
            name=one.name.ja,
            name_en=one.name.en,
            programme=one.programme,
        )
        for one in facts.departments
    ]
    return windows.ensure_offices(actor=actor, new=new)


def _plan(shelf: Shelf, facts: PlanFacts) -> Plan:
    plan = facts.plan
    kept = {
        "title": plan.title.ja,
        "title_en": plan.title.en,
        "city": plan.city,
        "local_government_code": plan.local_government_code,
        "base_policy": plan.base_policy,
        "first_fiscal_year": plan.first_fiscal_year,
        "last_fiscal_year": plan.last_fiscal_year,
    }
    return shelf.keep(Plan, [{"key": plan.key}], [kept])[0]


def _headings(shelf: Shelf, plan: Plan, facts: PlanFacts) -> dict[int, Theme]:
    policies = shelf.keep(
        Policy,
        [{"plan_id": plan.id, "number": one.number} for one in facts.policies],
        [{"title": one.title.ja, "title_en": one.title.en} for one in facts.policies],
    )
    pairs = [(row, one) for row, fact in zip(policies, facts.policies, strict=True) for one in fact.themes]
    themes = shelf.keep(
        Theme,
        [{"policy_id": policy.id, "number": one.number} for policy, one in pairs],
        [{"title": one.title.ja, "title_en": one.title.en} for _policy, one in pairs],
    )
    return {theme.number: theme for theme in themes}


def _indicators(shelf: Shelf, facts: PlanFacts) -> dict[str, Indicator]:
    rows = shelf.keep(
        Indicator,
        [{"key": one.key} for one in facts.indicators],
        [
            {
                "label": one.label.ja,
                "label_en": one.label.en,
                "unit": one.unit.ja,
                "unit_en": one.unit.en,
                "decimals": one.decimals,
                "counting": one.counting,
                "source": one.source,
            }
            for one in facts.indicators
        ],
    )
    parts = [
        (row.id, position, part)
        for row, fact in zip(rows, facts.indicators, strict=True)
        for position, part in enumerate(fact.parts, start=1)
    ]
    shelf.keep(
        IndicatorPart,
        [{"indicator_id": indicator_id, "key": part.key} for indicator_id, _position, part in parts],
        [
            {"label": part.label.ja, "label_en": part.label.en, "position": position}
            for _indicator_id, position, part in parts
        ],
    )
    return {row.key: row for row in rows}


def _measures(shelf: Shelf, themes: dict[int, Theme], facts: PlanFacts) -> dict[str, Measure]:
    measures: dict[str, Measure] = {}
    # Repeated measures come last: they point to one that must be there.
    for repeating in (False, True):
        chosen = [one for one in facts.measures if bool(one.repeats) is repeating]
        rows = shelf.keep(
            Measure,
            [{"theme_id": themes[one.theme].id, "code": one.code} for one in chosen],
            [_measure(one, measures) for one in chosen],
        )
        measures |= {row.code: row for row in rows}
    return measures


def _measure(one: MeasureFacts, measures: dict[str, Measure]) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": one.title.ja,
        "title_en": one.title.en,
        "title_in_table": one.title_in_table.ja,
        "title_in_table_en": one.title_in_table.en,
        "description": one.description.ja,
        "description_en": one.description.en,
        "audience": one.audience.ja,
        "audience_en": one.audience.en,
        "repeats_id": measures[one.repeats].id if one.repeats else None,
    }


def _links(
    shelf: Shelf,
    measures: dict[str, Measure],
    indicators: dict[str, Indicator],
    offices: dict[str, Office],
    facts: PlanFacts,
) -> None:
    responsible = [
        (measures[one.code].id, position, offices[key].id)
        for one in facts.measures
        for position, key in enumerate(one.departments, start=1)
    ]
    shown = [
        (measures[one.code].id, position, indicators[key].id)
        for one in facts.measures
        for position, key in enumerate(one.indicators, start=1)
    ]
    shelf.keep(
        MeasureOffice,
        [
            {"measure_id": measure_id, "office_id": office_id}
            for measure_id, _position, office_id in responsible
        ],
        [{"position": position} for _measure_id, position, _office_id in responsible],
    )
    shelf.keep(
        MeasureIndicator,
        [{"measure_id": measure_id, "indicator_id": row_id} for measure_id, _position, row_id in shown],
        [{"position": position} for _measure_id, position, _row_id in shown],
    )
