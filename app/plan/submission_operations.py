"""Submitting, returning and accepting a measure's results of a year; a word beside a counted figure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, Forbidden, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.plan.figures import check_figure
from app.plan.models import Indicator, Measure
from app.plan.operations import IS_SUBMITTED
from app.plan.period_operations import require_open
from app.plan.queries import find_measure_row, get_rows, reports_for
from app.plan.reading import PlanRows
from app.plan.results import figure_field, seen_figure
from app.plan.submission_models import ResultCorrection, SubmissionMove
from app.plan.submission_queries import find_submission
from app.plan.submissions import Submission, SubmissionAct, SubmissionState, state_after
from app.plan.vocabulary import ResultSource, TextKind

LONGEST_REASON: Final = 200
PUBLISHED: Final = N_("この年度の実績は計画書に印刷された既公表値です。提出するものはありません。")
NOT_OVER: Final = N_("%(year)s年度はまだ終わっていません。提出は、年度が終わってからできます。")
NOT_NOW: Final = N_("「%(title)s」は、いま「%(state)s」なので、この操作はできません。")
MISSING: Final = N_(
    "「%(label)s」の実績がありません。数字か、なし・開催なし を入力してから提出してください。"
)
SOURCE_MISSING: Final = N_("「%(title)s」の数字の出どころを、ことばで入力してから提出してください。")
REASON_MISSING: Final = N_("差し戻す理由を入力してください。")
WHY_MISSING: Final = N_("記録からの数字とちがう理由を入力してください。")
TOO_LONG: Final = N_("理由は%(most)s字までです。")
NOT_COUNTED: Final = N_("「%(label)s」は所管課が入力する数字です。補正ではなく、実績を直してください。")


@dataclass(frozen=True, kw_only=True)
class CorrectionEntry:
    """What is said of a counted figure; ``value`` None takes it back, ``version`` 0 showed none."""

    measure: str
    indicator: str
    part: str = ""
    value: Decimal | None
    reason: str = ""
    version: int = 0


def move_submission(
    *,
    actor: Actor,
    fiscal_year: int,
    measure: str,
    act: SubmissionAct,
    seen: int,
    reason: str = "",
) -> SubmissionState:
    """Submit, take back, return or accept a measure's results; returns where they stand then.

    ``seen`` is the number of the last act that the page showed.

    Raises:
        Forbidden: the role does not do this.
        NotFound: no such measure among those the actor answers for.
        Conflict: somebody did something with these results since the page was shown.
        DomainError: frozen, published or unfinished year; the act cannot be done now; something is missing.
    """
    rows, row = _measure(actor, fiscal_year, measure)
    if act.is_of_plan_desk and not actor.may(Permission.PLAN_WRITE):
        raise Forbidden
    require_open(fiscal_year, actor)
    _require_over(rows, fiscal_year)
    now = find_submission(row.id, fiscal_year)
    if now.number != seen:
        raise Conflict(CHANGED_MEANWHILE)
    following = state_after(now.state, act)
    if following is None:
        raise DomainError(NOT_NOW, title=row.title, state=now.state.label("ja"))
    if act is SubmissionAct.SUBMIT:
        _require_complete(rows, row, fiscal_year)
    if act is SubmissionAct.RETURN and not reason.strip():
        raise DomainError(REASON_MISSING, field="reason")
    _note(actor, row, fiscal_year, act, now, reason)
    return following


def correct(*, actor: Actor, fiscal_year: int, entry: CorrectionEntry) -> bool:
    """Say beside a counted figure what it should be and why; tells whether anything changed.

    The figure itself stays as it is counted. Raises what ``move_submission`` raises, and DomainError at
    ``value`` or ``reason``.
    """
    rows, row = _measure(actor, fiscal_year, entry.measure)
    require_open(fiscal_year, actor)
    if not find_submission(row.id, fiscal_year).state.is_with_department:
        raise DomainError(IS_SUBMITTED, title=row.title)
    indicator = _indicator(rows, row, entry)
    check_figure(entry.value, indicator=indicator, field="value")
    reason = entry.reason.strip()
    if entry.value is not None and not reason:
        raise DomainError(WHY_MISSING, field="reason")
    if len(reason) > LONGEST_REASON:
        raise DomainError(TOO_LONG, field="reason", most=LONGEST_REASON)
    kept = db.session.scalar(
        select(ResultCorrection).where(
            ResultCorrection.indicator_id == indicator.id,
            ResultCorrection.part == entry.part,
            ResultCorrection.fiscal_year == fiscal_year,
        )
    )
    if entry.version != (kept.version if kept else 0):
        raise Conflict(CHANGED_MEANWHILE)
    before = seen_figure(kept.value) if kept else ""
    if not _keep(actor, kept, indicator, fiscal_year, entry, reason):
        return False
    trail.record(
        actor=actor,
        action="result.correct" if entry.value is not None else "result.uncorrect",
        subject="indicator",
        subject_id=indicator.key,
        details={"fiscal_year": fiscal_year, "part": entry.part, "before": before},
    )
    return True


def _keep(
    actor: Actor,
    kept: ResultCorrection | None,
    indicator: Indicator,
    fiscal_year: int,
    entry: CorrectionEntry,
    reason: str,
) -> bool:
    if entry.value is None:
        if kept is not None:
            db.session.delete(kept)
        return kept is not None
    if kept is not None and (kept.value, kept.reason) == (entry.value, reason):
        return False
    if kept is None:
        kept = ResultCorrection(indicator_id=indicator.id, part=entry.part, fiscal_year=fiscal_year)
        db.session.add(kept)
    kept.value, kept.reason = entry.value, reason
    kept.entered_at, kept.entered_by = clock.now(), actor.id
    db.session.flush()
    return True


def _measure(actor: Actor, fiscal_year: int, code: str) -> tuple[PlanRows, Measure]:
    if not actor.may(Permission.RESULT_WRITE):
        raise Forbidden
    rows = get_rows(fiscal_year)
    row = find_measure_row(rows, code)
    if not reports_for(actor, rows, row):
        raise NotFound
    if fiscal_year in rows.published_years():
        raise DomainError(PUBLISHED)
    return rows, row


def _require_over(rows: PlanRows, fiscal_year: int) -> None:
    if fiscal_year_of(clock.today()) <= fiscal_year:
        raise DomainError(NOT_OVER, year=fiscal_year)


def _require_complete(rows: PlanRows, row: Measure, fiscal_year: int) -> None:
    reported = [one for one in rows.indicators.get(row.id, []) if one.source is ResultSource.REPORTED]
    for one in reported:
        if rows.result(row.id, one.id, "", fiscal_year) is None:
            raise DomainError(MISSING, label=one.label)
    if reported and not rows.text(row.id, TextKind.SOURCE, fiscal_year):
        raise DomainError(SOURCE_MISSING, title=row.title)


def _indicator(rows: PlanRows, row: Measure, entry: CorrectionEntry) -> Indicator:
    indicator = next((one for one in rows.indicators.get(row.id, []) if one.key == entry.indicator), None)
    if indicator is None:
        raise NotFound
    if entry.part and entry.part not in {part.key for part in rows.parts.get(indicator.id, [])}:
        raise NotFound
    if indicator.source is ResultSource.REPORTED:
        raise DomainError(NOT_COUNTED, field=figure_field(indicator.key), label=indicator.label)
    return indicator


def _note(
    actor: Actor, row: Measure, fiscal_year: int, act: SubmissionAct, now: Submission, reason: str
) -> None:
    if len(reason) > LONGEST_REASON:
        raise DomainError(TOO_LONG, field="reason", most=LONGEST_REASON)
    db.session.add(
        SubmissionMove(
            measure_id=row.id,
            fiscal_year=fiscal_year,
            number=now.number + 1,
            act=act,
            reason=reason.strip() if act is SubmissionAct.RETURN else "",
            at=clock.now(),
            by=actor.id,
        )
    )
    db.session.flush()
    trail.record(
        actor=actor,
        action=f"submission.{act.value}",
        subject="measure",
        subject_id=row.code,
        details={"fiscal_year": fiscal_year, "from": now.state.value},
    )
