"""Guidance from the directory and the rules as they stand: few statements, however many windows and rules."""

from collections.abc import Sequence
from datetime import date, datetime

from app.foundation.clock import day_of
from app.situation.situation import Situation
from app.windows.answer import Answer, RoutedWindow
from app.windows.mind import mind_of
from app.windows.queries import list_windows
from app.windows.routing import route
from app.windows.rule_queries import list_rules
from app.windows.views import WindowView


def answer_for(situation: Situation, now: datetime, windows: Sequence[WindowView] | None = None) -> Answer:
    """Answer one situation at its own moment, or now; ``windows`` are those of that day, where known."""
    moment = situation.at or now
    day = day_of(moment)
    there = list_windows(day) if windows is None else windows
    offered = [routed(view, moment) for view in there]
    return route(situation.implied(), offered, list_rules(day), now=now)


def list_routed(day: date, moment: datetime) -> list[RoutedWindow]:
    """List the windows of a day as the rules see them."""
    return [routed(view, moment) for view in list_windows(day)]


def routed(view: WindowView, moment: datetime) -> RoutedWindow:
    """Return what guidance needs to know of a window."""
    facts = view.facts
    return RoutedWindow(
        window_key=view.key,
        window_id=view.window_id,
        version_id=view.version_id,
        minimum_age=facts.minimum_age,
        maximum_age=facts.maximum_age,
        target_groups=frozenset(facts.target_groups),
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
        general=view.is_general,
        mind=mind_of(facts, moment),
    )
