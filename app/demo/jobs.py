"""Making up jobs found and how long they last; pure."""

from datetime import date
from random import Random
from typing import Final

from app.cases.vocabulary import Channel
from app.demo.persons import Shares, choose
from app.demo.referring import placed_through
from app.demo.story import Check, CheckMoved, Course, Job, JobVoided, Story
from app.demo.visits import later
from app.foundation.working_days import add_working_days
from app.placements.retention import MILESTONES, due_on
from app.placements.vocabulary import (
    CheckOutcome,
    Contract,
    DueReason,
    Hours,
    LeftReason,
    PlacementKind,
    Posting,
)
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus

K = Contract
CONTRACTS: Final[Shares[Contract]] = (
    (K.NON_REGULAR, 74), (K.REGULAR, 14), (K.TEMPORARY_AGENCY, 9), (K.SELF_EMPLOYED, 3),
)  # fmt: skip
POSTINGS: Final[dict[Programme, Shares[Posting]]] = {
    Programme.ASSISTANCE: ((Posting.GENERAL, 92), (Posting.SEASONAL, 6), (Posting.DISABILITY, 2)),
    Programme.CENTRE: ((Posting.DISABILITY, 78), (Posting.GENERAL, 22)),
    Programme.GUIDANCE: ((Posting.GENERAL, 95), (Posting.NEW_GRADUATE, 5)),
}
AFTER_WORK: Final[Shares[CheckOutcome]] = (
    (CheckOutcome.KEPT, 82), (CheckOutcome.LEFT, 9), (CheckOutcome.CHANGED, 4), (CheckOutcome.UNKNOWN, 5),
)  # fmt: skip
ASKED: Final = 0.94
LEAVING: Final[Shares[LeftReason]] = (
    (LeftReason.HEALTH, 24), (LeftReason.WORKPLACE, 18), (LeftReason.CONTRACT_ENDED, 18),
    (LeftReason.UNSUITED, 15), (LeftReason.CONDITIONS, 10), (LeftReason.FAMILY, 6),
    (LeftReason.EMPLOYER, 4), (LeftReason.UNKNOWN, 5),
)  # fmt: skip
MOVING: Final[Shares[DueReason]] = (
    (DueReason.NO_CONTACT, 45), (DueReason.PERSON_ASKED, 35), (DueReason.VISIT_PLANNED, 20),
)  # fmt: skip
MOVED: Final = 0.08
THROUGH_A_REFERRAL: Final = 0.4


def job(
    story: Story,
    course: Course,
    programme: Programme,
    started_on: date,
    *,
    kind: PlacementKind = PlacementKind.NEW,
    contract: Contract | None = None,
    assistance: AssistanceStatus | None = None,
    referred: bool = True,
    in_error: bool = False,
) -> Job:
    """Make up one job, perhaps through a referral, and the checks that follow a new one."""
    rng = story.rng
    is_new = kind is PlacementKind.NEW
    through = is_new and referred and rng.random() < THROUGH_A_REFERRAL
    offered = add_working_days(started_on, -rng.randint(2, 9))
    made = Job(
        day=max(later(story, started_on, rng.randint(0, 5)), started_on),
        desk=course.desk,
        key=story.key(),
        person=course.person,
        programme=programme,
        kind=kind,
        offered_on=offered if is_new and offered >= course.first else None,
        started_on=started_on,
        assistance=assistance or course.person.assistance,
        hours=Hours.FULL_TIME if rng.random() < 0.3 else Hours.PART_TIME,
        contract=contract or choose(rng, CONTRACTS),
        posting=choose(rng, POSTINGS[programme]),
        referral=placed_through(story, course, started_on) if through else None,
    )
    story.add(made)
    course.seen(made.day)
    if in_error:
        day = later(story, made.day, 3)
        story.add(JobVoided(day=day, desk=course.desk, job=made.key))
    elif is_new:
        course.jobs.append(started_on)
        checks(story, course, made)
    return made


def checks(story: Story, course: Course, made: Job) -> None:
    """Make up the retention checks of a job; some are never made, and who has left is not asked again."""
    rng, why = story.rng, Random(f"leaving of job {made.key}")  # noqa: S311 - a story, not a secret
    known = CheckOutcome.KEPT
    for months in MILESTONES:
        due = due_on(made.started_on, months)
        day = add_working_days(due, rng.randint(1, 6))
        if rng.random() > ASKED:
            continue
        left = known is CheckOutcome.LEFT
        outcome = CheckOutcome.LEFT if left else choose(rng, AFTER_WORK)
        if known is CheckOutcome.CHANGED and outcome is CheckOutcome.KEPT:
            outcome = known  # kept, but the second job
        channel = rng.choice((Channel.PHONE, Channel.PHONE, Channel.VISIT))
        if left:
            continue
        if why.random() < MOVED:
            reason = choose(why, MOVING)
            story.add(
                CheckMoved(day=due, desk=course.desk, job=made.key, months=months, due_on=day, reason=reason)
            )
        reason_left = choose(why, LEAVING) if outcome is CheckOutcome.LEFT else None
        story.add(
            Check(
                day=day,
                desk=course.desk,
                job=made.key,
                months=months,
                outcome=outcome,
                channel=channel,
                left_reason=reason_left,
            )
        )
        known = outcome if outcome is not CheckOutcome.UNKNOWN else known
