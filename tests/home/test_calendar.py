"""The calendar as a file of RFC 5545: read back by a small parser of its own, line by line."""

import re
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


def unescaped(value: str) -> str:
    """Return what a TEXT says; a sign with a meaning that stands bare, or an unknown escape, is an error."""
    bare = re.sub(r"\\[\\;,nN]", "", value)
    assert not re.search(r"[\\;,]", bare), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def read_strictly(file: bytes) -> dict[str, list[dict[str, str]]]:
    """Return the components of a calendar by name; the grammar of RFC 5545, 3.4 to 3.6, is asserted."""
    lines = unfolded(file)
    assert (lines[0], lines[-1]) == (("BEGIN", "VCALENDAR"), ("END", "VCALENDAR"))
    found: dict[str, list[dict[str, str]]] = {"VCALENDAR": [{}]}
    open_ = ["VCALENDAR"]
    for name, value in lines[1:-1]:
        key = name.partition(";")[0]
        assert re.fullmatch(r"[A-Z0-9-]+(;[A-Z0-9-]+=[A-Za-z0-9-]+)*", name), name
        if key == "BEGIN":
            open_.append(value)
            found.setdefault(value, []).append({})
        elif key == "END":
            assert open_.pop() == value
        else:
            properties = found[open_[-1]][-1]
            assert key not in properties, f"{key} stands twice"
            properties[key] = unescaped(value) if key in {"SUMMARY", "DESCRIPTION"} else value
    assert open_ == ["VCALENDAR"]
    head = found.pop("VCALENDAR")[0]
    assert (head["VERSION"], "PRODID" in head) == ("2.0", True)
    assert found, "a calendar holds at least one component (3.6)"
    for event in found.get("VEVENT", []):
        assert {"UID", "DTSTAMP", "DTSTART"} <= event.keys()
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        assert event["DTSTART"] < event["DTEND"]
    assert all("TZID" in one for one in found.get("VTIMEZONE", []))
    assert len({one["UID"] for one in found.get("VEVENT", [])}) == len(found.get("VEVENT", []))
    return found


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
    """It holds the zone: a calendar with nothing in it is none, and some programs refuse it as broken."""
    assert read_strictly(made()).keys() == {"VTIMEZONE", "STANDARD"}


@pytest.mark.parametrize(
    "text", ["定着確認、期限; a,b\\c\nつぎ", "\\n", ";" * 80, "長い" * 60, "x\r\nEND:VEVENT"]
)
def test_a_strict_reader_gets_back_what_was_written(text):
    (event,) = read_strictly(made(text))["VEVENT"]
    assert event["SUMMARY"] == text.replace("\r", "")
    assert event["DESCRIPTION"] == LINK


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
