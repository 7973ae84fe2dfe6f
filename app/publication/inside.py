"""Figures of a year for other systems of the city, before any release; small ones are withheld all the same.

A token opens the door, not the small cells: whoever reads with it sees what a release would show.
"""

from dataclasses import dataclass

from app.kpi.vocabulary import TableSource
from app.privacy.disclosure_tables import THRESHOLD
from app.publication.figures import PublishedFigure
from app.publication.gate import figure_of, judged, list_earlier
from app.years.reports import get_table


@dataclass(frozen=True, kw_only=True)
class InternalYear:
    """A year as it stands: where its figures come from, their edition (0: not settled), and the figures."""

    source: TableSource
    edition: int
    figures: tuple[PublishedFigure, ...]


def get_internal(fiscal_year: int, threshold: int = THRESHOLD) -> InternalYear:
    """Return the figures of a year as they stand now; NotFound where no plan serves it."""
    table = get_table(fiscal_year)
    # Whoever reads this reads what was released as well, and may lay one beside the other.
    offer, _system, decision = judged(table, list_earlier(fiscal_year), threshold)
    return InternalYear(
        source=table.source,
        edition=table.edition.number if table.edition else 0,
        figures=tuple(figure_of(item, offer.showing(item, decision)) for item in offer.items),
    )
