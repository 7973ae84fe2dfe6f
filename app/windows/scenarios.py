"""Scenarios: invented situations with the answer expected of the rules, as a table to read and edit."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final

from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum
from app.situation.situation import Language, Situation, WorkHistory, WorkWish
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, Topic
from app.windows.answer import Answer
from app.windows.routing import TOKYO

COLUMNS: Final = {
    "番号": "key",
    "状況": "title",
    "対象者": "target_groups",
    "ひとり親": "single_parent",
    "年齢": "age_band",
    "保護・手当": "assistance",
    "障害者手帳": "certificate",
    "子ども": "children",
    "これまでの仕事": "work",
    "希望する働き方": "wish",
    "相談内容": "needs",
    "ことば": "language",
    "日": "day",
    "最初": "first",
    "あわせて": "also",
    "案内しない": "never",
    "理由": "reason",
}
KINDS: Final[dict[str, type[LabelledEnum]]] = {
    "target_groups": TargetGroup,
    "age_band": AgeBand,
    "assistance": AssistanceStatus,
    "work": WorkHistory,
    "wish": WorkWish,
    "needs": Topic,
    "language": Language,
}
SEVERAL: Final = frozenset({"target_groups", "needs"})
YES_OR_NO: Final = {"はい": True, "いいえ": False, "": None}
NOON: Final = time(12)

WRONG_HEAD: Final = N_("シナリオの表の見出しが違います。")
WRONG_CELL: Final = N_("シナリオ%(key)s：「%(column)s」に使えない値です（%(value)s）。")
MISSING: Final = N_("シナリオ%(key)s：「%(column)s」がありません。")
TWICE: Final = N_("シナリオ%(key)sが二度あります。")


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A situation with what is expected: the first window, those that must be named, those that must not.

    An expected window may carry a part of its reason after a colon: ``tokyo_shigoto_tama:シニア``.
    Without a ``day`` it speaks for the day on which it is run.
    """

    key: str
    title: str
    situation: Situation
    first: str
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    reason: str = ""
    day: date | None = None

    def at(self, today: date) -> Situation:
        """Return the situation at noon of its day, or of today."""
        return replace(self.situation, at=datetime.combine(self.day or today, NOON, TOKYO))

    @property
    def windows(self) -> tuple[str, ...]:
        """Keys of the windows that it names."""
        return tuple(key_of(one) for one in (self.first, *self.also, *self.never))


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Where an answer differs from what is expected: ``expected`` first, also or never, with the window."""

    expected: str
    window: str
    got: str


def key_of(expected: str) -> str:
    """Return the window of an expectation without the part of its reason."""
    return expected.partition(":")[0]


def faults_of(scenario: Scenario, answer: Answer) -> list[Fault]:
    """Compare an answer with what a scenario expects; none means that it holds."""
    said = {one.window_key: "".join(words.ja for words in one.why) for one in answer.suggestions}
    order = list(said)
    got = " ".join(order)
    faults = []
    if not order or order[0] != key_of(scenario.first) or not is_said(scenario.first, said):
        faults.append(Fault(expected="first", window=scenario.first, got=got))
    faults += [Fault(expected="also", window=one, got=got) for one in scenario.also if not is_said(one, said)]
    faults += [Fault(expected="never", window=one, got=got) for one in scenario.never if key_of(one) in said]
    return faults


def is_said(expected: str, said: Mapping[str, str]) -> bool:
    """Tell whether a window is named, with the part of the reason that is expected."""
    key, _colon, words = expected.partition(":")
    return key in said and words in said[key]


# ---- the table ----------------------------------------------------------------------------------


def read_scenarios(text: str) -> tuple[Scenario, ...]:
    """Read the table (CSV); DomainError names the scenario and the column of the first fault."""
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    if not rows or rows[0] != list(COLUMNS):
        raise DomainError(WRONG_HEAD)
    found = [read_scenario(row) for row in rows[1:] if any(row)]
    require_once(found)
    return tuple(found)


def require_once(scenarios: Sequence[Scenario]) -> None:
    """Refuse a number that stands twice."""
    seen: set[str] = set()
    for scenario in scenarios:
        if scenario.key in seen:
            raise DomainError(TWICE, key=scenario.key)
        seen.add(scenario.key)


def read_scenario(row: Sequence[str]) -> Scenario:
    """Read one line of the table."""
    cells = dict(zip(COLUMNS.values(), (cell.strip() for cell in row), strict=False))
    key = cells.get("key", "")
    for name in ("key", "title", "first", "reason"):
        if not cells.get(name):
            raise DomainError(MISSING, key=key, column=column_of(name))
    codes = {name: cell_value(key, name, cells[name]) for name in [*KINDS, *FLAGS]}
    codes = {name: value for name, value in codes.items() if value is not None}
    return Scenario(
        key=key,
        title=cells["title"],
        situation=Situation(**codes),
        first=cells["first"],
        also=tuple(cells["also"].split()),
        never=tuple(cells["never"].split()),
        reason=cells["reason"],
        day=cell_day(key, cells["day"]),
    )


FLAGS: Final = ("single_parent", "certificate", "children")


def cell_value(key: str, name: str, cell: str) -> Any:
    """Return one answer of the table; None when nobody asked."""
    if name in FLAGS:
        if cell not in YES_OR_NO:
            raise wrong(key, name, cell)
        return YES_OR_NO[cell]
    if name in SEVERAL:
        return frozenset(member_of(key, name, part) for part in cell.split("/") if part)
    return member_of(key, name, cell) if cell else None


def member_of(key: str, name: str, cell: str) -> LabelledEnum:
    """Return the member of a label or of a code."""
    for member in KINDS[name]:
        if cell in {member.ja, member.value}:
            return member
    raise wrong(key, name, cell)


def cell_day(key: str, cell: str) -> date | None:
    """Return the day of a scenario."""
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise wrong(key, "day", cell) from None


def wrong(key: str, name: str, cell: str) -> DomainError:
    """Return the error for a cell."""
    return DomainError(WRONG_CELL, key=key, column=column_of(name), value=cell[:40])


def column_of(name: str) -> str:
    """Return the heading of a column."""
    return next(heading for heading, one in COLUMNS.items() if one == name)
