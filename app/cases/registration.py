"""How long a registration at the centre lasts; pure."""

from calendar import isleap
from datetime import date, timedelta


def anniversary(day: date) -> date:
    """Return the same day a year later; 29 February has its anniversary on 1 March of a common year."""
    if (day.month, day.day) == (2, 29) and not isleap(day.year + 1):
        return date(day.year + 1, 3, 1)
    return day.replace(year=day.year + 1)


def last_day_of_registration(starts_on: date) -> date:
    """Return the day before the anniversary (design: a registration lasts one year)."""
    return anniversary(starts_on) - timedelta(days=1)
