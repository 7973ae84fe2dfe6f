"""Who waits longest, and whose support goes on without a result: the rows that the dashboard shows."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Subquery, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.cases.models import Case
from app.cases.queries import person_id
from app.followup.waiting import Waiting, list_waiting
from app.foundation.db import db
from app.foundation.working_days import working_days_between
from app.home.dashboard import Block, Break, Cell, Dashboard, LongRow, WaitingRow
from app.kpi import counts
from app.kpi.drilldown import number_for, opens_records
from app.kpi.long_support_models import LongSupportBreak
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.period import EVERYTHING, Period, Scope
from app.kpi.vocabulary import Standing
from app.referrals.models import Referral
from app.referrals.vocabulary import State
from app.windows.closed_day_queries import closed_days
from app.windows.models import Window

STATES: Final = {one.value: one for one in State}
SHOWN: Final = 10
"""Rows that stand on the dashboard; the figure beside them leads to all."""


def list_waiting_longest(dashboard: Dashboard, *, actor: Actor) -> list[WaitingRow]:
    """Return the referrals whose newest move is the longest ago."""
    if not dashboard.period.has_begun:
        return []
    metric = METRICS["referrals_waiting"]
    rows = first_of(metric, dashboard.period, scope_of(dashboard.waiting), "day", "part", "office_id")
    found = db.session.execute(
        select(rows, Referral.reference, Window.office_id.label("agency_id"))
        .join(Referral, Referral.id == rows.c.record_id)
        .join(Window, Window.id == Referral.window_id)
        .order_by(rows.c.day, rows.c.record_id)
    ).all()
    last, closed = dashboard.period.last, closed_days()
    own = opens_records(actor) and actor.may(Permission.REFERRAL_READ)
    known = {one.id: one for one in list_waiting(actor=actor)} if own and last == dashboard.today else {}
    return [
        waiting_row(
            row,
            working_days_between(row.day, last, closed),
            known.get(row.record_id),
            is_own=own and row.office_id == actor.office_id,
        )
        for row in found
    ]


def first_of(metric: Metric, period: Period, scope: Scope, by: str, *more: str) -> Subquery:
    """Return the few rows of a figure that come first by a day, and no more of them than is shown."""
    rows = counts.rows_of(metric, period, scope).subquery("every")
    wanted = [rows.c[name] for name in ("record_id", by, *more)]
    return select(*wanted).order_by(rows.c[by], rows.c.record_id).limit(SHOWN).subquery("chosen")


def scope_of(block: Block) -> Scope:
    """Return the scope of the total of a block, which stands last."""
    total = block.lines[-1].cells[0]
    return total.scope if isinstance(total, Cell) else EVERYTHING


def waiting_row(row: Any, days: int, known: Waiting | None, *, is_own: bool) -> WaitingRow:
    """Return a referral as the actor may see it."""
    return WaitingRow(
        since=row.day,
        days=days,
        state=STATES[row.part],
        agency_id=row.agency_id,
        reference=row.reference if is_own else None,
        turn=known.turn if known else None,
        due_on=known.due_on if known else None,
    )


def list_long_support(dashboard: Dashboard, *, actor: Actor) -> dict[Standing, list[LongRow]]:
    """Return people with long support and no result, the longest first: to be looked at, and left out."""
    found: dict[Standing, list[LongRow]] = {one: [] for one in Standing}
    if not dashboard.period.has_begun:
        return found
    metric = METRICS[f"long_support_{dashboard.months}"]
    counted = {line.code for line in dashboard.long.lines}
    for standing in (one for one in Standing if one.value in counted):
        scope = replace(scope_of(dashboard.long), part=standing.value)
        rows = first_of(metric, dashboard.period, scope, "other_day", "day", "person_id", "office_id")
        listed = db.session.execute(
            select(rows, number_for(actor, rows).label("number"))
            .outerjoin(Case, Case.id == rows.c.person_id)
            .order_by(rows.c.other_day, rows.c.record_id)
        ).all()
        breaks = (
            breaks_of([row.person_id for row in listed], dashboard) if standing is Standing.SET_ASIDE else {}
        )
        found[standing] = [
            LongRow(
                first=row.other_day,
                newest=row.day,
                days=(row.day - row.other_day).days,
                standing=standing,
                number=row.number,
                set_aside=breaks.get(row.person_id) if row.number else None,
            )
            for row in listed
        ]
    return found


def breaks_of(person_ids: list[int], dashboard: Dashboard) -> dict[int, Break]:
    """Return why some people are left out of the list on the last day, by person."""
    day: date = dashboard.period.last
    found = db.session.execute(
        select(person_id().label("person"), LongSupportBreak)
        .join(Case, Case.id == LongSupportBreak.case_id)
        .where(
            person_id().in_(person_ids),
            LongSupportBreak.programme == dashboard.programme,
            LongSupportBreak.undone_at.is_(None),
            LongSupportBreak.set_on <= day,
            LongSupportBreak.until_on >= day,
        )
        .order_by(LongSupportBreak.id)
    )
    return {
        person: Break(
            id=one.id,
            reason=one.reason,
            reason_other=one.reason_other,
            until_on=one.until_on,
            version=one.version,
        )
        for person, one in found
    }
