"""What a plan file puts into the register: targets, texts, published figures, notes.

Targets and texts are first content only: where the register holds any for a measure, people own them.
"""

from typing import Any

from sqlalchemy import select

from app.foundation import clock
from app.foundation.db import db
from app.plan.models import (
    BesideThePlan,
    Indicator,
    Measure,
    MeasureText,
    Plan,
    PlanNote,
    PlanNoteMark,
    Result,
    Target,
)
from app.plan.plan_facts import FigureFacts, PlanFacts
from app.plan.shelf import Shelf
from app.plan.vocabulary import ResultKind
from app.windows.models import Office


def keep_targets(
    shelf: Shelf, measures: dict[str, Measure], indicators: dict[str, Indicator], facts: PlanFacts
) -> None:
    """Put in the targets of measures whose indicator has none yet."""
    owned = set(db.session.execute(select(Target.measure_id, Target.indicator_id)).all())
    shelf.make(
        Target,
        [
            {
                "measure_id": measures[one.code].id,
                "indicator_id": indicators[target.indicator].id,
                "first_fiscal_year": target.first,
                "last_fiscal_year": target.last,
                "value": target.value,
                "sense": target.sense,
                "note": target.note.ja,
                "note_en": target.note.en,
            }
            for one in facts.measures
            for target in one.targets
            if (measures[one.code].id, indicators[target.indicator].id) not in owned
        ],
    )


def keep_texts(shelf: Shelf, measures: dict[str, Measure], facts: PlanFacts) -> None:
    """Put in the texts of measures that have none of that kind yet."""
    owned = set(db.session.execute(select(MeasureText.measure_id, MeasureText.kind)).all())
    shelf.make(
        MeasureText,
        [
            {
                "measure_id": measures[one.code].id,
                "kind": text.kind,
                "first_fiscal_year": text.first,
                "last_fiscal_year": text.last,
                "text": text.text.ja,
                "text_en": text.text.en,
            }
            for one in facts.measures
            for text in one.texts
            if (measures[one.code].id, text.kind) not in owned
        ],
    )


def keep_published(
    shelf: Shelf, measures: dict[str, Measure], indicators: dict[str, Indicator], facts: PlanFacts
) -> None:
    """Keep published figures (既公表値) as printed; history that is never touched again."""
    owned = set(
        db.session.execute(
            select(Result.measure_id, Result.indicator_id, Result.part, Result.fiscal_year).where(
                Result.kind == ResultKind.PUBLISHED
            )
        ).all()
    )

    def place(code: str, figure: FigureFacts) -> tuple[int, int, str, int]:
        return measures[code].id, indicators[figure.indicator].id, figure.part, figure.fiscal_year

    at = clock.now()
    shelf.make(
        Result,
        [
            {
                "measure_id": measures[one.code].id,
                "indicator_id": indicators[figure.indicator].id,
                "part": figure.part,
                "fiscal_year": figure.fiscal_year,
                "kind": ResultKind.PUBLISHED,
                "value": figure.value,
                "printed": figure.printed,
                "entered_at": at,
                "entered_by": None,
            }
            for one in facts.measures
            for figure in one.figures
            if place(one.code, figure) not in owned
        ],
    )


def keep_notes(
    shelf: Shelf,
    plan: Plan,
    measures: dict[str, Measure],
    indicators: dict[str, Indicator],
    facts: PlanFacts,
) -> None:
    """Keep the notes and where their marks stand; their order in the file is their number in each year."""
    position: dict[int, int] = {}
    names: list[dict[str, Any]] = []
    for note in facts.notes:
        position[note.fiscal_year] = position.get(note.fiscal_year, 0) + 1
        names.append(
            {"plan_id": plan.id, "fiscal_year": note.fiscal_year, "position": position[note.fiscal_year]}
        )
    rows = shelf.keep(
        PlanNote, names, [{"text": note.text.ja, "text_en": note.text.en} for note in facts.notes]
    )
    marks = [
        {
            "note_id": row.id,
            "measure_id": measures[mark.measure].id,
            "place": mark.place,
            "indicator_id": indicators[mark.indicator].id if mark.indicator else None,
        }
        for row, note in zip(rows, facts.notes, strict=True)
        for mark in note.marks
    ]
    shelf.keep(PlanNoteMark, marks, [{} for _mark in marks])


def keep_beside(shelf: Shelf, plan: Plan, offices: dict[str, Office], facts: PlanFacts) -> None:
    """Keep what is watched beside the measures."""
    shelf.keep(
        BesideThePlan,
        [{"plan_id": plan.id, "title": one.title.ja} for one in facts.beside],
        [
            {"position": n, "title_en": one.title.en, "office_id": offices[one.department].id}
            for n, one in enumerate(facts.beside, start=1)
        ],
    )
