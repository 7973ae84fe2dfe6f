"""Writing beside a month's figures, and closing it: its report is kept as it stands."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import insert, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, Forbidden, NotFound
from app.kpi.metrics import METRICS
from app.months import late_queries
from app.months import report as month_report
from app.months.late_queries import Member
from app.months.lines import kept_of
from app.months.models import MonthMember, OfficeMonth
from app.months.queries import Place, count_report, find_month, next_to_close
from app.months.report import Report
from app.windows.models import Office

NOT_OVER = N_("この月はまだ終わっていません。月が終わってから締めてください。")
NOT_NEXT = N_("月は順に締めます。先に%(year)s年%(month)s月を締めてください。")
CLOSED = N_("この月は%(day)sに%(who)sが締めました。締めた月報は変えられません。")
MOVING = N_("締めるあいだに記録が変わりました。数字を確かめて、もう一度締めてください。")
CHUNK = 500


def write_note(*, actor: Actor, place: Place, note: str, document_number: str, version: int | None) -> None:
    """Keep what the supervisor writes on a month's report.

    Raises:
        Forbidden, NotFound: the actor may not, or it is another office's month.
        Conflict: the month was closed, or somebody wrote since the page was opened.
    """
    row = own_month(actor, place)
    if (row.version if row else None) != version:
        raise Conflict(CHANGED_MEANWHILE)
    if row is None:
        row = new_month(place)
    before = {"had_note": bool(row.note), "document_number": row.document_number}
    row.note, row.document_number = note, document_number
    db.session.flush()
    trail.record(
        actor=actor, action="month.written", subject="office_month", subject_id=row.id, details=before
    )


def close_month(*, actor: Actor, place: Place) -> Report:
    """Close a month: keep its report, and which records it and its late entries counted.

    Raises:
        Forbidden, NotFound: the actor may not, or it is another office's month.
        Conflict: the month was closed already, or records changed meanwhile.
        DomainError: the month is not over, or an earlier one is to be closed first.
    """
    row = own_month(actor, place)
    require_turn(place)
    if row is None:
        row = new_month(place)
    members = list_members(place)
    counted = count_report(place, note=row.note, number=row.document_number)
    require_same(counted, members, place)
    report = replace(counted, closed_on=clock.today(), closed_by=actor.label)
    row.content = month_report.write(report)
    row.digest = month_report.digest(row.content)
    row.closed_at, row.closed_by = clock.now(), actor.id
    db.session.flush()
    keep(row.id, members)
    trail.record(
        actor=actor,
        action="month.closed",
        subject="office_month",
        subject_id=row.id,
        details={"fiscal_year": place.fiscal_year, "month": place.month, "digest": row.digest},
    )
    return report


def own_month(actor: Actor, place: Place) -> OfficeMonth | None:
    """Return what is kept of a month of the own office, locked against a second closing."""
    if not actor.may(Permission.MONTH_CLOSE):
        raise Forbidden
    if actor.office_id != place.office_id:
        raise NotFound
    db.session.execute(select(Office.id).where(Office.id == place.office_id).with_for_update())
    row = find_month(place.office_id, place.fiscal_year, place.month)
    if row is not None and row.closed_at is not None:
        report = month_report.read(row.content or "")
        raise Conflict(CLOSED, day=report.closed_on, who=report.closed_by)
    return row


def require_turn(place: Place) -> None:
    """Refuse a month that is not over or not the next one."""
    if place.last >= clock.today():
        raise DomainError(NOT_OVER)
    following = next_to_close(place.office_id)
    if following is not None and (following.year, following.month) != (place.last.year, place.last.month):
        raise DomainError(NOT_NEXT, year=following.year, month=following.month)


def new_month(place: Place) -> OfficeMonth:
    """Return a row for a month of which nothing is kept yet."""
    row = OfficeMonth(
        office_id=place.office_id,
        fiscal_year=place.fiscal_year,
        month=place.month,
        note="",
        document_number="",
    )
    db.session.add(row)
    return row


def list_members(place: Place) -> list[Member]:
    """Return the month's own records, and by how much late entries change what earlier closings kept."""
    programme = place.programme
    own = [
        one
        for one in late_queries.count_members(place.office_id, programme, place.fiscal_year)
        if one.of == (place.fiscal_year, place.month)
    ]
    closed = [
        one for one in late_queries.closed_months(place.office_id) if one.fiscal_year >= place.fiscal_year - 1
    ]
    late = late_queries.list_changes(place.office_id, programme, closed)
    return own + [replace(member, weight=now - before) for member, before, now in late]


def require_same(report: Report, members: Iterable[Member], place: Place) -> None:
    """Refuse where a record came in between counting the figures and listing their records."""
    kept = {one.key for one in kept_of(report.programme)}
    found: dict[tuple[str, str], int] = {}
    for one in members:
        if one.of == (place.fiscal_year, place.month):
            for part in {"", one.part}:
                found[one.key, part] = found.get((one.key, part), 0) + one.weight
    for line in (line for section in report.sections for line in section.lines):
        key = (line.key, line.part)
        counted = line.month.value if line.month and not METRICS[line.key].counts_persons else None
        if counted is not None and line.key in kept and counted != found.get(key, 0):
            raise Conflict(MOVING)


def keep(month_id: int, members: Iterable[Member]) -> None:
    """Keep which records a closing counted."""
    rows = [
        {
            "office_month_id": month_id,
            "fiscal_year": one.of[0],
            "month": one.of[1],
            "key": one.key,
            "record_table": one.record[0],
            "record_id": one.record[1],
            "part": one.part,
            "day": one.day,
            "weight": one.weight,
        }
        for one in members
    ]
    for start in range(0, len(rows), CHUNK):
        db.session.execute(insert(MonthMember), rows[start : start + CHUNK])
