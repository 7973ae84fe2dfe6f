"""What the counsellors of the sample city asked before they named a window, and what guidance answered."""

from datetime import date, datetime, time

from app.demo.persons import Person
from app.demo.story import Visit
from app.foundation import clock
from app.guidance.facts import is_blank
from app.guidance.kept import Found
from app.situation.situation import Situation, WorkHistory, WorkWish
from app.situation.vocabulary import AgeBand, TargetGroup, Topic
from app.windows.answer import RoutedWindow
from app.windows.queries import list_directory, list_versions
from app.windows.routing import Prepared, prepare
from app.windows.routing_queries import routed
from app.windows.rule_queries import list_rule_views
from app.windows.rules import Rule

ASKED_AT = time(10, tzinfo=clock.TOKYO)


class Guide:
    """The directory and the rules, read once for a whole loading and made ready for each day once."""

    def __init__(self) -> None:
        self.windows: list[RoutedWindow] = []
        self.rules: list[Rule] = []
        self.days: dict[date, Prepared] = {}

    def found_for(self, visit: Visit) -> Found | None:
        """Return what was asked in a consultation and answered; None where nothing was."""
        situation = situation_of(visit)
        if is_blank(situation):
            return None
        if visit.day not in self.days:
            self.days[visit.day] = self.make_ready(visit.day)
        return Found(situation=situation, answer=self.days[visit.day].answer(situation.implied()))

    def make_ready(self, day: date) -> Prepared:
        """Put windows and rules of a day together."""
        if not self.windows:
            self.read(day)
        return prepare(self.windows, self.rules, day)

    def read(self, day: date) -> None:
        """Read every version of every window and every rule, those to come included."""
        moment = datetime.combine(day, ASKED_AT)
        windows = [line.view.window_id for line in list_directory(day, ended=True)]
        self.windows = [routed(view, moment) for one in windows for view in list_versions(one)]
        self.rules = [view.rule for view in list_rule_views(day)]


def situation_of(visit: Visit) -> Situation:
    """Return the answers that somebody gave, always the same of the same consultation."""
    person = visit.person
    groups = frozenset({person.target_group, *person.other_groups})
    return Situation(
        target_groups=groups,
        single_parent=person.single_parent,
        age_band=person.age_band,
        assistance=person.assistance,
        certificate=True if TargetGroup.DISABILITY in groups else None,
        children=True if person.single_parent or TargetGroup.PARENT in groups else None,
        work=work_of(visit),
        wish=wish_of(person, visit),
        needs=frozenset({visit.topic, *visit.other_topics}),
        at=datetime.combine(visit.day, ASKED_AT),
    )


def wish_of(person: Person, visit: Visit) -> WorkWish | None:
    """Return what kind of work was wished for, where somebody asked: not in every consultation."""
    if visit.topic is Topic.TRAINING:
        return WorkWish.TRAINING
    if visit.key % 3 == 0:
        return None
    if person.age_band is AgeBand.A65_OVER:
        return WorkWish.FEW_HOURS
    return WorkWish.PART_TIME if person.target_group is TargetGroup.PARENT else WorkWish.FULL_TIME


def work_of(visit: Visit) -> WorkHistory | None:
    """Return how somebody stood towards work, where somebody asked."""
    if visit.topic in (Topic.WORKPLACE, Topic.RETENTION):
        return WorkHistory.IN_WORK
    return {0: WorkHistory.LOST_JOB, 1: WorkHistory.LONG_AWAY}.get(visit.key % 5)
