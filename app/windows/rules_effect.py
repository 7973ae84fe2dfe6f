"""What a change of the rules would do: the same situations answered before and after."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.situation.situation import Situation
from app.windows.routing import Prepared


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A situation whose answer would change; ``label`` says which it is, windows stand in their order."""

    label: str
    situation: Situation
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Effect:
    """How many situations were answered twice, and those that would change."""

    total: int
    changed: tuple[Changed, ...]


def effect_on(situations: Iterable[tuple[str, Situation]], before: Prepared, after: Prepared) -> Effect:
    """Answer situations with the rules of before and after; the day is that of the rules."""
    total, changed = 0, []
    for label, one in situations:
        total += 1
        situation = replace(one, at=None)
        was, would = named(before, situation), named(after, situation)
        if was != would:
            changed.append(Changed(label=label, situation=situation, before=was, after=would))
    return Effect(total=total, changed=tuple(changed))


def named(prepared: Prepared, situation: Situation) -> tuple[str, ...]:
    """Return the windows that are named, in order."""
    return tuple(one.window_key for one in prepared.answer(situation).suggestions)
