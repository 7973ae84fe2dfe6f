"""How long somebody waits who failed again and again; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# Growing, and never more than a quarter of an hour: a colleague is not locked out for good.
MINUTES: Final = (1, 2, 4, 8, 15)
FORGOTTEN_AFTER: Final = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Throttle:
    """So many attempts are free; each further one is followed by a longer wait."""

    free: int
    minutes: Sequence[int] = MINUTES

    def wait_after(self, count: int) -> timedelta:
        """Return how long to wait after the attempt with this number (from 1)."""
        if count < self.free:
            return timedelta(0)
        return timedelta(minutes=self.minutes[min(count - self.free, len(self.minutes) - 1)])

    def remaining(self, *, count: int, last_at: datetime, now: datetime) -> timedelta:
        """Return how long to wait from now on, zero when the next attempt is free."""
        wait = self.wait_after(count)
        if not wait or is_forgotten(last_at, now):
            return timedelta(0)
        return max(last_at + wait - now, timedelta(0))


def is_forgotten(last_at: datetime, now: datetime) -> bool:
    """Tell whether attempts so long ago no longer count."""
    return now - last_at >= FORGOTTEN_AFTER
