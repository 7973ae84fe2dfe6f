"""The directory as a file: reading its text into offices and windows, and saying where it is wrong."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final, TypeVar

from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum
from app.situation.programme import Programme
from app.situation.situation import Language
from app.situation.vocabulary import TargetGroup, Topic
from app.windows.facts import WindowFacts
from app.windows.hours import WeeklyHours, read_stored_closings
from app.windows.vocabulary import MOST_GRACE_DAYS, MOST_RESPONSE_DAYS, Appointment, OfficeKind

LARGEST_AGE: Final = 120
LENGTHS: Final = {
    "key": 40,
    "name": 80,
    "name_en": 120,
    "kana": 160,
    "address": 160,
    "telephone": 40,
    "url": 300,
    "verified_by": 120,
}
"""Characters that the database holds; other texts are open."""

UNREADABLE: Final = N_("相談窓口のファイルをTOMLとして読めません：%(reason)s")
NOT_A_LIST: Final = N_("%(place)s：「%(name)s」は[[%(name)s]]の並びで書いてください。")
MISSING_ITEM: Final = N_("%(place)s：「%(name)s」がありません。")
UNKNOWN_ITEM: Final = N_("%(place)s：「%(name)s」という項目はありません。")
WRONG_VALUE: Final = N_("%(place)s：「%(name)s」に使えない値です（%(value)s）。")
TOO_LONG: Final = N_("%(place)s：「%(name)s」は%(most)s字までです。")
TWICE: Final = N_("%(place)s：同じkeyが二度あります。")
NOBODY: Final = N_("%(place)s：「%(name)s」の%(value)sがファイルにありません。")
UPSIDE_DOWN_DAYS: Final = N_("%(place)s：終わりの日が始まりの日より前です。")
UPSIDE_DOWN_AGES: Final = N_("%(place)s：年齢の上限が下限より小さくなっています。")
SERVED_AND_REFUSED: Final = N_("%(place)s：「target_groups」にない対象者が「serves」にあります。")
WRONG_HOURS: Final = N_("%(place)s：「hours」が読めません。%(reason)s")
OVERLAP: Final = N_("%(place)s：ほかの版と有効期間が重なっています。")
LOOP: Final = N_("%(place)s：後継の窓口をたどると元の窓口に戻ります。")


@dataclass(frozen=True, kw_only=True)
class NewOffice:
    """An office that must exist; ``programme`` is the one for which its consultations count."""

    key: str
    kind: OfficeKind
    name: str
    name_en: str
    programme: Programme | None = None


@dataclass(frozen=True, kw_only=True)
class WindowEntry:
    """A window of a directory file with all its versions, oldest first."""

    key: str
    office: str
    position: int
    versions: tuple[WindowFacts, ...]
    successor: str | None = None


@dataclass(frozen=True, kw_only=True)
class Directory:
    """A directory file that was found to be sound."""

    offices: tuple[NewOffice, ...]
    windows: tuple[WindowEntry, ...]


def read_directory(text: str) -> Directory:
    """Read a directory file (TOML); DomainError names the place of the first fault."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DomainError(UNREADABLE, reason=str(error)) from None
    require_items("file", content, known={"office", "window"}, needed={"office", "window"})
    offices = tuple(read_office(place, table) for place, table in places("file", content, "office"))
    windows = tuple(
        read_window(place, table, position)
        for position, (place, table) in enumerate(places("file", content, "window"), start=1)
    )
    require_once("office", [office.key for office in offices])
    require_once("window", [window.key for window in windows])
    require_references(windows, {office.key for office in offices})
    require_no_loop(windows)
    return Directory(offices=offices, windows=windows)


def read_office(place: str, table: Mapping[str, Any]) -> NewOffice:
    """Read one [[office]]."""
    return make(NewOffice, place, table)


def read_window(place: str, table: Mapping[str, Any], position: int) -> WindowEntry:
    """Read one [[window]] with its versions."""
    require_items(
        place, table, known={"key", "office", "successor", "version"}, needed={"key", "office", "version"}
    )
    versions = tuple(make(WindowFacts, where, one) for where, one in places(place, table, "version"))
    for number, facts in enumerate(versions, start=1):
        require_order(f"{place}, version {number}", facts)
    require_no_overlap(place, versions)
    return WindowEntry(
        key=value_of(place, "key", table["key"], str),
        office=value_of(place, "office", table["office"], str),
        successor=value_of(place, "successor", table["successor"], str) if "successor" in table else None,
        position=position,
        versions=versions,
    )


# ---- values -------------------------------------------------------------------------------------

Made = TypeVar("Made", NewOffice, WindowFacts)
KINDS: Final[dict[str, type]] = {
    "appointment": Appointment,
    "kind": OfficeKind,
    "programme": Programme,
    "minimum_age": int,
    "maximum_age": int,
    "response_days": int,
    "grace_days": int,
    "valid_from": date,
    "valid_to": date,
    "verified_on": date,
}
LISTS: Final[dict[str, type[LabelledEnum]]] = {
    "needs": Topic,
    "serves": TargetGroup,
    "target_groups": TargetGroup,
    "languages": Language,
}
RANGES: Final = {
    "minimum_age": range(LARGEST_AGE + 1),
    "maximum_age": range(LARGEST_AGE + 1),
    "response_days": range(1, MOST_RESPONSE_DAYS + 1),
    "grace_days": range(MOST_GRACE_DAYS + 1),
}


def make(kind: type[Made], place: str, table: Mapping[str, Any]) -> Made:
    """Make a record of a table whose items are all known and of the right kind."""
    names = {one.name for one in fields(kind)}
    needed = {one.name for one in fields(kind) if one.default is MISSING}
    require_items(place, table, known=names, needed=needed)
    return kind(**{name: value_of(place, name, value, KINDS.get(name, str)) for name, value in table.items()})


def value_of(place: str, name: str, value: Any, kind: type) -> Any:
    """Return a value as what it must be."""
    wrong = DomainError(WRONG_VALUE, place=place, name=name, value=str(value)[:40])
    if name in LISTS or name == "closings":
        return members_of(wrong, name, value)
    if name == "hours" and isinstance(value, str):
        return read_hours(place, value)
    if issubclass(kind, LabelledEnum):
        member = kind.find(value)
        if member is None:
            raise wrong
        return member
    # In Python True is a number and a moment is a date; in this file neither may stand for the other.
    if not isinstance(value, kind) or isinstance(value, bool | datetime):
        raise wrong
    if name in RANGES and value not in RANGES[name]:
        raise wrong
    if isinstance(value, str) and len(value) > LENGTHS.get(name, len(value)):
        raise DomainError(TOO_LONG, place=place, name=name, most=LENGTHS[name])
    return value


def members_of(wrong: DomainError, name: str, value: Any) -> tuple[Any, ...]:
    """Return a list of codes, or of closings, as what they must be."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise wrong
    if name == "closings":
        return read_stored_closings("\n".join(value))
    found = [LISTS[name].find(code) for code in value]
    if None in found:
        raise wrong
    return tuple(member for member in LISTS[name] if member in found)


def read_hours(place: str, text: str) -> WeeklyHours:
    """Read weekly hours; DomainError names the place."""
    try:
        return WeeklyHours.read(text)
    except DomainError as error:
        raise DomainError(WRONG_HOURS, place=place, reason=error.text()) from None


def places(place: str, table: Mapping[str, Any], name: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Name each table of a list by its number and, where it has one, its key."""
    found = table[name]
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise DomainError(NOT_A_LIST, place=place, name=name)
    above = "" if place == "file" else f"{place}, "
    return [
        (f"{above}{name} {number}{' ' + str(one['key'])[:60] if 'key' in one else ''}", one)
        for number, one in enumerate(found, start=1)
    ]


# ---- what must hold -----------------------------------------------------------------------------


def require_items(place: str, table: Mapping[str, Any], *, known: set[str], needed: set[str]) -> None:
    """Refuse an item that nobody reads, and the lack of one that must be there."""
    for name in table:
        if name not in known:
            raise DomainError(UNKNOWN_ITEM, place=place, name=name)
    for name in sorted(needed):
        if table.get(name) in (None, ""):
            raise DomainError(MISSING_ITEM, place=place, name=name)


def require_once(name: str, keys: Sequence[str]) -> None:
    """Refuse a key that stands twice."""
    for number, key in enumerate(keys, start=1):
        if key in keys[: number - 1]:
            raise DomainError(TWICE, place=f"{name} {number} {key}")


def require_references(windows: Sequence[WindowEntry], offices: set[str]) -> None:
    """Refuse an office or a successor that the file does not hold."""
    keys = {window.key for window in windows}
    for window in windows:
        place = f"window {window.position} {window.key}"
        if window.office not in offices:
            raise DomainError(NOBODY, place=place, name="office", value=window.office)
        if window.successor is not None and window.successor not in keys:
            raise DomainError(NOBODY, place=place, name="successor", value=window.successor)


def require_no_loop(windows: Sequence[WindowEntry]) -> None:
    """Refuse successors that lead back to where they began."""
    following = {window.key: window.successor for window in windows}
    for window in windows:
        seen: set[str] = set()
        key: str | None = window.key
        while key is not None:
            if key in seen:
                raise DomainError(LOOP, place=f"window {window.position} {window.key}")
            seen.add(key)
            key = following[key]


def require_order(place: str, facts: WindowFacts) -> None:
    """Refuse days or ages that are upside down, and groups that are served and refused at once."""
    if facts.days_are_upside_down:
        raise DomainError(UPSIDE_DOWN_DAYS, place=place)
    if facts.ages_are_upside_down:
        raise DomainError(UPSIDE_DOWN_AGES, place=place)
    if facts.serves_whom_it_refuses:
        raise DomainError(SERVED_AND_REFUSED, place=place)


def require_no_overlap(place: str, versions: Sequence[WindowFacts]) -> None:
    """Refuse two versions of a file that speak for the same day."""
    spans = sorted((facts.valid_from or date.min, facts.valid_to or date.max) for facts in versions)
    if any(following[0] <= earlier[1] for earlier, following in pairwise(spans)):
        raise DomainError(OVERLAP, place=place)
