"""How guidance went, window by window, and the situations from which it led nowhere (measure 5)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.access.actor import Actor
from app.cases.models import Case
from app.foundation.db import db
from app.foundation.labels import LabelledEnum
from app.guidance.facts import facts_of, without_moment
from app.guidance.kept import read_situation
from app.guidance.models import Guidance
from app.kpi import counts
from app.kpi.counts import NOTHING, Figure, rows_of
from app.kpi.drilldown import number_for
from app.kpi.metrics import METRICS
from app.kpi.period import Period, Scope
from app.kpi.vocabulary import By, Fitting
from app.situation.situation import Situation
from app.situation.vocabulary import TargetGroup

MOST_ROWS = 500
"""Records without a fitting window that one page reads, the newest; their metric leads to all of them."""


@dataclass(frozen=True, kw_only=True)
class WindowLine:
    """One window: guidance by target group and by month, and what its referrals say of the guidance."""

    window_id: int
    given: int
    groups: Mapping[TargetGroup, int]
    months: Mapping[int, int]
    answered: int
    wrong: int
    rerouted: Figure

    @property
    def wrong_share(self) -> float | None:
        """Referrals declined as 窓口違い divided by referrals answered; None where none was answered."""
        return self.wrong / self.answered if self.answered else None


@dataclass(frozen=True, kw_only=True)
class Record:
    """One guidance that found nothing; ``number`` is None unless the actor's own office keeps the case."""

    day: date
    window_id: int
    office_id: int
    number: str | None


@dataclass(frozen=True, kw_only=True)
class Unmatched:
    """A situation that found nothing, in words, with the records behind it, newest first."""

    facts: tuple[LabelledEnum, ...]
    records: tuple[Record, ...]


def get_lines(period: Period, scope: Scope) -> list[WindowLine]:
    """Return every window that was named or answered in the year, most guidance first; in four reads."""
    groups = by_window(counts.cross(METRICS["guidance_given"], period, By.WINDOW, By.TARGET_GROUP, scope))
    months = by_window(counts.cross(METRICS["guidance_given"], period, By.WINDOW, By.MONTH, scope))
    parts = by_window(counts.cross(METRICS["wrong_window_rate"], period, By.WINDOW, By.PART, scope))
    rerouted = counts.breakdown(METRICS["rerouted_rate"], period, By.WINDOW, scope)
    lines = [
        WindowLine(
            window_id=window_id,
            given=sum(groups[window_id].values()),
            groups=groups[window_id],
            months=months[window_id],
            answered=sum(parts[window_id].values()),
            wrong=parts[window_id].get(Fitting.WRONG_WINDOW.value, 0),
            rerouted=rerouted.get(window_id, NOTHING),
        )
        for window_id in {*groups, *parts, *rerouted}
    ]
    return sorted(lines, key=lambda line: (-line.given, -line.answered, line.window_id))


def by_window(cells: Mapping[tuple[int, LabelledEnum], Figure]) -> defaultdict[int, dict]:
    """Return the rows of a table by window: numbers of records by the second key."""
    found: defaultdict[int, dict] = defaultdict(dict)
    for (window_id, key), figure in cells.items():
        found[window_id][key] = figure.n
    return found


def count_unmatched(period: Period, scope: Scope) -> int:
    """Count the records that found no fitting window, also those beyond what `list_unmatched` reads."""
    return counts.value(METRICS["guidance_unmatched"], period, scope).n if period.has_begun else 0


def list_unmatched(period: Period, scope: Scope, *, actor: Actor) -> list[Unmatched]:
    """List the situations that found nothing, the most frequent first: from them rules are mended."""
    if not period.has_begun:
        return []
    rows = rows_of(METRICS["guidance_unmatched"], period, scope).subquery("chosen")
    found = db.session.execute(
        select(
            rows.c.day,
            rows.c.window_id,
            rows.c.office_id,
            Guidance.situation,
            number_for(actor, rows).label("number"),
        )
        .join(Guidance, Guidance.id == rows.c.record_id)
        .outerjoin(Case, Case.id == rows.c.person_id)
        .order_by(rows.c.day.desc(), rows.c.record_id.desc())
        .limit(MOST_ROWS)
    )
    # By situation and not by its words: codes of different questions may read alike.
    situations: defaultdict[Situation, list[Record]] = defaultdict(list)
    for row in found:
        record = Record(day=row.day, window_id=row.window_id, office_id=row.office_id, number=row.number)
        situation = read_situation(row.situation) if row.situation else Situation()
        situations[without_moment(situation)].append(record)
    listed = [
        Unmatched(facts=facts_of(situation), records=tuple(records))
        for situation, records in situations.items()
    ]
    return sorted(listed, key=lambda one: -len(one.records))
