"""Indicators of a fiscal year as JSON, version 1 of their form; pure."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from app.foundation import fiscal_year as years
from app.plan.register import Words
from app.publication.figures import PublishedFigure, PublishedYear

FORMAT: Final = "shirube-indicators-1"


def year_document(published: PublishedYear, releases: Sequence[int] = ()) -> dict[str, Any]:
    """Return a release of a fiscal year; ``releases`` are the numbers of all of that year."""
    return {
        "format": FORMAT,
        "fiscal_year": published.fiscal_year,
        "fiscal_year_label": year_label(published.fiscal_year),
        "release": {
            "number": published.number,
            "edition": published.edition,
            "released_at": published.released_at.isoformat(timespec="seconds"),
            "threshold": published.threshold,
            "digest": published.digest,
        },
        "releases": list(releases) or [published.number],
        "indicators": indicators(published.figures),
    }


def internal_document(fiscal_year: int, figures: Iterable[PublishedFigure], source: str) -> dict[str, Any]:
    """Return the figures of a year before they are released; small numbers are withheld here too."""
    return {
        "format": FORMAT,
        "fiscal_year": fiscal_year,
        "fiscal_year_label": year_label(fiscal_year),
        "source": source,
        "handling": "internal",
        "indicators": indicators(figures),
    }


def years_document(years_released: Sequence[int]) -> dict[str, Any]:
    """Return which fiscal years were released."""
    return {
        "format": FORMAT,
        "fiscal_years": [
            {"fiscal_year": one, "label": year_label(one), "indicators": f"fiscal-years/{one}/indicators"}
            for one in years_released
        ],
    }


def indicators(figures: Iterable[PublishedFigure]) -> list[dict[str, Any]]:
    """Return each figure, wholes before their parts."""
    return [
        {
            "measure": one.measure,
            "indicator": one.indicator,
            "part": one.part or None,
            "label": words(one.label),
            "unit": words(one.unit),
            "value": number(one.value, one.decimals),
            "suppressed": one.is_suppressed,
            "word": one.word or None,
            "source": one.mark.value,
        }
        for one in figures
    ]


def number(value: Decimal | None, decimals: int) -> int | float | None:
    """Return a JSON number: whole where the indicator has no decimals."""
    if value is None:
        return None
    return round(float(value), decimals) if decimals else int(value)


def year_label(fiscal_year: int) -> dict[str, str]:
    """Return 令和7年度 in both languages."""
    return {lang: years.short_label(fiscal_year, lang) for lang in ("ja", "en")}


def words(of: Words) -> dict[str, str]:
    """Return a text in both languages."""
    return {"ja": of.ja, "en": of.en}


def problem(status: int, title: str, detail: str = "") -> dict[str, Any]:
    """Return an error in the form of RFC 9457."""
    return {"type": "about:blank", "status": status, "title": title, "detail": detail}
