"""Changes of the rules of guidance: every change is a version, and nothing is deleted."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from app.access.actor import Actor
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError, NotFound
from app.windows.models import Window
from app.windows.queries import list_versions
from app.windows.rule_models import GuidanceRule, GuidanceRuleVersion
from app.windows.rules import Rule, require_sound
from app.windows.views import standing_of
from app.windows.vocabulary import GENERAL_WINDOW, Standing

FAR_AHEAD = date.max

NO_WINDOW = N_("この窓口は登録されていません。窓口を選びなおしてください。")
GENERAL = N_("総合の窓口はいつも最後に案内されます。ルールはつけられません。")
WINDOW_ENDED = N_(
    "この窓口は%(day)sまでです。ルールの終わりの日をその日までにするか、窓口を選びなおしてください。"
)
KEY_TAKEN = N_("同じ名前のルールがあります。別の名前にしてください。")
CHANGED_MEANWHILE = N_(
    "このページを開いたあとに、このルールが変わりました。新しい内容を確かめてから、やり直してください。"
)


def add_rule(*, actor: Actor, rule: Rule) -> GuidanceRule:
    """Enter a new rule in its first version.

    Raises:
        DomainError: the rule is not sound, its key is taken, or its window ended (at ``valid_to``).
    """
    window = require_window(rule)
    require_free_key(rule.key)
    made = GuidanceRule(key=rule.key, window_id=window.id)
    db.session.add(made)
    db.session.flush()
    add_version(actor=actor, rule_id=made.id, rule=replace(rule, number=1), action="rule.created")
    return made


def change_rule(*, actor: Actor, rule_id: int, rule: Rule, after: int) -> int:
    """Give a rule another version and return its number; ``after`` is the version that was shown.

    Raises:
        NotFound: there is no such rule.
        Conflict: it was changed in the meantime.
        DomainError: the rule is not sound, or its window ended.
    """
    stored = db.session.get(GuidanceRule, rule_id)
    if stored is None:
        raise NotFound
    last = newest_number(rule_id)
    if last != after:
        raise Conflict(CHANGED_MEANWHILE)
    window = db.session.get_one(Window, stored.window_id)
    changed = replace(rule, key=stored.key, window_key=window.key, number=last + 1)
    require_window(changed)
    add_version(actor=actor, rule_id=rule_id, rule=changed, action="rule.changed")
    return changed.number


def newest_number(rule_id: int) -> int:
    """Return the number of a rule's newest version."""
    found = db.session.scalar(
        select(func.max(GuidanceRuleVersion.number)).where(GuidanceRuleVersion.rule_id == rule_id)
    )
    return found or 0


def load_rules(*, actor: Actor, rules: Sequence[Rule]) -> int:
    """Bring in the rules that are missing and return how many; one that is there stays as the city set it."""
    known = set(db.session.scalars(select(GuidanceRule.key)))
    missing = [rule for rule in rules if rule.key not in known]
    if not missing:
        return 0
    windows = {window.key: window.id for window in db.session.scalars(select(Window))}
    missing = [rule for rule in missing if rule.window_key in windows]
    made = [GuidanceRule(key=rule.key, window_id=windows[rule.window_key]) for rule in missing]
    db.session.add_all(made)
    db.session.flush()
    at = clock.now()
    db.session.add_all(
        version_of(stored.id, rule, at, actor.id) for stored, rule in zip(made, missing, strict=True)
    )
    db.session.flush()
    if made:
        trail.record(
            actor=actor,
            action="rule.loaded",
            subject="guidance_rule",
            subject_id=made[0].id,
            details={"rules": len(made)},
        )
    return len(made)


# ---- parts --------------------------------------------------------------------------------------


def require_free_key(key: str) -> None:
    """Refuse a name that another rule bears."""
    if db.session.scalar(select(GuidanceRule.id).where(GuidanceRule.key == key)) is not None:
        raise DomainError(KEY_TAKEN, field="key")


def require_window(rule: Rule) -> Window:
    """Return the window of a sound rule.

    Raises:
        DomainError: the rule is not sound; there is no such window, it is the general one, or it ended.
    """
    require_sound(rule)
    window = db.session.scalar(select(Window).where(Window.key == rule.window_key))
    if window is None:
        raise DomainError(NO_WINDOW, field="window")
    if window.key == GENERAL_WINDOW:
        raise DomainError(GENERAL, field="window")
    end = last_day_of(window.id)
    if end is not None and (rule.valid_to is None or rule.valid_to > end):
        raise DomainError(WINDOW_ENDED, field="valid_to", day=end)
    return window


def last_day_of(window_id: int) -> date | None:
    """Return the last day of a window, None when no end is known."""
    line = standing_of(list_versions(window_id), FAR_AHEAD)
    return line.view.facts.valid_to if line.standing is Standing.ENDED else None


def add_version(*, actor: Actor, rule_id: int, rule: Rule, action: str) -> None:
    """Enter one version of a rule."""
    db.session.add(version_of(rule_id, rule, clock.now(), actor.id))
    db.session.flush()
    trail.record(
        actor=actor,
        action=action,
        subject="guidance_rule",
        subject_id=rule_id,
        details={"number": rule.number},
    )


def version_of(rule_id: int, rule: Rule, at: object, by: int | None) -> GuidanceRuleVersion:
    """Return a version as it is stored."""
    return GuidanceRuleVersion(
        rule_id=rule_id,
        number=rule.number,
        kind=rule.kind,
        conditions=json.dumps(rule.conditions.codes(), sort_keys=True),
        points=rule.points,
        reason=rule.reason.ja.strip(),
        reason_en=rule.reason.en.strip(),
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        recorded_at=at,
        recorded_by=by,
    )
