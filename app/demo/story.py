"""What happens in the sample city, as plain events before anybody enters them; pure."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random

from app.cases.vocabulary import Channel, CloseReason, ConsultationKind, Source
from app.demo.persons import Person, Town
from app.foundation.labels import LabelledEnum
from app.placements.vocabulary import (
    CheckOutcome,
    Contract,
    DueReason,
    Hours,
    LeftReason,
    PlacementKind,
    Posting,
)
from app.referrals.vocabulary import AnswerChannel, Asked, ConsentForm, State
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus, Topic


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that was done on a day and is entered by somebody (a login name)."""

    day: date
    desk: str


@dataclass(frozen=True, kw_only=True)
class Opening(Event):
    """A case is opened and its card handed over."""

    person: Person


@dataclass(frozen=True, kw_only=True)
class CardLost(Event):
    """A card was lost; a new one is handed over."""

    person: Person


@dataclass(frozen=True, kw_only=True)
class CardShown(Event):
    """A card is shown at another office."""

    person: Person


@dataclass(frozen=True, kw_only=True)
class Registering(Event):
    """A person registers at the centre from ``starts_on``."""

    person: Person
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class Renewing(Event):
    """A registration is renewed."""

    person: Person


@dataclass(frozen=True, kw_only=True)
class Leaving(Event):
    """A registration ends early, or was entered in error."""

    person: Person
    in_error: bool = False


@dataclass(frozen=True, kw_only=True)
class Visit(Event):
    """A consultation; ``nameless`` ones belong to no case."""

    key: int
    person: Person
    programme: Programme
    topic: Topic
    minutes: int
    channel: Channel
    source: Source
    source_other: str = ""
    kind: ConsultationKind = ConsultationKind.CONSULTATION
    other_topics: tuple[Topic, ...] = ()
    memo: str = ""
    headcount: int = 1
    nameless: bool = False


@dataclass(frozen=True, kw_only=True)
class Guiding(Event):
    """A window is named in a consultation."""

    visit: Visit
    window: str


@dataclass(frozen=True, kw_only=True)
class Sending(Event):
    """A referral goes out."""

    key: int
    person: Person
    window: str
    asked: Asked
    asked_other: str
    consent_on: date
    consent_form: ConsentForm
    visit: int | None = None


@dataclass(frozen=True, kw_only=True)
class Moving(Event):
    """A referral moves on."""

    referral: int
    to: State
    channel: AnswerChannel | None = None
    code: LabelledEnum | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentBack(Event):
    """A person takes the consent to a referral back."""

    referral: int


@dataclass(frozen=True, kw_only=True)
class Job(Event):
    """A job is reported."""

    key: int
    person: Person
    programme: Programme
    kind: PlacementKind
    offered_on: date | None
    started_on: date
    assistance: AssistanceStatus
    hours: Hours
    contract: Contract
    posting: Posting
    referral: int | None = None


@dataclass(frozen=True, kw_only=True)
class Check(Event):
    """A retention check."""

    job: int
    months: int
    outcome: CheckOutcome
    channel: Channel
    left_reason: LeftReason | None = None


@dataclass(frozen=True, kw_only=True)
class CheckMoved(Event):
    """A retention check gets another day."""

    job: int
    months: int
    due_on: date
    reason: DueReason


@dataclass(frozen=True, kw_only=True)
class VisitVoided(Event):
    """A consultation turns out to be entered in error."""

    visit: int


@dataclass(frozen=True, kw_only=True)
class VisitCorrected(Event):
    """The minutes of a consultation are put right."""

    visit: Visit
    minutes: int


@dataclass(frozen=True, kw_only=True)
class JobVoided(Event):
    """A job turns out to be entered in error."""

    job: int


@dataclass(frozen=True, kw_only=True)
class Closing(Event):
    """A case is closed."""

    person: Person
    reason: CloseReason


@dataclass(kw_only=True)
class Course:
    """How things go on with one person at one desk, while the story is being made up.

    ``first`` is the day of the opening, ``spoken`` that of the first consultation.
    """

    person: Person
    desk: str
    first: date
    last: date
    spoken: date = date.max
    closed: bool = False
    jobs: list[date] = field(default_factory=list)
    registered_from: date | None = None
    lapses: bool = False

    def seen(self, day: date) -> None:
        """Note that the person was in contact on a day."""
        self.last = max(self.last, day)


@dataclass(kw_only=True)
class Story:
    """The events of one run of years. What lies after ``horizon`` has not happened.

    ``close_by`` is the last day of a run that does not go on: what is still open is brought to an end.
    """

    rng: Random
    town: Town
    horizon: date
    close_by: date | None = None
    events: list[Event] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    keys: "count[int]" = field(default_factory=lambda: count(1))

    def add(self, event: Event) -> bool:
        """Add an event and tell whether it has happened."""
        happened = event.day <= self.horizon
        if happened:
            self.events.append(event)
        return happened

    def begin(self, person: Person, desk: str, day: date) -> Course:
        """Open a case and return the course that begins with it."""
        course = Course(person=person, desk=desk, first=day, last=day)
        self.courses.append(course)
        self.add(Opening(day=day, desk=desk, person=person))
        return course

    def key(self) -> int:
        """Return a number for something that later events refer to."""
        return next(self.keys)
