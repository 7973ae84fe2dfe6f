"""Reading editions of a year: which there are, the table of one, and the records behind its figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from app.accounts.models import Account
from app.foundation.db import db
from app.foundation.errors import N_, NotFound
from app.kpi.counts import rows_of
from app.kpi.metric import Metric
from app.kpi.period import EVERYTHING, Period
from app.kpi.table import PlanTable
from app.kpi.vocabulary import EditionKind, Mark, RestatementState
from app.plan.models import Indicator, Measure
from app.years.freezing import Member, ordered
from app.years.freezing_models import FrozenFigure, FrozenMember, FrozenSet, Restatement, YearEdition
from app.years.table_text import table_of

NOT_FROZEN = N_("この年度の実績は、まだ確定していません。")


@dataclass(frozen=True, kw_only=True)
class EditionLine:
    """An edition as a list shows it; names are those of accounts, None where a command did it."""

    number: int
    kind: EditionKind
    made_at: datetime
    made_by: str | None
    approved_by: str | None
    reason: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class FrozenFacts:
    """What is kept behind a figure that was counted from records."""

    set_id: int
    as_of: date
    definition: str
    digest: str
    members: tuple[Member, ...]


@dataclass(frozen=True, kw_only=True)
class OtherValue:
    """The same figure in another edition."""

    number: int
    kind: EditionKind
    value: Decimal | None
    printed: str


@dataclass(frozen=True, kw_only=True)
class FrozenValue:
    """A figure of the newest edition of its year."""

    number: int
    value: Decimal | None
    printed: str


def get_frozen_values(indicators: Iterable[str]) -> dict[str, dict[tuple[int, str], FrozenValue]]:
    """Return the figures of frozen years as they stand, by indicator, then by year and part.

    Years that were printed before are left out: theirs are of each measure, not of the indicator.
    """
    found = db.session.execute(
        select(
            Indicator.key,
            YearEdition.fiscal_year,
            YearEdition.number,
            FrozenFigure.part,
            FrozenFigure.value,
            FrozenFigure.printed,
        )
        .join(FrozenFigure, FrozenFigure.edition_id == YearEdition.id)
        .join(Indicator, Indicator.id == FrozenFigure.indicator_id)
        .where(Indicator.key.in_(list(indicators)), FrozenFigure.mark != Mark.PUBLISHED)
        .order_by(YearEdition.number)
    )
    values: dict[str, dict[tuple[int, str], FrozenValue]] = {}
    for row in found:
        kept = FrozenValue(number=row.number, value=row.value, printed=row.printed)
        values.setdefault(row.key, {})[row.fiscal_year, row.part] = kept
    return values


def find_edition(fiscal_year: int, number: int | None = None) -> YearEdition | None:
    """Return an edition of a year, the newest unless a number is given."""
    chosen = select(YearEdition).where(YearEdition.fiscal_year == fiscal_year)
    if number is not None:
        chosen = chosen.where(YearEdition.number == number)
    return db.session.scalar(chosen.order_by(YearEdition.number.desc()).limit(1))


def get_edition(fiscal_year: int, number: int | None = None) -> YearEdition:
    """Return an edition of a year; NotFound where there is none."""
    edition = find_edition(fiscal_year, number)
    if edition is None:
        raise NotFound(NOT_FROZEN)
    return edition


def get_frozen_table(fiscal_year: int, number: int | None = None) -> PlanTable:
    """Return the table as it was settled, words and targets included; NotFound where it was not."""
    return table_of(get_edition(fiscal_year, number).report)


def list_editions(fiscal_year: int) -> list[EditionLine]:
    """Return the editions of a year, newest first."""
    rows = db.session.scalars(
        select(YearEdition).where(YearEdition.fiscal_year == fiscal_year).order_by(YearEdition.number.desc())
    ).all()
    names = names_of({one for row in rows for one in (row.made_by, row.approved_by)})
    return [
        EditionLine(
            number=row.number,
            kind=row.kind,
            made_at=row.made_at,
            made_by=names.get(row.made_by),
            approved_by=names.get(row.approved_by),
            reason=row.reason,
            digest=row.digest,
        )
        for row in rows
    ]


def names_of(accounts: Iterable[int | None]) -> dict[int | None, str]:
    """Return what accounts are called."""
    wanted = {one for one in accounts if one is not None}
    found = db.session.execute(select(Account.id, Account.label).where(Account.id.in_(wanted)))
    return {row.id: row.label for row in found}


def count_figures(edition: YearEdition) -> int:
    """Return how many figures an edition holds, parts included."""
    return len(db.session.scalars(select(FrozenFigure.id).where(FrozenFigure.edition_id == edition.id)).all())


def find_facts(edition: YearEdition, indicator: str) -> FrozenFacts | None:
    """Return the records behind an indicator's figure; None where it was not counted from records."""
    return get_facts_of(edition, [indicator]).get(indicator)


def get_facts_of(edition: YearEdition, indicators: Iterable[str]) -> dict[str, FrozenFacts]:
    """Return the records behind several indicators' figures, in two queries."""
    found = db.session.execute(
        select(Indicator.key, FrozenSet)
        .join(FrozenFigure, FrozenFigure.set_id == FrozenSet.id)
        .join(Indicator, Indicator.id == FrozenSet.indicator_id)
        .where(FrozenFigure.edition_id == edition.id, Indicator.key.in_(list(indicators)))
    )
    sets = {kept.id: (key, kept) for key, kept in found}
    lines: dict[int, list[Member]] = {one: [] for one in sets}
    for row in db.session.execute(
        select(FrozenMember.__table__)
        .where(FrozenMember.set_id.in_(sets))
        .order_by(FrozenMember.set_id, FrozenMember.position)
    ):
        lines[row.set_id].append(
            Member(
                table=row.record_table,
                record_id=row.record_id,
                day=row.day,
                other_day=row.other_day,
                weight=row.weight,
                part=row.part,
                person=row.counted_for,
            )
        )
    return {
        key: FrozenFacts(
            set_id=kept.id,
            as_of=kept.as_of,
            definition=kept.definition,
            digest=kept.digest,
            members=tuple(lines[kept.id]),
        )
        for key, kept in sets.values()
    }


def list_members(metric: Metric, period: Period) -> list[Member]:
    """Return the records that a metric counts now, in the order in which they would be kept."""
    if not period.has_begun:
        return []
    return ordered(
        Member(
            table=row.table_name,
            record_id=row.record_id,
            day=row.day,
            other_day=row.other_day,
            weight=row.weight,
            part=row.part,
            person=row.person_id,
        )
        for row in db.session.execute(rows_of(metric, period, EVERYTHING))
    )


def list_values(fiscal_year: int, measure: str, indicator: str, part: str = "") -> list[OtherValue]:
    """Return a figure in every edition of a year, newest first."""
    found = db.session.execute(
        select(YearEdition.number, YearEdition.kind, FrozenFigure.value, FrozenFigure.printed)
        .join(FrozenFigure, FrozenFigure.edition_id == YearEdition.id)
        .join(Measure, Measure.id == FrozenFigure.measure_id)
        .join(Indicator, Indicator.id == FrozenFigure.indicator_id)
        .where(
            YearEdition.fiscal_year == fiscal_year,
            Measure.code == measure,
            Indicator.key == indicator,
            FrozenFigure.part == part,
        )
        .order_by(YearEdition.number.desc())
    )
    return [OtherValue(number=row[0], kind=row[1], value=row[2], printed=row[3]) for row in found]


def find_proposal(fiscal_year: int) -> Restatement | None:
    """Return the restatement of a year that waits for approval."""
    return db.session.scalar(
        select(Restatement).where(
            Restatement.fiscal_year == fiscal_year, Restatement.state == RestatementState.PROPOSED
        )
    )


def get_proposal(fiscal_year: int) -> Restatement:
    """Return the restatement of a year that waits for approval; NotFound where none does."""
    found = find_proposal(fiscal_year)
    if found is None:
        raise NotFound
    return found
