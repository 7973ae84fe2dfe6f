"""What becomes of each case and each draft when a hand-over is taken back; pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.foundation.labels import LabelledEnum


class Stays(LabelledEnum):
    """Why something stays where it is."""

    MOVED_ON = "moved_on", "そのあと担当が変わった", "Somebody else was put in charge since"
    WRITTEN_ON = "written_on", "引き継いだ人が続きを書いた", "Whoever received it has gone on writing"
    GONE = "gone", "保存されたか、捨てられたか、期限が過ぎた", "Saved, thrown away, or past its time"
    BEGUN_AGAIN = "begun_again", "元の人が同じ入力を続けている", "Its first writer has gone on with it"
    ELSEWHERE = "elsewhere", "元の人が、いまはこの課にいない", "Its first writer has left this office"


@dataclass(frozen=True, kw_only=True)
class CaseBack:
    """A case that was handed over; ``holder_id`` is in charge now, ``stays`` says why it does not go back."""

    case_id: int
    number: str
    closed: bool
    # Its person goes by another number since, where the charge is another one and stays as it is.
    merged: bool
    holder_id: int | None
    stays: Stays | None


@dataclass(frozen=True, kw_only=True)
class DraftBack:
    """A draft that was handed over; ``purpose`` is None when it is gone."""

    draft_id: int
    purpose: str | None
    holder_id: int
    stays: Stays | None


@dataclass(frozen=True, kw_only=True)
class Back:
    """Everything that was handed over, and what becomes of it."""

    cases: Sequence[CaseBack]
    drafts: Sequence[DraftBack]

    @property
    def returning(self) -> list[CaseBack]:
        """The cases that go back."""
        return [one for one in self.cases if one.stays is None]

    @property
    def staying(self) -> list[CaseBack]:
        """The cases that stay."""
        return [one for one in self.cases if one.stays is not None]

    @property
    def drafts_returning(self) -> list[DraftBack]:
        """The drafts that go back."""
        return [one for one in self.drafts if one.stays is None]

    @property
    def drafts_staying(self) -> list[DraftBack]:
        """The drafts that stay."""
        return [one for one in self.drafts if one.stays is not None]


def reasons(items: Iterable[CaseBack | DraftBack]) -> Counter[Stays]:
    """Count why things stay."""
    return Counter(one.stays for one in items if one.stays is not None)
