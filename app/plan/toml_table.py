"""A table of a plan file read strictly: what is missing, mistyped or unknown is named with its place."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeVar

from app.foundation.errors import N_, DomainError

Member = TypeVar("Member", bound=StrEnum)
_UNSAID: Final[Any] = object()

MISSING: Final = N_("計画ファイルの %(place)s に %(name)s がありません。")
WRONG_KIND: Final = N_("計画ファイルの %(place)s の %(name)s は %(expected)s で書いてください。")
UNKNOWN_NAME: Final = N_("計画ファイルの %(place)s に、知らない名前 %(name)s があります。")
NOT_OFFERED: Final = N_(
    "計画ファイルの %(place)s の %(name)s「%(value)s」は使えません。使えるのは %(offered)s です。"
)


class PlanFileError(DomainError):
    """The plan file cannot be loaded; the sentence names the place."""


class Table:
    """One table of the file and its place, such as measures[3].targets[1]."""

    def __init__(self, values: Mapping[str, Any], place: str) -> None:
        self.values = values
        self.place = place
        self.asked: set[str] = set()

    def text(self, name: str, default: str = _UNSAID) -> str:
        """Return a text; empty only by default."""
        found = self._get(name, default)
        if not isinstance(found, str) or (not found.strip() and found is not default):
            raise self.wrong(name, "text")
        return found

    def whole(self, name: str, default: int = _UNSAID) -> int:
        """Return a whole number from 0."""
        found = self._get(name, default)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise self.wrong(name, "0, 1, 2 …")
        return found

    def year(self, name: str) -> int:
        """Return a fiscal year: the western year in which it starts."""
        return self.checked_year(name, self.whole(name))

    def checked_year(self, name: str, year: int) -> int:
        """Return the year when it can be one."""
        if not 1926 <= year <= 2099:
            raise self.wrong(name, "1926 … 2099")
        return year

    def figure(self, name: str) -> Decimal:
        """Return a figure from 0, exactly as written."""
        found = self._get(name, _UNSAID)
        if isinstance(found, bool) or not isinstance(found, int | Decimal) or not 0 <= found < 10**10:
            raise self.wrong(name, "0 … 9999999999")
        return Decimal(found)

    def member(self, name: str, enum: type[Member], default: Member = _UNSAID) -> Member:
        """Return a coded value."""
        found = self._get(name, default)
        try:
            return enum(found)
        except ValueError:
            offered = ", ".join(one.value for one in enum)
            raise PlanFileError(
                NOT_OFFERED, place=self.place, name=name, value=str(found)[:40], offered=offered
            ) from None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; none when it is not there."""
        found = self._get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.wrong(name, '["…", "…"]')
        return tuple(found)

    def table(self, name: str) -> "Table":
        """Return a table inside this one; an empty one when it is not there."""
        found = self._get(name, {})
        if not isinstance(found, dict):
            raise self.wrong(name, "{ … }")
        return Table(found, f"{self.place}.{name}".lstrip("."))

    def tables(self, name: str) -> Iterator["Table"]:
        """Return the tables of a list; none when it is not there."""
        found = self._get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.wrong(name, "[{ … }]")
        place = f"{self.place}.{name}".lstrip(".")
        return (Table(one, f"{place}[{n}]") for n, one in enumerate(found, start=1))

    def done(self) -> None:
        """Refuse names that nobody asked for: a misspelt one would silently be lost."""
        for name in self.values:
            if name not in self.asked:
                raise PlanFileError(UNKNOWN_NAME, place=self.place or "/", name=name)

    def wrong(self, name: str, expected: str) -> PlanFileError:
        """Return the error of a value of the wrong kind."""
        return PlanFileError(WRONG_KIND, place=self.place or "/", name=name, expected=expected)

    def _get(self, name: str, default: Any) -> Any:
        self.asked.add(name)
        found = self.values.get(name, default)
        if found is _UNSAID:
            raise PlanFileError(MISSING, place=self.place or "/", name=name)
        return found
