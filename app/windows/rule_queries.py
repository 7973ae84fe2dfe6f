"""Reads of the rules of guidance."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from app.foundation.db import db
from app.foundation.errors import NotFound
from app.foundation.labels import Words
from app.windows.rule_models import GuidanceRule, GuidanceRuleVersion
from app.windows.rules import Conditions, Rule


@dataclass(frozen=True, kw_only=True)
class RuleView:
    """A rule in one version, with when it was entered."""

    rule_id: int
    window_id: int
    rule: Rule
    recorded_at: datetime


def list_rules(day: date) -> list[Rule]:
    """List the rules in force on a day, by key."""
    speaking = [spoken_on(group, day) for group in grouped(read(versions()))]
    return [view.rule for view in speaking if view is not None and view.rule.holds_on(day)]


def list_rule_views(day: date) -> list[RuleView]:
    """List every rule in the version that speaks on a day, else in its newest, by window and key."""
    found = [spoken_on(group, day) or group[-1] for group in grouped(read(versions()))]
    return sorted(found, key=lambda view: (view.rule.window_key, view.rule.key))


def get_rule_versions(rule_id: int) -> list[RuleView]:
    """Return the versions of a rule, oldest first; NotFound when there is no such rule."""
    found = read(versions().where(GuidanceRule.id == rule_id))
    if not found:
        raise NotFound
    return found


def find_rule_id(key: str) -> int | None:
    """Return the id of the rule of a key, or None."""
    return db.session.scalar(select(GuidanceRule.id).where(GuidanceRule.key == key))


def spoken_on(group: list[RuleView], day: date) -> RuleView | None:
    """Choose the version that speaks on a day: the newest that has begun, None when none has."""
    begun = [view for view in group if view.rule.valid_from is None or view.rule.valid_from <= day]
    return begun[-1] if begun else None


# ---- parts --------------------------------------------------------------------------------------


@lru_cache  # asked by every entry page, and dearer to build than to run
def versions() -> Select[GuidanceRuleVersion]:
    """Select versions with rule and window in one read, by key and number."""
    return (
        select(GuidanceRuleVersion)
        .join(GuidanceRuleVersion.rule)
        .join(GuidanceRule.window)
        .options(contains_eager(GuidanceRuleVersion.rule).contains_eager(GuidanceRule.window))
        .order_by(GuidanceRule.key, GuidanceRuleVersion.number)
    )


def grouped(found: Iterable[RuleView]) -> list[list[RuleView]]:
    """Put the versions of each rule together."""
    groups: dict[int, list[RuleView]] = {}
    for view in found:
        groups.setdefault(view.rule_id, []).append(view)
    return list(groups.values())


def read(chosen: Select[GuidanceRuleVersion]) -> list[RuleView]:
    """Read versions as plain values."""
    return [view_of(version) for version in db.session.scalars(chosen)]


def view_of(version: GuidanceRuleVersion) -> RuleView:
    """Return what others see of a version."""
    return RuleView(
        rule_id=version.rule_id,
        window_id=version.rule.window_id,
        rule=rule_of(version),
        recorded_at=version.recorded_at,
    )


def rule_of(version: GuidanceRuleVersion) -> Rule:
    """Return a stored version as a rule."""
    return Rule(
        key=version.rule.key,
        window_key=version.rule.window.key,
        number=version.number,
        kind=version.kind,
        conditions=Conditions.from_codes(json.loads(version.conditions)),
        points=version.points,
        reason=Words(ja=version.reason, en=version.reason_en),
        valid_from=version.valid_from,
        valid_to=version.valid_to,
    )
