"""What leaves the house, as plain values: a released year and its figures; pure.

秘匿 (withheld) figures have no value here at all: nothing downstream can show what it does not hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from app.foundation.labels import LabelledEnum
from app.kpi.vocabulary import Mark
from app.plan.register import Words
from app.plan.vocabulary import PrintedWord

SYMBOL: Final = "x"
"""What stands on paper for a withheld figure, small or not; data files have no value and 秘匿."""


class Showing(LabelledEnum):
    """How a figure leaves: as it is, exact by an approved exception, known before, or not at all."""

    SHOWN = "shown", "公表する", "Shown"
    EXACT = "exact", "承認により正確な数を公表", "Exact, by approval"
    KNOWN = "known", "既公表値", "Published before"
    WITHHELD = "withheld", "秘匿", "Withheld"
    # The whole line went, zeros with the others: nobody can tell a nought there.
    TAKEN = "taken", "秘匿（内訳のすべて）", "Withheld with all its parts"

    @property
    def is_withheld(self) -> bool:
        """Whether x is printed."""
        return self in (Showing.WITHHELD, Showing.TAKEN)


@dataclass(frozen=True, kw_only=True)
class PublishedFigure:
    """One figure as the world may read it; ``part`` is "" for the whole.

    ``value`` None and not withheld: there is nothing to show (該当なし). ``word`` is the word that stands
    instead of the number (なし, 開催なし), or "".
    """

    measure: str
    indicator: str
    part: str
    label: Words
    unit: Words
    decimals: int
    value: Decimal | None
    word: str
    mark: Mark
    showing: Showing

    @property
    def is_suppressed(self) -> bool:
        """Whether the figure is withheld (秘匿); it has no value then."""
        return self.showing.is_withheld

    @property
    def printed_word(self) -> PrintedWord | None:
        """The known word that is printed instead of the figure."""
        return PrintedWord.find(self.word)


@dataclass(frozen=True, kw_only=True)
class PublishedYear:
    """One release of a fiscal year: 1 is the first, a later one replaces it and never deletes it.

    ``edition`` is the number of the freeze (確定 1, 訂正 2, …) whose figures these are.
    """

    fiscal_year: int
    number: int
    edition: int | None
    threshold: int
    released_at: datetime
    digest: str
    figures: tuple[PublishedFigure, ...]

    def of(self, measure: str) -> Iterator[PublishedFigure]:
        """Return the figures of a measure in the order of the table, each whole before its parts."""
        return (one for one in self.figures if one.measure == measure)

    def find(self, measure: str, indicator: str, part: str = "") -> PublishedFigure | None:
        """Return one figure, None where the release holds none."""
        return next((one for one in self.of(measure) if (one.indicator, one.part) == (indicator, part)), None)
