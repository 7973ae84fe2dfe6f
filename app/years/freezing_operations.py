"""Freezing a fiscal year: its figures, the rules they follow and the very records, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import insert

from app.access.actor import Actor
from app.access.permissions import Permission
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError, Forbidden
from app.kpi.metric import Metric
from app.kpi.period import Period
from app.kpi.table import EditionView, PlanTable
from app.kpi.vocabulary import EditionKind, TableSource
from app.plan import queries
from app.plan.period_operations import hold
from app.plan.period_queries import calendar_of
from app.plan.reading import PlanRows
from app.plan.register import IndicatorView
from app.years import freezing, reports
from app.years.freezing import Member
from app.years.freezing_models import FrozenFigure, FrozenMember, FrozenSet, YearEdition
from app.years.freezing_queries import count_figures, find_edition, list_members
from app.years.table_text import table_of, text_of

TOO_SOON: Final = N_("%(day)sから確定できます。早く確定するときは、先に年度の日程の確定日を変えてください。")
MISSING: Final = N_(
    "所管課の報告がまだない指標が%(count)s件あります。報告のないまま確定するときは、そのことを選んでください。"
)

Progress = Callable[[int, int, IndicatorView], None]
"""Told after each indicator: how many are done, of how many, and which one it was."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """The edition that stands, and how many figures were settled now (0: it stood before)."""

    edition: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The records of one indicator, with the figures that they make."""

    metric: Metric
    members: Sequence[Member]
    figures: reports.Counted


def quiet(_done: int, _all: int, _indicator: IndicatorView) -> None:
    """Show no progress."""


def freeze(*, actor: Actor, fiscal_year: int, with_missing: bool = False, progress: Progress = quiet) -> Done:
    """Settle a year's figures; a year that stands already stays as it is, whoever asks.

    Raises:
        Forbidden: only the plan desk freezes.
        NotFound: no plan serves the year.
        DomainError: the day of the freeze has not come, or reports are missing and nobody said so.
    """
    if not actor.may(Permission.YEAR_FREEZE):
        raise Forbidden
    rows = queries.get_rows(fiscal_year)
    days = hold(fiscal_year)
    standing = find_edition(fiscal_year)
    if standing is not None:
        return Done(edition=standing.number, changed=0)
    register = queries.get_register(fiscal_year)
    published = reports.was_published(register)
    if not published:
        require_ripe(calendar_of(days).freeze_on)
        require_reported(reports.build(register, TableSource.RECORDS, {}), with_missing)
    found = {} if published else collect(fiscal_year, progress)
    figures = {key: value for one in found.values() for key, value in one.figures.items()}
    source = TableSource.PUBLISHED if published else TableSource.RECORDS
    kind = EditionKind.PUBLISHED if published else EditionKind.FREEZE
    edition = keep(actor.id, kind, reports.build(register, source, figures), found, number=1)
    keep_figures(edition, rows, keep_sets(edition, rows, found))
    days.frozen_at = edition.made_at
    db.session.flush()
    changed = count_figures(edition)
    note(actor, "year.frozen", edition, {"count": changed})
    return Done(edition=1, changed=changed)


def require_ripe(freeze_on: Any) -> None:
    """Refuse before the day of the freeze: entries count by the day of the event until then."""
    if clock.today() < freeze_on:
        raise DomainError(TOO_SOON, day=freeze_on)


def require_reported(table: PlanTable, with_missing: bool) -> None:
    """Refuse while departments owe figures, unless that was said."""
    missing = count_missing(table)
    if missing and not with_missing:
        raise DomainError(MISSING, field="with_missing", count=missing)


def count_missing(table: PlanTable) -> int:
    """Return how many indicators that departments report have no figure in a table."""
    return len(
        {
            cell.indicator.key
            for row in table.rows
            for cell in row.figures
            if cell.metric is None and cell.value is None
        }
    )


def collect(fiscal_year: int, progress: Progress = quiet, only: Sequence[str] = ()) -> dict[str, Counted]:
    """Return what each indicator that comes from records counts, read in one go per indicator."""
    register = queries.get_register(fiscal_year)
    period = Period.of(fiscal_year, today=clock.today())
    shown = {one.key: one for measure in register.measures for one in measure.indicators}
    chosen = [one for one in shown.values() if not only or one.key in only]
    wanted = reports.counted_here(chosen)
    found = {}
    for done, (key, (indicator, metric)) in enumerate(wanted.items(), start=1):
        found[key] = counted(indicator, metric, period)
        progress(done, len(wanted), indicator)
    return found


def counted(indicator: IndicatorView, metric: Metric, period: Period) -> Counted:
    """Return the records of an indicator; its figures are made of these, so that they cannot disagree."""
    members = list_members(metric, period)
    whole = freezing.value_of(metric, members)
    if whole is None:
        figures = reports.count_one(indicator, metric, period)
    else:
        keys = ["", *(part.key for part in indicator.parts)]
        figures = {
            (indicator.key, key): Decimal(freezing.value_of(metric, members, key) or 0) for key in keys
        }
    return Counted(metric=metric, members=members, figures=figures)


def keep(
    made_by: int | None,
    kind: EditionKind,
    table: PlanTable,
    found: Mapping[str, Counted],
    *,
    number: int,
    reason: str = "",
    approved_by: int | None = None,
) -> YearEdition:
    """Keep a table as an edition of its year."""
    at = clock.now()
    view = EditionView(number=number, kind=kind, made_at=at)
    report = text_of(replace(table, source=TableSource.FROZEN, is_running=False, edition=view))
    digests = [f"{key} {freezing.digest(one.members)}" for key, one in sorted(found.items())]
    edition = YearEdition(
        fiscal_year=table.fiscal_year,
        number=number,
        kind=kind,
        made_at=at,
        made_by=made_by,
        approved_by=approved_by,
        reason=reason,
        report=report,
        digest=freezing.sha256("\n".join([report, *digests])),
    )
    db.session.add(edition)
    db.session.flush()
    return edition


def keep_sets(edition: YearEdition, rows: PlanRows, found: Mapping[str, Counted]) -> dict[str, int]:
    """Keep the records of each indicator; returns the ids of the sets by the indicators' keys."""
    ids = ids_of(rows)
    kept = {}
    for key, one in found.items():
        row = FrozenSet(
            edition_id=edition.id,
            indicator_id=ids[key],
            as_of=clock.today(),
            definition=freezing.definition(one.metric),
            members=len(one.members),
            digest=freezing.digest(one.members),
        )
        db.session.add(row)
        db.session.flush()
        kept[key] = row.id
        lines = [member_row(row.id, position, member) for position, member in enumerate(one.members)]
        if lines:
            db.session.execute(insert(FrozenMember), lines)
    return kept


def member_row(set_id: int, position: int, member: Member) -> dict[str, Any]:
    """Return a record as a row."""
    return {
        "set_id": set_id,
        "position": position,
        "record_table": member.table,
        "record_id": member.record_id,
        "day": member.day,
        "other_day": member.other_day,
        "weight": member.weight,
        "part": member.part,
        "counted_for": member.person,
    }


def keep_figures(edition: YearEdition, rows: PlanRows, sets: Mapping[str, int]) -> None:
    """Keep every figure of an edition once, under the measure that answers for it (再掲 holds none)."""
    measures = {one.code: one.id for one in rows.measures}
    indicators = ids_of(rows)
    lines = [
        {
            "edition_id": edition.id,
            "measure_id": measures[row.measure.code],
            "indicator_id": indicators[cell.indicator.key],
            "part": cell.part,
            "value": cell.value,
            "printed": cell.printed,
            "mark": cell.mark,
            "set_id": sets.get(cell.indicator.key) if cell.metric else None,
        }
        for row in table_of(edition.report).rows
        if row.measure.repeats is None
        for figure in row.figures
        for cell in figure.with_parts()
    ]
    if lines:
        db.session.execute(insert(FrozenFigure), lines)


def ids_of(rows: PlanRows) -> dict[str, int]:
    """Return the ids of a plan's indicators by their keys."""
    return {one.key: one.id for held in rows.indicators.values() for one in held}


def note(actor: Actor, action: str, edition: YearEdition, details: dict[str, object]) -> None:
    """Note in the trail what became of a year."""
    trail.record(
        actor=actor,
        action=action,
        subject="fiscal_year",
        subject_id=edition.fiscal_year,
        details={"number": edition.number, **details},
    )
