"""A year at the centre: registration, consultations, group sessions, staying in work (measures 3 and 4)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from app.cases.registration import last_day_of_registration
from app.cases.vocabulary import CloseReason, ConsultationKind
from app.demo.assistance import close
from app.demo.jobs import job
from app.demo.persons import Person, Shares, choose
from app.demo.referring import refer
from app.demo.story import Course, Leaving, Registering, Renewing, Story, Visit
from app.demo.visits import entered_in_error, put_right, session, shares_out, visit, visits_of
from app.demo.volumes import YearVolume
from app.demo.year_days import YearDays
from app.foundation.working_days import add_working_days
from app.placements.vocabulary import Contract, PlacementKind
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus, TargetGroup

S = AssistanceStatus
DESKS: Final = ("shien1", "shien1", "shien2", "shien2", "shien3", "shien3", "shocho")
STATUSES: Final[Shares[AssistanceStatus]] = (
    (S.NONE, 70), (S.RECIPIENT, 16), (S.UNKNOWN, 10), (S.CHILD_ALLOWANCE, 2), (S.IN_NEED, 2),
)  # fmt: skip
REASONS: Final[Shares[CloseReason]] = (
    (CloseReason.OWN_WISH, 40), (CloseReason.HANDED_OVER, 30), (CloseReason.MOVED_AWAY, 20),
    (CloseReason.OUT_OF_CONTACT, 10),
)  # fmt: skip
WEDNESDAY: Final = 2
FRIDAY: Final = 4
RENEWED_EARLY: Final = 40
LATE_RENEWALS: Final = 3
REUNIONS: Final = 4
"""Evenings a year for those who work (働く人の集い), of REUNION_SIZE people."""
REUNION_SIZE: Final = 8


def centre_year(story: Story, volume: YearVolume, days: YearDays, carried: Sequence[Course]) -> list[Course]:
    """Make up a year and return the members who go on."""
    known = [*carried, *from_ledger(story, volume, days)]
    leaving = renewals(story, volume, days, known)
    new = newcomers(story, volume, days, len(known) - len(leaving))
    members = [*known, *new]
    made = consultations(story, volume, days, members, {one.person.key for one in new})
    jobs(story, volume, days, members)
    retention(story, volume, days, members)
    for chosen in story.rng.sample(list(made), min(volume.centre_referrals, len(made))):
        course = next(one for one in members if one.person.key == chosen.person.key)
        refer(story, course, chosen.day, visit=chosen.key)
    apart(story, volume, days, members)
    put_right(story, made, volume.corrected_consultations)
    return farewell(story, days, members)


# ---- registration -------------------------------------------------------------------------------


def member(story: Story, opened_on: date, starts_on: date) -> Course:
    """Open the case of a new member and register it."""
    person = story.town.person(TargetGroup.DISABILITY, choose(story.rng, STATUSES))
    course = story.begin(person, story.rng.choice(DESKS), opened_on)
    course.registered_from = starts_on
    story.add(Registering(day=opened_on, desk=course.desk, person=person, starts_on=starts_on))
    return course


def from_ledger(story: Story, volume: YearVolume, days: YearDays) -> list[Course]:
    """Enter members of the paper ledger on the first day; their year began in the year before."""
    before = YearDays(days.fiscal_year - 1)
    starts = [
        before.draw(story.rng, start=before.days[1], end=before.days[-3])
        for _one in range(volume.centre_ledger)
    ]
    return [member(story, days.first, starts_on) for starts_on in sorted(starts)]


def newcomers(story: Story, volume: YearVolume, days: YearDays, staying: int) -> list[Course]:
    """Register new members, so many that the year ends with the number wanted."""
    rng = story.rng
    rush = [days.draw(rng, end=days.days[38]) for _one in range(volume.centre_rush)]
    others = max(0, volume.centre_registrants - staying - volume.centre_rush)
    spread = [days.draw(rng, start=days.days[2], end=days.days[-6]) for _one in range(others)]
    found = [member(story, day, day) for day in sorted([*rush, *spread])]
    # One more was entered for the wrong person and taken back.
    wrong = member(story, days.days[100], days.days[100])
    story.add(Leaving(day=days.days[103], desk=wrong.desk, person=wrong.person, in_error=True))
    close(story, wrong, days.days[103], CloseReason.OTHER)
    return found


def renewals(story: Story, volume: YearVolume, days: YearDays, known: Sequence[Course]) -> list[Course]:
    """Renew the year of everybody who stays; return those who leave, by lapse or before the time."""
    rng = story.rng
    # Whoever's year ends on 31 March would still count on that day.
    able = [one for one in known if ends_on(one) < days.last]
    leaving = rng.sample(able, min(volume.centre_leaving, len(able)))
    gone = {one.person.key for one in leaving}
    late = 0
    for course in known:
        last = ends_on(course)
        if course.person.key in gone:
            leave(story, course, days, early=leaving.index(course) % 3 == 1)
            continue
        day = max(days.first, add_working_days(last + timedelta(days=1), -rng.randint(1, 28)))
        if late < LATE_RENEWALS and last < days.days[-50]:
            late += 1
            day = add_working_days(last + timedelta(days=2), rng.randint(2, 9))
        story.add(Renewing(day=day, desk=course.desk, person=course.person))
        course.registered_from = max(last + timedelta(days=1), day if day > last else date.min)
    return leaving


def ends_on(course: Course) -> date:
    """Return the last day of a member's year."""
    if course.registered_from is None:
        raise ValueError("not a member")
    return last_day_of_registration(course.registered_from)


def leave(story: Story, course: Course, days: YearDays, *, early: bool) -> None:
    """Let a registration lapse, or end it before its time."""
    course.lapses = True
    last = ends_on(course)
    if early:
        day = days.draw(story.rng, start=days.days[4], end=max(days.days[6], last - timedelta(days=20)))
        if day <= last:
            story.add(Leaving(day=day, desk=course.desk, person=course.person))
            course.registered_from = None
            course.last = day
            return
    course.last = max(days.first, add_working_days(last + timedelta(days=1), -1))


# ---- consultations ------------------------------------------------------------------------------


def consultations(
    story: Story, volume: YearVolume, days: YearDays, members: Sequence[Course], new: set[int]
) -> list[Visit]:
    """Hold group sessions, and share the other consultations of the year out among the members."""
    rng = story.rng
    left = volume.centre_consultations - sessions(story, volume, days)
    weights = [
        rng.lognormvariate(0, 0.8) * ((until(one, days) - max(one.first, days.first)).days + 5)
        for one in members
    ]
    counts = shares_out(rng, left, weights)
    made: list[Visit] = []
    for course, number in zip(members, counts, strict=True):
        newcomer = course.person.key in new
        visited = [course.first] if newcomer and number else []
        rest = number - len(visited)
        start = max(course.first, days.first)
        visited += days.draw_many(rng, rest, start=start, end=until(course, days))
        made += visits_of(story, course, Programme.CENTRE, visited, newcomer=newcomer)
    return made


def until(course: Course, days: YearDays) -> date:
    """Return the day up to which a member comes."""
    return max(course.last, course.first, days.first) if course.lapses else days.last


def sessions(story: Story, volume: YearVolume, days: YearDays) -> int:
    """Hold the group sessions on Wednesdays and Fridays; return how many people came in all."""
    rng = story.rng
    able = sorted([*days.weekday(WEDNESDAY), *days.weekday(FRIDAY)])
    chosen = sorted(rng.sample(able, min(volume.centre_group_sessions, len(able))))
    sizes = [rng.randint(6, 14) for _day in chosen]
    room = volume.centre_consultations // 2
    total = 0
    for day, size in zip(chosen, sizes, strict=True):
        if total + size > room:
            break
        session(story, rng.choice(DESKS[:-1]), day, anybody(story), size, retention=False)
        total += size
    return total


def anybody(story: Story) -> Person:
    """Return what is said of a group: only what all have in common."""
    return story.town.group(TargetGroup.DISABILITY)


def jobs(story: Story, volume: YearVolume, days: YearDays, members: Sequence[Course]) -> None:
    """Find jobs for so many persons; one of them changes to a second job in the year, and counts once."""
    able = [one for one in members if not one.lapses and not one.jobs and one.spoken < days.days[120]]
    chosen = story.rng.sample(able, min(volume.centre_placements, len(able)))
    for number, course in enumerate(chosen):
        start = max(add_working_days(course.spoken, 15), days.days[10])
        end = days.days[150] if number == 0 else days.last
        first = days.draw(story.rng, start=start, end=end)
        job(story, course, Programme.CENTRE, first)
        if number == 0:
            job(story, course, Programme.CENTRE, days.draw(story.rng, start=first + timedelta(days=50)))


def retention(story: Story, volume: YearVolume, days: YearDays, members: Sequence[Course]) -> None:
    """Keep in touch with those who work: evenings together, and talks one by one."""
    rng = story.rng
    working = [one for one in members if one.jobs and not one.lapses]
    # Some worked already when they registered.
    others = [one for one in members if not one.jobs and not one.lapses and one.first < days.days[60]]
    working += others[:: max(1, len(others) // 22)]
    left = volume.centre_retention_contacts
    for day in rng.sample(days.weekday(FRIDAY), REUNIONS):
        if left >= 4 * REUNION_SIZE:
            session(story, rng.choice(DESKS[:-1]), day, anybody(story), REUNION_SIZE, retention=True)
            left -= REUNION_SIZE
    counts = shares_out(rng, left, [rng.lognormvariate(0, 0.5) for _one in working])
    for course, number in zip(working, counts, strict=True):
        start = max(course.first, days.first, course.jobs[0] if course.jobs else days.first)
        for day in days.draw_many(rng, number, start=min(start, days.last), end=days.last):
            visit(story, course.person, course.desk, day, Programme.CENTRE, kind=ConsultationKind.RETENTION)
            course.seen(day)


# ---- what does not count, and how it ends -------------------------------------------------------


def apart(story: Story, volume: YearVolume, days: YearDays, members: Sequence[Course]) -> None:
    """Record what counts nowhere: A型, other kinds of work, slips, and questions that belong to measure 5."""
    able = [one for one in members if not one.lapses and not one.jobs and one.spoken < days.days[100]]
    kinds = (PlacementKind.NEW, PlacementKind.RAISE, PlacementKind.RENEWAL, PlacementKind.NEW)
    for number, course in enumerate(able[: len(kinds)]):
        kind = kinds[number]
        start = days.draw(story.rng, start=add_working_days(course.spoken, 12), end=days.days[-9])
        contract = Contract.SUPPORTED_A if number == 0 else None
        job(
            story,
            course,
            Programme.CENTRE,
            start,
            kind=kind,
            contract=contract,
            referred=False,
            in_error=number == 3,
        )
    entered_in_error(story, able[5:], Programme.CENTRE, volume.voided_consultations)
    for course in able[-2:]:
        day = days.draw(story.rng, start=course.first)
        visit(story, course.person, course.desk, day, Programme.GUIDANCE)


def farewell(story: Story, days: YearDays, members: Sequence[Course]) -> list[Course]:
    """Close the cases of those who left, some weeks later; return the others."""
    for course in members:
        if course.lapses and not story.close_by:
            day = add_working_days(max(course.last, days.first), story.rng.randint(15, 40))
            close(story, course, day, choose(story.rng, REASONS))
    return [course for course in members if not course.lapses or story.close_by]
