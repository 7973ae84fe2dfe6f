"""The directory and the rules for pages without a server, from a day on, in one read each."""

from datetime import date
from functools import partial

from app.feed.finder_data import Data, Stretch, finder_data, stretches, turns_of
from app.windows import queries, rule_queries
from app.windows.rules import Rule
from app.windows.views import WindowView, speaking


def get_finder_data(day: date, locale: str, *, furigana: bool) -> Data:
    """Return all that the five questions need from a day on, in one language."""
    return finder_data(windows_from(day), rules_from(day), day=day, locale=locale, furigana=furigana)


def windows_from(day: date) -> list[Stretch[WindowView]]:
    """Return the windows from a day on, in the order of the directory, the city's own desk last."""
    found: list[Stretch[WindowView]] = []
    for group in queries.grouped(queries.read(queries.versions())).values():
        turns = {turn for one in group for turn in turns_of(one.facts.valid_from, one.facts.valid_to)}
        found += stretches(day, turns, partial(speaking, group))
    return sorted(found, key=lambda stretch: stretch.one.is_general)


def rules_from(day: date) -> list[Stretch[Rule]]:
    """Return the rules in force on a day and on those to come."""
    found: list[Stretch[Rule]] = []
    for group in rule_queries.grouped(rule_queries.read(rule_queries.versions())):
        turns = {turn for one in group for turn in turns_of(one.rule.valid_from, one.rule.valid_to)}
        found += stretches(day, turns, partial(in_force, group))
    return found


def in_force(group: list[rule_queries.RuleView], day: date) -> Rule | None:
    """Return the version of a rule that holds on a day."""
    view = rule_queries.spoken_on(group, day)
    return view.rule if view is not None and view.rule.holds_on(day) else None
