"""The one clock: moments in UTC, days in Japan, whatever the zone of the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

TOKYO: Final = ZoneInfo("Asia/Tokyo")

_moment: ContextVar[datetime | None] = ContextVar("shirube_moment", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _moment.get() or datetime.now(UTC)


def today() -> date:
    """Return the present day in Japan."""
    return to_tokyo(now()).date()


def to_tokyo(moment: datetime) -> datetime:
    """Return the same moment on the clocks of Japan; ValueError when the moment has no zone."""
    if moment.tzinfo is None:
        # A naive moment would silently be taken for the server's own zone.
        raise ValueError("moment without a time zone")
    return moment.astimezone(TOKYO)


def day_of(moment: datetime) -> date:
    """Return the day in Japan on which a moment falls; ValueError when it has no zone."""
    return to_tokyo(moment).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at a moment inside the block: for sample data and tests, never for a request."""
    if moment.tzinfo is None:
        raise ValueError("moment without a time zone")
    token = _moment.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moment.reset(token)
