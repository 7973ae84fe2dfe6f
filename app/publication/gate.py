"""The one gate: whatever leaves the house takes its figures from here and nowhere else.

Public pages, feed, open data and release files call ``get_published``; a test forbids them every other way.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import func, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError, Forbidden
from app.kpi.table import PlanTable
from app.plan.period_operations import hold
from app.plan.register import Words
from app.privacy.disclosure import Decision, attack, decide
from app.privacy.disclosure_audit import Span
from app.privacy.disclosure_ledger import Released, joined
from app.privacy.disclosure_tables import THRESHOLD, Tables
from app.publication.exact import list_exact
from app.publication.figures import PublishedFigure, PublishedYear, Showing
from app.publication.models import Release, ReleaseFigure
from app.publication.queries import find_release, list_figures, list_released_years, list_releases
from app.publication.tables import Item, Offer, offer_of
from app.years.freezing_queries import find_edition, get_frozen_table

NOT_FROZEN: Final = N_("確定していない年度の実績は公表できません。先に年度を確定してください。")
NOTHING_NEW: Final = N_("前に公表したものと同じです。公表するものはありません。")
CHANGED: Final = N_("このページを開いたあとに、公表する内容が変わりました。開きなおして、確かめてください。")
SECONDS: Final = 10.0


@dataclass(frozen=True, kw_only=True)
class Line:
    """One figure before release: how it would leave, and what a reader could make of it.

    ``alone`` is what a reader would know if only small figures were withheld, ``span`` what one would know of
    it as it leaves; both None where the figure is shown. ``value`` is for the house only.
    """

    figure: PublishedFigure
    value: Decimal | None
    equation: tuple[str, ...]
    is_small: bool
    alone: Span | None
    span: Span | None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a release would let out; ``digest`` names exactly this."""

    fiscal_year: int
    edition: int
    threshold: int
    table: PlanTable
    lines: tuple[Line, ...]
    digest: str
    earlier: int
    is_new: bool

    def count(self, *showings: Showing) -> int:
        """Return how many figures would leave in one of these ways."""
        return sum(line.figure.showing in showings for line in self.lines)


def get_published(fiscal_year: int, number: int | None = None) -> PublishedYear | None:
    """Return what was released of a year, by default its newest release; None where nothing was."""
    return find_release(fiscal_year, number)


def published_years() -> list[int]:
    """Return the fiscal years of which something was released, newest first."""
    return list_released_years()


def preview(fiscal_year: int, threshold: int = THRESHOLD) -> Preview:
    """Return what a release of a frozen year would let out, and what an attacker would learn of it.

    Raises:
        DomainError: the year is not frozen.
    """
    edition = find_edition(fiscal_year)
    if edition is None:
        raise DomainError(NOT_FROZEN)
    table = get_frozen_table(fiscal_year, edition.number)
    earlier = list_earlier(fiscal_year)
    offer, system, decision = judged(table, earlier, threshold)
    lines = lines_of(offer, system, decision, threshold)
    digest = digest_of(edition.number, threshold, lines)
    last = find_release(fiscal_year)
    return Preview(
        fiscal_year=fiscal_year,
        edition=edition.number,
        threshold=threshold,
        table=table,
        lines=lines,
        digest=digest,
        earlier=len(earlier),
        is_new=last is None or last.digest != digest,
    )


def judged(table: PlanTable, earlier: list[Released], threshold: int) -> tuple[Offer, Tables, Decision]:
    """Return a table's figures, the system of all that a reader has of them, and what must not be printed."""
    offer = offer_of(table, list_exact())
    system = joined(earlier, offer.tables)
    return offer, system, decide(system, threshold, seconds=SECONDS)


def release(
    *, actor: Actor, fiscal_year: int, threshold: int = THRESHOLD, seen: str | None = None
) -> Release:
    """Let a frozen year's figures out; ``seen`` is the digest of the preview that somebody agreed to.

    Raises:
        Forbidden: only the plan desk releases.
        Conflict: what would leave is no longer what was seen.
        DomainError: the year is not frozen, or all of it left before.
    """
    if not actor.may(Permission.RELEASE_WRITE):
        raise Forbidden
    hold(fiscal_year)
    found = preview(fiscal_year, threshold)
    if seen is not None and seen != found.digest:
        raise Conflict(CHANGED)
    if not found.is_new:
        raise DomainError(NOTHING_NEW)
    made = keep(actor, found)
    trail.record(
        actor=actor,
        action="release.made",
        subject="fiscal_year",
        subject_id=fiscal_year,
        details={"number": made.number, "edition": made.edition, "digest": made.digest},
    )
    return made


def keep(actor: Actor, found: Preview) -> Release:
    """Keep a release with every figure and its equation: the ledger."""
    last = select(func.max(Release.number)).where(Release.fiscal_year == found.fiscal_year)
    made = Release(
        fiscal_year=found.fiscal_year,
        number=(db.session.scalar(last) or 0) + 1,
        edition=found.edition,
        threshold=found.threshold,
        released_at=clock.now(),
        released_by=actor.id,
        digest=found.digest,
    )
    db.session.add(made)
    db.session.flush()
    for position, line in enumerate(found.lines):
        db.session.add(row_of(made.id, position, line))
    db.session.flush()
    return made


def row_of(release_id: int, position: int, line: Line) -> ReleaseFigure:
    """Return a figure as a row."""
    one = line.figure
    return ReleaseFigure(
        release_id=release_id,
        position=position,
        measure=one.measure,
        indicator=one.indicator,
        part=one.part,
        label=one.label.ja,
        label_en=one.label.en,
        unit=one.unit.ja,
        unit_en=one.unit.en,
        decimals=one.decimals,
        value=one.value,
        word=one.word,
        mark=one.mark,
        showing=one.showing,
        cells="\n".join(name for name in line.equation if name),
    )


def list_earlier(fiscal_year: int) -> list[Released]:
    """Return the year's releases, oldest first: the true tables of each, and what it withheld."""
    return [earlier_of(fiscal_year, one) for one in reversed(list_releases(fiscal_year))]


def earlier_of(fiscal_year: int, made: Release) -> Released:
    """Return one earlier release as the ledger has it: the tables of its edition, and where x stood."""
    offer = offer_of(get_frozen_table(fiscal_year, made.edition), {})
    held = {(one.measure, one.indicator, one.part): one for one in list_figures(made.id)}
    withheld, blank = set(), set()
    for item in offer.items:
        row = held.get((item.measure, item.cell.indicator.key, item.cell.part))
        if item.name in offer.tables.cells and (row is None or row.showing.is_withheld):
            withheld.add(item.name)
            if row is None or row.showing is Showing.TAKEN:
                blank.add(item.name)
    return Released(offer.tables, frozenset(withheld), frozenset(blank))


def lines_of(offer: Offer, system: Tables, decision: Decision, threshold: int) -> tuple[Line, ...]:
    """Return the figures as they would leave."""
    alone = by_name(attack(system, decision.small, threshold)) if decision.small else {}
    printed = system.blanked(decision.blank)
    spans = by_name(attack(printed, decision.withheld, threshold)) if decision.withheld else {}
    return tuple(
        Line(
            figure=figure_of(item, offer.showing(item, decision)),
            value=item.cell.value,
            equation=item.sum_of,
            is_small=item.name in decision.small,
            alone=alone.get(item.name),
            span=spans.get(item.name),
        )
        for item in offer.items
    )


def by_name(spans: list[Span]) -> Mapping[str, Span]:
    """Return spans by the cell."""
    return {span.name: span for span in spans}


def figure_of(item: Item, showing: Showing) -> PublishedFigure:
    """Return a figure as it leaves; of a withheld one nothing is left."""
    cell = item.cell
    return PublishedFigure(
        measure=item.measure,
        indicator=cell.indicator.key,
        part=cell.part,
        label=cell.label,
        unit=cell.indicator.unit or Words(ja="", en=""),
        decimals=cell.indicator.decimals,
        value=None if showing.is_withheld else cell.value,
        word="" if showing.is_withheld else cell.printed,
        mark=cell.mark,
        showing=showing,
    )


def digest_of(edition: int, threshold: int, lines: tuple[Line, ...]) -> str:
    """Return the digest of all that would leave."""
    said = [f"{edition} {threshold}"]
    for one in (line.figure for line in lines):
        value = "" if one.value is None else f"{one.value.normalize():f}"
        said.append("\t".join([one.measure, one.indicator, one.part, value, one.word, one.showing.value]))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
