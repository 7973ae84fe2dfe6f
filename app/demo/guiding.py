"""A year at 経済課: whoever comes is guided to the right window (measure 5); pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from app.cases.vocabulary import CloseReason
from app.demo.assistance import close
from app.demo.persons import Person, Shares, choose
from app.demo.referring import refer, window_for
from app.demo.story import CardShown, Course, Guiding, Story, Visit
from app.demo.visits import entered_in_error, visit
from app.demo.volumes import YearVolume
from app.demo.year_days import YearDays
from app.foundation.working_days import add_working_days
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus, TargetGroup
from app.windows.vocabulary import GENERAL_WINDOW

S = AssistanceStatus
DESKS: Final = ("annai1", "annai2")
GROUPS: Final[Shares[TargetGroup]] = (
    (TargetGroup.OTHER, 26), (TargetGroup.MIDDLE_AGED, 28), (TargetGroup.YOUTH, 20), (TargetGroup.PARENT, 20),
    (TargetGroup.DISABILITY, 6),
)  # fmt: skip
STATUSES: Final[Shares[AssistanceStatus]] = (
    (S.NONE, 66), (S.UNKNOWN, 22), (S.IN_NEED, 6), (S.CHILD_ALLOWANCE, 6),
)  # fmt: skip
REASONS: Final[Shares[CloseReason]] = (
    (CloseReason.HANDED_OVER, 55), (CloseReason.SETTLED, 25), (CloseReason.OWN_WISH, 12),
    (CloseReason.OUT_OF_CONTACT, 8),
)  # fmt: skip
OPENS_A_CASE: Final = 0.42
COMES_AGAIN: Final = 0.16
RECENTLY: Final = timedelta(days=120)
GENERAL: Final = 0.08
SECOND_WINDOW: Final = 0.22


def guidance_year(
    story: Story, volume: YearVolume, days: YearDays, carried: Sequence[Course]
) -> list[Course]:
    """Make up a year and return the courses that go on."""
    rng = story.rng
    courses = list(carried)
    visits: list[tuple[Visit, Course | None]] = []
    for day in sorted(days.draw(rng) for _visit in range(volume.guidance_consultations)):
        visits.append(one_visit(story, courses, day))
    named = [(made, course) for made, course in visits if course is not None]
    for made, course in rng.sample(named, min(volume.guidance_referrals, len(named))):
        refer(story, course, made.day, visit=made.key)
    entered_in_error(story, courses[-9:], Programme.GUIDANCE, volume.voided_consultations)
    shown_elsewhere(story, volume, courses)
    return closings(story, courses)


def one_visit(story: Story, courses: list[Course], day: date) -> tuple[Visit, Course | None]:
    """Let somebody come: once only, for the first time, or again."""
    rng = story.rng
    desk = rng.choice(DESKS)
    course: Course | None = None
    recent = [one for one in courses if day - RECENTLY <= one.last < day]
    if recent and rng.random() < COMES_AGAIN:
        course = rng.choice(recent)
        made = visit(story, course.person, course.desk, day, Programme.GUIDANCE)
    elif rng.random() < OPENS_A_CASE:
        course = story.begin(somebody(story), desk, day)
        courses.append(course)
        made = visit(story, course.person, desk, day, Programme.GUIDANCE, first=True)
    else:
        made = visit(story, somebody(story), desk, day, Programme.GUIDANCE, first=True, nameless=True)
    if course is not None:
        course.seen(day)
    guide(story, made)
    return made, course


def somebody(story: Story) -> Person:
    """Invent one of the many who ask."""
    group = choose(story.rng, GROUPS)
    status = choose(story.rng, STATUSES)
    if status is S.CHILD_ALLOWANCE:
        group = TargetGroup.PARENT
    return story.town.person(group, status)


def guide(story: Story, made: Visit) -> None:
    """Name one window or two in a consultation."""
    rng = story.rng
    if rng.random() < GENERAL:
        windows = {GENERAL_WINDOW}
    else:
        windows = {window_for(rng, made.person, made.desk)}
        if rng.random() < SECOND_WINDOW:
            windows.add(window_for(rng, made.person, made.desk))
    for window in sorted(windows):
        story.add(Guiding(day=made.day, desk=made.desk, visit=made, window=window))


def shown_elsewhere(story: Story, volume: YearVolume, courses: Sequence[Course]) -> None:
    """Let a few people show their card at 生活福祉課 and speak to a counsellor there, too."""
    able = [one for one in courses if one.desk in DESKS and not one.closed]
    for course in story.rng.sample(able, min(volume.cards_shown_elsewhere, len(able))):
        day = add_working_days(course.last, story.rng.randint(1, 5))
        if story.close_by and day > story.close_by:
            continue
        story.add(CardShown(day=day, desk="soudan1", person=course.person))
        visit(story, course.person, "soudan1", day, Programme.GUIDANCE)
        course.seen(day)


def closings(story: Story, courses: Sequence[Course]) -> list[Course]:
    """Close what is settled, some weeks after the last contact; return what goes on."""
    goes_on = []
    for course in courses:
        if story.close_by or story.rng.random() < 0.3:
            goes_on.append(course)
            continue
        day = add_working_days(course.last, story.rng.randint(25, 70))
        close(story, course, day, choose(story.rng, REASONS))
    return goes_on
