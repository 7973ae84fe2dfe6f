"""Values that hold for spans of fiscal years: of each year at most one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Span(Generic[Value]):
    """A value and the fiscal years, both included, for which it holds."""

    first: int
    last: int
    value: Value

    def holds_in(self, fiscal_year: int) -> bool:
        """Tell whether the value holds in a fiscal year."""
        return self.first <= fiscal_year <= self.last


def value_in(spans: Iterable[Span[Value]], fiscal_year: int) -> Value | None:
    """Return the value of a fiscal year, None where no span holds."""
    return next((span.value for span in spans if span.holds_in(fiscal_year)), None)


def cleared(spans: Iterable[Span[Value]], first: int, last: int) -> list[Span[Value]]:
    """Return the spans without the years first to last: cut short, cut in two or left out, oldest first."""
    kept = []
    for span in spans:
        if span.first < first:
            kept.append(replace(span, last=min(span.last, first - 1)))
        if span.last > last:
            kept.append(replace(span, first=max(span.first, last + 1)))
    return sorted(kept, key=lambda span: span.first)


def overlaid(spans: Iterable[Span[Value]], new: Span[Value]) -> list[Span[Value]]:
    """Return the spans after a new one was laid over them; the new one wins in each of its years."""
    return sorted([*cleared(spans, new.first, new.last), new], key=lambda span: span.first)
