"""Reading the plan register: by fiscal year, by measure, by what a department fills in."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.access.actor import Actor
from app.access.permissions import Permission
from app.foundation.db import db
from app.foundation.errors import N_, NotFound
from app.foundation.fiscal_year import EARLIEST, LATEST
from app.plan.assembling import measure_of, register_of
from app.plan.models import BesideThePlan, Measure, Plan
from app.plan.period_queries import is_frozen
from app.plan.reading import PlanRows, read_rows
from app.plan.register import BesideView, MeasureView, OfficeView, Register, ResultView, TargetView, Words
from app.plan.sheets import Line, Sheet
from app.plan.submission_queries import list_locked
from app.plan.vocabulary import ResultSource, TextKind

NO_PLAN: str = N_("この年度の実施計画は登録されていません。")


def find_plan(fiscal_year: int) -> Plan | None:
    """Return the plan that serves a fiscal year: the latest that began by then, also past its own period."""
    if not EARLIEST <= fiscal_year < LATEST:
        return None
    return db.session.scalar(
        select(Plan)
        .where(Plan.first_fiscal_year <= fiscal_year)
        .order_by(Plan.first_fiscal_year.desc())
        .limit(1)
    )


def get_plan(fiscal_year: int) -> Plan:
    """Return the plan that serves a fiscal year; NotFound before the first plan."""
    plan = find_plan(fiscal_year)
    if plan is None:
        raise NotFound(NO_PLAN)
    return plan


def list_fiscal_years(last: int) -> list[int]:
    """Return the fiscal years that any plan serves up to ``last``, newest first."""
    first = db.session.scalar(select(Plan.first_fiscal_year).order_by(Plan.first_fiscal_year).limit(1))
    return [] if first is None else list(range(last, first - 1, -1))


def get_rows(fiscal_year: int) -> PlanRows:
    """Return all rows of the plan that serves a fiscal year."""
    return read_rows(get_plan(fiscal_year))


def get_register(fiscal_year: int) -> Register:
    """Return the plan's table of a fiscal year N: results of N, targets of N+1, N+2; or NotFound."""
    rows = get_rows(fiscal_year)
    return register_of(rows, fiscal_year, list_beside(rows.plan))


def list_beside(plan: Plan) -> list[BesideView]:
    """Return the support that is watched beside the measures."""
    found = db.session.scalars(
        select(BesideThePlan)
        .where(BesideThePlan.plan_id == plan.id)
        .join(BesideThePlan.office)
        .options(contains_eager(BesideThePlan.office))
        .order_by(BesideThePlan.position)
    )
    return [
        BesideView(
            title=Words(ja=one.title, en=one.title_en),
            office=OfficeView(
                id=one.office.id,
                key=one.office.key,
                name=Words(ja=one.office.name, en=one.office.name_en),
            ),
        )
        for one in found
    ]


def list_measures(fiscal_year: int) -> list[MeasureView]:
    """Return every measure of a fiscal year in the order of the table."""
    return list(get_register(fiscal_year).measures)


def get_measure(code: str, fiscal_year: int) -> MeasureView:
    """Return one measure as a fiscal year's table shows it; NotFound for an unknown code."""
    return get_register(fiscal_year).measure(code)


def find_measure_row(rows: PlanRows, code: str) -> Measure:
    """Return the row of a measure; NotFound for an unknown code."""
    for measure in rows.measures:
        if measure.code == code:
            return measure
    raise NotFound


def reports_for(actor: Actor, rows: PlanRows, measure: Measure) -> bool:
    """Tell whether an actor may enter this measure's results: the plan desk all, a department its own."""
    if measure.repeats_id or not actor.may(Permission.RESULT_WRITE):
        return False
    own = any(office.id == actor.office_id for office in rows.offices.get(measure.id, []))
    return actor.may(Permission.PLAN_WRITE) or own


def list_sheets(actor: Actor, fiscal_year: int) -> list[Sheet]:
    """Return what an actor may fill in for a fiscal year: figures of source 所管課報告, and texts."""
    rows = get_rows(fiscal_year)
    own = [one for one in rows.measures if reports_for(actor, rows, one)]
    locked = list_locked(fiscal_year, {one.id for one in own})
    return [
        replace(_sheet(rows, one, fiscal_year, {ResultSource.REPORTED}), is_locked=one.id in locked)
        for one in own
    ]


def list_target_sheets(fiscal_year: int) -> list[Sheet]:
    """Return every measure with its targets of a fiscal year."""
    rows = get_rows(fiscal_year)
    return [
        _sheet(rows, one, fiscal_year, set(ResultSource)) for one in rows.measures if one.repeats_id is None
    ]


def is_published(fiscal_year: int) -> bool:
    """Tell whether a year's figures were printed before: published history (既公表値) is never typed over."""
    return fiscal_year in get_rows(fiscal_year).published_years()


def takes_results(actor: Actor, fiscal_year: int, this_year: int) -> bool:
    """Tell whether results of a year may be typed: it has begun, was not printed before and is not frozen.

    What the plan desk types into a frozen year stands aside until it is restated.
    """
    if fiscal_year > this_year or is_published(fiscal_year):
        return False
    return actor.may(Permission.PLAN_WRITE) or not is_frozen(fiscal_year)


def list_results(measure: str, fiscal_year: int) -> list[ResultView]:
    """Return the figures kept for a measure in a fiscal year, parts after their whole."""
    view = get_measure(measure, fiscal_year)
    found = [one for i in view.indicators for one in (i.actual, *(part.actual for part in i.parts))]
    return [one for one in found if one is not None]


def list_targets(measure: str, fiscal_year: int) -> list[tuple[str, TargetView]]:
    """Return the targets of a measure that hold in a fiscal year, with their indicators' keys."""
    rows = get_rows(fiscal_year)
    row = find_measure_row(rows, measure)
    holder = row.repeats_id or row.id
    found = [(one.key, rows.target(holder, one.id, fiscal_year)) for one in rows.indicators.get(holder, [])]
    return [(key, target) for key, target in found if target is not None]


def _sheet(rows: PlanRows, measure: Measure, fiscal_year: int, sources: set[ResultSource]) -> Sheet:
    view = measure_of(rows, measure, fiscal_year)
    pairs = zip(view.indicators, rows.indicators.get(measure.id, []), strict=True)
    lines = []
    for indicator, row in pairs:
        if indicator.source not in sources:
            continue
        for part, label in [("", indicator.label), *((one.key, one.label) for one in indicator.parts)]:
            lines.append(
                Line(
                    indicator=indicator,
                    part=part,
                    label=label,
                    actual=rows.result(measure.id, row.id, part, fiscal_year),
                    before=rows.result(measure.id, row.id, part, fiscal_year - 1),
                    target=None if part else rows.target(measure.id, row.id, fiscal_year),
                    target_before=None if part else rows.target(measure.id, row.id, fiscal_year - 1),
                )
            )
    return Sheet(
        measure=view,
        lines=tuple(lines),
        actual_text=rows.text(measure.id, TextKind.ACTUAL, fiscal_year),
        target_text=rows.text(measure.id, TextKind.TARGET, fiscal_year),
        target_text_before=rows.text(measure.id, TextKind.TARGET, fiscal_year - 1),
        source_text=rows.text(measure.id, TextKind.SOURCE, fiscal_year),
    )
