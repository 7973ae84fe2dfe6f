"""The one gate: whatever leaves the house takes its figures from here and nowhere else.

Public pages, feed, open data and release files call ``get_published``; a test forbids them every other way.
"""

from app.kpi.publication_figures import PublishedYear
from app.kpi.publication_queries import find_release, list_released_years


def get_published(fiscal_year: int, number: int | None = None) -> PublishedYear | None:
    """Return what was released of a year, by default its newest release; None where nothing was."""
    return find_release(fiscal_year, number)


def published_years() -> list[int]:
    """Return the fiscal years of which something was released, newest first."""
    return list_released_years()
