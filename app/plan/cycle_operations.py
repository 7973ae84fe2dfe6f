"""The next plan: a copy of the one before, whose measures are ended, merged or split before it begins."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, select, update

from app.access.actor import Actor
from app.access.permissions import Permission
from app.audit import trail
from app.foundation import clock
from app.foundation.db import change, db
from app.foundation.errors import N_, DomainError, Forbidden, NotFound
from app.foundation.fiscal_year import LATEST, fiscal_year_of
from app.plan.cycle import renumbered
from app.plan.cycle_copying import copied, copy_facts, copy_measures
from app.plan.cycle_queries import get_plan_by_key, list_plans
from app.plan.models import (
    BesideThePlan,
    Measure,
    MeasureIndicator,
    MeasureOffice,
    MeasureText,
    Plan,
    Target,
)
from app.plan.period_models import MeasureSuccession
from app.plan.reading import PlanRows, read_rows

NO_PLAN: Final = N_("もとになる計画がありません。先に計画を登録してください。")
TOO_EARLY: Final = N_("新しい計画は、%(year)s年度からあとに始めてください。")
YEARS_REVERSED: Final = N_("最後の年度は最初の年度より前にできません。")
HAS_BEGUN: Final = N_("この計画はもう始まっています。事業の組みかえは、始まる前にしてください。")
IS_REPEATED: Final = N_(
    "事業%(code)sは、ほかの事業の再掲のもとになっています。先に再掲の事業を終えてください。"
)
HOLDS_NOTHING: Final = N_("事業%(code)sは再掲です。数字を持たないため、終えることだけができます。")
WITH_ITSELF: Final = N_("ほかの事業を選んでください。")
SOME_NOT_ALL: Final = N_("新しい事業に移す指標を選んでください。もとの事業にも一つは残してください。")


def copy_plan(*, actor: Actor, first: int, last: int, title: str, title_en: str = "") -> Plan:
    """Make the next plan with every measure of the newest carried over, and targets set for its years.

    Raises:
        Forbidden: only the plan desk makes plans.
        DomainError: no plan to copy, years reversed, or years that have begun under the plan before.
    """
    require_desk(actor)
    plans = list_plans()
    if not plans:
        raise DomainError(NO_PLAN)
    earliest = max(plans[0].first_fiscal_year, fiscal_year_of(clock.today())) + 1
    if not earliest <= first < LATEST:
        raise DomainError(TOO_EARLY, field="first", year=earliest)
    if last < first:
        raise DomainError(YEARS_REVERSED, field="last")
    rows = read_rows(plans[0])
    plan = copied(plans[0], key=f"plan-{first}", title=title, title_en=title_en)
    plan.first_fiscal_year, plan.last_fiscal_year = first, last
    db.session.flush()
    measures = copy_measures(rows, plan)
    copy_facts(measures, first)
    for beside in db.session.scalars(select(BesideThePlan).where(BesideThePlan.plan_id == plans[0].id)):
        copied(beside, plan_id=plan.id)
    for old, new in measures.items():
        db.session.add(MeasureSuccession(plan_id=plan.id, old_id=old, new_id=new.id))
    db.session.flush()
    note_step(actor, "plan.copied", plan, {"first": first, "last": last})
    return plan


def end_measure(*, actor: Actor, plan: str, code: str) -> None:
    """Let a measure of the plan before end with it.

    Raises Forbidden, NotFound, and DomainError where the plan has begun or another measure repeats this one.
    """
    found, rows = begin(actor, plan)
    measure = measure_of(rows, code)
    require_unrepeated(rows, measure)
    for step in steps_to(measure):
        others = db.session.scalar(
            select(MeasureSuccession.id).where(
                MeasureSuccession.old_id == step.old_id, MeasureSuccession.id != step.id
            )
        )
        if others is None:
            step.new_id = None
        else:
            db.session.delete(step)
    remove(measure)
    renumber(found)
    note_step(actor, "plan.measure_ended", found, {"measure": code})


def merge_measures(*, actor: Actor, plan: str, code: str, into: str) -> None:
    """Let a measure go on as part of another, with its indicators, departments and targets.

    Raises Forbidden, NotFound, and DomainError where the plan has begun or one of the two is a 再掲.
    """
    found, rows = begin(actor, plan)
    measure, other = measure_of(rows, code), measure_of(rows, into, field="into")
    if measure is other:
        raise DomainError(WITH_ITSELF, field="into")
    for one in (measure, other):
        require_own_figures(one)
    require_unrepeated(rows, measure)
    move_links(rows, measure, other)
    there = {step.old_id for step in steps_to(other)}
    for step in steps_to(measure):
        if step.old_id in there:
            db.session.delete(step)
        else:
            step.new_id = other.id
    db.session.flush()
    remove(measure)
    renumber(found)
    note_step(actor, "plan.measures_merged", found, {"measure": code, "into_measure": into})


def split_measure(
    *, actor: Actor, plan: str, code: str, title: str, title_en: str = "", indicators: Sequence[str]
) -> None:
    """Let some indicators of a measure go on under a new one behind it.

    Raises Forbidden, NotFound, and DomainError where the plan has begun, or all or none are moved.
    """
    found, rows = begin(actor, plan)
    measure = measure_of(rows, code)
    require_own_figures(measure)
    held = rows.indicators.get(measure.id, [])
    moved = [one for one in held if one.key in indicators]
    if not moved or len(moved) == len(held):
        raise DomainError(SOME_NOT_ALL, field="indicators")
    new = copied(measure, title=title, title_en=title_en, title_in_table=title, title_in_table_en=title_en)
    db.session.flush()
    for office in db.session.scalars(
        select(MeasureOffice).where(MeasureOffice.measure_id == measure.id)
    ).all():
        copied(office, measure_id=new.id)
    ids = [one.id for one in moved]
    for table in (MeasureIndicator, Target):
        change(
            update(table)
            .where(table.measure_id == measure.id, table.indicator_id.in_(ids))
            .values(measure_id=new.id)
        )
    for step in steps_to(measure):
        db.session.add(MeasureSuccession(plan_id=found.id, old_id=step.old_id, new_id=new.id))
    db.session.flush()
    renumber(found, behind={new.id: measure.id})
    note_step(actor, "plan.measure_split", found, {"measure": code, "count": len(moved)})


def begin(actor: Actor, key: str) -> tuple[Plan, PlanRows]:
    """Return a plan that may still be rearranged."""
    require_desk(actor)
    plan = get_plan_by_key(key)
    steps = db.session.scalar(
        select(MeasureSuccession.id).where(MeasureSuccession.plan_id == plan.id).limit(1)
    )
    if steps is None or plan.first_fiscal_year <= fiscal_year_of(clock.today()):
        raise DomainError(HAS_BEGUN)
    return plan, read_rows(plan)


def require_desk(actor: Actor) -> None:
    """Refuse anybody but the plan desk."""
    if not actor.may(Permission.PLAN_WRITE):
        raise Forbidden


def measure_of(rows: PlanRows, code: str, field: str = "code") -> Measure:
    """Return a measure of a plan by its code; NotFound."""
    found = next((one for one in rows.measures if one.code == code), None)
    if found is None:
        raise NotFound(field=field)
    return found


def require_unrepeated(rows: PlanRows, measure: Measure) -> None:
    """Refuse to take away what another measure repeats."""
    if any(one.repeats_id == measure.id for one in rows.measures):
        raise DomainError(IS_REPEATED, code=measure.code)


def require_own_figures(measure: Measure) -> None:
    """Refuse to give figures to a 再掲, or to take some from it."""
    if measure.repeats_id is not None:
        raise DomainError(HOLDS_NOTHING, code=measure.code)


def move_links(rows: PlanRows, measure: Measure, other: Measure) -> None:
    """Hang indicators, targets and departments of a measure under another, which keeps its own."""
    shown = {one.id for one in rows.indicators.get(other.id, [])}
    position = len(shown)
    for link in db.session.scalars(
        select(MeasureIndicator).where(MeasureIndicator.measure_id == measure.id)
    ).all():
        if link.indicator_id not in shown:
            position += 1
            db.session.add(
                MeasureIndicator(measure_id=other.id, indicator_id=link.indicator_id, position=position)
            )
    for target in db.session.scalars(select(Target).where(Target.measure_id == measure.id)).all():
        if target.indicator_id not in shown:
            target.measure_id = other.id
    there = {one.id for one in rows.offices.get(other.id, [])}
    for place, office in enumerate(rows.offices.get(measure.id, []), start=len(there) + 1):
        if office.id not in there:
            db.session.add(MeasureOffice(measure_id=other.id, office_id=office.id, position=place))
    db.session.flush()


def steps_to(measure: Measure) -> list[MeasureSuccession]:
    """Return through which measures of the plan before a measure runs on."""
    return list(db.session.scalars(select(MeasureSuccession).where(MeasureSuccession.new_id == measure.id)))


def remove(measure: Measure) -> None:
    """Take a measure out of a plan that has not begun."""
    db.session.flush()
    for table in (MeasureOffice, MeasureIndicator, Target, MeasureText):
        db.session.execute(delete(table).where(table.measure_id == measure.id))
    db.session.execute(delete(Measure).where(Measure.id == measure.id))
    db.session.expunge(measure)


def renumber(plan: Plan, behind: dict[int, int] | None = None) -> None:
    """Number the measures of a plan anew in the order of its table, a split one behind its origin."""
    rows = read_rows(plan)
    place = {one.id: (one.number, 0) for one in rows.measures}
    for new, old in (behind or {}).items():
        place[new] = (place[old][0], 1)
    themes = []
    for policy in rows.policies:
        for theme in (one for one in rows.themes if one.policy_id == policy.id):
            own = [one.id for one in rows.measures if one.theme_id == theme.id]
            themes.append((theme.number, sorted(own, key=place.__getitem__)))
    numbers = renumbered(themes)
    for one in rows.measures:
        one.number, one.code = numbers[one.id]
    db.session.flush()


def note_step(actor: Actor, action: str, plan: Plan, details: dict[str, object]) -> None:
    """Note in the trail how a plan was arranged."""
    trail.record(actor=actor, action=action, subject="plan", subject_id=plan.key, details=details)
