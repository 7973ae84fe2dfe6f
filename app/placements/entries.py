"""What is said of a job or of a retention check before it is a record, and the rules it must keep; pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from app.cases.entries import LONGEST_OTHER, check_day, check_text
from app.cases.vocabulary import Channel
from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum
from app.placements.retention import AWAY, MILESTONES, due_on, earliest_day, last_move
from app.placements.standards import Industry, Occupation, WageBand, WeeklyHours
from app.placements.vocabulary import (
    CheckOutcome,
    Contract,
    DueReason,
    Hours,
    LeftReason,
    NearReason,
    PlacementKind,
    Posting,
)
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus, TargetGroup

NEAR = timedelta(days=14)
"""Two new jobs of one person this close together may be one that was entered twice."""
RETIRED = N_("この選択肢はいまは使えません。ほかを選んでください。")
NO_CONSULTATION = N_("この相談者には、相談の記録がまだありません。さきに相談を記録してください。")
BEFORE_CONSULTATION = N_(
    "最初の相談（%(day)s）より前の日です。相談のあとの就職だけを記録できます。日付を確かめてください。"
)
NEAR_ANOTHER = N_(
    "%(day)sに始まった就職が、もう記録されています。別の就職のときは「それでも記録する」に印をつけてください。"
)
WHY_NEAR = N_("近い日の就職がもう一つある理由を選んでください。")
WHY_LEFT = N_("離職の理由を選んでください。")
NOT_BACK = N_(
    "%(months)sか月の確認で、この仕事を離れたとあります。同じ会社に戻ったときも、新しい就職として記録してください。"
)
STILL_KEPT = N_("%(months)sか月の確認で、同じ仕事を続けているとあります。さきにそちらを直してください。")
TOO_SOON = N_("%(day)sより前には確認できません。期日はその日かそれより後にしてください。")
TOO_LATE = N_("次の確認と重なるため、期日は%(day)sまでにしてください。")


@dataclass(frozen=True, kw_only=True)
class NewPlacement:
    """One job, as it was at the time; ``confirmed`` says that it is not the one recorded before."""

    case_id: int
    programme: Programme
    kind: PlacementKind
    started_on: date
    reported_on: date
    assistance: AssistanceStatus
    target_group: TargetGroup
    hours: Hours
    contract: Contract
    posting: Posting
    offered_on: date | None = None
    contract_other: str = ""
    occupation: Occupation = Occupation.UNKNOWN
    industry: Industry = Industry.UNKNOWN
    weekly_hours: WeeklyHours = WeeklyHours.UNKNOWN
    wage_band: WageBand | None = None
    why_separate: NearReason | None = None
    referral_id: int | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class NewCheck:
    """What was learnt about a job after some months; ``version`` is that of the check it corrects."""

    placement_id: int
    months: int
    checked_on: date
    outcome: CheckOutcome
    channel: Channel
    left_reason: LeftReason | None = None
    left_other: str = ""
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewDue:
    """Another day for a retention check; ``moves`` is how often it had been moved when the page was shown."""

    placement_id: int
    months: int
    due_on: date
    due_reason: DueReason
    due_other: str = ""
    moves: int | None = None


COLUMNS = tuple(field.name for field in fields(NewPlacement) if field.name not in {"case_id", "confirmed"})
# What the trail may keep of a change: codes and days, never what somebody typed.
CODED = tuple(name for name in COLUMNS if name != "contract_other")


def check_codes(entry: NewPlacement | NewCheck | NewDue, kept: object = None) -> None:
    """Refuse values that are no longer offered, unless the record ``kept`` has them from before.

    Raises:
        DomainError: at the field of the value.
    """
    for field in fields(entry):
        value = getattr(entry, field.name)
        is_retired = isinstance(value, LabelledEnum) and value.retired
        if is_retired and getattr(kept, field.name, None) != value:
            raise DomainError(RETIRED, field=field.name)


def check_placement(
    entry: NewPlacement, *, today: date, first_consultation: date | None, kept: object = None
) -> None:
    """Hold a job against the counting rule; ``kept`` is the record that it corrects.

    Raises:
        DomainError: at the field concerned.
    """
    check_codes(entry, kept)
    check_day(entry.started_on, today=today, field="started_on")
    check_day(entry.reported_on, today=today, field="reported_on")
    if first_consultation is None:
        raise DomainError(NO_CONSULTATION)
    if entry.started_on < first_consultation:
        raise DomainError(BEFORE_CONSULTATION, field="started_on", day=first_consultation)
    check_offer(entry)
    check_text(entry.contract_other, longest=LONGEST_OTHER, field="contract_other")


def check_offer(entry: NewPlacement) -> None:
    """Hold the day of the offer against the others; a job may well be reported before it begins.

    Raises:
        DomainError: at ``offered_on`` or ``reported_on``.
    """
    if entry.offered_on is None:
        return
    if entry.offered_on > entry.started_on:
        raise DomainError(
            N_("採用が決まった日は、就労開始日かそれより前にしてください。"), field="offered_on"
        )
    if entry.reported_on < entry.offered_on:
        raise DomainError(
            N_("報告を受けた日は、採用が決まった日かそれより後にしてください。"), field="reported_on"
        )


def check_near(entry: NewPlacement, others: Iterable[date]) -> None:
    """Question a new job within two weeks of another one of the same person; why both stand is coded.

    Raises:
        DomainError: at ``confirmed`` or ``why_separate``.
    """
    if entry.kind is not PlacementKind.NEW:
        return
    near = [day for day in others if abs(day - entry.started_on) <= NEAR]
    if near and not entry.confirmed:
        raise DomainError(NEAR_ANOTHER, field="confirmed", day=near[0])
    if near and entry.why_separate is None:
        raise DomainError(WHY_NEAR, field="why_separate")


def check_retention(
    entry: NewCheck,
    *,
    kind: PlacementKind,
    started_on: date,
    today: date,
    known: Mapping[int, CheckOutcome],
    kept: object = None,
) -> None:
    """Hold a retention check against its job; ``known`` are its outcomes, ``kept`` the record it corrects.

    Raises:
        DomainError: at the field concerned.
    """
    check_codes(entry, kept)
    if entry.months not in MILESTONES:
        raise DomainError(N_("定着確認は、1、3、6、12か月のいずれかです。"), field="months")
    if kind is not PlacementKind.NEW:
        raise DomainError(N_("定着確認は、新規就職だけが対象です。"))
    check_day(entry.checked_on, today=today, field="checked_on")
    earliest = earliest_day(started_on, entry.months, entry.outcome)
    if entry.checked_on < earliest:
        raise DomainError(
            N_("この結果は%(day)sより前には分かりません。確認した日を確かめてください。"),
            field="checked_on",
            day=earliest,
        )
    check_left(entry)
    check_order(entry, known)


def check_left(entry: NewCheck) -> None:
    """Hold the reason for leaving against the outcome.

    Raises:
        DomainError: at ``left_reason`` or ``left_other``.
    """
    if (entry.outcome is CheckOutcome.LEFT) is (entry.left_reason is None):
        raise DomainError(WHY_LEFT, field="left_reason")
    check_text(entry.left_other, longest=LONGEST_OTHER, field="left_other")


def check_order(entry: NewCheck, known: Mapping[int, CheckOutcome]) -> None:
    """Hold an outcome against those of the other months: who has left a job does not keep it later.

    Raises:
        DomainError: at ``outcome``.
    """
    if entry.outcome is CheckOutcome.KEPT:
        gone = [months for months in MILESTONES if months < entry.months and known.get(months) in AWAY]
        if gone:
            raise DomainError(NOT_BACK, field="outcome", months=gone[0])
    if entry.outcome in AWAY:
        later = [m for m in MILESTONES if m > entry.months and known.get(m) is CheckOutcome.KEPT]
        if later:
            raise DomainError(STILL_KEPT, field="outcome", months=later[0])


def check_due(entry: NewDue, *, started_on: date, closed: Collection[date]) -> None:
    """Hold another day for a check against the job: not before it can be asked, not into the next one.

    Raises:
        DomainError: at ``due_on`` or ``due_other``.
    """
    check_codes(entry)
    first, last = due_on(started_on, entry.months, closed), last_move(started_on, entry.months)
    if entry.due_on < first:
        raise DomainError(TOO_SOON, field="due_on", day=first)
    if entry.due_on > last:
        raise DomainError(TOO_LATE, field="due_on", day=last)
    check_text(entry.due_other, longest=LONGEST_OTHER, field="due_other")
