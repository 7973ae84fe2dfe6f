"""Random numbers for the screen and for paper: case numbers (相談番号) and referral references (紹介番号)."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from app.foundation.errors import N_, DomainError

LOWEST: Final = 100_000
"""A first digit of zero would be lost in a spreadsheet."""
SPAN: Final = 900_000

_EMPTY: Final = N_("番号を入力してください。")
_NOT_A_NUMBER: Final = N_("番号は「7182-40」のような数字6けたで入力してください。")
_DASH_OR_SPACE: Final = re.compile(r"[\s\-‐‑‒–—―−ーｰ─━\u200b-\u200f\u2060\ufeff]")


def draw_number(randbelow: Callable[[int], int]) -> str:
    """Draw six digits, grouped 7182-40, from `secrets.randbelow` or the like; the caller keeps it unique."""
    return _grouped(str(LOWEST + randbelow(SPAN)))


def normalise_number(text: str) -> str:
    """Read a number as typed, in any width, with or without hyphen, as 7182-40; else DomainError."""
    digits = _DASH_OR_SPACE.sub("", unicodedata.normalize("NFKC", text))
    if not digits:
        raise DomainError(_EMPTY)
    if re.fullmatch(r"[1-9][0-9]{5}", digits) is None:
        raise DomainError(_NOT_A_NUMBER)
    return _grouped(digits)


def _grouped(digits: str) -> str:
    return f"{digits[:4]}-{digits[4:]}"
