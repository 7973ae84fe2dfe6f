"""Weekly hours: several spans a day, holidays, special closings; what nobody knows stays unknown."""

from datetime import UTC, date, datetime, time

import pytest

from app.foundation.errors import DomainError
from app.windows.hours import (
    JAPAN,
    Closing,
    HolidayRule,
    Span,
    Weekday,
    WeeklyHours,
    is_open,
    next_opening,
    read_spans,
    read_stored_closings,
)
from app.windows.opening import opening_at, week_lines
from app.windows.typed import closings_from, hours_from, typed_closings, typed_spans

# 2026: Friday 20 November, Monday 23 November is a public holiday.
FRIDAY, MONDAY_OFF, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
BROKEN, WHOLE = "09:00-12:00 13:00-17:00", "09:00-17:00"
WEEK = f"mon {BROKEN}; tue {WHOLE}; wed {WHOLE}; thu {WHOLE}; fri {BROKEN}"
OFFICE = WeeklyHours.read(f"{WEEK}; holidays closed")
TRUSTING = WeeklyHours.read(f"{WEEK}; holidays open")
SILENT = WeeklyHours.read(f"{WEEK}; holidays unknown")


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), JAPAN)


@pytest.mark.parametrize(
    ("clock", "open_then"),
    [
        ("08:59", False),
        ("09:00", True),
        ("11:59", True),
        ("12:00", False),
        ("12:30", False),
        ("13:00", True),
        ("16:59", True),
        ("17:00", False),
    ],
)
def test_a_window_is_open_from_the_first_minute_to_the_one_before_the_last(clock, open_then):
    assert OFFICE.is_open(at(FRIDAY, clock)) is open_then


def test_the_moment_is_read_on_the_clocks_of_japan():
    assert OFFICE.is_open(datetime(2026, 11, 20, 0, 0, tzinfo=UTC)) is True
    assert OFFICE.is_open(datetime(2026, 11, 20, 8, 0, tzinfo=UTC)) is False


@pytest.mark.parametrize(
    ("hours", "open_on_the_holiday"), [(OFFICE, False), (TRUSTING, True), (SILENT, None)]
)
def test_a_public_holiday_closes_opens_or_is_unknown(hours, open_on_the_holiday):
    assert hours.is_open(at(MONDAY_OFF, "10:00")) is open_on_the_holiday


@pytest.mark.parametrize("day", [date(2026, 12, 29), date(2026, 12, 31), date(2027, 1, 1)])
def test_the_days_around_new_year_follow_the_rule_of_holidays(day):
    assert OFFICE.is_open(at(day, "10:00")) is False
    assert SILENT.is_open(at(day, "10:00")) is None


def test_a_closed_day_is_closed_also_when_nobody_knows_of_holidays():
    # 3 January 2027 is a Sunday.
    assert SILENT.is_open(at(date(2027, 1, 3), "10:00")) is False


def test_hours_that_nobody_entered_are_unknown_and_not_closed():
    assert is_open(None, at(FRIDAY, "10:00")) is None
    assert next_opening(None, at(FRIDAY, "10:00")) is None


def test_a_special_closing_is_known_also_where_the_hours_are_not():
    closing = Closing(FRIDAY, FRIDAY, "館内工事")

    assert is_open(None, at(FRIDAY, "10:00"), [closing]) is False
    assert OFFICE.is_open(at(FRIDAY, "10:00"), [closing]) is False


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(FRIDAY, "08:00"), at(FRIDAY, "09:00")),
        (at(FRIDAY, "12:10"), at(FRIDAY, "13:00")),
        (at(FRIDAY, "17:00"), at(TUESDAY, "09:00")),
        (at(MONDAY_OFF, "10:00"), at(TUESDAY, "09:00")),
        (at(date(2026, 12, 28), "18:00"), at(date(2027, 1, 4), "09:00")),
    ],
)
def test_the_next_opening_skips_weekends_holidays_and_new_year(now, opens):
    assert OFFICE.next_opening(now) == opens


def test_the_next_opening_skips_special_closings():
    closing = Closing(TUESDAY, date(2026, 11, 25))

    assert OFFICE.next_opening(at(FRIDAY, "18:00"), [closing]) == at(date(2026, 11, 26), "09:00")


def test_a_window_that_never_opens_has_no_next_opening():
    assert WeeklyHours().next_opening(at(FRIDAY, "10:00")) is None
    assert WeeklyHours().is_open(at(FRIDAY, "10:00")) is False


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9:00-17:00", "9:00-17:00"),
        ("９：００～１２：００、１３：００～１７：００", "9:00-12:00 13:00-17:00"),
        ("9時から17時30分まで", "9:00-17:30"),
        ("9時半〜12時", "9:30-12:00"),
        ("9:00 - 12:00 13:00 - 17:00", "9:00-12:00 13:00-17:00"),
        ("13:00-17:00,9:00-12:00", "9:00-12:00 13:00-17:00"),
        ("9:00-12:00 12:00-17:00", "9:00-12:00 12:00-17:00"),
        ("休み", ""),
        ("　", ""),
    ],
)
def test_hours_are_read_as_people_type_them(typed, read):
    assert " ".join(str(span) for span in read_spans(typed)) == read


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("9:00-12:00 11:30-17:00", "重なっています"),
        ("9:00-17:00 10:00-11:00", "重なっています"),
        ("17:00-9:00", "終わりの時刻が始まりより前"),
        ("9:00-9:00", "終わりの時刻が始まりより前"),
        ("25:00-26:00", "という時刻はありません"),
        ("9:00-9:75", "という時刻はありません"),
        ("朝から夕方まで", "読み取れません"),
        ("9:00", "読み取れません"),
        ("9" * 500, "読み取れません"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_a_sentence(typed, sentence):
    with pytest.raises(DomainError, match=sentence):
        read_spans(typed)


def test_hours_made_by_a_program_are_held_to_the_same():
    overlapping = (Span(time(9), time(12)), Span(time(11), time(17)))

    with pytest.raises(DomainError, match="重なって"):
        WeeklyHours(days=(overlapping, (), (), (), (), (), ()))
    with pytest.raises(ValueError, match="seven days"):
        WeeklyHours(days=((), ()))


@pytest.mark.parametrize("hours", [OFFICE, TRUSTING, SILENT, WeeklyHours()])
def test_hours_are_read_back_as_they_were_stored(hours):
    assert WeeklyHours.read(hours.text) == hours


@pytest.mark.parametrize("stored", ["holidays perhaps", "someday 09:00-17:00", "mon nine"])
def test_stored_hours_that_make_no_sense_are_refused(stored):
    with pytest.raises(DomainError):
        WeeklyHours.read(stored)


def test_hours_typed_day_by_day_come_back_as_typed():
    days = dict.fromkeys(Weekday, "") | {Weekday.MON: "9:00-12:00、13:00-17:00"}

    hours = hours_from(days, HolidayRule.CLOSED)

    assert typed_spans(hours, Weekday.MON) == "9:00-12:00、13:00-17:00"
    assert typed_spans(hours, Weekday.SUN) == "休み"


def test_a_week_without_any_word_is_unknown_and_a_week_of_rest_is_known():
    assert hours_from(dict.fromkeys(Weekday, " "), HolidayRule.CLOSED) is None
    assert typed_spans(None, Weekday.MON) == ""
    assert hours_from(dict.fromkeys(Weekday, "休み"), HolidayRule.CLOSED) == WeeklyHours(
        holidays=HolidayRule.CLOSED
    )


def test_closings_are_read_one_a_line_and_a_day_without_a_year_is_the_next_one():
    typed = "2027/2/1　館内工事\n12/29～1/3 年末年始\n\nR9.3.1から3/5まで"

    closings = closings_from(typed, today=FRIDAY)

    assert closings == (
        Closing(date(2026, 12, 29), date(2027, 1, 3), "年末年始"),
        Closing(date(2027, 2, 1), date(2027, 2, 1), "館内工事"),
        Closing(date(2027, 3, 1), date(2027, 3, 5), ""),
    )
    assert closings_from(typed_closings(closings), today=date(2030, 1, 1)) == closings


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2027/2/3～2027/2/1", "終わりが始まりより前"),
        ("2027/2/30", "という日付はありません"),
        ("そのうち", "読み取れません"),
        ("2027/2/1\n" * 41, "40行まで"),
    ],
)
def test_closings_that_cannot_be_are_refused_with_a_sentence(typed, sentence):
    with pytest.raises(DomainError, match=sentence):
        closings_from(typed, today=FRIDAY)


@pytest.mark.parametrize("stored", ["soon", "2027-02-30", "2027-02-03/2027-02-01"])
def test_stored_closings_that_make_no_sense_are_refused(stored):
    with pytest.raises(DomainError):
        read_stored_closings(stored)


@pytest.mark.parametrize(
    ("hours", "now", "words", "english"),
    [
        (OFFICE, at(FRIDAY, "10:00"), "開いています。12:00までです。", "Open now, until 12:00."),
        (
            OFFICE,
            at(FRIDAY, "12:30"),
            "いまは閉まっています。今日は13:00からです。",
            "Closed now. Opens today at 13:00.",
        ),
        (
            OFFICE,
            at(FRIDAY, "17:30"),
            "今日の受付は終わりました。次は11月24日（火）9:00からです。",
            "Closed for today. Opens next on Tue 24 Nov at 9:00.",
        ),
        (
            OFFICE,
            at(date(2026, 12, 29), "10:00"),
            "今日は閉まっています。次は2027年1月4日（月）9:00からです。",
            "Closed today. Opens next on Mon 4 Jan 2027 at 9:00.",
        ),
        (
            SILENT,
            at(MONDAY_OFF, "10:00"),
            "今日は祝日か年末年始で、開いているか分かりません。次は11月24日（火）9:00からです。",
            "Today is a public holiday or New Year: it is not known whether it is open. "
            "Opens next on Tue 24 Nov at 9:00.",
        ),
        (WeeklyHours(), at(FRIDAY, "10:00"), "今日は閉まっています。", "Closed today."),
        (
            None,
            at(FRIDAY, "10:00"),
            "受付時間はまだ登録されていません。",
            "Its hours have not been entered yet.",
        ),
    ],
)
def test_how_a_window_stands_is_said_in_both_languages(hours, now, words, english):
    opening = opening_at(hours, (), now)

    assert (opening.words_in("ja"), opening.words_in("en_GB")) == (words, english)


def test_days_with_the_same_hours_are_one_line_of_the_week():
    lines = week_lines(OFFICE)

    assert [(line.days_in("ja"), line.spans_in("ja")) for line in lines] == [
        ("月", "9:00～12:00、13:00～17:00"),
        ("火～木", "9:00～17:00"),
        ("金", "9:00～12:00、13:00～17:00"),
        ("土～日", "休み"),
        ("祝日・年末年始", "休み"),
    ]
    assert lines[1].days_in("en") == "Tue–Thu"
    assert lines[3].spans_in("en") == "closed"
