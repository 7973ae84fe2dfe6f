"""Yearly figures as departments report them: what an entry holds and when its parts do not add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class ResultEntry:
    """What somebody typed for one figure; ``part`` is "" for the whole, ``value`` None takes the figure back.

    ``version`` is the one of the figure that the page showed, 0 when it showed none.
    """

    indicator: str
    part: str = ""
    value: Decimal | None
    printed: str = ""
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class TextEntry:
    """What somebody typed for a yearly text of a measure; an empty text takes it back."""

    measure: str
    text: str
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class TargetEntry:
    """What somebody typed for a target of one indicator under one measure; None takes it away."""

    measure: str
    indicator: str
    value: Decimal | None
    version: int = 0


def places_of(value: Decimal) -> int:
    """Return how many decimals a figure has, trailing zeros aside."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def sum_differs(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """Tell whether parts that are there do not sum to the whole."""
    return bool(parts) and sum(parts) != whole
