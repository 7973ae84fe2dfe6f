"""An iCalendar file (RFC 5545) of days on which something falls due; pure.

It tells how many things of which kind, never whose: it is read by a calendar program outside this house.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

LONGEST_LINE: Final = 75
"""Octets of a line, its end not counted (RFC 5545, 3.1)."""
# Always there, although days need no zone: a calendar has to hold something (3.6), also when nothing is due.
ZONE: Final = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Tokyo",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0900",
    "TZNAME:JST",
    "END:STANDARD",
    "END:VTIMEZONE",
)
ESCAPES: Final[Mapping[str, str]] = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\r": "", "\n": "\\n"}


@dataclass(frozen=True, kw_only=True)
class DueDay:
    """Something that falls due on a day; ``uid`` stays the same whenever the file is read again."""

    uid: str
    day: date
    summary: str


def written(*, title: str, link: str, days: Sequence[DueDay], now: datetime) -> bytes:
    """Return the calendar, in UTF-8 with CRLF and folded lines."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Shirube//My day//JA",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:Asia/Tokyo",
        *ZONE,
    ]
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for one in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.uid}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(one.summary)}",
            f"DESCRIPTION:{escaped(link)}",
            f"URL:{link}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines).encode()


def escaped(text: str) -> str:
    """Return a text as the value of a property of type TEXT (RFC 5545, 3.3.11)."""
    return "".join(ESCAPES.get(one, one) for one in text)


def folded(line: str) -> str:
    """Return a line cut into pieces of at most 75 octets, no character cut in two, each with its end."""
    pieces, piece, size = [], "", 0
    for one in line:
        octets = len(one.encode())
        if size + octets > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + one, size + octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
