"""The columns of the day grid and of the blank sheet that matches it, and how a cell is read; pure.

A coded cell takes the number printed in the sheet's legend, or the word itself, in any width.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.cases.vocabulary import Channel, ConsultationKind, Source
from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum
from app.privacy.case_code import parse as parse_code
from app.privacy.numbers import normalise_number
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, AssistanceStatus, Household, TargetGroup, Topic

MOST_ROWS: Final = 60
ROWS_SHOWN: Final = 12
LONGEST_CELL: Final = 200

NOT_IN_LEGEND: Final = N_("「%(typed)s」は記号表にありません。番号か言葉を入力してください。")
ONE_ONLY: Final = N_("ひとつだけ入力してください。")
MINUTES_WANTED: Final = N_("時間は1分から600分までの数字で入力してください。")
WANTED: Final = N_("%(title)sを入力してください。")
NEW_PERSON: Final = N_(
    "新しい方は、カードをお渡しするため「相談を記録」から入力してください。ここでは空のままで「1回だけ」になります。"
)
NOBODY_FOUND: Final = N_(
    "相談番号（例 7182-40）かカードの番号を入力してください。空のままで「1回だけ」になります。"
)


class Column(StrEnum):
    """One column, in the order of the sheet."""

    PERSON = "person"
    KIND = "kind"
    CHANNEL = "channel"
    MINUTES = "minutes"
    TOPICS = "topics"
    GROUPS = "groups"
    AGE_BAND = "age_band"
    ASSISTANCE = "assistance"
    HOUSEHOLD = "household"
    SOURCE = "source"
    MEMO = "memo"


TITLES: Final[dict[Column, str]] = {
    Column.PERSON: N_("相談番号・カード"),
    Column.KIND: N_("種別"),
    Column.CHANNEL: N_("対応方法"),
    Column.MINUTES: N_("時間（分）"),
    Column.TOPICS: N_("相談内容"),
    Column.GROUPS: N_("対象者"),
    Column.AGE_BAND: N_("年代"),
    Column.ASSISTANCE: N_("保護・手当"),
    Column.HOUSEHOLD: N_("世帯"),
    Column.SOURCE: N_("相談経路"),
    Column.MEMO: N_("メモ"),
}
CODED: Final[dict[Column, type[LabelledEnum]]] = {
    Column.KIND: ConsultationKind,
    Column.CHANNEL: Channel,
    Column.TOPICS: Topic,
    Column.GROUPS: TargetGroup,
    Column.AGE_BAND: AgeBand,
    Column.ASSISTANCE: AssistanceStatus,
    Column.HOUSEHOLD: Household,
    Column.SOURCE: Source,
}
SEVERAL: Final = frozenset({Column.TOPICS, Column.GROUPS})
"""Columns in which several may stand; the first is the primary one (◎)."""
ONCE: Final = frozenset({"", "1回", "1回だけ", "once", "-", "－"})
NEW: Final = frozenset({"新", "新規", "新しい方", "new"})
BETWEEN: Final = re.compile(r"[、,/;\s]+")
WITHIN: Final = "・"
"""Stands between values as well as in them (病気・障害): tried last."""


def columns_for(programmes: Collection[Programme | None]) -> list[Column]:
    """Return the columns of a sheet: only at the centre are there two kinds, counted apart."""
    return [one for one in Column if one is not Column.KIND or Programme.CENTRE in programmes]


def legend(column: Column) -> list[tuple[int, LabelledEnum]]:
    """Return the values of a coded column with the numbers by which they are written."""
    return list(enumerate(CODED[column].current(), start=1))


def folded(text: str) -> str:
    """Return a cell as it is compared: narrow, small, without spaces around."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def words_of(column: Column) -> dict[str, LabelledEnum]:
    """Return every way of writing a value of a column."""
    found: dict[str, LabelledEnum] = {}
    for number, value in legend(column):
        for word in (str(number), value.ja, value.en, value.value):
            found[folded(word)] = value
    return found


def read_values(column: Column, text: str) -> tuple[LabelledEnum, ...]:
    """Read a coded cell; an empty one is empty.

    Raises:
        DomainError: at the column: something that the legend does not know, or several where one may stand.
    """
    typed = folded(text)
    if not typed:
        return ()
    words = words_of(column)
    if typed in words:
        return (words[typed],)
    parts: list[str] = []
    for part in BETWEEN.split(typed.replace("◎", "")):
        parts += [part] if part in words else part.split(WITHIN)
    parts = [part for part in parts if part]
    for part in parts:
        if part not in words:
            raise DomainError(NOT_IN_LEGEND, field=column, typed=part)
    values = tuple(dict.fromkeys(words[part] for part in parts))
    if len(values) > 1 and column not in SEVERAL:
        raise DomainError(ONE_ONLY, field=column)
    return values


def read_minutes(text: str) -> int | None:
    """Read 30, ３０ or 30分; None for an empty cell.

    Raises:
        DomainError: at the column.
    """
    typed = folded(text).removesuffix("分").removesuffix("min").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= 600):
        raise DomainError(MINUTES_WANTED, field=Column.MINUTES)
    return int(typed)


@dataclass(frozen=True, kw_only=True)
class Who:
    """Who a row is about: a case number, a card's code, or nobody with a case."""

    number: str = ""
    code: str = ""


def read_person(text: str) -> Who:
    """Read the first cell of a row.

    Raises:
        DomainError: at the column: neither a number nor a code, or a new person.
    """
    typed = folded(text)
    if typed in ONCE:
        return Who()
    if typed in NEW:
        raise DomainError(NEW_PERSON, field=Column.PERSON)
    try:
        return Who(number=normalise_number(text))
    except DomainError:
        pass
    try:
        return Who(code=parse_code(text))
    except DomainError:
        raise DomainError(NOBODY_FOUND, field=Column.PERSON) from None


def cell_name(row: int, column: Column) -> str:
    """Return the name under which a cell is sent."""
    return f"r{row}-{column.value}"


Cells = dict[Column, str]


def rows_sent(form: Mapping[str, str]) -> Iterator[tuple[int, Cells]]:
    """Return the rows in which anything was written, with their places; lines beyond the sheet are left."""
    for row in range(MOST_ROWS):
        cells = {column: form.get(cell_name(row, column), "")[: LONGEST_CELL + 1] for column in Column}
        if any(text.strip() for text in cells.values()):
            yield row, cells
