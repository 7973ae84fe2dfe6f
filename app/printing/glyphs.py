"""Which characters the embedded font has, and what is printed for one that it lacks."""

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

FONTS: Final = Path(__file__).parent / "fonts"
FONT: Final = FONTS / "ipaexg.ttf"
GETA: Final = "〓"
"""The mark of Japanese printing for a character that is missing (げた)."""

# Line ends and tabs print as space; what chooses a shape of the sign before it is dropped.
SPACE: Final = frozenset("\n\r\t")
CHOOSING: Final = frozenset(
    map(chr, [0x200B, 0x200C, 0x200D, 0x2060, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
)
# Controls, private and unassigned places mean nothing on paper, whatever the font draws there.
MEANINGLESS: Final = frozenset({"Cc", "Co", "Cs", "Cn"})
FORMAT_OF_PLANE_ZERO: Final = 4
FORMAT_OF_ALL_PLANES: Final = 12


def missing_in(data: Any) -> tuple[str, ...]:
    """Return the characters of all texts in a value that the font lacks, each once, in code order."""
    signs = {sign for text in texts_of(data) for sign in text} - SPACE - CHOOSING
    return tuple(sorted(sign for sign in signs if not is_printable(sign)))


def is_printable(sign: str) -> bool:
    """Tell whether the font draws a sign that means something."""
    return ord(sign) in characters() and unicodedata.category(sign) not in MEANINGLESS


def without_missing(data: Any) -> Any:
    """Return the same value with 〓 in place of each character that the font lacks."""
    signs = {sign for text in texts_of(data) for sign in text}
    table: dict[str, str] = dict.fromkeys(missing_in(data), GETA) | dict.fromkeys(signs & CHOOSING, "")
    return replaced(data, str.maketrans(table)) if table else data


def replaced(data: Any, table: Mapping[int, str]) -> Any:
    """Return a value of dictionaries, lists and texts with characters replaced in its texts."""
    if isinstance(data, str):
        return data.translate(table)
    if isinstance(data, dict):
        return {name: replaced(value, table) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [replaced(value, table) for value in data]
    return data


def texts_of(data: Any) -> Iterator[str]:
    """Yield every text in a value of dictionaries, lists and texts."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts_of(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts_of(value)


@cache
def characters(font: Path = FONT) -> frozenset[int]:
    """Return the code points for which a TrueType font has a glyph [OpenType, table cmap]."""
    content = font.read_bytes()
    start = table_offset(content, b"cmap")
    (count,) = struct.unpack_from(">H", content, start + 2)
    found: set[int] = set()
    for number in range(count):
        (offset,) = struct.unpack_from(">I", content, start + 4 + 8 * number + 4)
        (form,) = struct.unpack_from(">H", content, start + offset)
        if form == FORMAT_OF_PLANE_ZERO:
            found |= plane_zero(content, start + offset)
        elif form == FORMAT_OF_ALL_PLANES:
            found |= all_planes(content, start + offset)
    return frozenset(found)


def table_offset(content: bytes, name: bytes) -> int:
    """Return where a table of a font begins; KeyError when it has none."""
    (count,) = struct.unpack_from(">H", content, 4)
    tables = {}
    for number in range(count):
        tag, _checksum, offset, _length = struct.unpack_from(">4sIII", content, 12 + 16 * number)
        tables[tag] = offset
    return int(tables[name])


def plane_zero(content: bytes, start: int) -> set[int]:
    """Return the characters of a table of format 4; one that leads to glyph 0 is missing."""
    (double,) = struct.unpack_from(">H", content, start + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", content, start + 14)
    begins = struct.unpack_from(f">{count}H", content, start + 16 + double)
    deltas = struct.unpack_from(f">{count}H", content, start + 16 + 2 * double)
    places = start + 16 + 3 * double
    ranges = struct.unpack_from(f">{count}H", content, places)
    found = set()
    for number in range(count):
        for code in range(begins[number], min(ends[number], 0xFFFE) + 1):
            glyph = code
            if ranges[number]:
                place = places + 2 * number + ranges[number] + 2 * (code - begins[number])
                (glyph,) = struct.unpack_from(">H", content, place)
            if glyph and (glyph + deltas[number]) % 0x10000:
                found.add(code)
    return found


def all_planes(content: bytes, start: int) -> set[int]:
    """Return the characters of a table of format 12."""
    (count,) = struct.unpack_from(">I", content, start + 12)
    found = set()
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", content, start + 16 + 12 * number)
        found |= {code for code in range(first, last + 1) if glyph + code - first}
    return found
