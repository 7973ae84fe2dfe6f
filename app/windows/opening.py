"""Whether a window is open, said in both languages; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.windows.hours import (
    JAPAN,
    Closing,
    Day,
    HolidayRule,
    Weekday,
    WeeklyHours,
    is_closed_specially,
    short,
)

UNKNOWN: Final = ("受付時間はまだ登録されていません。", "Its hours have not been entered yet.")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Opening:
    """How a window stands at a moment: ``is_open`` None when nobody knows; the words in both languages."""

    is_open: bool | None
    next_at: datetime | None
    ja: str
    en: str

    def words_in(self, locale: str) -> str:
        """The words in the language of the page."""
        return self.en if str(locale).lower().startswith("en") else self.ja


@dataclass(frozen=True)
class HoursLine:
    """One line of the week: the days and their hours in both languages."""

    days: str
    days_en: str
    spans: str
    spans_en: str

    def days_in(self, locale: str) -> str:
        """The days in the language of the page."""
        return self.days_en if str(locale).lower().startswith("en") else self.days

    def spans_in(self, locale: str) -> str:
        """The hours in the language of the page."""
        return self.spans_en if str(locale).lower().startswith("en") else self.spans


def opening_at(hours: WeeklyHours | None, closings: Sequence[Closing], at: datetime) -> Opening:
    """Say whether a window is open at a moment and, when it is not, from when on it is."""
    local = at.astimezone(JAPAN)
    if hours is None and not is_closed_specially(closings, at):
        return Opening(None, None, *UNKNOWN)
    following = hours.next_opening(at, closings) if hours else None
    spans = hours.spans_on(local.date(), closings) if hours else ()
    if spans is None:
        return Opening(None, following, *joined(HOLIDAY_UNKNOWN, following, local))
    now = next((span for span in spans if span.opens <= local.time() < span.closes), None)
    if now is not None:
        return Opening(True, following, *filled(OPEN_UNTIL, clock=short(now.closes)))
    if following is not None and following.date() == local.date():
        return Opening(False, following, *filled(LATER_TODAY, clock=short(following.time())))
    over = TODAY_OVER if spans else CLOSED_TODAY
    return Opening(False, following, *joined(over, following, local))


CLOSED_TODAY: Final = ("今日は閉まっています。", "Closed today.")
TODAY_OVER: Final = ("今日の受付は終わりました。", "Closed for today.")
HOLIDAY_UNKNOWN: Final = (
    "今日は祝日か年末年始で、開いているか分かりません。",
    "Today is a public holiday or New Year: it is not known whether it is open.",
)
OPEN_UNTIL: Final = ("開いています。{clock}までです。", "Open now, until {clock}.")
LATER_TODAY: Final = ("いまは閉まっています。今日は{clock}からです。", "Closed now. Opens today at {clock}.")
OPENS_NEXT: Final = (
    "次は{year}{month}月{day}日（{weekday}）{clock}からです。",
    " Opens next on {weekday} {day} {month}{year} at {clock}.",
)
ANOTHER_YEAR: Final = ("{year}年", " {year}")


def filled(words: tuple[str, str], **values: object) -> tuple[str, str]:
    """Return words in both languages with their values."""
    return words[0].format(**values), words[1].format(**values)


def joined(first: tuple[str, str], at: datetime | None, now: datetime) -> tuple[str, str]:
    """Say how it stands, and when it opens next if that is known."""
    if at is None:
        return first
    day, clock = at.date(), short(at.time())
    weekday = list(Weekday)[day.weekday()]
    year = ("", "") if day.year == now.year else filled(ANOTHER_YEAR, year=day.year)
    named = {"month": MONTHS[day.month - 1], "weekday": weekday.en}
    ja = OPENS_NEXT[0].format(year=year[0], month=day.month, day=day.day, weekday=weekday.ja, clock=clock)
    en = OPENS_NEXT[1].format(year=year[1], day=day.day, clock=clock, **named)
    return first[0] + ja, first[1] + en


def week_lines(hours: WeeklyHours) -> list[HoursLine]:
    """Put the week into a few lines, days with the same hours together, then what is known of holidays."""
    lines: list[HoursLine] = []
    days = list(Weekday)
    start = 0
    for number in range(1, 8):
        if number == 7 or hours.days[number] != hours.days[start]:
            lines.append(line_of(days[start], days[number - 1], hours.days[start]))
            start = number
    return [*lines, holiday_line(hours.holidays)]


def line_of(first: Weekday, last: Weekday, spans: Day) -> HoursLine:
    """Return the line of neighbouring days with the same hours."""
    said = "、".join(f"{short(span.opens)}～{short(span.closes)}" for span in spans)
    said_en = ", ".join(f"{short(span.opens)}–{short(span.closes)}" for span in spans)
    days = first.ja if first is last else f"{first.ja}～{last.ja}"
    days_en = first.en if first is last else f"{first.en}–{last.en}"
    return HoursLine(days, days_en, said or "休み", said_en or "closed")


def holiday_line(rule: HolidayRule) -> HoursLine:
    """Return what is known of holidays."""
    said, said_en = {
        HolidayRule.CLOSED: ("休み", "closed"),
        HolidayRule.OPEN: ("曜日どおりに開いています", "open as on the day of the week"),
        HolidayRule.UNKNOWN: ("分かっていません", "not known"),
    }[rule]
    return HoursLine("祝日・年末年始", "Public holidays and New Year", said, said_en)
