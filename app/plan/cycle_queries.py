"""Reading how plans follow each other, and through which measures a series ran before."""

from dataclasses import dataclass

from sqlalchemy import select

from app.foundation.db import db
from app.foundation.errors import NotFound
from app.plan.cycle import Going, MeasureName, Step, fate_of
from app.plan.models import Measure, Plan
from app.plan.period_models import MeasureSuccession
from app.plan.reading import PlanRows, read_rows
from app.plan.register import Words


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """The years that one plan serves in the life of a measure, and what the measure was in it."""

    rows: PlanRows
    measures: tuple[Measure, ...]
    first: int

    def holder(self, indicator: int) -> Measure | None:
        """Return the measure that showed an indicator then."""
        return next(
            (
                one
                for one in self.measures
                if any(held.id == indicator for held in self.rows.indicators.get(one.id, []))
            ),
            None,
        )


def list_plans() -> list[Plan]:
    """Return every plan, newest first."""
    return list(db.session.scalars(select(Plan).order_by(Plan.first_fiscal_year.desc())))


def get_plan_by_key(key: str) -> Plan:
    """Return a plan by its key; NotFound."""
    plan = db.session.scalar(select(Plan).where(Plan.key == key))
    if plan is None:
        raise NotFound
    return plan


def find_plan_before(plan: Plan) -> Plan | None:
    """Return the plan that was in force before another."""
    return db.session.scalar(
        select(Plan)
        .where(Plan.first_fiscal_year < plan.first_fiscal_year)
        .order_by(Plan.first_fiscal_year.desc())
        .limit(1)
    )


def list_steps(plan: Plan) -> list[Step]:
    """Return how the measures of the plan before go on in a plan."""
    rows = db.session.scalars(select(MeasureSuccession).where(MeasureSuccession.plan_id == plan.id))
    return [Step(old=row.old_id, new=row.new_id) for row in rows]


def list_lineage(rows: PlanRows, measure: Measure) -> list[Stretch]:
    """Return a measure through the plans, newest first: itself, then what it was in each plan before."""
    holder = measure.repeats_id or measure.id
    own = tuple(one for one in rows.measures if one.id == holder)
    found = [Stretch(rows=rows, measures=own, first=rows.plan.first_fiscal_year)]
    while True:
        last = found[-1]
        ids = {one.id for one in last.measures}
        steps = list_steps(last.rows.plan)
        before = find_plan_before(last.rows.plan)
        olds = {step.old for step in steps if step.new in ids}
        if before is None or not olds:
            return found
        older = read_rows(before)
        measures = tuple(one for one in older.measures if one.id in olds)
        found.append(Stretch(rows=older, measures=measures, first=before.first_fiscal_year))


def list_going(plan: Plan) -> list[Going]:
    """Return every measure of the plan before with what it becomes, then what is new."""
    before = find_plan_before(plan)
    steps = list_steps(plan)
    rows = read_rows(plan)
    new = {one.id: name_of(rows, one) for one in rows.measures}
    found = []
    if before is not None and steps:
        older = read_rows(before)
        for one in older.measures:
            following = tuple(new[step.new] for step in steps if step.old == one.id and step.new in new)
            found.append(Going(old=name_of(older, one), new=following, fate=fate_of(one.id, steps)))
    return found


def list_names(plan: Plan) -> list[MeasureName]:
    """Return the measures of a plan in the order of its table."""
    rows = read_rows(plan)
    return [name_of(rows, one) for one in rows.measures]


def name_of(rows: PlanRows, measure: Measure) -> MeasureName:
    """Return a measure as a list names it."""
    return MeasureName(
        id=measure.id,
        code=measure.code,
        title=Words(ja=measure.title_in_table, en=measure.title_in_table_en),
        indicators=tuple(one.key for one in rows.indicators.get(measure.id, [])),
        repeats=measure.repeats_id is not None,
    )


def list_indicators(plan: Plan, code: str) -> list[tuple[str, Words]]:
    """Return the indicators of a measure with their labels."""
    rows = read_rows(plan)
    measure = next((one for one in rows.measures if one.code == code), None)
    held = rows.indicators.get(measure.id, []) if measure else []
    return [(one.key, Words(ja=one.label, en=one.label_en)) for one in held]
