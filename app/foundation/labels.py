"""Enumerations that carry their own words: a stored key, a Japanese and an English label."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

RETIRED: Final = True
"""Fourth entry of a member that is hidden from entry but stays readable on old records."""


class LabelledEnum(StrEnum):
    """Closed list of coded values: `KEY = "key", "日本語", "English"`, a fourth entry RETIRED hides it."""

    _ja: str
    _en: str
    _retired: bool

    def __new__(cls, value: str, ja: str, en: str, retired: bool = False) -> Self:
        """Make a member whose string value is the stored key."""
        member = str.__new__(cls, value)
        member._value_ = value
        member._ja = ja
        member._en = en
        member._retired = retired
        return member

    @property
    def ja(self) -> str:
        """Japanese label."""
        return self._ja

    @property
    def en(self) -> str:
        """English label."""
        return self._en

    @property
    def retired(self) -> bool:
        """Whether new records may no longer use this value."""
        return self._retired

    def label(self, locale: str) -> str:
        """Label for a locale such as "ja", "en" or "en_GB"; every other language reads Japanese."""
        return self._en if str(locale).lower().startswith("en") else self._ja

    @classmethod
    def current(cls) -> list[Self]:
        """Return the values that may be entered today, in the order of the declaration."""
        return [member for member in cls if not member.retired]

    @classmethod
    def find(cls, value: str | None) -> Self | None:  # type: ignore[override]  # hides str.find, which no code needs
        """Return the member stored under a key, retired ones included, or None (hides `str.find`)."""
        return next((member for member in cls if member.value == value), None)


@dataclass(frozen=True, kw_only=True)
class Words:
    """A sentence in both languages, where it is data and not part of the program's own catalogue."""

    ja: str
    en: str = ""

    def label(self, locale: str) -> str:
        """Sentence for a locale; what nobody translated is shown in Japanese."""
        return (self.en or self.ja) if str(locale).lower().startswith("en") else self.ja
