"""Bringing the first rules and scenarios into the database; they come with the program."""

from dataclasses import dataclass
from importlib.resources import files

from app.access.actor import Actor
from app.windows import rule_operations, scenario_operations
from app.windows.rules_file import read_rules
from app.windows.scenarios import read_scenarios


@dataclass(frozen=True, kw_only=True)
class LoadedGuidance:
    """How many rules and scenarios were missing."""

    rules: int
    scenarios: int


def load_guidance(*, actor: Actor) -> LoadedGuidance:
    """Bring in what is missing, inside the caller's transaction; the windows must be there."""
    data = files("app.windows") / "data"
    rules = read_rules((data / "rules.toml").read_text(encoding="utf-8"))
    scenarios = read_scenarios((data / "scenarios.csv").read_text(encoding="utf-8"))
    return LoadedGuidance(
        rules=rule_operations.load_rules(actor=actor, rules=rules),
        scenarios=scenario_operations.load_scenarios(actor=actor, scenarios=scenarios),
    )
