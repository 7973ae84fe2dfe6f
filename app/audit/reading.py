"""An entry's details in words; pure: names of offices and other records and lists of codes are handed in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.audit.terms import TERMS
from app.audit.words import ACTIONS, SUBJECTS, word
from app.foundation.labels import LabelledEnum

GROUPS = ("before", "after")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing an entry says: "before", "after" or "" (said of the act), the term and the text."""

    group: str
    term: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Turns codes into the words of one language; ``day`` writes a day, the last three are words."""

    locale: str
    offices: Mapping[int, tuple[str, str]]
    names: Mapping[tuple[str, str], tuple[str, str]]
    enumeration_of: Callable[[str, str], type[StrEnum] | None]
    day: Callable[[date], str]
    nothing: str
    yes: str
    no: str

    def action(self, action: str) -> str:
        """Return the words for an action."""
        return word(ACTIONS, action, self.locale)

    def subject(self, subject: str) -> str:
        """Return the words for a kind of record."""
        return word(SUBJECTS, subject, self.locale)

    def named(self, subject: str, subject_id: str) -> str:
        """Return a record by its name where it is kept under a key, else by its number."""
        names = self.names.get((subject, subject_id))
        return f"{self.subject(subject)} {names[self.locale == 'en'] if names else subject_id}"

    def group(self, group: str) -> str:
        """Return the words for before and after."""
        return word(TERMS, group, self.locale)

    def lines(self, subject: str, details: Mapping[str, Any]) -> list[Line]:
        """Return everything that an entry says beside its action."""
        return [
            Line(group=group, term=word(TERMS, name, self.locale), text=self.text(subject, name, value))
            for group, name, value in flattened(details)
        ]

    def text(self, subject: str, name: str, value: object) -> str:
        """Return one value in words."""
        if value is None or value == "" or value == []:
            return self.nothing
        if isinstance(value, bool):
            return self.yes if value else self.no
        if isinstance(value, list):
            separator = ", " if self.locale == "en" else "、"
            return separator.join(self.text(subject, name, one) for one in value)
        if name in {"office_id", "office"} and isinstance(value, int) and value in self.offices:
            return self.offices[value][self.locale == "en"]
        if (name, value) in self.names:
            return self.names[name, str(value)][self.locale == "en"]
        return self.coded(subject, name, str(value))

    def coded(self, subject: str, name: str, value: str) -> str:
        """Return a code or a day in words, any other value as it is."""
        enumeration = self.enumeration_of(subject, name)
        if enumeration is not None and issubclass(enumeration, LabelledEnum):
            member = enumeration.find(value)
            return member.label(self.locale) if member else value
        try:
            return self.day(date.fromisoformat(value)) if len(value) == len("2026-11-20") else value
        except ValueError:
            return value


def flattened(details: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield (group, name, value); values under "before" and "after" belong to these groups."""
    for name, value in details.items():
        if isinstance(value, Mapping):
            group = name if name in GROUPS else ""
            for inner, inner_value in value.items():
                yield group, str(inner), inner_value
        else:
            yield "", name, value
