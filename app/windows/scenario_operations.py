"""Changes of the scenarios: what is expected of the rules; one that is over is retired, never deleted."""

import json
from collections.abc import Sequence

from sqlalchemy import select

from app.access.actor import Actor
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError, NotFound
from app.windows.models import Window
from app.windows.rule_models import GuidanceScenario
from app.windows.scenarios import Scenario, key_of

KEY_TAKEN = N_("同じ番号のシナリオがあります。別の番号にしてください。")
NO_REASON = N_("なぜその窓口なのか、理由を書いてください。")
NO_WINDOW = N_("「%(key)s」という窓口は登録されていません。")
BOTH_WAYS = N_("同じ窓口が「案内する」と「案内しない」の両方にあります。")


def add_scenario(*, actor: Actor, scenario: Scenario) -> GuidanceScenario:
    """Enter a scenario.

    Raises:
        DomainError: its number is taken, a window is unknown or expected both ways, or no reason is given.
    """
    if db.session.scalar(select(GuidanceScenario.id).where(GuidanceScenario.key == scenario.key)) is not None:
        raise DomainError(KEY_TAKEN, field="key")
    require_sound(scenario)
    stored = stored_of(scenario, actor)
    db.session.add(stored)
    db.session.flush()
    trail.record(
        actor=actor,
        action="scenario.created",
        subject="guidance_scenario",
        subject_id=stored.id,
        details={"key": scenario.key},
    )
    return stored


def retire_scenario(*, actor: Actor, key: str) -> None:
    """Stop running a scenario; NotFound when it is not run."""
    stored = db.session.scalar(
        select(GuidanceScenario).where(GuidanceScenario.key == key, GuidanceScenario.retired_at.is_(None))
    )
    if stored is None:
        raise NotFound
    stored.retired_at = clock.now()
    db.session.flush()
    trail.record(
        actor=actor,
        action="scenario.retired",
        subject="guidance_scenario",
        subject_id=stored.id,
        details={"key": key},
    )


def load_scenarios(*, actor: Actor, scenarios: Sequence[Scenario]) -> int:
    """Bring in the scenarios that are missing and return how many."""
    known = set(db.session.scalars(select(GuidanceScenario.key)))
    made = [stored_of(scenario, actor) for scenario in scenarios if scenario.key not in known]
    if not made:
        return 0
    db.session.add_all(made)
    db.session.flush()
    trail.record(
        actor=actor,
        action="scenario.loaded",
        subject="guidance_scenario",
        subject_id=made[0].id,
        details={"scenarios": len(made)},
    )
    return len(made)


def require_sound(scenario: Scenario) -> None:
    """Refuse a scenario that nobody could meet or understand."""
    if not scenario.reason.strip():
        raise DomainError(NO_REASON, field="reason")
    keys = set(db.session.scalars(select(Window.key)))
    for key in scenario.windows:
        if key not in keys:
            raise DomainError(NO_WINDOW, field="first" if key == key_of(scenario.first) else None, key=key)
    named = {key_of(one) for one in (scenario.first, *scenario.also)}
    if named & {key_of(one) for one in scenario.never}:
        raise DomainError(BOTH_WAYS, field="never")


def stored_of(scenario: Scenario, actor: Actor) -> GuidanceScenario:
    """Return a scenario as it is stored."""
    return GuidanceScenario(
        key=scenario.key,
        title=scenario.title.strip(),
        situation=json.dumps(scenario.situation.codes(), sort_keys=True),
        day=scenario.day,
        first=scenario.first,
        also=" ".join(scenario.also),
        never=" ".join(scenario.never),
        reason=scenario.reason.strip(),
        recorded_at=clock.now(),
        recorded_by=actor.id,
        retired_at=None,
    )
