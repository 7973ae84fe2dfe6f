"""A year at 生活福祉課: people on public assistance on their way to work (measure 6); pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from app.cases.vocabulary import CloseReason, ConsultationKind
from app.demo.jobs import job
from app.demo.persons import Shares, choose
from app.demo.referring import refer
from app.demo.story import CardLost, Closing, Course, Story, Visit
from app.demo.visits import entered_in_error, put_right, shares_out, spell, visit, visits_of
from app.demo.volumes import YearVolume
from app.demo.year_days import YearDays
from app.foundation.working_days import add_working_days
from app.placements.vocabulary import Contract, PlacementKind
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus, TargetGroup

S = AssistanceStatus
DESKS: Final = ("soudan1", "soudan1", "soudan2", "soudan2", "kakaricho")
STATUSES: Final[Shares[AssistanceStatus]] = (
    (S.RECIPIENT, 68), (S.CHILD_ALLOWANCE, 20), (S.IN_NEED, 8), (S.NONE, 4),
)  # fmt: skip
GROUPS: Final[Shares[TargetGroup]] = (
    (TargetGroup.OTHER, 40), (TargetGroup.MIDDLE_AGED, 34), (TargetGroup.YOUTH, 12), (TargetGroup.PARENT, 14),
)  # fmt: skip
REASONS: Final[Shares[CloseReason]] = (
    (CloseReason.OWN_WISH, 30), (CloseReason.OUT_OF_CONTACT, 28), (CloseReason.MOVED_AWAY, 16),
    (CloseReason.HANDED_OVER, 18), (CloseReason.SETTLED, 6), (CloseReason.DECEASED, 2),
)  # fmt: skip
PACE: Final = 26
"""Days between two consultations, about."""
BETWEEN_JOBS: Final = timedelta(days=40)
STAYING_IN_TOUCH: Final = 12
"""Retention contacts of a year; they are no consultations."""
CARRIED: Final = 0.6
OUTSIDERS: Final = (3, 4, 8)
TWICE_IN: Final = 12
"""Of so many jobs one is a person's second in the year."""


def assistance_year(
    story: Story, volume: YearVolume, days: YearDays, carried: Sequence[Course]
) -> list[Course]:
    """Make up a year and return the courses that go on."""
    new = newcomers(story, volume, days)
    courses = [*carried, *new]
    made = consultations(story, volume, days, courses, {course.person.key for course in new})
    referrals(story, volume, courses, made)
    jobs(story, volume, days, courses)
    uncounted(story, volume, days, courses)
    entered_in_error(story, courses[-12:], Programme.ASSISTANCE, volume.voided_consultations)
    put_right(story, made, volume.corrected_consultations)
    lost_cards(story, volume, courses)
    return closings(story, courses)


def newcomers(story: Story, volume: YearVolume, days: YearDays) -> list[Course]:
    """Open the cases of the year, with people enough of every status for the jobs to come."""
    rng = story.rng
    statuses = [status for status, number in volume.assistance_placements.items() for _one in range(number)]
    while len(statuses) < volume.assistance_new:
        statuses.append(choose(rng, STATUSES))
    rng.shuffle(statuses)
    latest = days.last - timedelta(days=75)
    starts = sorted(days.draw(rng, end=latest) for _status in statuses)
    courses = []
    for status, start in zip(statuses, starts, strict=True):
        group = TargetGroup.PARENT if status is S.CHILD_ALLOWANCE else choose(rng, GROUPS)
        courses.append(story.begin(story.town.person(group, status), rng.choice(DESKS), start))
    return courses


def consultations(
    story: Story, volume: YearVolume, days: YearDays, courses: Sequence[Course], new: set[int]
) -> list[Visit]:
    """Share the consultations of the year out."""
    weights = [story.rng.lognormvariate(0, 0.6) for _course in courses]
    counts = shares_out(story.rng, volume.assistance_consultations, weights)
    made: list[Visit] = []
    for course, number in zip(courses, counts, strict=True):
        newcomer = course.person.key in new
        start = course.first if newcomer else days.first
        visited = [course.first] if newcomer and number else []
        rest = number - len(visited)
        end = spell(days, start, number, PACE)
        visited += days.draw_many(story.rng, rest, start=start + timedelta(days=1), end=end)
        made += visits_of(story, course, Programme.ASSISTANCE, visited, newcomer=newcomer)
    return made


def referrals(story: Story, volume: YearVolume, courses: Sequence[Course], made: Sequence[Visit]) -> None:
    """Send referrals out of some consultations."""
    by_person = {course.person.key: course for course in courses}
    for chosen in story.rng.sample(list(made), min(volume.assistance_referrals, len(made))):
        refer(story, by_person[chosen.person.key], chosen.day, visit=chosen.key)


def jobs(story: Story, volume: YearVolume, days: YearDays, courses: Sequence[Course]) -> None:
    """Find the jobs of the year: so many of each category."""
    for status, number in volume.assistance_placements.items():
        able = [course for course in courses if course.person.assistance is status]
        # Most find work in the year in which they first came.
        able.sort(key=lambda course: story.rng.random() + CARRIED * (course.first < days.first))
        # Who came first in the year has time for a second job.
        able.sort(key=lambda course: course.first > days.first + timedelta(days=120))
        seconds = number // TWICE_IN
        for place in range(number - seconds):
            first_half = place < seconds
            start_job(story, days, able[place], half=0 if first_half else None)
        for place in range(seconds):
            start_job(story, days, able[place], half=1)


def start_job(story: Story, days: YearDays, course: Course, *, half: int | None) -> None:
    """Let one job begin after the first consultation, in a half of the year or anywhere in it."""
    middle = days.days[len(days.days) * 5 // 8]
    start = max(add_working_days(course.spoken, 12), days.days[3])
    if course.jobs:
        start = max(start, course.jobs[-1] + BETWEEN_JOBS)
    if half == 1:
        start = max(start, middle + BETWEEN_JOBS)
    end = middle if half == 0 and start < middle else days.last
    job(story, course, Programme.ASSISTANCE, days.draw(story.rng, start=start, end=end))


def uncounted(story: Story, volume: YearVolume, days: YearDays, courses: Sequence[Course]) -> None:
    """Record what measure 6 does not count: other kinds, A型, people outside it, slips, contacts after."""
    able = [one for one in courses if one.spoken < days.days[-60] and len(one.jobs) == 0]
    # A person each: two jobs of one person close together would be questioned.
    if len(able) <= OUTSIDERS[-1]:
        return
    for number in range(volume.uncounted_jobs):
        for offset, kind in enumerate((PlacementKind.SILVER, PlacementKind.RAISE, PlacementKind.RENEWAL)):
            record_apart(story, days, able[number * 5 + offset], kind=kind)
    for course in [one for one in courses if one.jobs][:STAYING_IN_TOUCH]:
        day = days.draw(story.rng, start=min(course.jobs[-1], days.last))
        visit(story, course.person, course.desk, day, Programme.ASSISTANCE, kind=ConsultationKind.RETENTION)
        course.seen(day)
    record_apart(story, days, able[OUTSIDERS[0]], contract=Contract.SUPPORTED_A)
    record_apart(story, days, able[OUTSIDERS[1]], assistance=S.NONE)
    record_apart(story, days, able[OUTSIDERS[2]], in_error=True)


def record_apart(
    story: Story,
    days: YearDays,
    course: Course,
    *,
    kind: PlacementKind = PlacementKind.NEW,
    contract: Contract | None = None,
    assistance: AssistanceStatus | None = None,
    in_error: bool = False,
) -> None:
    """Record one job that does not count."""
    start = max(add_working_days(course.spoken, 10), days.days[5])
    job(
        story,
        course,
        Programme.ASSISTANCE,
        days.draw(story.rng, start=start, end=days.days[-8]),
        kind=kind,
        contract=contract,
        assistance=assistance,
        referred=False,
        in_error=in_error,
    )


def lost_cards(story: Story, volume: YearVolume, courses: Sequence[Course]) -> None:
    """Let a few cards be lost and issued anew."""
    for course in story.rng.sample(list(courses), min(volume.cards_lost, len(courses))):
        story.add(CardLost(day=course.last, desk=course.desk, person=course.person))


def closings(story: Story, courses: Sequence[Course]) -> list[Course]:
    """Close what has come to its end and return the others; in a run that stops everything is closed."""
    rng = story.rng
    goes_on = []
    for course in courses:
        if story.close_by or rng.random() < 0.45:
            goes_on.append(course)
            continue
        day = add_working_days(course.last, rng.randint(130, 190) if course.jobs else rng.randint(60, 120))
        reason = CloseReason.EMPLOYED if course.jobs else choose(rng, REASONS)
        close(story, course, day, reason)
    return goes_on


def close(story: Story, course: Course, day: date, reason: CloseReason) -> None:
    """Close one case."""
    story.add(Closing(day=day, desk=course.desk, person=course.person, reason=reason))
    course.closed = day <= story.horizon
