"""All rows of one plan read at once, in a fixed number of queries, and what they say of a fiscal year."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.foundation.db import db
from app.plan.models import (
    Indicator,
    IndicatorPart,
    Measure,
    MeasureIndicator,
    MeasureOffice,
    MeasureText,
    Plan,
    PlanNote,
    PlanNoteMark,
    Policy,
    Result,
    Target,
    Theme,
)
from app.plan.period_models import MeasureSuccession
from app.plan.register import NO_WORDS, OfficeView, ResultView, TargetView, Words
from app.plan.vocabulary import NotePlace, PrintedWord, ResultKind, TextKind

Figure = tuple[int, int, str, int]
"""Measure, indicator, part, fiscal year."""


@dataclass(frozen=True, kw_only=True)
class NextTargets:
    """When the next plan begins, and its targets under the measures of the plan before."""

    first: int | None
    targets: dict[tuple[int, int], list[TargetView]]


@dataclass(frozen=True, kw_only=True)
class PlanRows:
    """One plan as it stands in the database."""

    plan: Plan
    policies: list[Policy]
    themes: list[Theme]
    measures: list[Measure]
    offices: dict[int, list[OfficeView]]
    indicators: dict[int, list[Indicator]]
    parts: dict[int, list[IndicatorPart]]
    published: dict[Figure, ResultView]
    # Reported figures are one per indicator, whichever measures show it.
    reported: dict[tuple[int, str, int], ResultView]
    targets: dict[tuple[int, int], list[TargetView]]
    texts: dict[tuple[int, TextKind], list[MeasureText]]
    marks: dict[int, list[tuple[PlanNote, PlanNoteMark]]]
    notes: list[PlanNote]
    # Targets of the next plan, under the measures of this one: its last tables print them already.
    following: NextTargets

    def result(self, measure: int, indicator: int, part: str, fiscal_year: int) -> ResultView | None:
        """Return the figure kept for a year: published under this measure, else reported."""
        published = self.published.get((measure, indicator, part, fiscal_year))
        return published or self.reported.get((indicator, part, fiscal_year))

    def target(self, measure: int, indicator: int, fiscal_year: int) -> TargetView | None:
        """Return the target that holds in a year."""
        held = self.targets.get((measure, indicator), [])
        if self.following.first is not None and fiscal_year >= self.following.first:
            held = self.following.targets.get((measure, indicator), [])
        return next((t for t in held if t.first_fiscal_year <= fiscal_year <= t.last_fiscal_year), None)

    def text(self, measure: int, kind: TextKind, fiscal_year: int) -> Words:
        """Return the text that holds in a year, empty where there is none."""
        held = self.texts.get((measure, kind), [])
        found = next((t for t in held if t.first_fiscal_year <= fiscal_year <= t.last_fiscal_year), None)
        return Words(ja=found.text, en=found.text_en) if found else NO_WORDS

    def note_numbers(
        self, measure: int, place: NotePlace, fiscal_year: int, indicator: int | None = None
    ) -> tuple[int, ...]:
        """Return the numbers of the notes whose mark stands at a place of a measure's row."""
        return tuple(
            note.position
            for note, mark in self.marks.get(measure, [])
            if (note.fiscal_year, mark.place, mark.indicator_id) == (fiscal_year, place, indicator)
        )

    def published_years(self) -> frozenset[int]:
        """Return the fiscal years whose figures were printed before."""
        return frozenset(year for _measure, _indicator, _part, year in self.published)


def read_rows(plan: Plan) -> PlanRows:
    """Read a plan."""
    measures = _measures(plan)
    ids = [measure.id for measure in measures]
    indicators = _indicators(ids)
    shown = {one.id for of_measure in indicators.values() for one in of_measure}
    results = list(db.session.scalars(select(Result).where(Result.indicator_id.in_(shown))))
    policies = select(Policy).where(Policy.plan_id == plan.id).order_by(Policy.number)
    themes = select(Theme).join(Policy).where(Policy.plan_id == plan.id).order_by(Theme.number)
    notes = select(PlanNote).where(PlanNote.plan_id == plan.id).order_by(PlanNote.position)
    return PlanRows(
        plan=plan,
        policies=list(db.session.scalars(policies)),
        themes=list(db.session.scalars(themes)),
        measures=measures,
        offices=_offices(ids),
        indicators=indicators,
        parts=_parts(shown),
        published={
            (one.measure_id, one.indicator_id, one.part, one.fiscal_year): _result(one)
            for one in results
            if one.kind is ResultKind.PUBLISHED
        },
        reported={
            (one.indicator_id, one.part, one.fiscal_year): _result(one)
            for one in results
            if one.kind is ResultKind.REPORTED
        },
        targets=_targets(ids),
        texts=_texts(ids),
        marks=_marks(ids),
        notes=list(db.session.scalars(notes)),
        following=_following(ids),
    )


def _measures(plan: Plan) -> list[Measure]:
    chosen = select(Measure).join(Theme).join(Policy).where(Policy.plan_id == plan.id)
    return list(db.session.scalars(chosen.order_by(Policy.number, Theme.number, Measure.number)))


def _following(measures: list[int]) -> NextTargets:
    """Return when the next plan begins and its targets, under the measures that go on in it."""
    rows = db.session.execute(
        select(MeasureSuccession.old_id, Plan.first_fiscal_year, Target)
        .join(Plan, Plan.id == MeasureSuccession.plan_id)
        .outerjoin(Target, Target.measure_id == MeasureSuccession.new_id)
        .where(MeasureSuccession.old_id.in_(measures))
        .order_by(Target.first_fiscal_year)
    )
    first, found = None, defaultdict(list)
    for old, begins, target in rows:
        first = begins
        if target is not None:
            found[old, target.indicator_id].append(_target(target))
    return NextTargets(first=first, targets=found)


def _offices(measures: list[int]) -> dict[int, list[OfficeView]]:
    rows = db.session.scalars(
        select(MeasureOffice)
        .where(MeasureOffice.measure_id.in_(measures))
        .join(MeasureOffice.office)
        .options(contains_eager(MeasureOffice.office))
        .order_by(MeasureOffice.position)
    )
    found: dict[int, list[OfficeView]] = defaultdict(list)
    for row in rows:
        office = row.office
        name = Words(ja=office.name, en=office.name_en)
        found[row.measure_id].append(OfficeView(id=office.id, key=office.key, name=name))
    return found


def _indicators(measures: list[int]) -> dict[int, list[Indicator]]:
    rows = db.session.execute(
        select(MeasureIndicator.measure_id, Indicator)
        .join(Indicator, Indicator.id == MeasureIndicator.indicator_id)
        .where(MeasureIndicator.measure_id.in_(measures))
        .order_by(MeasureIndicator.position)
    )
    found: dict[int, list[Indicator]] = defaultdict(list)
    for measure_id, indicator in rows:
        found[measure_id].append(indicator)
    return found


def _parts(indicators: set[int]) -> dict[int, list[IndicatorPart]]:
    rows = db.session.scalars(
        select(IndicatorPart)
        .where(IndicatorPart.indicator_id.in_(indicators))
        .order_by(IndicatorPart.position)
    )
    found: dict[int, list[IndicatorPart]] = defaultdict(list)
    for part in rows:
        found[part.indicator_id].append(part)
    return found


def _targets(measures: list[int]) -> dict[tuple[int, int], list[TargetView]]:
    rows = db.session.scalars(
        select(Target).where(Target.measure_id.in_(measures)).order_by(Target.first_fiscal_year)
    )
    found: dict[tuple[int, int], list[TargetView]] = defaultdict(list)
    for row in rows:
        found[row.measure_id, row.indicator_id].append(_target(row))
    return found


def _target(row: Target) -> TargetView:
    return TargetView(
        first_fiscal_year=row.first_fiscal_year,
        last_fiscal_year=row.last_fiscal_year,
        value=row.value,
        sense=row.sense,
        note=Words(ja=row.note, en=row.note_en),
    )


def _texts(measures: list[int]) -> dict[tuple[int, TextKind], list[MeasureText]]:
    rows = db.session.scalars(
        select(MeasureText)
        .where(MeasureText.measure_id.in_(measures))
        .order_by(MeasureText.first_fiscal_year)
    )
    found: dict[tuple[int, TextKind], list[MeasureText]] = defaultdict(list)
    for row in rows:
        found[row.measure_id, row.kind].append(row)
    return found


def _marks(measures: list[int]) -> dict[int, list[tuple[PlanNote, PlanNoteMark]]]:
    rows = db.session.execute(
        select(PlanNote, PlanNoteMark)
        .join(PlanNoteMark, PlanNoteMark.note_id == PlanNote.id)
        .where(PlanNoteMark.measure_id.in_(measures))
        .order_by(PlanNote.position)
    )
    found: dict[int, list[tuple[PlanNote, PlanNoteMark]]] = defaultdict(list)
    for note, mark in rows:
        found[mark.measure_id].append((note, mark))
    return found


def _result(row: Result) -> ResultView:
    return ResultView(
        fiscal_year=row.fiscal_year,
        value=row.value,
        printed=PrintedWord.find(row.printed) or row.printed,
        kind=row.kind,
        entered_at=row.entered_at,
        version=row.version,
    )
