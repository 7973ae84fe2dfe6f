"""Weekly hours of a window (受付時間): several spans a day, holidays, special closings.

Pure: the moment is passed in, holidays come from the calendar of Japan. Nothing is ever guessed: hours that
nobody entered, and holidays of which nobody said anything, answer None.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final, Self
from zoneinfo import ZoneInfo

from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum
from app.foundation.text import fold_width
from app.foundation.working_days import is_holiday

JAPAN: Final = ZoneInfo("Asia/Tokyo")
LOOK_AHEAD: Final = 60
"""Days within which the next opening is looked for."""
CLOCK: Final = r"(\d{1,2})(?:[:.](\d{2})|時(?:(\d{1,2})分|(半))?)"
SPAN: Final = re.compile(CLOCK + r"(?:から|[-~〜ー–—−]+)" + CLOCK + r"(?:まで)?")
NO_HOURS: Final = frozenset({"", "休み", "休", "なし", "closed"})

NOT_HOURS: Final = N_(
    "「%(text)s」は時間として読み取れません。9:00-12:00、13:00-17:00 のように入力してください。"
)
NO_SUCH_TIME: Final = N_("「%(text)s」という時刻はありません。")
UPSIDE_DOWN: Final = N_("「%(text)s」は終わりの時刻が始まりより前です。")
OVERLAPPING: Final = N_("「%(earlier)s」と「%(later)s」の時間が重なっています。")
NOT_A_CLOSING: Final = N_("「%(text)s」は休みの日として読み取れません。")
TURNED_CLOSING: Final = N_("休む日の終わりが始まりより前です（%(text)s）。")


class Weekday(LabelledEnum):
    """曜日, Monday first."""

    MON = "mon", "月", "Mon"
    TUE = "tue", "火", "Tue"
    WED = "wed", "水", "Wed"
    THU = "thu", "木", "Thu"
    FRI = "fri", "金", "Fri"
    SAT = "sat", "土", "Sat"
    SUN = "sun", "日", "Sun"


class HolidayRule(LabelledEnum):
    """祝日と年末年始（12月29日～1月3日）: whether the weekly hours hold on them."""

    CLOSED = "closed", "祝日・年末年始は休み", "Closed on public holidays and at New Year"
    OPEN = "open", "祝日・年末年始も開いている", "Open on public holidays and at New Year"
    UNKNOWN = "unknown", "祝日・年末年始は分からない", "Public holidays and New Year not known"


@dataclass(frozen=True, order=True)
class Span:
    """From one time of day to another, the end excluded."""

    opens: time
    closes: time

    def __str__(self) -> str:
        """9:00-17:00, as it is typed and shown."""
        return f"{short(self.opens)}-{short(self.closes)}"

    @property
    def text(self) -> str:
        """09:00-17:00, as it is stored."""
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, order=True)
class Closing:
    """Days on which the window is closed in spite of its weekly hours; both ends are included."""

    first: date
    last: date
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Tell whether it is closed on a day."""
        return self.first <= day <= self.last


Day = tuple[Span, ...]
CLOSED_WEEK: Final[tuple[Day, ...]] = ((),) * 7


@dataclass(frozen=True, kw_only=True)
class WeeklyHours:
    """The spans of each day of the week, Monday first; a day without any is a closed day (定休日)."""

    days: tuple[Day, ...] = field(default=CLOSED_WEEK)
    holidays: HolidayRule = HolidayRule.UNKNOWN

    def __post_init__(self) -> None:
        """Hold hours that can be: seven days, spans in order, none upside down, none overlapping."""
        if len(self.days) != 7:
            raise ValueError("a week has seven days")
        object.__setattr__(self, "days", tuple(require_spans(day) for day in self.days))

    def spans_on(self, day: date, closings: Sequence[Closing] = ()) -> Day | None:
        """Return the spans of a day, none when it is closed, None when nobody knows (a holiday)."""
        spans = self.days[day.weekday()]
        if not spans or any(closing.covers(day) for closing in closings):
            return ()
        if self.holidays is HolidayRule.OPEN or not is_holiday(day):
            return spans
        return () if self.holidays is HolidayRule.CLOSED else None

    def is_open(self, at: datetime, closings: Sequence[Closing] = ()) -> bool | None:
        """Tell whether it is open at a moment; None when nobody knows."""
        local = at.astimezone(JAPAN)
        spans = self.spans_on(local.date(), closings)
        return None if spans is None else any(span.opens <= local.time() < span.closes for span in spans)

    def next_opening(self, at: datetime, closings: Sequence[Closing] = ()) -> datetime | None:
        """Return when it opens next after a moment, in Japan time; None when no day is in sight."""
        local = at.astimezone(JAPAN)
        for offset in range(LOOK_AHEAD + 1):
            day = local.date() + timedelta(days=offset)
            for span in self.spans_on(day, closings) or ():
                opening = datetime.combine(day, span.opens, JAPAN)
                if opening > local:
                    return opening
        return None

    @property
    def text(self) -> str:
        """The hours as they are stored: "mon 09:00-12:00 13:00-17:00; holidays closed"."""
        days = [
            " ".join((weekday.value, *(span.text for span in spans)))
            for weekday, spans in zip(Weekday, self.days, strict=True)
            if spans
        ]
        return "; ".join((*days, f"holidays {self.holidays.value}"))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read stored hours; DomainError when they cannot be."""
        days: list[Day] = [()] * 7
        holidays = HolidayRule.UNKNOWN
        for part in filter(None, (one.strip() for one in text.split(";"))):
            name, _space, rest = part.partition(" ")
            weekday, rule = Weekday.find(name), HolidayRule.find(rest.strip())
            if weekday is not None:
                days[list(Weekday).index(weekday)] = read_spans(rest)
            elif name == "holidays" and rule is not None:
                holidays = rule
            else:
                raise DomainError(NOT_HOURS, text=part[:40])
        return cls(days=tuple(days), holidays=holidays)


def is_open(hours: WeeklyHours | None, at: datetime, closings: Sequence[Closing] = ()) -> bool | None:
    """Tell whether a window is open; a special closing is known even where the hours are not."""
    if hours is None:
        return False if is_closed_specially(closings, at) else None
    return hours.is_open(at, closings)


def next_opening(
    hours: WeeklyHours | None, at: datetime, closings: Sequence[Closing] = ()
) -> datetime | None:
    """Return when a window opens next, None when nobody knows."""
    return None if hours is None else hours.next_opening(at, closings)


def is_closed_specially(closings: Sequence[Closing], at: datetime) -> bool:
    """Tell whether a special closing covers a moment."""
    day = at.astimezone(JAPAN).date()
    return any(closing.covers(day) for closing in closings)


def read_spans(text: str) -> Day:
    """Read the hours of one day as typed (9:00-12:00、13:00-17:00; 休み); DomainError says what is wrong."""
    folded = fold_width(text).strip().lower()
    if folded in NO_HOURS:
        return ()
    # A space stands between spans and also, typed carelessly, inside one: 9:00 - 12:00.
    joined = re.sub(r"\s*(から|[-~〜ー–—−])\s*", r"\1", folded)
    return require_spans(
        tuple(read_span(part) for part in re.split(r"[\s,、・/と]+", joined.strip(" ,、")) if part)
    )


def read_span(text: str) -> Span:
    """Read one span."""
    match = SPAN.fullmatch(text)
    if match is None:
        raise DomainError(NOT_HOURS, text=text[:40])
    found = match.groups()
    return Span(read_time(text, *found[:4]), read_time(text, *found[4:]))


def read_time(written: str, hour: str, minute: str | None, kanji: str | None, half: str | None) -> time:
    """Read one time of day."""
    try:
        return time(int(hour), 30 if half else int(minute or kanji or 0))
    except ValueError:
        raise DomainError(NO_SUCH_TIME, text=written[:40]) from None


def require_spans(spans: Sequence[Span]) -> Day:
    """Return the spans of a day in order; DomainError when one is upside down or two overlap."""
    ordered = tuple(sorted(spans))
    for span in ordered:
        if span.closes <= span.opens:
            raise DomainError(UPSIDE_DOWN, text=str(span))
    for earlier, later in pairwise(ordered):
        if later.opens < earlier.closes:
            raise DomainError(OVERLAPPING, earlier=str(earlier), later=str(later))
    return ordered


def require_closing(closing: Closing) -> Closing:
    """Refuse a closing that ends before it begins."""
    if closing.last < closing.first:
        raise DomainError(TURNED_CLOSING, text=f"{closing.first} - {closing.last}")
    return closing


def closing_text(closing: Closing) -> str:
    """Return a closing as it is stored: "2026-12-29/2027-01-03 reason"."""
    return f"{closing.first}/{closing.last} {closing.reason}".rstrip()


def read_stored_closings(text: str) -> tuple[Closing, ...]:
    """Read stored closings, one a line; DomainError when one cannot be."""
    return tuple(sorted(read_stored_closing(line) for line in text.splitlines() if line.strip()))


def read_stored_closing(line: str) -> Closing:
    """Read one stored closing."""
    days, _space, reason = line.strip().partition(" ")
    first, _slash, last = days.partition("/")
    try:
        closing = Closing(date.fromisoformat(first), date.fromisoformat(last or first), reason.strip())
    except ValueError:
        raise DomainError(NOT_A_CLOSING, text=line[:40]) from None
    return require_closing(closing)


def short(moment: time) -> str:
    """9:00, without a leading nought."""
    return f"{moment.hour}:{moment.minute:02}"
