"""Long numbers in free text, however their digits are spread: telephone numbers and My Numbers."""

import re
from collections.abc import Iterator
from typing import Final

# Anything short that is no word may stand between the digits, and の, as in 090の1234の5678.
_GAP: Final = r"(?:[^\w\n\t;%¥$]|の|_){1,3}"
_RUN: Final = re.compile(rf"(?<!\d)\d+(?:{_GAP}\d+)*")
_TOKEN: Final = re.compile(r"\d+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_LONGEST: Final = 12
_MY_NUMBER_SHAPES: Final = {(12,), (4, 4, 4), (3, 3, 3, 3), (6, 6), (4, 8), (8, 4), (2, 5, 5)}
_WEIGHTS: Final = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_INTERNATIONAL: Final = re.compile(
    r"\+ ?81[ \-.()]{0,3}(?:0[ \-.()]{0,2})?[1-9](?:[ \-.()]{0,2}\d){8,9}(?!\d)"
)
_SPOKEN_DIGITS: Final = (
    "ぜろ|れい|まる|いち|に[ー-]?|さん|よん|し|ご[ー-]?|ろく|なな|しち|はち|きゅう|きゅー|く"
    "|ゼロ|レイ|マル|イチ|ニ[ー-]?|サン|ヨン|シ|ゴ[ー-]?|ロク|ナナ|シチ|ハチ|キュウ|キュー|ク"
)
_SPOKEN: Final = re.compile(
    rf"(?:ぜろ|れい|まる|ゼロ|レイ|マル)(?:[ \-、,・の\n]{{0,2}}(?:{_SPOKEN_DIGITS})){{9,10}}"
)

Span = tuple[int, int]


def phone_numbers(text: str) -> Iterator[Span]:
    """Find telephone numbers of Japan, fixed and mobile, national, international and spelt out."""
    for tokens in _windows(text, {10, 11}):
        if _is_phone([match[0] for match in tokens]):
            yield tokens[0].start(), tokens[-1].end()
    for pattern in (_INTERNATIONAL, _SPOKEN):
        for match in pattern.finditer(text):
            yield match.span()


def my_numbers(text: str) -> Iterator[Span]:
    """Find 12 digits whose last is the check digit of a My Number (個人番号)."""
    for tokens in _windows(text, {_LONGEST}):
        pieces = [match[0] for match in tokens]
        if _has_my_number_shape(pieces) and has_my_number_check_digit("".join(pieces)):
            yield tokens[0].start(), tokens[-1].end()


def has_my_number_check_digit(digits: str) -> bool:
    """Tell whether 12 digits end in their check digit (総務省令第85号 5条: weights 6 5 4 3 2 7 6 5 4 3 2)."""
    remainder = sum(int(digit) * weight for digit, weight in zip(digits[:11], _WEIGHTS, strict=True)) % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


def _windows(text: str, lengths: set[int]) -> Iterator[list[re.Match[str]]]:
    """Yield neighbouring groups of digits that together have one of the wanted lengths."""
    for run in _RUN.finditer(text):
        tokens = list(_TOKEN.finditer(text, run.start(), run.end()))
        if len(tokens) > 6 and all(len(match[0]) == 1 for match in tokens):
            # Digits set one by one: only the whole run is a number, a part of a longer one is a list.
            if len(tokens) in lengths:
                yield tokens
            continue
        for first in range(len(tokens)):
            total = 0
            for last in range(first, len(tokens)):
                total += len(tokens[last][0])
                if total in lengths:
                    yield tokens[first : last + 1]
                if total >= _LONGEST:
                    break


def _is_phone(pieces: list[str]) -> bool:
    digits = "".join(pieces)
    shape = tuple(len(piece) for piece in pieces)
    if not re.match(r"0[1-9]", digits) or len(set(digits)) < 3:
        return False
    mobile = re.match(r"0[5-9]0", digits) is not None
    if len(digits) != (11 if mobile else 10):
        return False
    if shape[0] >= 3 or max(shape) == 1:
        return True
    # A short first group may be the day of a date, as in 04/01/2026 10: be strict.
    return shape in {(2, 4, 4), (2, 8), (2, 5, 4), (2, 9)}


def _has_my_number_shape(pieces: list[str]) -> bool:
    shape = tuple(len(piece) for piece in pieces)
    if shape == (4, 4, 4) and all(_YEAR.fullmatch(piece) for piece in pieces):
        return False
    return shape in _MY_NUMBER_SHAPES or (len(shape) == _LONGEST and max(shape) == 1)
