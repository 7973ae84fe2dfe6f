"""The calendar as a file of RFC 5545: read back by a small parser of its own, line by line."""

from datetime import UTC, date, datetime

import pytest

from app.home.calendar import DueDay, escaped, folded, written

NOW = datetime(2025, 6, 20, 3, 0, tzinfo=UTC)
LINK = "https://shirube.example.jp/today?whose=mine"


def unfolded(file: bytes) -> list[tuple[str, str]]:
    """Return names (with their parameters) and values; the file's own rules are asserted on the way."""
    assert file.endswith(b"\r\n")
    assert file.count(b"\n") == file.count(b"\r\n") == file.count(b"\r")
    physical = file.removesuffix(b"\r\n").split(b"\r\n")
    assert all(0 < len(line) <= 75 for line in physical)
    assert [line.decode() for line in physical], "no character is cut in two"
    logical: list[bytes] = []
    for line in physical:
        if line.startswith(b" "):
            logical[-1] += line[1:]
        else:
            logical.append(line)
    return [tuple(line.decode().split(":", 1)) for line in logical]


def events_of(file: bytes) -> list[dict[str, str]]:
    events: list[dict[str, str]] = []
    for name, value in unfolded(file):
        if (name, value) == ("BEGIN", "VEVENT"):
            events.append({})
        elif events and name not in {"END", "BEGIN"}:
            assert name not in events[-1], f"{name} stands twice"
            events[-1][name] = value
    return events


def made(*summaries: str) -> bytes:
    days = [
        DueDay(uid=f"{n}@shirube", day=date(2025, 6, 30), summary=text) for n, text in enumerate(summaries)
    ]
    return written(title="しるべ：期限", link=LINK, days=days, now=NOW)


def test_a_calendar_says_what_it_is_and_closes_what_it_opens():
    lines = unfolded(made("定着確認の期限 2件"))
    assert lines[:3] == [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Shirube//My day//JA"),
    ]
    assert lines[-2:] == [("END", "VEVENT"), ("END", "VCALENDAR")]


def test_a_day_is_an_event_without_hours_that_ends_on_the_next():
    (event,) = events_of(made("定着確認の期限 2件"))
    assert event["UID"] == "0@shirube"
    assert event["DTSTAMP"] == "20250620T030000Z"
    assert event["DTSTART;VALUE=DATE"] == "20250630"
    assert event["DTEND;VALUE=DATE"] == "20250701"
    assert event["SUMMARY"] == "定着確認の期限 2件"
    assert event["URL"] == LINK


def test_a_calendar_without_days_is_a_calendar_all_the_same():
    assert events_of(made()) == []
    assert unfolded(made())[-1] == ("END", "VCALENDAR")


@pytest.mark.parametrize("length", range(15, 60))
def test_no_line_is_longer_than_75_octets_and_none_loses_a_character(length):
    text = "期a限" * length
    (event,) = events_of(made(text))
    assert event["SUMMARY"] == text


def test_a_line_of_exactly_75_octets_is_not_folded():
    assert folded("x" * 75) == "x" * 75 + "\r\n"
    assert folded("x" * 76) == "x" * 75 + "\r\n x\r\n"


def test_signs_with_a_meaning_are_escaped_and_cannot_open_a_line_of_their_own():
    assert escaped("a,b;c\\d\r\nEND:VCALENDAR") == "a\\,b\\;c\\\\d\\nEND:VCALENDAR"
    assert len(events_of(made("x\r\nEND:VEVENT\r\nBEGIN:VEVENT"))) == 1
