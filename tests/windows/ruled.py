"""The windows, rules and scenarios that come with the program, as guidance sees them."""

from datetime import date
from functools import cache
from importlib.resources import files

from app.windows.answer import RoutedWindow
from app.windows.directory import read_directory
from app.windows.routing import Prepared, prepare
from app.windows.rules import Rule
from app.windows.rules_file import read_rules
from app.windows.scenarios import Scenario, faults_of, read_scenarios
from app.windows.vocabulary import GENERAL_WINDOW

TODAY = date(2026, 11, 20)


def text_of(name: str) -> str:
    return (files("app.windows") / "data" / name).read_text(encoding="utf-8")


@cache
def windows() -> tuple[RoutedWindow, ...]:
    """Return every version of every window; which of them holds is asked of the day."""
    return tuple(
        RoutedWindow(
            window_key=entry.key,
            window_id=entry.position,
            version_id=entry.position * 10 + number,
            minimum_age=facts.minimum_age,
            maximum_age=facts.maximum_age,
            target_groups=frozenset(facts.target_groups),
            valid_from=facts.valid_from,
            valid_to=facts.valid_to,
            general=entry.key == GENERAL_WINDOW,
        )
        for entry in read_directory(text_of("windows.toml")).windows
        for number, facts in enumerate(entry.versions)
    )


@cache
def rules() -> tuple[Rule, ...]:
    return read_rules(text_of("rules.toml"))


@cache
def scenarios() -> tuple[Scenario, ...]:
    return read_scenarios(text_of("scenarios.csv"))


def failing(some_rules, some_windows=None) -> list[str]:
    """Return the scenarios that do not hold under some rules."""
    prepared: dict[date, Prepared] = {}
    found = []
    for scenario in scenarios():
        day = scenario.day or TODAY
        if day not in prepared:
            prepared[day] = prepare(some_windows or windows(), some_rules, day)
        if faults_of(scenario, prepared[day].answer(scenario.at(TODAY))):
            found.append(scenario.key)
    return found
