"""A directory with all that guidance may meet: hours, closings, groups, entries and rules of days to come."""

import random
from datetime import date, timedelta

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.situation.vocabulary import TargetGroup
from app.windows.hours import Closing, HolidayRule, Span, WeeklyHours, read_spans
from app.windows.models import WindowVersion
from app.windows.rule_models import GuidanceRuleVersion
from app.windows.vocabulary import GENERAL_WINDOW, Appointment

MARK = "xyzzy"
"""Stands in every entry where it says who verified it and why it is closed: nothing for the public."""
SPANS: tuple[tuple[Span, ...], ...] = tuple(
    read_spans(text) for text in ("9:00-17:00", "9:00-12:00、13:00-17:15", "13:00-19:30", "休み")
)


def furnish(session: Session, day: date, seed: int = 1) -> None:
    """Fill in what the shipped directory does not know, and let entries and rules change on days to come."""
    chance = random.Random(seed)
    versions = list(session.scalars(select(WindowVersion).order_by(WindowVersion.id)))
    for version in versions:
        fill_in(version, chance, day)
    for version in chance.sample([one for one in versions if one.valid_to is None], 5):
        succeed(session, version, chance, day)
    rules = list(session.scalars(select(GuidanceRuleVersion).order_by(GuidanceRuleVersion.id)))
    for rule in chance.sample(rules, 8):
        change(session, rule, chance, day)
    session.flush()


def fill_in(version: WindowVersion, chance: random.Random, day: date) -> None:
    """Give a window what an entry may have."""
    holidays = chance.choice(list(HolidayRule))
    if chance.random() < 0.8:
        version.hours = WeeklyHours(days=tuple(chance.choice(SPANS) for _ in range(7)), holidays=holidays)
    if chance.random() < 0.5:
        first = day + timedelta(days=chance.randint(-5, 40))
        version.closings = (Closing(first, first + timedelta(days=chance.randint(0, 20)), MARK),)
    version.appointment = chance.choice(list(Appointment))
    version.telephone = chance.choice(["", "042-000-0000"])
    version.documents, version.documents_en = chance.choice(
        [("", ""), ("履歴書 <1>", ""), ("筆記用具", "A pen")]
    )
    version.verified_on = chance.choice([None, day])
    version.verified_by = MARK
    if chance.random() < 0.2 and version.window.key != GENERAL_WINDOW:
        version.target_groups = tuple(chance.sample(list(TargetGroup), 2))


def succeed(session: Session, version: WindowVersion, chance: random.Random, day: date) -> None:
    """Let an entry end, be followed by another one, or both."""
    turn = day + timedelta(days=chance.randint(1, 300))
    how = chance.choice(["ends", "changes", "ends and changes later"])
    if how != "changes" and version.window.key != GENERAL_WINDOW:
        version.valid_to = turn - timedelta(days=chance.randint(1, 30))
    if how != "ends":
        later = copy_of(version)
        later.number, later.name, later.valid_from, later.valid_to = (
            version.number + 1,
            "新しい名前",
            turn,
            None,
        )
        later.minimum_age, later.maximum_age = chance.choice([(None, 34), (30, None), (18, 64)])
        session.add(later)


def change(session: Session, rule: GuidanceRuleVersion, chance: random.Random, day: date) -> None:
    """Let a rule end, or say something else from a day on."""
    turn = day + timedelta(days=chance.randint(1, 300))
    if chance.random() < 0.4:
        rule.valid_to = turn
        return
    later = copy_of(rule)
    later.number, later.valid_from = rule.number + 1, turn
    later.points, later.reason, later.reason_en = chance.randint(0, 100), "これからの理由です。", ""
    session.add(later)


def copy_of(row):
    """Return another row that says the same."""
    columns = inspect(type(row)).columns
    return type(row)(**{one.key: getattr(row, one.key) for one in columns if one.key != "id"})
