"""遅延入力: which records changed a month after it was closed, told from what the closings kept."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.cases.models import Case, Consultation, Registration
from app.cases.queries import person_id
from app.foundation import clock
from app.foundation.db import db
from app.foundation.fiscal_year import month_span
from app.guidance.models import Guidance
from app.kpi import counts, wording
from app.kpi.metric import Metric
from app.kpi.period import Period, Scope
from app.kpi.vocabulary import By
from app.months.lines import Shown, kept_of
from app.months.models import MonthMember, OfficeMonth
from app.months.report import LateLine, Lateness, LateRecord
from app.placements.models import Placement, RetentionCheck
from app.plan.register import Words
from app.referrals.models import Referral
from app.situation.programme import Programme

CASE_COLUMN: Final[dict[str, Any]] = {
    "consultation": Consultation.case_id,
    "placement": Placement.case_id,
    "registration": Registration.case_id,
    "guidance": Guidance.case_id,
    "referral": Referral.case_id,
    "retention_check": Placement.case_id,
}
"""By which column each kind of record leads to its case; records of the map have none."""
Month = tuple[int, int]
"""Fiscal year and month."""
Record = tuple[str, int]
"""Table and id."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """How much one record weighs in a figure of a month, and on which day it happened."""

    key: str
    part: str
    of: Month
    record: Record
    weight: int
    day: date

    @property
    def place(self) -> tuple[str, str, Month, Record]:
        """Where it is counted."""
        return self.key, self.part, self.of, self.record


def closed_months(office_id: int) -> list[OfficeMonth]:
    """Return the closed months of an office, the oldest first."""
    found = db.session.scalars(
        select(OfficeMonth).where(OfficeMonth.office_id == office_id, OfficeMonth.closed_at.is_not(None))
    )
    return sorted(found, key=lambda one: month_span(one.fiscal_year, one.month))


def follows(closed: Iterable[OfficeMonth], fiscal_year: int, month: int) -> bool:
    """Tell whether a month is the one after the newest that was closed."""
    days = [month_span(one.fiscal_year, one.month)[1] for one in closed]
    first = month_span(fiscal_year, month)[0]
    return bool(days) and (first - max(days)).days == 1


def list_late(office_id: int, programme: Programme, fiscal_year: int, month: int) -> tuple[LateLine, ...]:
    """Return the figures of closed months that changed since the last closing.

    They stand in the report of the month that is closed next, so that each change is reported once.
    Looked at are the year of that month and the one before.
    """
    closed = [one for one in closed_months(office_id) if one.fiscal_year >= fiscal_year - 1]
    if not follows(closed, fiscal_year, month):
        return ()
    changes = list_changes(office_id, programme, closed)
    figures: dict[tuple[str, str, Month], list[tuple[Member, int, int]]] = defaultdict(list)
    for member, before, now in changes:
        figures[member.key, member.part, member.of].append((member, before, now))
        if member.part:
            figures[member.key, "", member.of].append((member, before, now))
    reported = reported_values(closed)
    shown = {one.key: one for one in kept_of(programme)}
    lines = [
        line
        for (key, part, of), members in figures.items()
        if (line := late_line(shown[key], part, of, members, office_id, reported))
    ]
    order = list(shown)

    def place(one: LateLine) -> tuple[date, int, str]:
        return month_span(one.fiscal_year, one.month)[0], order.index(one.key), one.part

    return tuple(sorted(lines, key=place))


def list_changes(
    office_id: int, programme: Programme, closed: Iterable[OfficeMonth]
) -> list[tuple[Member, int, int]]:
    """Return records that weigh other than what was kept of a closed month: the record, before and now."""
    of = {(one.fiscal_year, one.month) for one in closed}
    keys = {one.key for one in kept_of(programme)}
    before = {one.place: one for one in known_members(office_id, of) if one.key in keys}
    now = {
        one.place: one
        for year in sorted({year for year, _month in of})
        for one in count_members(office_id, programme, year)
        if one.of in of
    }
    return [
        (now.get(place) or before[place], *weights)
        for place in sorted(before.keys() | now.keys())
        if (weights := (weight_of(before, place), weight_of(now, place)))[0] != weights[1]
    ]


def weight_of(members: Mapping[Any, Member], place: Any) -> int:
    """Return the weight of a record, 0 where it is not counted."""
    found = members.get(place)
    return found.weight if found else 0


def known_members(office_id: int, of: set[Month]) -> list[Member]:
    """Return what all closings together say that the closed months counted."""
    kept = MonthMember
    columns = (kept.key, kept.part, kept.fiscal_year, kept.month, kept.record_table, kept.record_id)
    found = db.session.execute(
        select(*columns, func.sum(kept.weight).label("weight"), func.max(kept.day).label("day"))
        .join(OfficeMonth, OfficeMonth.id == kept.office_month_id)
        .where(OfficeMonth.office_id == office_id, kept.fiscal_year.in_({year for year, _month in of}))
        .group_by(*columns)
        .having(func.sum(kept.weight) != 0)
    )
    return [
        Member(
            key=row.key,
            part=row.part,
            of=(row.fiscal_year, row.month),
            record=(row.record_table, row.record_id),
            weight=int(row.weight),
            day=row.day,
        )
        for row in found
        if (row.fiscal_year, row.month) in of
    ]


def count_members(office_id: int, programme: Programme, fiscal_year: int) -> list[Member]:
    """Return what the months of a year count now, record by record."""
    return [member for shown in kept_of(programme) for member in members_of(shown, office_id, fiscal_year)]


def members_of(shown: Shown, office_id: int, fiscal_year: int) -> list[Member]:
    """Return the records of a metric in each month of a year."""
    metric = shown.metric
    rows = counts.rows_of(
        metric, Period.of(fiscal_year, today=clock.today()), office_scope(metric, office_id)
    ).subquery("kept")
    part = [rows.c.part] if shown.parts else []
    columns = (rows.c.month, rows.c.table_name, rows.c.record_id, *part)
    found = db.session.execute(
        select(*columns, func.sum(rows.c.weight).label("weight"), func.max(rows.c.day).label("day")).group_by(
            *columns
        )
    )
    return [
        Member(
            key=metric.key,
            part=(row.part or "") if shown.parts else "",
            of=(fiscal_year, row.month),
            record=(row.table_name, row.record_id),
            weight=int(row.weight),
            day=row.day,
        )
        for row in found
    ]


def office_scope(metric: Metric, office_id: int, month: int | None = None) -> Scope:
    """Return the office's part of a figure; figures that no office has are the city's."""
    return Scope(office_id=office_id if By.OFFICE in metric.by else None, month=month)


def late_line(
    shown: Shown,
    part: str,
    of: Month,
    members: list[tuple[Member, int, int]],
    office_id: int,
    reported: Mapping[tuple[str, str, Month], int],
) -> LateLine | None:
    """Return how later entries changed a figure; None where the records changed their part only."""
    weights: dict[Record, list[Any]] = {}
    for member, before, now in members:
        held = weights.setdefault(member.record, [member.day, 0, 0])
        held[1] += before
        held[2] += now
    records = tuple(
        LateRecord(
            table=record[0], record_id=record[1], day=day, change=change_of(before, now),
            before=before, now=now,
        )
        for record, (day, before, now) in sorted(weights.items())
        if before != now
    )  # fmt: skip
    if not records:
        return None
    year, month = of
    metric = shown.metric
    scope = Scope(office_id=office_scope(metric, office_id).office_id, month=month, part=part or None)
    value = counts.value(metric, Period.of(year, today=month_span(year, month)[1]), scope).value
    return LateLine(
        key=metric.key,
        part=part,
        title=title_of(metric, part),
        fiscal_year=year,
        month=month,
        before=reported.get((metric.key, part, of), 0),
        now=int(value or 0),
        records=records,
    )


def title_of(metric: Metric, part: str) -> Words:
    """Return the name of a figure, with its part."""
    if not part:
        return metric.title
    ja, en = (wording.part(metric, part, locale) for locale in ("ja", "en"))
    return Words(ja=f"{metric.title.ja}（{ja}）", en=f"{metric.title.en} ({en})")


def case_numbers(wanted: Mapping[str, Iterable[int]]) -> dict[Record, str]:
    """Return the number of the case behind each record, voided ones included, by table and id."""
    found: dict[Record, str] = {}
    for table, ids in wanted.items():
        if table not in CASE_COLUMN:
            continue
        record: Any = RetentionCheck if table == "retention_check" else CASE_COLUMN[table].class_
        chosen = select(record.id, Case.number).select_from(record)
        if record is RetentionCheck:
            chosen = chosen.join(Placement, Placement.id == RetentionCheck.placement_id)
        own = aliased(Case)
        rows = db.session.execute(
            chosen.join(own, own.id == CASE_COLUMN[table])
            .join(Case, Case.id == person_id(own))
            .where(record.id.in_(sorted(ids)))
        )
        found |= {(table, row.id): row.number for row in rows}
    return found


def change_of(before: int, now: int) -> Lateness:
    """Return what happened to a record."""
    if not before:
        return Lateness.ADDED
    return Lateness.CHANGED if now else Lateness.REMOVED


def reported_values(closed: Iterable[OfficeMonth]) -> dict[tuple[str, str, Month], int]:
    """Return each monthly figure as it was reported last: in its own report, or as late in a later one."""
    found: dict[tuple[str, str, Month], int] = {}
    for one in closed:
        report = json.loads(one.content or "{}")
        for line in (line for section in report["sections"] for line in section["lines"]):
            if line["month"] is not None and isinstance(line["month"]["value"], int):
                found[line["key"], line["part"], (one.fiscal_year, one.month)] = line["month"]["value"]
        for late in report["late"]:
            found[late["key"], late["part"], (late["fiscal_year"], late["month"])] = late["now"]
    return found
