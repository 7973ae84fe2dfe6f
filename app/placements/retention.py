"""When a job is to be looked at again: after 1, 3, 6 and 12 months; pure."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from app.foundation.working_days import add_working_days
from app.placements.vocabulary import CheckOutcome

MILESTONES: Final = (1, 3, 6, 12)
"""Months after the first working day."""
FOLLOWING: Final = {1: 3, 3: 6, 6: 12, 12: 15}
"""The months of the next check; the last one waits as long as that before it."""
AT_WORK: Final = (CheckOutcome.KEPT, CheckOutcome.CHANGED)
"""Outcomes of somebody who works, so that they can only be known once the months are over."""
AWAY: Final = (CheckOutcome.CHANGED, CheckOutcome.LEFT)
"""Outcomes after which this job is not kept at any later time."""


def milestone(started_on: date, months: int) -> date:
    """Return the same day some months later; in a shorter month its last day."""
    count = started_on.year * 12 + started_on.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(started_on.day, monthrange(year, month + 1)[1]))


def latest_start(day: date, months: int) -> date:
    """Return the last first working day whose milestone has come by a day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    start = date(year, month + 1, monthrange(year, month + 1)[1])
    while milestone(start, months) > day:
        start -= timedelta(days=1)
    return start


def due_on(started_on: date, months: int, closed: Collection[date] = frozenset()) -> date:
    """Return the first working day on which the question can be asked; ``closed``: the city's own days."""
    return add_working_days(milestone(started_on, months), 0, closed)


def last_move(started_on: date, months: int) -> date:
    """Return the last day to which a check may be moved: the one before the next check."""
    return milestone(started_on, FOLLOWING[months]) - timedelta(days=1)


def earliest_day(started_on: date, months: int, outcome: CheckOutcome) -> date:
    """Return the first day on which an outcome can be known: that somebody left may be known before."""
    return started_on if outcome is CheckOutcome.LEFT else milestone(started_on, months)
