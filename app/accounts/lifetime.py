"""How long a session lives; pure."""

from datetime import datetime, timedelta
from typing import Final

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
# Written at most so often, so that reading pages does not queue for the write lock.
TOUCH: Final = timedelta(minutes=1)


def is_live(*, started_at: datetime, seen_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Tell whether a session still opens pages."""
    return ended_at is None and now - started_at < ABSOLUTE and now - seen_at < IDLE


def is_due_for_touch(*, seen_at: datetime, now: datetime) -> bool:
    """Tell whether the moment last seen is old enough to be written again."""
    return now - seen_at >= TOUCH
