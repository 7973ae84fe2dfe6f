"""Two people at one record: what was saved first and what is typed, field by field, for the second to choose.

A form that was opened before somebody else saved is shown again with both versions of every field that
differs. Nothing is chosen beforehand and what was typed stays in its field, so neither is lost unseen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from flask import Flask, current_app, g, request
from flask_babel import gettext as _
from wtforms import Field

from app.foundation.errors import N_
from app.foundation.labels import LabelledEnum
from app.web.filters import day, label

STORED: Final = "stored"
TYPED: Final = "typed"
ASKED: Final = "settle"
CHOOSE: Final = N_("ほかの人がこの記録を先に保存しました。ちがうところを、どちらにするか選んでください。")
SAME: Final = N_(
    "ほかの人がこの記録を先に保存しました。あなたの入力とちがうところはありません。このまま保存できます。"
)
TRIES: Final = 3

Of = tuple[str, object]
"""The kind of record and its id, as the trail calls it."""


class Overtaken(Exception):
    """Somebody saved while this very request was at work: it has to look at the record once more."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field of which two versions exist; ``picked`` is the choice made so far."""

    name: str
    label: str
    stored: str
    typed: str
    of: Of
    picked: str = ""

    @property
    def control(self) -> str:
        """The name of the control that asks for the choice."""
        return choice_name(self.name)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the page before asked, and what was answered."""

    asked: Sequence[str] = ()
    picked: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every question was answered."""
        return all(self.picked.get(name) in (STORED, TYPED) for name in self.asked)


def choice_name(name: str) -> str:
    """Return the name of the control in which one of two versions of a field is chosen."""
    return f"keep-{name}"


def choices_sent(known: Iterable[str]) -> Choices:
    """Return the choices that the page sent, of fields that the form knows."""
    if request.method != "POST":
        return Choices()
    names = set(known)
    asked = [name for name in dict.fromkeys(request.form.getlist(ASKED)) if name in names]
    return Choices(asked=asked, picked={name: request.form.get(choice_name(name), "") for name in asked})


def differences(
    fields: Iterable[Field],
    *,
    primaries: Iterable[Field],
    of: Of | Mapping[str, Of],
    picked: Mapping[str, str],
) -> list[Difference]:
    """Return the fields whose typed value is not the stored one; a primary choice (◎) goes with its list."""
    found = []
    by_list: dict[str, Any] = {one.of: one for one in primaries}
    for one in fields:
        if hasattr(one, "of"):
            continue
        primary = by_list.get(one.name)
        own, main = both(one), both(primary) if primary else (None, None)
        if is_same(*own) and is_same(*main):
            continue
        found.append(
            Difference(
                name=one.name,
                label=str(one.label.text),
                stored=spoken(one, own[1], main[1]),
                typed=spoken(one, own[0], main[0]),
                of=of.get(one.name, ("", "")) if isinstance(of, Mapping) else of,
                picked=picked.get(one.name, ""),
            )
        )
    return found


def both(one: Field) -> tuple[Any, Any]:
    """Return what is typed in a field and what the record says."""
    said = getattr(one, "both", None)
    return said() if said else (one.data, one.object_data)


def is_same(typed: Any, stored: Any) -> bool:
    """Tell whether two values say the same; nothing is nothing in whatever form, several have no order."""
    if isinstance(typed, tuple):
        return set(typed) == set(stored or ())
    return typed == stored or (is_nothing(typed) and is_nothing(stored))


def is_nothing(value: Any) -> bool:
    """Tell whether a value says nothing; the figure 0 says something."""
    return value is None or value is False or value in ("", ())


def spoken(one: Field, value: Any, primary: Any = None) -> str:
    """Return a value of a field in words; a primary one is marked ◎."""
    if isinstance(value, bool) or getattr(one, "look", "") == "tick":
        return _("はい") if value else _("いいえ")
    if is_nothing(value):
        return _("なし")
    if isinstance(value, tuple):
        marked = [f"◎{spoken(one, each)}" if each == primary else spoken(one, each) for each in value]
        return "、".join(sorted(marked, key=lambda text: not text.startswith("◎")))
    return spoken_single(one, value)


def spoken_single(one: Field, value: Any) -> str:
    """Return one value in words: as its choice is called, a day in full, a figure with its unit."""
    if isinstance(value, LabelledEnum):
        return label(value)
    if isinstance(value, date):
        return day(value)
    for choice, text in getattr(one, "choices", None) or ():
        if choice == value:
            return str(text)
    return f"{value}{getattr(one, 'unit', '')}"


def register(app: Flask) -> None:
    """Let a request that was overtaken at work look at the record once more."""
    app.register_error_handler(Overtaken, look_again)


def look_again(_overtaken: Overtaken) -> Any:
    """Answer the same request anew: the record is read as it stands now."""
    return current_app.ensure_sync(current_app.dispatch_request)()


def may_look_again() -> bool:
    """Count the tries of this request; tell whether another one is left."""
    g.overtaken = g.get("overtaken", 0) + 1
    return bool(g.overtaken <= TRIES)
