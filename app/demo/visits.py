"""Making up consultations: how, about what, how long, and a note on some; pure."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Final

from app.cases.vocabulary import Channel, ConsultationKind, Source
from app.demo.memos import GROUP_MEMOS, MEMOS, OB_MEMOS
from app.demo.persons import Person, Shares, choose
from app.demo.story import Course, Story, Visit, VisitCorrected, VisitVoided
from app.demo.year_days import YearDays
from app.foundation.working_days import add_working_days
from app.situation.programme import Programme
from app.situation.vocabulary import Topic

C, T = Channel, Topic
CHANNELS: Final[Shares[Channel]] = (
    (C.VISIT, 60), (C.PHONE, 24), (C.ACCOMPANIED, 5), (C.HOME_VISIT, 4), (C.ONLINE, 3), (C.MAIL_FAX, 3),
    (C.MEETING, 1),
)  # fmt: skip
MINUTES: Final[dict[Channel, Sequence[int]]] = {
    C.VISIT: (30, 40, 45, 50, 60, 60, 75, 90),
    C.PHONE: (5, 10, 10, 15, 15, 20, 30),
    C.HOME_VISIT: (45, 60, 90),
    C.ACCOMPANIED: (60, 90, 120, 150),
    C.ONLINE: (30, 45, 60),
    C.MAIL_FAX: (10, 15, 20),
    C.MEETING: (45, 60, 90),
}
FIRST_SOURCES: Final[Shares[Source]] = (
    (Source.SELF, 44), (Source.CITY, 27), (Source.AGENCY, 16), (Source.FAMILY, 9), (Source.OUTREACH, 2),
    (Source.OTHER, 2),
)  # fmt: skip
LATER_SOURCES: Final[Shares[Source]] = ((Source.SELF, 93), (Source.AGENCY, 4), (Source.FAMILY, 3))
OTHER_SOURCES: Final = ("市報を見て", "民生委員から", "大家から")
TOPICS: Final[dict[Programme, Shares[Topic]]] = {
    Programme.ASSISTANCE: (
        (T.JOB_SEARCH, 40), (T.APPLICATION, 20), (T.CAREER_CHOICE, 9), (T.LIVING_COSTS, 8), (T.HEALTH, 7),
        (T.TRAINING, 5), (T.CHILDCARE, 4), (T.WORKPLACE, 3), (T.FAMILY, 2), (T.WITHDRAWAL, 1), (T.OTHER, 1),
    ),
    Programme.CENTRE: (
        (T.JOB_SEARCH, 24), (T.HEALTH, 20), (T.CAREER_CHOICE, 14), (T.APPLICATION, 12), (T.WORKPLACE, 11),
        (T.TRAINING, 8), (T.FAMILY, 4), (T.LIVING_COSTS, 4), (T.WITHDRAWAL, 2), (T.OTHER, 1),
    ),
    Programme.GUIDANCE: (
        (T.JOB_SEARCH, 38), (T.TRAINING, 14), (T.LIVING_COSTS, 10), (T.WORKPLACE, 9), (T.CAREER_CHOICE, 8),
        (T.CHILDCARE, 6), (T.HOUSING, 5), (T.DEBT, 3), (T.CARE, 3), (T.WITHDRAWAL, 2), (T.FAMILY, 1),
        (T.OTHER, 1),
    ),
}  # fmt: skip
NOTED: Final = 0.3
BESIDE: Final = 0.28


def visit(
    story: Story,
    person: Person,
    desk: str,
    day: date,
    programme: Programme,
    *,
    first: bool = False,
    nameless: bool = False,
    kind: ConsultationKind = ConsultationKind.CONSULTATION,
) -> Visit:
    """Make up one consultation and add it to the story."""
    rng = story.rng
    channel = C.VISIT if first and rng.random() < 0.8 else choose(rng, CHANNELS)
    source = choose(rng, FIRST_SOURCES if first else LATER_SOURCES)
    topic = T.RETENTION if kind is ConsultationKind.RETENTION else choose(rng, TOPICS[programme])
    made = Visit(
        day=day,
        desk=desk,
        key=story.key(),
        person=person,
        programme=programme,
        kind=kind,
        topic=topic,
        other_topics=beside(rng, programme, topic),
        channel=channel,
        minutes=rng.choice(MINUTES[channel]),
        source=source,
        source_other=rng.choice(OTHER_SOURCES) if source is Source.OTHER else "",
        memo=rng.choice(MEMOS[topic]) if rng.random() < NOTED else "",
        nameless=nameless,
    )
    story.add(made)
    return made


def beside(rng: Random, programme: Programme, topic: Topic) -> tuple[Topic, ...]:
    """Return topics beside the primary one."""
    if rng.random() >= BESIDE:
        return ()
    other = choose(rng, TOPICS[programme])
    return (other,) if other is not topic else ()


def session(story: Story, desk: str, day: date, who: Person, headcount: int, *, retention: bool) -> Visit:
    """Make up a group session, which is one record with its headcount."""
    kind = ConsultationKind.RETENTION if retention else ConsultationKind.CONSULTATION
    made = Visit(
        day=day,
        desk=desk,
        key=story.key(),
        person=who,
        programme=Programme.CENTRE,
        kind=kind,
        topic=T.RETENTION if retention else T.APPLICATION,
        channel=C.VISIT,
        minutes=120 if retention else 90,
        source=Source.SELF,
        memo=story.rng.choice(OB_MEMOS if retention else GROUP_MEMOS),
        headcount=headcount,
        nameless=True,
    )
    story.add(made)
    return made


def visits_of(
    story: Story, course: Course, programme: Programme, days: Sequence[date], *, newcomer: bool = False
) -> list[Visit]:
    """Make up the consultations of one person on the given days."""
    made = []
    for number, day in enumerate(days):
        made.append(visit(story, course.person, course.desk, day, programme, first=newcomer and number == 0))
        course.spoken = min(course.spoken, day)
        course.seen(day)
    return made


def entered_in_error(story: Story, courses: Sequence[Course], programme: Programme, count: int) -> None:
    """Let some consultations be entered that did not happen, and be taken back days later."""
    for course in courses[:count]:
        wrong = visit(story, course.person, course.desk, course.last, programme)
        day = later(story, wrong.day, 2)
        story.add(VisitVoided(day=day, desk=course.desk, visit=wrong.key))


def put_right(story: Story, made: Sequence[Visit], count: int) -> None:
    """Let the length of some consultations be corrected the next day."""
    for one in story.rng.sample(list(made), min(count, len(made))):
        day = later(story, one.day, 1)
        story.add(VisitCorrected(day=day, desk=one.desk, visit=one, minutes=one.minutes + 15))


def later(story: Story, day: date, count: int) -> date:
    """Return a working day some days later, inside a run that does not go on."""
    found = add_working_days(day, count)
    return min(found, story.close_by) if story.close_by else found


def shares_out(rng: Random, total: int, weights: Sequence[float], *, least: int = 1) -> list[int]:
    """Share a total out by weights, so that it comes out exactly; everybody gets ``least`` while it lasts."""
    parts = [0] * len(weights)
    for number in range(min(total, least * len(weights))):
        parts[number % len(weights)] += 1
    for chosen in rng.choices(range(len(weights)), weights, k=max(0, total - least * len(weights))):
        parts[chosen] += 1
    return parts


def spell(days: YearDays, start: date, count: int, pace: int) -> date:
    """Return the last day on which somebody comes who comes ``count`` times, every ``pace`` days or so."""
    ordinal = min(days.last.toordinal(), start.toordinal() + count * pace)
    return date.fromordinal(ordinal)
