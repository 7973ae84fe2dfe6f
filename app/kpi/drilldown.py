"""The rows behind a figure: what an actor may see of each, and the names of what they are grouped by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, null, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.cases.models import Case
from app.foundation import clock
from app.foundation.db import db
from app.kpi.counts import rows_of
from app.kpi.metric import Metric
from app.kpi.period import Period, Scope
from app.plan.register import Words
from app.situation.vocabulary import TargetGroup
from app.windows.queries import list_directory, list_offices
from app.windows.vocabulary import OfficeKind


@dataclass(frozen=True, kw_only=True)
class RecordRow:
    """One record that was counted; ``number`` is None unless the actor's own office keeps it.

    ``is_own``: the actor's office keeps the record and the role may open it.
    """

    table: str
    record_id: int
    is_own: bool
    day: date
    other_day: date | None
    weight: int
    part: str | None
    office_id: int | None
    window_id: int | None
    agency_id: int | None
    target_group: TargetGroup | None
    number: str | None
    duration: int | None


@dataclass(frozen=True, kw_only=True)
class Names:
    """Names of offices and windows by their ids."""

    offices: Mapping[int, Words]
    departments: frozenset[int]
    windows: Mapping[int, Words]


def list_rows(
    metric: Metric, period: Period, scope: Scope, *, actor: Actor, offset: int, limit: int
) -> tuple[list[RecordRow], int]:
    """Return a page of the rows that make a figure, newest first, and how many there are."""
    if not period.has_begun:
        return [], 0
    rows = rows_of(metric, period, scope).subquery("chosen")
    total = db.session.scalar(select(func.count()).select_from(rows)) or 0
    found = db.session.execute(
        select(rows, number_for(actor, rows).label("number"))
        .outerjoin(Case, Case.id == rows.c.person_id)
        .order_by(rows.c.day.desc(), rows.c.record_id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [
        RecordRow(
            table=row.table_name,
            record_id=row.record_id,
            is_own=opens_records(actor) and row.office_id == actor.office_id,
            day=row.day,
            other_day=row.other_day,
            weight=row.weight,
            part=row.part,
            office_id=row.office_id,
            window_id=row.window_id,
            agency_id=row.agency_id,
            target_group=row.target_group,
            number=row.number,
            duration=metric.duration(row.day, row.other_day) if metric.duration else None,
        )
        for row in found
    ], total


def opens_records(actor: Actor) -> bool:
    """Tell whether an actor may open records of the own office at all."""
    return actor.office_id is not None and actor.may(Permission.CASE_READ)


def number_for(actor: Actor, rows: Any) -> Any:
    """Return the case number where the record is the actor's own office's and the role may read cases."""
    if not opens_records(actor):
        return null()
    return case((rows.c.office_id == actor.office_id, Case.number), else_=None)


def get_names() -> Names:
    """Return the names of every office and window, ended ones included, in two queries."""
    offices = list_offices()
    return Names(
        offices={one.id: Words(ja=one.name, en=one.name_en) for one in offices},
        # The centre is run by an agency, yet it keeps records of its own like a department.
        departments=frozenset(
            one.id for one in offices if one.kind is OfficeKind.DEPARTMENT or one.programme is not None
        ),
        windows={
            line.view.window_id: Words(ja=line.view.facts.name, en=line.view.facts.name_en)
            for line in list_directory(clock.today(), ended=True)
        },
    )
