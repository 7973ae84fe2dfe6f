"""Retention checks that came due, were made, or are still to be made."""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    case,
    cast,
    column,
    or_,
    select,
    true,
    values,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.cases.models import Case
from app.kpi.metric import Metric, row_select
from app.kpi.period import Period
from app.kpi.placement_metrics import JUDGED, STARTED_ON
from app.kpi.rows import new_jobs
from app.kpi.vocabulary import By, MetricKind, Milestone
from app.placements.due_queries import moved, reached
from app.placements.models import Placement, RetentionCheck
from app.placements.retention import MILESTONES, latest_start
from app.placements.vocabulary import CheckOutcome, PlacementKind
from app.plan.register import Words
from app.plan.vocabulary import Counting


class MonthsLater(FunctionElement[date]):
    """The same day some months later, in a shorter month its last day (`placements.retention.milestone`)."""

    type = Date()
    inherit_cache = True


@compiles(MonthsLater, "sqlite")
def months_later_in_sqlite(element: MonthsLater, compiler: SQLCompiler, **words: Any) -> str:
    """SQLite runs over the end of a short month, so the day before that month's successor is taken."""
    day, months = (compiler.process(one, **words) for one in element.clauses)
    later = f"date({day}, '+' || {months} || ' months')"
    same = f"strftime('%d', {later}) = strftime('%d', {day})"
    return f"CASE WHEN {same} THEN {later} ELSE date({later}, 'start of month', '-1 day') END"


@compiles(MonthsLater)
def months_later(element: MonthsLater, compiler: SQLCompiler, **words: Any) -> str:
    """PostgreSQL ends in the shorter month by itself."""
    day, months = (compiler.process(one, **words) for one in element.clauses)
    return f"CAST({day} + make_interval(months => {months}) AS DATE)"


def retention_due(period: Period) -> Select[Any]:
    """Return live new employments once for each milestone that they came to in the period."""
    step = values(column("months", Integer), name="step").data([(one,) for one in MILESTONES]).cte("step")
    day = case(*((step.c.months == one, MonthsLater(Placement.started_on, one)) for one in MILESTONES))
    chosen = new_jobs(part=cast(step.c.months, String)).join(step, true())
    return chosen.with_only_columns(
        *(day.label("day") if one.name == "day" else one for one in chosen.selected_columns)
    ).where(day.between(period.first, period.last))


def retention_checks(period: Period) -> Select[Any]:
    """Return retention checks made in the period, with what was found."""
    return (
        row_select(
            "retention_check",
            RetentionCheck.id,
            RetentionCheck.checked_on,
            other_day=Placement.started_on,
            case=Placement.case_id,
            part=RetentionCheck.outcome,
            office=Placement.office_id,
            programme=Placement.programme,
            target_group=Placement.target_group,
        )
        .join(Placement, Placement.id == RetentionCheck.placement_id)
        .join(Case, Case.id == Placement.case_id)
        .where(
            RetentionCheck.checked_on.between(period.first, period.last),
            Placement.kind == PlacementKind.NEW,
            Placement.voided_at.is_(None),
        )
    )


def retention_open(period: Period) -> Select[Any]:
    """Return jobs whose newest milestone by the last day was not asked about by then."""
    months, last = reached(period.last), period.last
    check, left = aliased(RetentionCheck), aliased(RetentionCheck)
    asked = select(check.id).where(
        check.placement_id == Placement.id, check.months == months, check.checked_on <= last
    )
    gone = select(left.id).where(
        left.placement_id == Placement.id,
        left.months < months,
        left.outcome == CheckOutcome.LEFT,
        left.checked_on <= last,
    )
    moved_to: ColumnElement[date] = moved(months)
    return new_jobs(part=cast(months, String)).where(
        Placement.started_on <= latest_start(last, MILESTONES[0]),
        ~asked.correlate(Placement).exists(),
        ~gone.correlate(Placement).exists(),
        or_(moved_to.is_(None), moved_to <= last),
    )


METRICS = (
    Metric(
        key="retention_due",
        title=Words(ja="定着確認の時期が来た件数", en="Retention checks that came due"),
        unit=Words(ja="件", en="checks"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に、就労開始日から1・3・6・12か月を迎えた新規就職の件数。一つの就職は、迎えるたびに1件です。",
            en="New employments that came to 1, 3, 6 or 12 months in the year; "
            "one employment counts each time.",
        ),
        rows=retention_due,
        by=(By.PART, *JUDGED),
        parts=Milestone,
        day_title=Words(ja="迎えた日", en="Came to it on"),
    ),
    Metric(
        key="retention_checks",
        title=Words(ja="行った定着確認", en="Retention checks made"),
        unit=Words(ja="件", en="checks"),
        counting=Counting.NEITHER,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="確認した日が年度内にある定着確認の件数。結果ごとに分けます。不明も1件に数えます。",
            en="Retention checks made in the year, by what was found; unknown is counted too.",
        ),
        rows=retention_checks,
        by=(By.PART, *JUDGED),
        parts=CheckOutcome,
        day_title=Words(ja="確認日", en="Checked on"),
        other_day_title=STARTED_ON,
    ),
    Metric(
        key="retention_open",
        title=Words(ja="確認が残っている就職", en="Jobs still to be asked about"),
        unit=Words(ja="件", en="jobs"),
        counting=Counting.NEITHER,
        kind=MetricKind.STOCK,
        rule=Words(
            ja="見る日の終わりに、いちばん新しい時期（1・3・6・12か月）の定着確認をまだ行っていない新規就職の件数。"
            "前の確認で離職が分かったものと、期日を先に動かしたものは含みません。",
            en="New employments whose newest check (after 1, 3, 6 or 12 months) is not made at the end of "
            "the day; those found to have left before, and those whose day was moved ahead, are left out.",
        ),
        rows=retention_open,
        by=(By.PART, *(by for by in JUDGED if by is not By.MONTH)),
        parts=Milestone,
        day_title=STARTED_ON,
    ),
)
