"""The referrals that are open today, one for every way in which one can wait; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.demo.referring import HELLO_WORK, SHIGOTO, move, send
from app.demo.story import Course, Story
from app.foundation.labels import LabelledEnum
from app.foundation.working_days import add_working_days
from app.referrals.vocabulary import DeclineCode, State, VoidCode, WithdrawCode


@dataclass(frozen=True)
class Waiting:
    """A referral sent so many working days ago, and its moves with theirs."""

    desk: str
    window: str
    sent: int
    moves: tuple[tuple[State, int], ...] = ()
    code: LabelledEnum | None = None


A, M, S = State.ACCEPTED, State.MET, State.SUPPORTING
WAITING: Final = (
    Waiting("soudan1", HELLO_WORK, 1),
    Waiting("soudan2", SHIGOTO, 3),
    Waiting("annai1", HELLO_WORK, 4),
    Waiting("annai2", "training_centre_tama", 6),
    # Past its deadline, then past the days of grace, too.
    Waiting("soudan1", SHIGOTO, 12),
    Waiting("annai1", "self_reliance_support", 19),
    Waiting("soudan1", HELLO_WORK, 24, ((State.NO_RESPONSE, 4),)),
    Waiting("annai2", SHIGOTO, 31, ((State.NO_RESPONSE, 9),)),
    Waiting("soudan2", HELLO_WORK, 10, ((A, 6),)),
    # Accepted long ago and not met.
    Waiting("soudan1", SHIGOTO, 27, ((A, 22),)),
    Waiting("annai2", HELLO_WORK, 18, ((A, 14), (M, 8))),
    Waiting("shien1", HELLO_WORK, 21, ((A, 17), (M, 11))),
    Waiting("soudan2", HELLO_WORK, 38, ((A, 33), (M, 27), (S, 22))),
    Waiting("shien2", "vocational_centre_tama", 46, ((A, 40), (M, 31), (S, 25))),
    Waiting("soudan1", "training_centre_tama", 14, ((State.DECLINED, 7),), DeclineCode.WRONG_WINDOW),
    Waiting("annai1", "youth_support_station", 8, ((State.WITHDRAWN, 3),), WithdrawCode.PERSON_WISH),
    Waiting("soudan2", SHIGOTO, 5, ((State.VOID, 5),), VoidCode.DUPLICATE),
    Waiting("shien3", "training_centre_tama", 16, ((State.DECLINED, 9),), DeclineCode.FULL),
)
RECENTLY: Final = timedelta(days=100)


def open_referrals(story: Story) -> None:
    """Send the referrals of the table so that each stands today as it says."""
    anchor = add_working_days(story.horizon + timedelta(days=1), -1)
    taken: set[int] = set()
    for waiting in WAITING:
        sent_on = add_working_days(anchor, -waiting.sent)
        course = find_course(story.courses, waiting, sent_on, taken)
        if course is None:
            continue
        taken.add(course.person.key)
        # The desk of the table sends it, which is a colleague's at the same office.
        sending = send(story, replace(course, desk=waiting.desk), sent_on, window=waiting.window)
        for state, ago in waiting.moves:
            move(story, sending, state, add_working_days(anchor, -ago), code=waiting.code)


def find_course(courses: Sequence[Course], waiting: Waiting, sent_on: date, taken: set[int]) -> Course | None:
    """Find a person of that office who was in contact shortly before; somebody new while there is one."""
    office = waiting.desk.rstrip("0123456789")
    able = [
        course
        for course in courses
        if course.desk.rstrip("0123456789") == office
        and not course.closed
        and not course.lapses
        and course.first <= sent_on
    ]
    able = [course for course in able if course.person.key not in taken] or able
    recent = [course for course in able if course.last >= sent_on - RECENTLY]
    return (recent or able)[-1] if able else None
