"""Figures of a year for other systems of the city, before any release; small ones are withheld all the same.

A token opens the door, not the small cells: whoever reads with it sees what a release would show.
"""

from app.kpi.vocabulary import TableSource
from app.privacy.disclosure_tables import THRESHOLD
from app.publication.figures import PublishedFigure
from app.publication.gate import figure_of, judged, list_earlier
from app.years.reports import get_table


def get_internal(
    fiscal_year: int, threshold: int = THRESHOLD
) -> tuple[TableSource, tuple[PublishedFigure, ...]]:
    """Return where the figures of a year come from now, and the figures; NotFound where no plan serves it."""
    table = get_table(fiscal_year)
    # Whoever reads this reads what was released as well, and may lay one beside the other.
    offer, _system, decision = judged(table, list_earlier(fiscal_year), threshold)
    return table.source, tuple(figure_of(item, offer.showing(item, decision)) for item in offer.items)
