"""Rows pasted from a spreadsheet: cells that hold somebody's name, and the column in which a place lies.

A cell or a line that holds nothing but a name needs no さん to be one; prose is never read this way.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.privacy.name_shapes import is_given_like, is_partly_surname_like, is_surname_like
from app.privacy.name_words import (
    CELL_GIVEN_READINGS,
    GIVEN_NAMES,
    KANA_GIVEN_NAMES,
    KANA_SURNAMES,
    KATAKANA_ENDINGS,
    NO_GIVEN_NAMES,
    PLACE_SURNAMES,
    PLAIN_KANA_ENDINGS,
    SHORT_KANA_SURNAMES,
    SINGLE_SURNAMES,
    SURNAMES,
)

Span = tuple[int, int]

_HEADING: Final = re.compile(
    r"(?:相談者|利用者|本人|対象者|申込者|求職者|世帯主|参加者|お?子)?(?:の?お?(?:氏名|名前)|氏|姓|名|様名)"
    r"|(?:氏名|名前|お名前)?[ (]?(?:フリガナ|ふりがな|カナ|かな|ヨミ|よみ|読み)[ )]?(?:氏名|名)?|カナ氏名"
    r"|(?:相談者|利用者|参加者|世帯主)名?"
)
_WORD: Final = re.compile(r"[一-龥々〆ヶ\U00020000-\U0002ffffぁ-んァ-ヶーA-Za-z][^\d\n\t]{0,19}")
_KANJI: Final = re.compile(r"[一-龥々〆ヶ﨑\U00020000-\U0002ffff]{1,4}")
_GIVEN: Final = re.compile(r"[一-龥々\U00020000-\U0002ffff]{1,3}|[ぁ-ん]{2,5}|[ァ-ヶー]{2,6}")
_KANA: Final = re.compile(r"[ァ-ヶー]{2,6}")
_READING: Final = re.compile(r"[ぁ-んー]{2,12}")
# Six sounds and more that no loan word is made of, with the last sound of a given name.
_NATIVE: Final = re.compile(
    r"[^ぁぃぅぇぉっーぱぴぷぽゔ]{5,9}[こみたやおかきえなりけうちじろいよしほねごずさ]"
)
_SURNAME_READING: Final = re.compile(
    r"[^ぁぃぅぇぉっゃゅょーぱぴぷぺぽん]+[ただわまとむらいのきぎやちりかしじせつえなべぐよみさもこうばぶねすほひろめ]"
)
_KANA_LOWER: Final = str.maketrans({chr(code): chr(code - 0x60) for code in range(0x30A1, 0x30F7)})


def column_of(text: str, place: int) -> int | None:
    """Return the number (from 1) of the cell in which a place lies; None outside of rows of a table."""
    first = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    if "\t" not in text[first : end if end >= 0 else len(text)]:
        return None
    return text.count("\t", first, place) + 1


def names_alone(text: str) -> Iterator[Span]:
    """Find lines that hold a name and nothing else: one cell or one column, pasted where there is no tab."""
    at = 0
    for line in text.split("\n"):
        bare = line.strip(" ・-*。、")
        if bare and "\t" not in line and _is_name(bare):
            start = at + line.index(bare)
            yield start, start + len(bare)
        at += len(line) + 1


def name_cells(text: str) -> Iterator[Span]:
    """Find cells that hold a name: what stands under a heading such as 氏名, and what is a name by itself."""
    headed: set[int] = set()
    at = 0
    for line in text.split("\n"):
        if "\t" in line:
            cells = _cells(line)
            headings = {number for number, (cell, _start) in cells.items() if _HEADING.fullmatch(cell)}
            headed = headings or headed
            for number, (cell, start) in cells.items():
                if number in headed - headings and _WORD.fullmatch(cell) or _is_name(cell):
                    yield at + start, at + start + len(cell)
        else:
            headed = set()
        at += len(line) + 1


def _cells(line: str) -> dict[int, tuple[str, int]]:
    """Return the cells that hold something by their number, without blanks around, and where they begin."""
    found, at = {}, 0
    for number, cell in enumerate(line.split("\t")):
        if cell.strip():
            found[number] = cell.strip(), at + len(cell) - len(cell.lstrip())
        at += len(cell) + 1
    return found


def _is_name(cell: str) -> bool:
    parts = cell.split(" ")
    if len(parts) > 2 or len(cell) > 13:
        return False
    return _is_kanji_name(parts) or _is_kana_name(parts)


def _is_kanji_name(parts: list[str]) -> bool:
    if len(parts) == 2:
        surname, given = parts
        if _KANJI.fullmatch(surname) is None or given in NO_GIVEN_NAMES:
            return False
        if surname in SURNAMES or surname in SINGLE_SURNAMES:
            return _GIVEN.fullmatch(given) is not None
        made_like_one = is_surname_like(surname) or is_partly_surname_like(surname) or len(surname) == 3
        return given in GIVEN_NAMES or (made_like_one and _is_given(given))
    whole = parts[0]
    if whole in SURNAMES or (whole in GIVEN_NAMES and len(whole) > 1):
        return whole not in PLACE_SURNAMES
    return any(_is_full_name(whole[:size], whole[size:]) for size in (2, 1, 3, 4))


def _is_full_name(surname: str, given: str) -> bool:
    if surname in SURNAMES:
        return _GIVEN.fullmatch(given) is not None and not given.endswith(NO_GIVEN_NAMES)
    if len(given) > 1 and given in GIVEN_NAMES:
        return len(surname) > 1 and _KANJI.fullmatch(surname) is not None or surname in SINGLE_SURNAMES
    if is_surname_like(surname):
        return _is_given(given)
    return is_partly_surname_like(surname) and len(given) > 1 and is_given_like(given)


def _is_given(given: str) -> bool:
    return is_given_like(given) or given in KANA_GIVEN_NAMES or given in CELL_GIVEN_READINGS


def _is_kana_name(parts: list[str]) -> bool:
    readings = [part.translate(_KANA_LOWER) for part in parts]
    if parts[-1].endswith(KATAKANA_ENDINGS):
        return False
    if len(readings) == 2:
        if any(_READING.fullmatch(reading) is None for reading in readings):
            return False
        if (
            readings[0] in KANA_SURNAMES
            or readings[0] in SHORT_KANA_SURNAMES
            or readings[1] in CELL_GIVEN_READINGS
        ):
            return True
        return all(_KANA.fullmatch(part) and not part.endswith(KATAKANA_ENDINGS) for part in parts)
    whole = readings[0]
    if _READING.fullmatch(whole) is None or len(whole) < 3:
        return False
    if whole == "しりあい" or whole.endswith(PLAIN_KANA_ENDINGS):
        return False
    if whole in KANA_GIVEN_NAMES or any(_begins_with(whole, surname) for surname in KANA_SURNAMES):
        return True
    return (
        any(_ends_with(whole, given) for given in CELL_GIVEN_READINGS) or _NATIVE.fullmatch(whole) is not None
    )


def _begins_with(whole: str, surname: str) -> bool:
    return len(surname) >= 3 and whole.startswith(surname) and len(whole) <= len(surname) + 6


def _ends_with(whole: str, given: str) -> bool:
    """Tell whether a reading is a given name behind what may be a surname: no loan word ends one."""
    surname = whole.removesuffix(given)
    return (
        whole.endswith(given) and 2 <= len(surname) <= 5 and _SURNAME_READING.fullmatch(surname) is not None
    )
