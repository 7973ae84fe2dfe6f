"""Yearly figures, texts and targets as people type them: entries, their fields, what the page had shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256


@dataclass(frozen=True, kw_only=True)
class ResultEntry:
    """What somebody typed for one figure; ``part`` is "" for the whole, ``value`` None takes the figure back.

    ``seen`` is what the page had shown (see ``seen_figure``).
    """

    indicator: str
    part: str = ""
    value: Decimal | None
    printed: str = ""
    seen: str = ""


@dataclass(frozen=True, kw_only=True)
class TargetEntry:
    """What somebody typed for the target of an indicator under a measure; ``value`` None takes it away."""

    measure: str
    indicator: str
    value: Decimal | None
    seen: str = ""


@dataclass(frozen=True, kw_only=True)
class TextEntry:
    """What somebody typed for a yearly text of a measure; an empty text takes it back.

    ``is_source``: it says where the figures come from, not what was reached.
    """

    measure: str
    text: str
    seen: str = ""
    is_source: bool = False

    @property
    def field(self) -> str:
        """Name of the form field."""
        return source_field(self.measure) if self.is_source else text_field(self.measure)


def figure_field(indicator: str, part: str = "", measure: str = "") -> str:
    """Return the name of the form field of a figure, under a measure for targets."""
    return "__".join(["figure", *filter(None, (measure.replace("-", "_"), indicator, part))])


def text_field(measure: str) -> str:
    """Return the name of the form field of a measure's text."""
    return f"text__{measure.replace('-', '_')}"


def source_field(measure: str) -> str:
    """Return the name of the form field that says where a measure's figures come from."""
    return f"source__{measure.replace('-', '_')}"


def seen_figure(value: Decimal | None, printed: str = "") -> str:
    """Return what stands for a figure on a page, so that a save can tell whether it has changed since."""
    return "" if value is None else f"{value.normalize():f}{printed}"


def seen_text(text: str) -> str:
    """Return a short stand-in for a text."""
    return sha256(text.encode()).hexdigest()[:16] if text else ""


def places_of(value: Decimal) -> int:
    """Return how many decimals a figure has, trailing zeros aside."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def sum_differs(whole: Decimal | None, parts: Sequence[Decimal]) -> bool:
    """Tell whether parts that are there do not sum to the whole."""
    return bool(parts) and sum(parts) != whole
