"""Fiscal years (年度), eras (元号) and how days and years are written.

A fiscal year is stored as the western year in which it starts: 平成24年度 = 2012 = 2012-04-01 … 2013-03-31.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.foundation.errors import N_, DomainError


@dataclass(frozen=True, kw_only=True)
class Era:
    """One era: its name, its letter, its first and, when over, its last day."""

    name: str
    letter: str
    first: date
    last: date | None


SHOWA: Final = Era(name="昭和", letter="S", first=date(1926, 12, 25), last=date(1989, 1, 7))
HEISEI: Final = Era(name="平成", letter="H", first=date(1989, 1, 8), last=date(2019, 4, 30))
REIWA: Final = Era(name="令和", letter="R", first=date(2019, 5, 1), last=None)
ERAS: Final = (SHOWA, HEISEI, REIWA)

EARLIEST: Final = SHOWA.first.year
LATEST: Final = 2099

_BEFORE_SHOWA: Final = N_("%(day)sは昭和より前の日付です。昭和元年12月25日以降の日付を入力してください。")
_NOT_READABLE: Final = N_(
    "「%(text)s」は年度として読み取れません。令和8年度、R8、2026 のように入力してください。"
)
_CONTRADICTION: Final = N_("「%(text)s」は元号の年度と西暦が合いません。")
_OUT_OF_RANGE: Final = N_("年度は%(earliest)sから%(latest)sまでの範囲で入力してください。")

_WEEKDAYS_JA: Final = "月火水木金土日"
_WEEKDAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FISCAL_YEAR: Final = re.compile(
    r"(?:FY)?(?:(?P<era>昭和|平成|令和|[SHR])(?P<year>元|\d{1,2})|(?P<western>\d{4}))(?:年度)?(?:\((?:FY)?(?P<check>\d{4})\))?"
)


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year of a day: it runs from 1 April to 31 March."""
    return day.year if day.month >= 4 else day.year - 1


def first_day(fiscal_year: int) -> date:
    """Return 1 April of a fiscal year."""
    return date(fiscal_year, 4, 1)


def last_day(fiscal_year: int) -> date:
    """Return 31 March at the end of a fiscal year."""
    return date(fiscal_year + 1, 3, 31)


def month_span(fiscal_year: int, month: int) -> tuple[date, date]:
    """Return first and last day of a month of a fiscal year: January to March lie in the next year."""
    year = fiscal_year if month >= 4 else fiscal_year + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def months(fiscal_year: int) -> list[tuple[date, date]]:
    """Return the spans of the twelve months of a fiscal year, April first."""
    return [month_span(fiscal_year, month) for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]


def era_of(day: date) -> tuple[Era, int]:
    """Return the era of a day and the year in it; DomainError before 昭和."""
    for era in reversed(ERAS):
        if day >= era.first:
            return era, day.year - era.first.year + 1
    raise DomainError(_BEFORE_SHOWA, day=day.isoformat())


def short_label(fiscal_year: int, locale: str = "ja") -> str:
    """Return 平成24年度 (FY2019 reads 令和元年度, as the city prints it) or FY2012."""
    if _is_english(locale):
        return f"FY{fiscal_year}"
    # The year's own December decides: the era that began in May 2019 names all of FY2019.
    era, year = era_of(date(fiscal_year, 12, 31))
    return f"{era.name}{_era_year(year)}年度"


def label(fiscal_year: int, locale: str = "ja", western: bool = True) -> str:
    """Return 令和8年度(2026), without the western year 令和8年度; in English always FY2026."""
    if _is_english(locale) or not western:
        return short_label(fiscal_year, locale)
    return f"{short_label(fiscal_year)}({fiscal_year})"


def parse(text: str) -> int:
    """Read 平成24年度, 令和元年度, H24, FY2012, 2012 or an own label, in any width; else DomainError.

    平成31年度 is 2019 and 平成32年度 is 2020: plans made before 2019 count 平成 beyond its end.
    """
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    match = _FISCAL_YEAR.fullmatch(folded)
    if match is None:
        raise DomainError(_NOT_READABLE, text=text.strip()[:20])
    year = int(match["western"]) if match["western"] else _from_era(match["era"], match["year"], text)
    if match["check"] and int(match["check"]) != year:
        raise DomainError(_CONTRADICTION, text=text.strip()[:20])
    if not EARLIEST <= year <= LATEST:
        raise DomainError(_OUT_OF_RANGE, earliest=str(EARLIEST), latest=str(LATEST))
    return year


def day_label(day: date, locale: str = "ja", weekday: bool = True) -> str:
    """Return 令和8年11月20日（金） or 20 November 2026 (Fri); days before 昭和 in western years."""
    if _is_english(locale):
        written = f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
        return f"{written} ({_WEEKDAYS_EN[day.weekday()]})" if weekday else written
    if day < SHOWA.first:
        written = f"{day.year}年{day.month}月{day.day}日"
    else:
        era, year = era_of(day)
        written = f"{era.name}{_era_year(year)}年{day.month}月{day.day}日"
    return f"{written}（{_WEEKDAYS_JA[day.weekday()]}）" if weekday else written


def day_short(day: date, locale: str = "ja") -> str:
    """Return 11月20日（金） or 20 Nov (Fri)."""
    if _is_english(locale):
        return f"{day.day} {_MONTHS_EN[day.month - 1][:3]} ({_WEEKDAYS_EN[day.weekday()]})"
    return f"{day.month}月{day.day}日（{_WEEKDAYS_JA[day.weekday()]}）"


def find_era(name: str) -> Era | None:
    """Return the era of a name or letter (令和, R, r), or None."""
    return next((era for era in ERAS if name.upper() in (era.name, era.letter)), None)


def _from_era(name: str, year: str, text: str) -> int:
    era = find_era(name)
    count = 1 if year == "元" else int(year)
    if era is None or count == 0:
        raise DomainError(_NOT_READABLE, text=text.strip()[:20])
    return era.first.year + count - 1


def _era_year(year: int) -> str:
    return "元" if year == 1 else str(year)


def _is_english(locale: str) -> bool:
    return str(locale).lower().startswith("en")
