"""What a token of the feed may read, and for how long; pure."""

import hashlib
from datetime import date, timedelta
from typing import Final

from app.foundation.labels import LabelledEnum

LONGEST: Final = timedelta(days=366)
RANDOM_BYTES: Final = 32


class FeedScope(LabelledEnum):
    """What a token opens."""

    INDICATORS = "indicators", "年度の指標（内部限り）", "Indicators of a year, internal use"


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def may_last(expires_on: date, today: date) -> bool:
    """Tell whether a token may be valid to the end of a day: a year at most, and not of yesterday."""
    return today <= expires_on <= today + LONGEST
