"""Reads of the scenarios, and running them on the directory and the rules as they stand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.foundation import clock
from app.foundation.db import db
from app.situation.situation import Situation
from app.windows.routing import Prepared, prepare
from app.windows.routing_queries import list_routed
from app.windows.rule_models import GuidanceScenario
from app.windows.rule_queries import list_rules
from app.windows.rules import Rule
from app.windows.scenarios import NOON, TOKYO, Fault, Scenario, faults_of


@dataclass(frozen=True, kw_only=True)
class Run:
    """A scenario with what it found and where that differs; no fault means that it holds."""

    scenario: Scenario
    found: tuple[str, ...]
    faults: tuple[Fault, ...]


def list_scenarios() -> list[Scenario]:
    """List the scenarios that are run, in the order in which they were entered."""
    chosen = (
        select(GuidanceScenario).where(GuidanceScenario.retired_at.is_(None)).order_by(GuidanceScenario.id)
    )
    return [scenario_of(stored) for stored in db.session.scalars(chosen)]


def run_scenarios(scenarios: Sequence[Scenario], changed: Rule | None = None) -> list[Run]:
    """Run scenarios on the windows and rules of their days, with a rule replaced by a changed one."""
    today = clock.today()
    days = {scenario.day or today for scenario in scenarios}
    prepared = {day: prepared_on(day, changed) for day in days}
    return [run_of(scenario, prepared[scenario.day or today], today) for scenario in scenarios]


def run_of(scenario: Scenario, prepared: Prepared, today: date) -> Run:
    """Run one scenario."""
    answer = prepared.answer(scenario.at(today))
    return Run(
        scenario=scenario,
        found=tuple(one.window_key for one in answer.suggestions),
        faults=tuple(faults_of(scenario, answer)),
    )


def prepared_on(day: date, changed: Rule | None = None) -> Prepared:
    """Return the windows and rules of a day, with a rule replaced by a changed one, or added."""
    rules = list_rules(day)
    if changed is not None:
        rules = with_change(rules, changed, day)
    return prepare(list_routed(day, datetime.combine(day, NOON, TOKYO)), rules, day)


def with_change(rules: Sequence[Rule], changed: Rule, day: date) -> list[Rule]:
    """Return the rules of a day as they would be; a version to come leaves the old one speaking."""
    if changed.valid_from is not None and changed.valid_from > day:
        return list(rules)
    kept = [rule for rule in rules if rule.key != changed.key]
    return [*kept, changed] if changed.holds_on(day) else kept


def scenario_of(stored: GuidanceScenario) -> Scenario:
    """Return a stored scenario."""
    return Scenario(
        key=stored.key,
        title=stored.title,
        situation=Situation.from_codes(json.loads(stored.situation)),
        first=stored.first,
        also=tuple(stored.also.split()),
        never=tuple(stored.never.split()),
        reason=stored.reason,
        day=stored.day,
    )
