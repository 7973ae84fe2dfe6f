"""How hours and closings are typed, and how they are shown for typing again; pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from app.foundation.errors import N_, DomainError
from app.foundation.text import parse_day
from app.windows.hours import (
    CLOSED_WEEK,
    Closing,
    Day,
    HolidayRule,
    Weekday,
    WeeklyHours,
    read_spans,
    require_closing,
)

MOST_CLOSINGS: Final = 40
CLOSED: Final = "休み"
BETWEEN: Final = re.compile(r"[~〜～]|から")
TOO_MANY: Final = N_("休む日は%(most)s行までです。")


def typed_spans(hours: WeeklyHours | None, weekday: Weekday) -> str:
    """Return the hours of one day as they are typed; empty when nobody knows the hours."""
    if hours is None:
        return ""
    spans = hours.days[list(Weekday).index(weekday)]
    return "、".join(str(span) for span in spans) or CLOSED


def hours_from(days: Mapping[Weekday, str], holidays: HolidayRule) -> WeeklyHours | None:
    """Return the hours typed for each day; None when nothing was typed at all: nobody knows them."""
    if not any(text.strip() for text in days.values()):
        return None
    week: list[Day] = list(CLOSED_WEEK)
    for number, weekday in enumerate(Weekday):
        week[number] = read_spans(days.get(weekday, ""))
    return WeeklyHours(days=tuple(week), holidays=holidays)


def typed_closings(closings: tuple[Closing, ...]) -> str:
    """Return closings as they are typed, one a line."""
    return "\n".join(typed_closing(closing) for closing in closings)


def typed_closing(closing: Closing) -> str:
    """Return one closing as it is typed."""
    days = slashed(closing.first)
    if closing.last != closing.first:
        days = f"{days}～{slashed(closing.last)}"
    return f"{days} {closing.reason}".rstrip()


def slashed(day: date) -> str:
    """2026/12/29."""
    return f"{day.year}/{day.month}/{day.day}"


def closings_from(text: str, *, today: date) -> tuple[Closing, ...]:
    """Read closings as typed, one a line: 12/29～1/3 年末年始; DomainError says what is wrong."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_CLOSINGS:
        raise DomainError(TOO_MANY, most=MOST_CLOSINGS)
    return tuple(sorted(closing_from(line, today=today) for line in lines))


def closing_from(line: str, *, today: date) -> Closing:
    """Read one closing; a day without a year is the next such day."""
    days, *reason = line.replace("\u3000", " ").strip().split(" ", 1)
    first, *last = BETWEEN.split(days, maxsplit=1)
    begins = parse_day(first, today=today, ahead=True)
    ends = parse_day(last[0].removesuffix("まで"), today=begins, ahead=True) if last else begins
    return require_closing(Closing(begins, ends, " ".join(reason).strip()))
