"""Copying the measures of one plan into the next."""

from typing import Any, TypeVar

from sqlalchemy import select

from app.foundation.db import Base, db
from app.plan.models import Measure, MeasureIndicator, MeasureOffice, MeasureText, Plan, Target
from app.plan.reading import PlanRows
from app.plan.vocabulary import TextKind

Row = TypeVar("Row", bound=Base)


def copy_measures(rows: PlanRows, plan: Plan) -> dict[int, Measure]:
    """Copy policies, themes and measures; returns the new measures by the old ones' ids."""
    policies = {one.id: copied(one, plan_id=plan.id) for one in rows.policies}
    db.session.flush()
    themes = {one.id: copied(one, policy_id=policies[one.policy_id].id) for one in rows.themes}
    db.session.flush()
    measures: dict[int, Measure] = {}
    for one in sorted(rows.measures, key=lambda one: one.repeats_id is not None):
        repeats = measures[one.repeats_id].id if one.repeats_id else None
        measures[one.id] = copied(one, theme_id=themes[one.theme_id].id, repeats_id=repeats)
        db.session.flush()
    return measures


def copy_facts(measures: dict[int, Measure], first: int) -> None:
    """Copy departments and indicators, and the targets and target texts that reach into the new years."""
    ids = list(measures)
    for office in db.session.scalars(select(MeasureOffice).where(MeasureOffice.measure_id.in_(ids))).all():
        copied(office, measure_id=measures[office.measure_id].id)
    shown = select(MeasureIndicator).where(MeasureIndicator.measure_id.in_(ids))
    for link in db.session.scalars(shown).all():
        copied(link, measure_id=measures[link.measure_id].id)
    targets = select(Target).where(Target.measure_id.in_(ids), Target.last_fiscal_year >= first)
    for target in db.session.scalars(targets).all():
        copied(
            target,
            measure_id=measures[target.measure_id].id,
            first_fiscal_year=max(first, target.first_fiscal_year),
        )
    texts = select(MeasureText).where(
        MeasureText.measure_id.in_(ids),
        MeasureText.last_fiscal_year >= first,
        MeasureText.kind == TextKind.TARGET,
    )
    for text in db.session.scalars(texts).all():
        copied(
            text,
            measure_id=measures[text.measure_id].id,
            first_fiscal_year=max(first, text.first_fiscal_year),
        )
    db.session.flush()


def copied(row: Row, **changes: Any) -> Row:
    """Add a copy of a row with other values in some columns, without its id and version."""
    mapper = type(row).__mapper__
    skipped = {"id", "version"}
    values = {column.key: getattr(row, column.key) for column in mapper.columns if column.key not in skipped}
    new = type(row)(**(values | changes))
    db.session.add(new)
    return new
