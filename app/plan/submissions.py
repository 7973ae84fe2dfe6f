"""How a measure's results of a year go from the department to the plan desk and back; pure."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from app.foundation.labels import LabelledEnum


class SubmissionState(LabelledEnum):
    """With whom a measure's results are."""

    OPEN = "open", "入力中", "Being filled in"
    SUBMITTED = "submitted", "提出ずみ", "Submitted"
    RETURNED = "returned", "差戻し", "Returned"
    ACCEPTED = "accepted", "受理ずみ", "Accepted"

    @property
    def is_with_department(self) -> bool:
        """Whether the department may still change its results."""
        return self in (SubmissionState.OPEN, SubmissionState.RETURNED)


class SubmissionAct(LabelledEnum):
    """What is done with a measure's results."""

    SUBMIT = "submit", "提出する", "Submit"
    TAKE_BACK = "take_back", "提出を取り下げる", "Take back"
    RETURN = "return", "差し戻す", "Return"
    ACCEPT = "accept", "受理する", "Accept"

    @property
    def is_of_plan_desk(self) -> bool:
        """Whether only the plan desk does it."""
        return self in (SubmissionAct.RETURN, SubmissionAct.ACCEPT)


S, A = SubmissionState, SubmissionAct
EDGES: Final[dict[tuple[SubmissionState, SubmissionAct], SubmissionState]] = {
    (S.OPEN, A.SUBMIT): S.SUBMITTED,
    (S.RETURNED, A.SUBMIT): S.SUBMITTED,
    (S.SUBMITTED, A.TAKE_BACK): S.OPEN,
    (S.SUBMITTED, A.RETURN): S.RETURNED,
    (S.SUBMITTED, A.ACCEPT): S.ACCEPTED,
    (S.ACCEPTED, A.RETURN): S.RETURNED,
}


def state_after(state: SubmissionState, act: SubmissionAct) -> SubmissionState | None:
    """Return where an act leads, None where it cannot be done."""
    return EDGES.get((state, act))


def acts_in(state: SubmissionState) -> list[SubmissionAct]:
    """Return what can be done in a state, in the order of the vocabulary."""
    return [act for act in SubmissionAct if (state, act) in EDGES]


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Where a measure's results of a year stand: the last act, and how many there were before and with it."""

    state: SubmissionState = SubmissionState.OPEN
    number: int = 0
    at: datetime | None = None
    by: int | None = None
    reason: str = ""


NOT_BEGUN: Final = Submission()


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What a department says of a counted figure: its own value, and why it differs."""

    value: Decimal
    reason: str
    version: int
