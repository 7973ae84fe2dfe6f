"""How ages, age bands and the age limits of windows meet."""

from enum import Enum

from app.situation.vocabulary import AgeBand


class AgeFit(Enum):
    """Whether an age band lies inside the age limits of a window."""

    INSIDE = "inside"
    PARTLY = "partly"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


def band_of(age: int) -> AgeBand | None:
    """Return the band of an age in years; None below 15, where the plan has no band."""
    for band in AgeBand:
        low = band.minimum
        if low is not None and low <= age and (band.maximum is None or age <= band.maximum):
            return band
    return None


def fit(band: AgeBand, minimum: int | None, maximum: int | None) -> AgeFit:
    """Compare a band with a window's limits in years (both included, None = no limit).

    An unknown age fits a window without limits and is unknown at every other: its page says "ask the age".
    """
    if minimum is None and maximum is None:
        return AgeFit.INSIDE
    low, high = band.minimum, band.maximum
    if low is None:
        return AgeFit.UNKNOWN
    below = minimum is not None and high is not None and high < minimum
    above = maximum is not None and low > maximum
    if below or above:
        return AgeFit.OUTSIDE
    starts = minimum is None or low >= minimum
    ends = maximum is None or (high is not None and high <= maximum)
    return AgeFit.INSIDE if starts and ends else AgeFit.PARTLY
