"""A foldable copy of a text that remembers where each of its characters stood in the original."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_DASHES: Final = frozenset("−─━⁃")
_FILLERS: Final = frozenset("\u115f\u1160\u2800\u3164")
_VOICING: Final = frozenset("\u3099\u309a")
_KANA: Final = re.compile(r"[ぁ-んァ-ヶー]")
_DIGIT_SYMBOLS: Final = ("〇零○◯", "一壱", "二弐", "三参", "四", "五", "六", "七", "八", "九")
_NUMERALS: Final = {symbol: digit for digit, symbols in enumerate(_DIGIT_SYMBOLS) for symbol in symbols}
_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_LONGEST_NUMBER: Final = 20
"""A longer run with units (千千千…) is no number."""
_CIRCLES: Final = frozenset("〇○◯")
_NUMERAL_RUN: Final = re.compile(f"[{''.join(_NUMERALS)}{''.join(_UNITS)}]+")
# Behind a hyphen, another figure, a word that wants a figure; never behind the end of a phrase.
_BROKEN_NUMBER: Final = re.compile(
    r"(?:(?<=[-\d(:=のノ〒年月町地番和成正治])|(?<=丁目)|(?<=番号)|(?<=[Nn]o\.)|(?<=電話)|(?<=携帯)|(?<=[Tt][Ee][Ll]))"
    r" {0,3}\n(?=[-(第]?(?:[A-Za-z]{1,3}-?)?\d)"
    r"|(?<=[^\n\t。、])\n(?=第?[A-Za-z]{0,3}-?\d{4})"
)
_LETTERS_AS_DIGITS: Final = re.compile(r"(?<![A-Za-z0-9])(?=[OoIl]*\d)[\dOoIl]{2,}(?![A-Za-z0-9])")
_LOOKALIKES: Final = str.maketrans("OoIl", "0011")


@dataclass(frozen=True)
class Folded:
    """Folded text; character i of it comes from positions starts[i] … ends[i] of the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text from which a non-empty span of the copy comes."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Copy a text in NFKC, with plain spaces and hyphens and without invisible characters."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for position, original in enumerate(text):
        for symbol in unicodedata.normalize("NFKC", original):
            if symbol in _VOICING and characters:
                # Half-width ﾀﾞ is two characters, and one sound.
                characters[-1] = unicodedata.normalize("NFC", characters[-1] + symbol)[0]
                ends[-1] = position + 1
                continue
            plain = _plain(symbol, characters[-1] if characters else "")
            if plain:
                characters.append(plain)
                starts.append(position)
                ends.append(position + 1)
    return Folded("".join(characters), tuple(starts), tuple(ends))


def with_digits(folded: Folded) -> Folded:
    """Copy a folded text with 漢数字 and letters that stand for digits (O9O) turned into digits."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in _NUMERAL_RUN.finditer(folded.text):
        digits = _digits_of(match[0], folded.text[match.start() - 1 : match.start()])
        if digits is None:
            continue
        pieces += folded.text[at : match.start()], digits
        starts += folded.starts[at : match.start()]
        ends += folded.ends[at : match.start()]
        if len(digits) == len(match[0]):
            starts += folded.starts[match.start() : match.end()]
            ends += folded.ends[match.start() : match.end()]
        else:
            starts += [folded.starts[match.start()]] * len(digits)
            ends += [folded.ends[match.end() - 1]] * len(digits)
        at = match.end()
    text = "".join([*pieces, folded.text[at:]])
    text = _LETTERS_AS_DIGITS.sub(lambda found: found[0].translate(_LOOKALIKES), text)
    return Folded(text, (*starts, *folded.starts[at:]), (*ends, *folded.ends[at:]))


def with_joined_lines(folded: Folded) -> Folded:
    """Copy a text with a blank for each line break behind which a number goes on (090-1234-⏎5678)."""
    joined = _BROKEN_NUMBER.sub(lambda found: " " * len(found[0]), folded.text)
    return Folded(joined, folded.starts, folded.ends)


def _plain(symbol: str, before: str) -> str:
    """Return the plain form of a character; empty for one that nobody sees."""
    category = unicodedata.category(symbol)
    if category in {"Cf", "Mn", "Me"} or symbol in _FILLERS:
        return ""
    if category.startswith("Z"):
        return " "
    if category == "Pd" or symbol in _DASHES or (symbol == "ー" and not _KANA.match(before)):
        return "-"
    return symbol


def _digits_of(run: str, before: str) -> str | None:
    """Return the digits that a run of 漢数字 stands for; None when it stands for none."""
    if set(run) <= _CIRCLES - {"〇"}:
        return None
    if not any(symbol in _UNITS for symbol in run):
        return "".join(str(_NUMERALS[symbol]) for symbol in run)
    if len(run) > _LONGEST_NUMBER or (run[0] in _UNITS and before.isdigit()):
        return None
    total, pending = 0, ""
    for symbol in run:
        if symbol in _UNITS:
            total += int(pending or "1") * _UNITS[symbol]
            pending = ""
        else:
            pending += str(_NUMERALS[symbol])
    return str(total + int(pending or "0"))
