"""就労支援マップ on paper: an A4 leaflet folded into three, and a poster by target group and need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.foundation.fiscal_year import day_label
from app.printing.pdf import make
from app.printing.qr import qr_of

LONGEST: Final = 220
CUT: Final = "…"
TITLE: Final = ("就労支援マップ", "Job support map")
SUBTITLE: Final = (
    "仕事をさがす人、仕事で困っている人の相談窓口",
    "Where to go for work, and for trouble at work",
)
UNKNOWN_WINDOW: Final = "—"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A target group or a need: its code and its words."""

    code: str
    ja: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A window as the map shows it; what nobody knows is empty. ``groups`` and ``needs`` are codes."""

    name: str
    name_en: str
    kana: str = ""
    services: str = ""
    for_whom: str = ""
    hours: str = ""
    appointment: str = ""
    address: str = ""
    access: str = ""
    telephone: str = ""
    groups: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MapPaper:
    """An edition of the map; the general window is the last entry. ``changes`` are sentences."""

    city: str
    city_en: str
    number: int
    published_on: date
    is_draft: bool
    entries: tuple[Entry, ...]
    groups: tuple[Heading, ...]
    needs: tuple[Heading, ...]
    changes: tuple[str, ...] = ()
    url: str = ""


def leaflet(paper: MapPaper) -> bytes:
    """Return the PDF of the leaflet: two pages of A4 across, three panels each, with marks for folding."""
    return make("leaflet", values_of(paper))


def poster(paper: MapPaper, *, size: str) -> bytes:
    """Return the PDF of the poster on one page; ``size`` is a3 or a2."""
    if size not in {"a3", "a2"}:
        raise ValueError(f"no such paper: {size}")
    return make("poster", values_of(paper) | {"size": size})


def values_of(paper: MapPaper) -> dict[str, Any]:
    """Return what the templates print, and what `glyphs.missing_in` can look through."""
    entries = [entry_of(number, entry) for number, entry in enumerate(paper.entries, start=1)]
    return {
        "title": list(TITLE),
        "subtitle": list(SUBTITLE),
        "city": [paper.city, paper.city_en],
        "number": paper.number,
        "day": [
            day_label(paper.published_on, weekday=False),
            day_label(paper.published_on, "en", weekday=False),
        ],
        "draft": paper.is_draft,
        "entries": entries,
        "groups": [heading_of(one, paper.entries, "groups") for one in paper.groups],
        "needs": [heading_of(one, paper.entries, "needs") for one in paper.needs],
        "table": table_of(paper),
        "changes": [shortened(change) for change in paper.changes],
        "url": paper.url,
        "qr": qr_of(paper.url) if paper.url else "",
    }


def entry_of(number: int, entry: Entry) -> dict[str, Any]:
    """Return what is printed of a window, its texts on one line each and of bounded length."""
    texts = (
        "name", "name_en", "kana", "services", "for_whom",
        "hours", "appointment", "address", "access", "telephone",
    )  # fmt: skip
    return {"number": number} | {name: shortened(getattr(entry, name)) for name in texts}


def heading_of(one: Heading, entries: Sequence[Entry], item: str) -> dict[str, Any]:
    """Return a target group or a need with the numbers of its windows."""
    numbers = [number for number, entry in enumerate(entries, start=1) if one.code in getattr(entry, item)]
    return {"ja": one.ja, "en": one.en, "numbers": numbers}


def table_of(paper: MapPaper) -> list[list[list[int]]]:
    """Return for each need and each target group the numbers of the windows that serve both."""
    return [
        [
            [
                number
                for number, entry in enumerate(paper.entries, start=1)
                if need.code in entry.needs and group.code in entry.groups
            ]
            for group in paper.groups
        ]
        for need in paper.needs
    ]


def shortened(text: str) -> str:
    """Return a text on one line, cut where it is too long for a map."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + CUT
