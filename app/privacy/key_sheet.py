"""A key on paper: lines of hexadecimal digits that a person can type back, each with a check of its own."""

import hashlib
import re
from collections.abc import Iterable
from typing import Final

from app.foundation.errors import N_, DomainError

BYTES_A_LINE: Final = 8
_LINE: Final = re.compile(r"(\d{1,2}):\s*((?:[0-9a-f]{2}\s*){1,8})\|\s*([0-9a-f]{4})")
_WRONG: Final = N_("%(line)s行目が読めません。打ち間違いがないか、用紙と見くらべてください。")
_MISSING: Final = N_("%(line)s行目がありません。用紙のすべての行を順に入力してください。")


def sheet_of(key: bytes) -> list[str]:
    """Return the lines to be printed: number, eight bytes, check."""
    parts = [key[start : start + BYTES_A_LINE] for start in range(0, len(key), BYTES_A_LINE)]
    return [
        f"{number}: {part.hex(' ', 2)} | {_check(number, len(parts), part)}"
        for number, part in enumerate(parts, start=1)
    ]


def key_from(lines: Iterable[str]) -> bytes:
    """Return the key of a sheet as typed back.

    Raises:
        DomainError: a line is missing or wrong; the message says which.
    """
    typed = [line.strip().lower() for line in lines if line.strip()]
    if not typed:
        raise DomainError(_MISSING, line=1)
    key = b""
    for number, line in enumerate(typed, start=1):
        found = _LINE.fullmatch(line)
        part = bytes.fromhex(found[2]) if found else b""
        if found is None or found[3] != _check(number, len(typed), part):
            raise DomainError(_MISSING if found and int(found[1]) != number else _WRONG, line=number)
        key += part
    return key


def _check(number: int, of: int, part: bytes) -> str:
    # The number of lines goes in as well, so that a sheet cut short is found out.
    return hashlib.sha256(bytes([number, of]) + part).hexdigest()[:4]
