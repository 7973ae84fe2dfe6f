"""Dates as people type them, and width folding for numbers, dates and codes (never for prose)."""

import math
import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from app.foundation.errors import N_, DomainError
from app.foundation.fiscal_year import Era, find_era

EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2099

_EMPTY: Final = N_("日付を入力してください。")
_NOT_READABLE: Final = N_(
    "「%(text)s」は日付として読み取れません。2026/11/20、R8.11.20、4/1、きのう のように入力してください。"
)
_SHORT_YEAR: Final = N_(
    "「%(text)s」は何年のことか分かりません。R8.4.1 のような元号か、西暦4けたで入力してください。"
)
_NO_SUCH_DAY: Final = N_("「%(text)s」という日付はありません。月と日を確かめてください。")
_YEAR_RANGE: Final = N_("年は%(earliest)s年から%(latest)s年までの範囲で入力してください。")
_BEFORE_ERA: Final = N_(
    "「%(text)s」は%(era)sが始まる前の日付です。%(era)sは%(limit)sからです。%(instead)sと入力してください。"
)
_AFTER_ERA: Final = N_(
    "「%(text)s」は%(era)sが終わった後の日付です。%(era)sは%(limit)sまでです。%(instead)sと入力してください。"
)
_TOO_OLD_ERA: Final = N_("明治・大正の日付は入力できません。昭和元年12月25日以降の日付を入力してください。")
_NOT_A_SERIAL: Final = N_("「%(serial)s」は表計算ソフトの日付の通し番号として読み取れません。")

_RELATIVE: Final = {
    "今日": 0, "きょう": 0, "本日": 0, "today": 0,
    "昨日": -1, "きのう": -1, "yesterday": -1,
    "一昨日": -2, "おととい": -2, "おとつい": -2,
    "明日": 1, "あした": 1, "あす": 1, "tomorrow": 1,
}  # fmt: skip
_WEEKDAY: Final = r"(?:\((?:[月火水木金土日](?:曜日?)?|[a-z]{3,9})\)|[月火水木金土日]曜日?)?"
_REST: Final = r"[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?" + _WEEKDAY
_WESTERN: Final = re.compile(r"(?:西暦)?(?P<year>\d{4})" + _REST)
_COMPACT: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_ERA: Final = re.compile(r"(?P<era>明治|大正|昭和|平成|令和|[mtshr])\.?(?P<year>元|\d{1,2})" + _REST)
_ERA_COMPACT: Final = re.compile(r"(?P<era>[mtshr])(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_SHORT: Final = re.compile(r"(?P<year>\d{1,2})" + _REST)
_MONTH_DAY: Final = re.compile(r"(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?" + _WEEKDAY)
_ENGLISH: Final = re.compile(r"(?P<day>\d{1,2})(?P<name>[a-z]{3,9})\.?,?(?P<year>\d{4})" + _WEEKDAY)
_MONTH_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def fold_width(text: str) -> str:
    """Fold full-width and compatibility forms (NFKC): for numbers, dates and codes only, never for prose."""
    return unicodedata.normalize("NFKC", text)


def parse_day(text: str, *, today: date, ahead: bool = False) -> date:
    """Read a day as typed: western, era, compact, month and day, or a word; DomainError says what is wrong.

    Month and day without a year are the last such day up to today (with `ahead` the next one from today);
    29 February looks as far as the leap year that has it. Bare numbers are never read as Excel serials.
    """
    folded = re.sub(r"\s", "", fold_width(text)).lower()
    if not folded:
        raise DomainError(_EMPTY)
    if folded in _RELATIVE:
        return today + timedelta(days=_RELATIVE[folded])
    written = text.strip()[:30]
    if match := _ERA.fullmatch(folded) or _ERA_COMPACT.fullmatch(folded):
        return _era_day(match, written)
    if match := _WESTERN.fullmatch(folded) or _COMPACT.fullmatch(folded):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]), written)
    if match := _MONTH_DAY.fullmatch(folded):
        return _nearest(int(match["month"]), int(match["day"]), today, ahead, written)
    if match := _ENGLISH.fullmatch(folded):
        return _english_day(match, written)
    raise DomainError(_SHORT_YEAR if _SHORT.fullmatch(folded) else _NOT_READABLE, text=written)


def day_from_excel_serial(serial: float, *, date1904: bool = False) -> date:
    """Return the day of a spreadsheet's serial number; its time of day is dropped.

    Serials up to 60 are refused: Excel counts a 29 February 1900 that never was.
    """
    lowest = 0 if date1904 else 61
    if isinstance(serial, bool) or not math.isfinite(serial) or not lowest <= serial < 110_000:
        raise DomainError(_NOT_A_SERIAL, serial=str(serial))
    origin = date(1904, 1, 1) if date1904 else date(1899, 12, 30)
    return origin + timedelta(days=math.floor(serial))


def _day(year: int, month: int, day: int, written: str) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DomainError(_YEAR_RANGE, earliest=str(EARLIEST_YEAR), latest=str(LATEST_YEAR))
    try:
        return date(year, month, day)
    except ValueError:
        raise DomainError(_NO_SUCH_DAY, text=written) from None


def _era_day(match: re.Match[str], written: str) -> date:
    era = find_era(match["era"])
    if era is None:
        raise DomainError(_TOO_OLD_ERA)
    count = 1 if match["year"] == "元" else int(match["year"])
    if count == 0:
        raise DomainError(_NO_SUCH_DAY, text=written)
    day = _day(era.first.year + count - 1, int(match["month"]), int(match["day"]), written)
    _check_bounds(day, era, written)
    return day


def _check_bounds(day: date, era: Era, written: str) -> None:
    if day < era.first:
        message, limit = _BEFORE_ERA, era.first
    elif era.last is not None and day > era.last:
        message, limit = _AFTER_ERA, era.last
    else:
        return
    raise DomainError(
        message, text=written, era=f"{era.name}({era.letter})", limit=_slashed(limit), instead=_slashed(day)
    )


def _slashed(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _nearest(month: int, day: int, today: date, ahead: bool, written: str) -> date:
    step = 1 if ahead else -1
    for distance in range(9):
        try:
            found = date(today.year + step * distance, month, day)
        except ValueError:
            # 29 February: the leap year is up to eight years away (around 2100).
            continue
        if (found >= today) if ahead else (found <= today):
            return found
    raise DomainError(_NO_SUCH_DAY, text=written)


def _english_day(match: re.Match[str], written: str) -> date:
    name = match["name"][:3]
    if name not in _MONTH_NAMES:
        raise DomainError(_NOT_READABLE, text=written)
    return _day(int(match["year"]), _MONTH_NAMES.index(name) + 1, int(match["day"]), written)
