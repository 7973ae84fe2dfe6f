"""Weekly hours as the schedules of Open Referral HSDS 3, and back; pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, Final

from app.windows.hours import CLOSED_WEEK, Day, Span, WeeklyHours

BYDAY: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CLOCK: Final = re.compile(r"(\d{2}):(\d{2})(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?")
OFFSET: Final = 9
"""Hours by which Japan is ahead of UTC."""


def spans_of(hours: WeeklyHours) -> dict[Span, list[str]]:
    """Return each span of the week with the days on which it stands."""
    found: dict[Span, list[str]] = {}
    for name, day in zip(BYDAY, hours.days, strict=True):
        for span in day:
            found.setdefault(span, []).append(name)
    return dict(sorted(found.items()))


def schedules_of(hours: WeeklyHours) -> list[dict[str, Any]]:
    """Return a weekly schedule for each span; identifiers are the caller's."""
    return [
        {
            "freq": "WEEKLY",
            "wkst": "MO",
            "interval": 1,
            "byday": ",".join(days),
            "opens_at": f"{span.opens:%H:%M}+09:00",
            "closes_at": f"{span.closes:%H:%M}+09:00",
            "timezone": OFFSET,
            "notes": hours.holidays.ja,
        }
        for span, days in spans_of(hours).items()
    ]


def hours_of(schedules: Sequence[Mapping[str, Any]]) -> WeeklyHours | None:
    """Return the weekly hours of schedules, None when they say nothing of weekdays.

    Raises:
        ValueError: a time or a day cannot be read; DomainError: spans overlap or are upside down.
    """
    days: list[Day] = list(CLOSED_WEEK)
    found = False
    for one in schedules:
        if one.get("freq", "WEEKLY") != "WEEKLY" or not one.get("byday"):
            continue
        span = Span(clock_of(one["opens_at"]), clock_of(one["closes_at"]))
        for name in str(one["byday"]).split(","):
            number = BYDAY.index(name.strip())
            days[number] = (*days[number], span)
            found = True
    return WeeklyHours(days=tuple(days)) if found else None


def clock_of(text: object) -> time:
    """Return a time of day; its offset is taken for that of the place."""
    match = CLOCK.fullmatch(str(text))
    if match is None:
        raise ValueError(text)
    return time(int(match[1]), int(match[2]))
