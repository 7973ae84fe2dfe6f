"""Whose move is next, and by which day; pure. Days are working days of the city."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from app.foundation.working_days import add_working_days
from app.referrals.vocabulary import State, Turn


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Whose turn it is in a state, and for how many working days; None = as the window has promised."""

    turn: Turn
    days: int | None


NO_DAYS: Final[frozenset[date]] = frozenset()
WAITS: Final[dict[State, Wait]] = {
    State.SENT: Wait(turn=Turn.WINDOW, days=None),
    State.ACCEPTED: Wait(turn=Turn.WINDOW, days=10),
    State.MET: Wait(turn=Turn.WINDOW, days=10),
    State.NO_RESPONSE: Wait(turn=Turn.OFFICE, days=5),
    # Support takes its time: after about three months the desk asks how it goes.
    State.SUPPORTING: Wait(turn=Turn.OFFICE, days=60),
}


def turn_of(state: State) -> Turn | None:
    """Return whose move is next, None when the referral is closed."""
    wait = WAITS.get(state)
    return wait.turn if wait else None


def due_day(
    state: State,
    since: date,
    response_days: int,
    *,
    closed: frozenset[date] = NO_DAYS,
    extended_to: date | None = None,
) -> date | None:
    """Return the day by which the next move is due, None when the referral is closed.

    ``closed`` are the city's own closed days; ``extended_to`` is a later day that was granted.
    """
    wait = WAITS.get(state)
    if wait is None:
        return None
    due = working_day_after(since, response_days if wait.days is None else wait.days, closed)
    return due if extended_to is None else max(due, extended_to)


def silent_from(
    sent_on: date,
    response_days: int,
    grace_days: int,
    *,
    closed: frozenset[date] = NO_DAYS,
    extended_to: date | None = None,
) -> date:
    """Return the last day of grace: after it an unanswered referral is 応答なし."""
    due = working_day_after(sent_on, response_days, closed)
    if extended_to is not None and extended_to > due:
        return working_day_after(extended_to, grace_days, closed)
    return working_day_after(sent_on, response_days + grace_days, closed)


@lru_cache(maxsize=4096)
def working_day_after(day: date, count: int, closed: frozenset[date] = NO_DAYS) -> date:
    """Return the count-th working day after a day; a board of thousands asks for the same few."""
    return add_working_days(day, count, closed)
