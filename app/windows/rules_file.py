"""Rules as a file (TOML): reading the text, and saying where it is wrong."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from app.foundation.errors import N_, DomainError
from app.foundation.labels import Words
from app.windows.rules import Conditions, Rule, RuleKind, require_sound

NEEDED: Final = {"key": str, "window": str, "kind": str, "reason": str, "reason_en": str, "when": dict}
KNOWN: Final = NEEDED | {"points": int, "valid_from": date, "valid_to": date}

UNREADABLE: Final = N_("ルールのファイルをTOMLとして読めません：%(reason)s")
NO_RULES: Final = N_("ルールのファイルには[[rule]]の並びだけを書いてください。")
WRONG: Final = N_("%(place)s：「%(name)s」がないか、使えない値です。")
UNKNOWN: Final = N_("%(place)s：「%(name)s」という項目はありません。")
TWICE: Final = N_("%(place)s：同じkeyが二度あります。")
FAULTY: Final = N_("%(place)s：%(reason)s")


def read_rules(text: str) -> tuple[Rule, ...]:
    """Read a file of rules; DomainError names the place of the first fault."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DomainError(UNREADABLE, reason=str(error)) from None
    tables = content.get("rule")
    if set(content) != {"rule"} or not isinstance(tables, list):
        raise DomainError(NO_RULES)
    found: dict[str, Rule] = {}
    for number, table in enumerate(tables, start=1):
        place = f"rule {number} {str(table.get('key', ''))[:60]}".rstrip()
        rule = read_rule(place, table)
        if rule.key in found:
            raise DomainError(TWICE, place=place)
        found[rule.key] = rule
    return tuple(found.values())


def read_rule(place: str, table: Mapping[str, Any]) -> Rule:
    """Read one [[rule]]."""
    for name in table:
        if name not in KNOWN:
            raise DomainError(UNKNOWN, place=place, name=name)
    for name, kind in KNOWN.items():
        value = table.get(name)
        if (value is None and name in NEEDED) or (value is not None and not is_a(value, kind)):
            raise DomainError(WRONG, place=place, name=name)
    rule_kind = RuleKind.find(table["kind"])
    if rule_kind is None:
        raise DomainError(WRONG, place=place, name="kind")
    try:
        rule = Rule(
            key=table["key"],
            window_key=table["window"],
            kind=rule_kind,
            conditions=Conditions.from_codes(table["when"]),
            points=table.get("points", 0),
            reason=Words(ja=table["reason"], en=table["reason_en"]),
            valid_from=table.get("valid_from"),
            valid_to=table.get("valid_to"),
        )
        require_sound(rule)
    except DomainError as error:
        raise DomainError(FAULTY, place=place, reason=error.text()) from None
    return rule


def is_a(value: object, kind: type) -> bool:
    """Tell whether a value is of a kind; True is no number here, and a moment no day."""
    return isinstance(value, kind) and not isinstance(value, bool | datetime) and value != ""
