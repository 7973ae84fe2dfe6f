"""Full dates in free text that are, by their words or by their age, dates of birth."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from app.foundation.fiscal_year import HEISEI, find_era

YOUNGEST: Final = 15
"""Age in years of the youngest person who comes to be counselled: an older full date is taken for a birth."""

_BETWEEN: Final = r" ?[-./・,年の ] ?"
_MONTH_DAY: Final = r"(?P<month>1[0-2]|0?[1-9])(?: ?[-./・,月の ] ?)(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)日?"
_FULL: Final = (
    re.compile(rf"(?<!\d)(?P<year>1[89]\d\d|20\d\d){_BETWEEN}{_MONTH_DAY}"),
    re.compile(
        r"(?P<era>明治|大正|昭和|平成|令和|[大昭平令](?=\d)|(?<![A-Za-z])[MTSHRmtshr])[. ]?"
        rf"(?P<year>元|\d{{1,2}}){_BETWEEN}{_MONTH_DAY}"
    ),
    re.compile(
        r"(?<!\d)(?P<year>19\d\d|20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)日?"
    ),
    re.compile(
        r"(?P<era>明治|大正|昭和|平成|令和|(?<![A-Za-z])[MTSHRmtshr])"
        r"(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)日?"
    ),
    re.compile(
        r"(?i)(?<![a-z])(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? )?"
        r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? "
        r"(?:(?P<day2>\d{1,2})(?:st|nd|rd|th)?,? ?)?(?P<year>(?:19|20)\d\d)(?!\d)"
    ),
)
_SHORT_YEAR: Final = re.compile(rf"(?<![\d-])(?P<year>\d{{1,2}}){_BETWEEN}{_MONTH_DAY}")
_BORN_AFTER: Final = re.compile(
    r" ?(?:\([^)]{1,6}\))? ?(?:に)? ?(?:生(?![活徒計保涯])|うまれ|ウマレ|誕生|born)"
)
_BORN_BEFORE: Final = re.compile(
    r"(?i)(?:生年月日|誕生日|たんじょうび|バースデー|生まれ|うまれ|birth|DOB|born)[^\d\n。]{0,8}\Z"
)
_EVENT_AFTER: Final = re.compile(
    r"[^\d\n。]{0,4}(?:入社|入所|入職|入院|入学|入居|退職|退院|退所|離職|就職|採用|開始|開設|設立|施行|交付|取得|認定"
    r"|登録|契約|更新|卒業|転入|転居|結婚|離婚|死亡|死別|発症|受診|付け|現在|から|以降|まで|版)"
)
_ERA_STARTS: Final = {
    "明治": 1868,
    "M": 1868,
    "大正": 1912,
    "T": 1912,
    "大": 1912,
    "昭": 1926,
    "平": 1989,
    "令": 2019,
}

_REACH: Final = 24
"""How far before a date its word is looked for: a bound, so that the time grows with the text alone."""

Span = tuple[int, int]


def birth_dates(text: str, today: date | None) -> Iterator[Span]:
    """Find full dates of birth; `today` tells which dates are too old to be an appointment or an entry.

    Without `today` only dates before 平成 count as old.
    """
    for pattern in _FULL:
        for match in pattern.finditer(text):
            if _is_full(match) and (_says_born(text, match) or _is_old(text, match, today)):
                yield match.span()
    for match in _SHORT_YEAR.finditer(text):
        if _says_born(text, match):
            yield match.span()


def _is_full(match: re.Match[str]) -> bool:
    found = match.groupdict()
    return bool(found.get("day") or found.get("day2"))


def _says_born(text: str, match: re.Match[str]) -> bool:
    return bool(
        _BORN_AFTER.match(text, match.end())
        or _BORN_BEFORE.search(text, max(0, match.start() - _REACH), match.start())
    )


def _is_old(text: str, match: re.Match[str], today: date | None) -> bool:
    if _EVENT_AFTER.match(text, match.end()):
        return False
    youngest = HEISEI.first.year if today is None else today.year - YOUNGEST + 1
    return _western_year(match) < youngest


def _western_year(match: re.Match[str]) -> int:
    name = match.groupdict().get("era")
    count = 1 if match["year"] == "元" else int(match["year"])
    if name is None:
        return count
    era = find_era(name)
    first = era.first.year if era else _ERA_STARTS[name.upper()]
    return first + count - 1
