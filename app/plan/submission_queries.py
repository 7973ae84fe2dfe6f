"""Reading where the results of a year stand."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from app.foundation.db import db
from app.plan.models import Indicator
from app.plan.submission_models import ResultCorrection, SubmissionMove
from app.plan.submissions import NOT_BEGUN, Correction, Submission, state_after


@dataclass(frozen=True, kw_only=True)
class CorrectedFigure:
    """What a department takes a counted figure for; ``part`` is "" for the whole."""

    indicator: str
    part: str
    value: Decimal
    reason: str


def list_submissions(fiscal_year: int) -> dict[int, Submission]:
    """Return where each measure's results stand, by the measure's id; what nobody touched is left out."""
    moves = db.session.scalars(
        select(SubmissionMove)
        .where(SubmissionMove.fiscal_year == fiscal_year)
        .order_by(SubmissionMove.measure_id, SubmissionMove.number)
    )
    found: dict[int, Submission] = {}
    for move in moves:
        before = found.get(move.measure_id, NOT_BEGUN)
        found[move.measure_id] = Submission(
            state=state_after(before.state, move.act) or before.state,
            number=move.number,
            at=move.at,
            by=move.by,
            reason=move.reason,
        )
    return found


def find_submission(measure_id: int, fiscal_year: int) -> Submission:
    """Return where one measure's results stand."""
    return list_submissions(fiscal_year).get(measure_id, NOT_BEGUN)


def list_locked(fiscal_year: int, measure_ids: Collection[int]) -> set[int]:
    """Return which of some measures are with the plan desk, so that nobody changes their results."""
    found = list_submissions(fiscal_year)
    return {one for one in measure_ids if not found.get(one, NOT_BEGUN).state.is_with_department}


def list_corrections(fiscal_year: int) -> dict[tuple[int, str], Correction]:
    """Return what is said beside counted figures, by indicator and part."""
    rows = db.session.scalars(select(ResultCorrection).where(ResultCorrection.fiscal_year == fiscal_year))
    return {
        (row.indicator_id, row.part): Correction(value=row.value, reason=row.reason, version=row.version)
        for row in rows
    }


def list_corrected(fiscal_year: int) -> list[CorrectedFigure]:
    """Return the corrections of a year in the order in which they were first made."""
    rows = db.session.execute(
        select(Indicator.key, ResultCorrection.part, ResultCorrection.value, ResultCorrection.reason)
        .join(Indicator, Indicator.id == ResultCorrection.indicator_id)
        .where(ResultCorrection.fiscal_year == fiscal_year)
        .order_by(ResultCorrection.id)
    )
    return [
        CorrectedFigure(indicator=row.key, part=row.part, value=row.value, reason=row.reason) for row in rows
    ]
