"""Entering events week by week, through the same operations as the screens."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from app.demo import acts_on_cases, acts_on_referrals, story
from app.demo.book import Book
from app.demo.story import Event
from app.foundation import clock

CLOSING_TIME: Final = time(17, 15, tzinfo=clock.TOKYO)

# In the order in which a week's events follow from each other.
ACTS: Final[tuple[tuple[type[Event], Callable[[Book, Any, Any], None]], ...]] = (
    (story.Opening, acts_on_cases.open_all),
    (story.CardLost, acts_on_cases.reissue),
    (story.CardShown, acts_on_cases.show),
    (story.Registering, acts_on_cases.register_all),
    (story.Renewing, acts_on_cases.renew_all),
    (story.Visit, acts_on_cases.log_all),
    (story.Guiding, acts_on_referrals.guide_all),
    (story.Sending, acts_on_referrals.send_all),
    (story.Moving, acts_on_referrals.move_all),
    (story.ConsentBack, acts_on_referrals.take_consents_back),
    (story.Job, acts_on_referrals.place_all),
    (story.CheckMoved, acts_on_referrals.move_checks),
    (story.Check, acts_on_referrals.check_all),
    (story.VisitVoided, acts_on_cases.void_visits),
    (story.VisitCorrected, acts_on_cases.correct_all),
    (story.JobVoided, acts_on_referrals.void_jobs),
    (story.Leaving, acts_on_cases.leave_all),
    (story.Closing, acts_on_cases.close_all),
)


def enter(book: Book, events: Iterable[Event], *, now: datetime, told: Callable[[date], None]) -> None:
    """Enter what happened, a week at a time, each at the end of its last day; ``told`` hears every Monday."""
    in_order = sorted(events, key=attrgetter("day"))
    for monday, happened in groupby(in_order, key=lambda event: monday_of(event.day)):
        week = list(happened)
        with clock.standing_at(min(datetime.combine(week[-1].day, CLOSING_TIME), now)):
            enter_week(book, week)
        told(monday)


def enter_week(book: Book, week: Sequence[Event]) -> None:
    """Enter one week: kind by kind, and of each kind one batch per desk."""
    for kind, act in ACTS:
        of_kind = [event for event in week if type(event) is kind]
        for batch in in_turns(of_kind) if kind is story.Moving else by_desk(of_kind):
            act(book, book.staff[batch[0].desk], batch)


def by_desk(events: Iterable[Event]) -> list[list[Event]]:
    """Return one batch per desk."""
    in_order = sorted(events, key=attrgetter("desk"))
    return [list(batch) for _desk, batch in groupby(in_order, key=attrgetter("desk"))]


def in_turns(moves: Iterable[Any]) -> list[list[Event]]:
    """Return batches in which desk and window answer each other; no move of a referral overtakes another."""
    turns: list[list[Event]] = []
    last: dict[int, tuple[int, str]] = {}
    for move in moves:
        turn, desk = last.get(move.referral, (0, move.desk))
        turn += desk != move.desk
        last[move.referral] = turn, move.desk
        turns += [[] for _missing in range(turn + 1 - len(turns))]
        turns[turn].append(move)
    return [batch for turn in turns for batch in by_desk(turn)]


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
