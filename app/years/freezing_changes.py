"""What the records say now beside what was frozen: figure by figure, with the very records that differ."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.access.actor import Actor
from app.cases.models import Case
from app.foundation import clock
from app.foundation.db import db
from app.kpi.drilldown import opens_records
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.period import Period
from app.kpi.table import FigureCell, PlanTable
from app.kpi.vocabulary import EditionKind, TableSource
from app.plan.queries import get_register
from app.plan.register import MeasureView, Words
from app.plan.results import text_field
from app.years import freezing, reports
from app.years.freezing import How, Member, Pair
from app.years.freezing_models import YearEdition
from app.years.freezing_queries import FrozenFacts, get_edition, get_facts_of, list_members
from app.years.table_text import table_of


@dataclass(frozen=True, kw_only=True)
class Change:
    """One indicator under one measure: as it was frozen and as it would read now.

    ``pairs`` are the records that differ; a figure may stand although its records changed.
    """

    measure: MeasureView
    before: FigureCell
    now: FigureCell
    pairs: tuple[Pair, ...]
    rule_changed: bool
    members: tuple[Member, ...]

    @property
    def key(self) -> str:
        """What a form calls it: an indicator is restated under all of its measures at once."""
        return self.before.indicator.key

    @property
    def metric(self) -> Metric | None:
        """What counts it, None where a department reports it."""
        return METRICS.get(self.before.indicator.key)

    @property
    def same_figures(self) -> bool:
        """Whether the whole and every part read as they were frozen."""
        return figures_of(self.before) == figures_of(self.now)

    @property
    def digest(self) -> str:
        """What somebody saw when proposing to restate it."""
        figures = [f"{part} {value} {printed}" for part, value, printed in figures_of(self.now)]
        said = [self.measure.code, self.key, *figures, freezing.digest(self.members)]
        return freezing.sha256("\n".join(said))


@dataclass(frozen=True, kw_only=True)
class TextChange:
    """A measure's results in words: as they were frozen and as they read now."""

    measure: MeasureView
    before: Words
    now: Words

    @property
    def key(self) -> str:
        """What a form calls it."""
        return text_field(self.measure.code)

    @property
    def digest(self) -> str:
        """What somebody saw when proposing to restate it."""
        return freezing.sha256("\n".join([self.key, self.now.ja, self.now.en]))


@dataclass(frozen=True, kw_only=True)
class RecordChange:
    """One record that differs, as far as an actor may know it; ``number`` only of the own office's cases."""

    how: How
    table: str
    record_id: int
    before: Member | None
    now: Member | None
    entered_at: datetime | None
    is_own: bool
    number: str | None

    @property
    def day(self) -> Any:
        """The day of the event, as it stands."""
        member = self.now or self.before
        return member.day if member else None


def list_changes(fiscal_year: int, only: str | None = None) -> list[Change]:
    """Return every indicator of a frozen year that reads otherwise now, or counts other records.

    ``only`` is the key of one of them, where no other is asked for.
    """
    edition = get_edition(fiscal_year)
    frozen, now = table_of(edition.report), table_now(edition)
    facts = get_facts_of(edition, [only] if only else METRICS)
    period = Period.of(fiscal_year, today=clock.today())
    members = {
        key: tuple(list_members(METRICS[key], replace(period, as_of=one.as_of))) for key, one in facts.items()
    }
    found = []
    for row in frozen.rows:
        standing = {one.measure.code: one for one in now.rows}.get(row.measure.code)
        if row.measure.repeats is not None or standing is None:
            continue
        for before in row.figures:
            key = before.indicator.key
            if only not in (None, key):
                continue
            cell = standing.find(key) or replace(before, value=None, printed="", parts=())
            change = compare(row.measure, before, cell, facts.get(key), members.get(key, ()))
            if not change.same_figures or change.pairs:
                found.append(change)
    return found


def list_text_changes(fiscal_year: int) -> list[TextChange]:
    """Return the measures of a frozen year whose results in words read otherwise now."""
    now = {one.code: one.actual_text for one in get_register(fiscal_year).measures}
    return [
        TextChange(measure=row.measure, before=row.measure.actual_text, now=now[row.measure.code])
        for row in table_of(get_edition(fiscal_year).report).rows
        if row.measure.repeats is None
        and now.get(row.measure.code, row.measure.actual_text) != row.measure.actual_text
    ]


def table_now(edition: YearEdition) -> PlanTable:
    """Return the table of a frozen year as it would read without its freeze."""
    source = TableSource.PUBLISHED if edition.kind is EditionKind.PUBLISHED else TableSource.RECORDS
    if edition.kind is EditionKind.RESTATEMENT and table_of(edition.report).is_published:
        source = TableSource.PUBLISHED
    return reports.build(get_register(edition.fiscal_year), source)


def compare(
    measure: MeasureView,
    before: FigureCell,
    now: FigureCell,
    facts: FrozenFacts | None,
    members: tuple[Member, ...],
) -> Change:
    """Return one indicator as it was and as it is."""
    metric = METRICS.get(before.indicator.key)
    return Change(
        measure=measure,
        before=before,
        now=now,
        pairs=tuple(freezing.pairs(facts.members, members)) if facts else (),
        rule_changed=bool(facts and metric and facts.definition != freezing.definition(metric)),
        members=members if facts else (),
    )


def figures_of(cell: FigureCell) -> tuple[tuple[str, Any, str], ...]:
    """Return the figures of a cell and its parts, so that two can be compared."""
    return tuple((one.part, one.value, one.printed) for one in cell.with_parts())


def list_record_changes(
    pairs: Sequence[Pair], *, frozen_at: datetime, actor: Actor, limit: int
) -> list[RecordChange]:
    """Return records that differ, each with how it came to differ and what the actor may know of it."""
    shown = pairs[:limit]
    facts = facts_of(shown)
    numbers = numbers_of(shown)
    found = []
    for pair in shown:
        member = pair.now or pair.before
        if member is None:
            continue
        entered_at, voided_at, office_id = facts.get(member.key, (None, None, None))
        is_own = opens_records(actor) and office_id == actor.office_id
        late = bool(entered_at and entered_at > frozen_at)
        found.append(
            RecordChange(
                how=freezing.how(pair, entered_late=late, voided=voided_at is not None),
                table=member.table,
                record_id=member.record_id,
                before=pair.before,
                now=pair.now,
                entered_at=entered_at,
                is_own=is_own,
                number=numbers.get(member.person) if is_own else None,
            )
        )
    return found


Facts = tuple[datetime | None, datetime | None, int | None]
"""When a record was entered, when it was voided, whose it is."""


def facts_of(pairs: Sequence[Pair]) -> dict[tuple[str, int], Facts]:
    """Return what the tables say of the records, one query per table."""
    wanted: dict[str, set[int]] = {}
    for member in (pair.now or pair.before for pair in pairs):
        if member is not None:
            wanted.setdefault(member.table, set()).add(member.record_id)
    found: dict[tuple[str, int], Facts] = {}
    for name, ids in wanted.items():
        columns = db.metadata.tables[name].c
        asked = [columns.get(one) for one in ("entered_at", "voided_at", "office_id")]
        named = [column.label(column.name) for column in asked if column is not None]
        for row in db.session.execute(select(columns.id, *named).where(columns.id.in_(ids))):
            said = row._mapping
            found[name, row.id] = (said.get("entered_at"), said.get("voided_at"), said.get("office_id"))
    return found


def numbers_of(pairs: Sequence[Pair]) -> dict[int | None, str]:
    """Return the case numbers of the persons for whom records count."""
    persons = {
        member.person for pair in pairs for member in (pair.now, pair.before) if member and member.person
    }
    rows = db.session.execute(select(Case.id, Case.number).where(Case.id.in_(persons)))
    return {row.id: row.number for row in rows}
