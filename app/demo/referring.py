"""Making up referrals: to which window, and what becomes of them; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from app.demo.persons import Person, Shares, choose
from app.demo.story import ConsentBack, Course, Moving, Sending, Story
from app.foundation.labels import LabelledEnum
from app.foundation.working_days import add_working_days
from app.referrals.deadlines import silent_from
from app.referrals.vocabulary import (
    AnswerChannel,
    Asked,
    ConsentForm,
    DeclineCode,
    EndCode,
    State,
    VoidCode,
    WithdrawCode,
)
from app.situation.ages import AgeFit, fit
from app.situation.vocabulary import TargetGroup
from app.windows.vocabulary import GRACE_DAYS, RESPONSE_DAYS

HELLO_WORK: Final = "hello_work_tachikawa"
SHIGOTO: Final = "tokyo_shigoto_tama"
WINDOWS: Final[dict[TargetGroup, Shares[str]]] = {
    TargetGroup.DISABILITY: (
        (HELLO_WORK, 30), ("centre", 30), ("vocational_centre_tama", 18), ("training_centre_tama", 6),
    ),
    TargetGroup.PARENT: (
        ("mothers_hello_work_tachikawa", 45), (HELLO_WORK, 15), ("single_parent_support_tama", 16),
        ("gender_equality_centre", 8), ("training_centre_tama", 6),
    ),
    TargetGroup.YOUTH: (
        ("youth_support_station", 38), ("young_hello_work", 30), (HELLO_WORK, 12), (SHIGOTO, 14),
        ("new_graduate_hello_work", 6),
    ),
    TargetGroup.MIDDLE_AGED: (
        (HELLO_WORK, 40), (SHIGOTO, 32), ("silver_centre", 18), ("training_centre_tama", 6),
    ),
    TargetGroup.OTHER: (
        (HELLO_WORK, 38), ("self_reliance_support", 26), (SHIGOTO, 18), ("training_centre_tama", 6),
        ("youth_support_station", 6),
    ),
}  # fmt: skip
AGE_LIMITS: Final[Mapping[str, tuple[int | None, int | None]]] = {
    "youth_support_station": (15, 49),
    "young_hello_work": (None, 34),
    "new_graduate_hello_work": (None, 29),
    "silver_centre": (60, None),
}
# The centre does not refer to itself.
OWN_WINDOW: Final[Mapping[str, str]] = {"shien": "centre", "shocho": "centre"}
ASKED_OF: Final[Mapping[str, Asked]] = {
    "centre": Asked.REGISTRATION,
    "training_centre_tama": Asked.TRAINING,
    "self_reliance_support": Asked.LIVING,
    "single_parent_support_tama": Asked.COUNSELLING,
    "vocational_centre_tama": Asked.COUNSELLING,
    "gender_equality_centre": Asked.OTHER,
}
OTHER_ASKED: Final = "再就職の図書と情報のコーナーの利用"
PARTNERS: Final[Mapping[str, str]] = {HELLO_WORK: "kikan", SHIGOTO: "kikan2"}
BY_PARTNER: Final = 0.5
CHANNELS: Final[Shares[AnswerChannel]] = (
    (AnswerChannel.PHONE, 58), (AnswerChannel.FAX, 17), (AnswerChannel.MAIL, 15),
    (AnswerChannel.IN_PERSON, 10),
)  # fmt: skip
ANSWERS: Final = (State.ACCEPTED, State.DECLINED, State.MET, State.SUPPORTING, State.ENDED)


@dataclass(frozen=True)
class Step:
    """One move: to where, and after how many working days at least and at most."""

    to: State
    least: int
    most: int


ACCEPTED = Step(State.ACCEPTED, 2, 9)
MET = Step(State.MET, 3, 12)
SUPPORTING = Step(State.SUPPORTING, 1, 8)
OVER = Step(State.ENDED, 30, 75)
SOON_OVER = Step(State.ENDED, 4, 16)
SILENT = Step(State.NO_RESPONSE, 1, 6)
GIVEN_UP = Step(State.WITHDRAWN, 6, 20)
FATES: Final[Shares[tuple[Step, ...]]] = (
    ((ACCEPTED, MET, SUPPORTING, OVER), 28),
    ((ACCEPTED, MET, SOON_OVER), 18),
    ((Step(State.MET, 3, 12), SOON_OVER), 11),
    ((ACCEPTED, Step(State.ENDED, 8, 25)), 9),
    ((Step(State.DECLINED, 1, 8),), 13),
    ((SILENT, GIVEN_UP), 6),
    ((SILENT, Step(State.ACCEPTED, 1, 8), MET, SOON_OVER), 6),
    ((Step(State.WITHDRAWN, 1, 9),), 5),
    ((Step(State.VOID, 0, 2),), 2),
)
CODES: Final[dict[State, Shares[LabelledEnum]]] = {
    State.DECLINED: (
        (DeclineCode.WRONG_WINDOW, 24), (DeclineCode.NOT_ELIGIBLE, 20), (DeclineCode.PERSON_DECLINED, 18),
        (DeclineCode.OUT_OF_CONTACT, 16), (DeclineCode.FULL, 12), (DeclineCode.HELPED_ELSEWHERE, 10),
    ),
    State.ENDED: (
        (EndCode.SUPPORT_COMPLETE, 46), (EndCode.DID_NOT_COME, 18), (EndCode.OUT_OF_CONTACT, 12),
        (EndCode.PERSON_DECLINED, 10), (EndCode.HELPED_ELSEWHERE, 10), (EndCode.MOVED_AWAY, 4),
    ),
    State.WITHDRAWN: (
        (WithdrawCode.PERSON_WISH, 40), (WithdrawCode.SITUATION_CHANGED, 36),
        (WithdrawCode.PLACED_ELSEWHERE, 24),
    ),
    State.VOID: ((VoidCode.DUPLICATE, 55), (VoidCode.WRONG_WINDOW, 30), (VoidCode.NOT_SENT, 15)),
}  # fmt: skip
CONSENT_TAKEN_BACK: Final = 0.02


def window_for(rng: Random, person: Person, desk: str) -> str:
    """Choose a window that suits a person's group and age."""
    own = OWN_WINDOW.get(desk.rstrip("0123456789"))
    suiting = [
        (key, share)
        for key, share in WINDOWS[person.target_group]
        if key != own and fit(person.age_band, *AGE_LIMITS.get(key, (None, None))) is AgeFit.INSIDE
    ]
    return choose(rng, suiting)


def send(
    story: Story, course: Course, day: date, *, window: str | None = None, visit: int | None = None
) -> Sending:
    """Make up the sending of a referral."""
    rng = story.rng
    window = window or window_for(rng, course.person, course.desk)
    asked = ASKED_OF.get(window, Asked.JOB_SEARCH)
    sending = Sending(
        day=day,
        desk=course.desk,
        key=story.key(),
        person=course.person,
        window=window,
        asked=asked,
        asked_other=OTHER_ASKED if asked is Asked.OTHER else "",
        consent_on=day,
        consent_form=rng.choice((ConsentForm.WRITTEN, ConsentForm.WRITTEN, ConsentForm.ORAL)),
        visit=visit,
    )
    story.add(sending)
    course.seen(day)
    return sending


def refer(story: Story, course: Course, day: date, *, visit: int | None = None) -> None:
    """Send a referral and let it meet one of the fates."""
    sending = send(story, course, day, visit=visit)
    if story.rng.random() < CONSENT_TAKEN_BACK:
        back = within(story, add_working_days(day, 3))
        story.add(ConsentBack(day=back, desk=sending.desk, referral=sending.key))
        return
    follow(story, sending, choose(story.rng, FATES))


def follow(story: Story, sending: Sending, fate: Sequence[Step]) -> None:
    """Move a referral along its fate; in a run that does not go on it ends with the run."""
    state, day = State.SENT, sending.day
    partner = story.rng.random() < BY_PARTNER
    for step in fate:
        start = silent_from(sending.day, RESPONSE_DAYS, GRACE_DAYS) if step.to is State.NO_RESPONSE else day
        next_day = add_working_days(start, story.rng.randint(step.least, step.most))
        if story.close_by and next_day > story.close_by:
            move(story, sending, last_state(state), story.close_by, partner=False)
            return
        move(story, sending, step.to, next_day, partner=partner)
        state, day = step.to, next_day


def last_state(state: State) -> State:
    """Return how a referral ends whose run is over."""
    return State.ENDED if state in (State.ACCEPTED, State.MET, State.SUPPORTING) else State.WITHDRAWN


def move(
    story: Story,
    sending: Sending,
    to: State,
    day: date,
    *,
    partner: bool = False,
    code: LabelledEnum | None = None,
) -> None:
    """Make up one move; an answer comes from the window itself or is noted at the desk."""
    answering = to in ANSWERS
    by_partner = partner and answering and sending.window in PARTNERS
    codes = CODES.get(to)
    story.add(
        Moving(
            day=day,
            desk=PARTNERS[sending.window] if by_partner else sending.desk,
            referral=sending.key,
            to=to,
            channel=choose(story.rng, CHANNELS) if answering else None,
            code=code or (choose(story.rng, codes) if codes else None),
        )
    )


def placed_through(story: Story, course: Course, started_on: date) -> int | None:
    """Send the referral through which a job is found; None where the time before it is too short."""
    sent_on = max(course.first, add_working_days(started_on, -story.rng.randint(22, 55)))
    if add_working_days(sent_on, 16) >= started_on:
        return None
    sending = send(story, course, sent_on, window=work_window(story.rng, course))
    accepted = add_working_days(sent_on, story.rng.randint(2, 6))
    met = add_working_days(accepted, story.rng.randint(2, 8))
    partner = story.rng.random() < BY_PARTNER
    move(story, sending, State.ACCEPTED, accepted, partner=partner)
    move(story, sending, State.MET, met, partner=partner)
    return sending.key


def work_window(rng: Random, course: Course) -> str:
    """Choose a window that finds work for people."""
    window = window_for(rng, course.person, course.desk)
    return HELLO_WORK if window in ASKED_OF or window == "silver_centre" else window


def within(story: Story, day: date) -> date:
    """Keep a day inside a run that does not go on."""
    return min(day, story.close_by) if story.close_by else day
