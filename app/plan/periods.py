"""The calendar of a fiscal year: until when records and results are taken, and when it is frozen; pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.foundation.fiscal_year import last_day
from app.foundation.labels import LabelledEnum

ENTRY: Final = (4, 30)
SUBMISSION: Final = (5, 31)
FREEZE: Final = (6, 30)
"""Days of the year after, where nothing else is set."""


class Stage(LabelledEnum):
    """What a fiscal year is waiting for."""

    RUNNING = "running", "年度の途中", "Still running"
    ENTRY = "entry", "記録の入力", "Entering records"
    SUBMISSION = "submission", "実績の提出", "Submitting results"
    CHECKING = "checking", "確定の準備", "Before it is frozen"
    DUE = "due", "確定できます", "Ready to be frozen"
    FROZEN = "frozen", "確定ずみ", "Frozen"


@dataclass(frozen=True, kw_only=True)
class YearCalendar:
    """The days of a fiscal year, each of them still in time; ``frozen_at`` is None until it is frozen.

    ``version`` is 0 while the days are those of any year.
    """

    fiscal_year: int
    entry_deadline: date
    submission_deadline: date
    freeze_on: date
    frozen_at: datetime | None = None
    version: int = 0

    @property
    def is_frozen(self) -> bool:
        """Whether the year's figures are settled, and change only by restatement."""
        return self.frozen_at is not None

    def stage(self, today: date) -> Stage:
        """Return what the year waits for on a day."""
        if self.is_frozen:
            return Stage.FROZEN
        if today >= self.freeze_on:
            return Stage.DUE
        for last, stage in (
            (last_day(self.fiscal_year), Stage.RUNNING),
            (self.entry_deadline, Stage.ENTRY),
            (self.submission_deadline, Stage.SUBMISSION),
        ):
            if today <= last:
                return stage
        return Stage.CHECKING

    def may_be_frozen(self, today: date) -> bool:
        """Tell whether the day of the freeze has come."""
        return today >= self.freeze_on

    @property
    def days(self) -> tuple[date, date, date]:
        """Entry deadline, submission deadline, day of the freeze."""
        return self.entry_deadline, self.submission_deadline, self.freeze_on


def default_calendar(fiscal_year: int) -> YearCalendar:
    """Return the days that hold where nobody set others."""
    following = fiscal_year + 1
    return YearCalendar(
        fiscal_year=fiscal_year,
        entry_deadline=date(following, *ENTRY),
        submission_deadline=date(following, *SUBMISSION),
        freeze_on=date(following, *FREEZE),
    )


def out_of_order(fiscal_year: int, days: tuple[date, date, date]) -> int | None:
    """Return which of the three days (0, 1, 2) comes too early, None when their order can be."""
    before = last_day(fiscal_year)
    for index, day in enumerate(days):
        if day < before or (index == 0 and day == before):
            return index
        before = day
    return None
