"""When a job is to be looked at again: after 1, 3, 6 and 12 months; pure."""

from calendar import monthrange
from datetime import date
from typing import Final

from app.foundation.working_days import add_working_days
from app.placements.vocabulary import CheckOutcome

MILESTONES: Final = (1, 3, 6, 12)
"""Months after the first working day."""
AT_WORK: Final = (CheckOutcome.KEPT, CheckOutcome.CHANGED)
"""Outcomes of somebody who works, so that they can only be known once the months are over."""


def milestone(started_on: date, months: int) -> date:
    """Return the same day some months later; in a shorter month its last day."""
    count = started_on.year * 12 + started_on.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(started_on.day, monthrange(year, month + 1)[1]))


def due_on(started_on: date, months: int) -> date:
    """Return the first working day on which the question can be asked."""
    return add_working_days(milestone(started_on, months), 0)


def earliest_day(started_on: date, months: int, outcome: CheckOutcome) -> date:
    """Return the first day on which an outcome can be known: that somebody left may be known before."""
    return started_on if outcome is CheckOutcome.LEFT else milestone(started_on, months)
