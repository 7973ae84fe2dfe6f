"""What a day at the desk holds; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from app.followup.board import ReferralRow
from app.foundation.labels import LabelledEnum

SHOWN: Final = 20
"""Lines of a list that stand open; more of them are folded in."""


class Whose(LabelledEnum):
    """Whose work is shown."""

    MINE = "mine", "自分の分", "Mine"
    OFFICE = "office", "課の全体", "Whole office"


class TaskKind(LabelledEnum):
    """What is to be done, in the order in which it stands on one day."""

    CONTACT = "contact", "連絡", "Contact"
    REFERRAL = "referral", "紹介の返事", "Answer to a referral"
    CHECK = "check", "定着確認", "Retention check"
    REGISTRATION = "registration", "登録の更新", "Renewal of a registration"


class Charge(NamedTuple):
    """Who is in charge of a person at an office; None is nobody."""

    account_id: int | None
    label: str | None


NOBODY: Final = Charge(None, None)


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to be done by a day. ``id`` is that of the placement, the registration or the referral.

    ``number`` is the case's, or the reference of the referral, whose row then stands in ``row``.
    """

    kind: TaskKind
    due_on: date
    number: str
    charge: Charge
    id: int = 0
    months: int = 0
    row: ReferralRow | None = None

    @property
    def is_shared(self) -> bool:
        """Whether nobody is in charge, so that it is everybody's."""
        return self.charge.account_id is None

    @property
    def order(self) -> tuple[date, int, str]:
        """What comes first: the oldest day, then the kind."""
        return self.due_on, list(TaskKind).index(self.kind), self.number


@dataclass(frozen=True, kw_only=True)
class Waiters:
    """Some of the referrals that wait: the rows that stand open, and how many there are in all."""

    name: str
    rows: Sequence[ReferralRow]
    count: int


@dataclass(frozen=True, kw_only=True)
class Day:
    """Today's work; counts are the lengths of the lists that stand below them."""

    today: date
    whose: Whose
    is_in_charge: bool
    due: Sequence[Task]
    waiters: Sequence[Waiters]
    tasks: Sequence[Task]
    drafts: Sequence[object]
    registers: bool
    consultations: int
    month: tuple[date, date]

    @property
    def waiting(self) -> int:
        """How many referrals wait for somebody's move."""
        return sum(one.count for one in self.waiters)

    def of(self, kind: str) -> list[Task]:
        """Return the tasks of one kind, the oldest first."""
        return [one for one in self.tasks if one.kind.value == kind]


def belongs(charge: Charge, whose: Whose, account_id: int | None) -> bool:
    """Tell whether a task is shown: what nobody is in charge of is shown to everybody."""
    return whose is Whose.OFFICE or charge.account_id in (None, account_id)
