"""Reads for the public: the directory in one read, whatever its size, and the current edition of the map."""

from dataclasses import dataclass
from datetime import date, datetime

from app.feed.answering import Guide
from app.feed.catalogue import Catalogue, catalogue_of
from app.foundation.clock import day_of
from app.windows.map_queries import find_last_edition, leaflet_size, list_contents
from app.windows.map_views import EditionView
from app.windows.queries import grouped, read, versions
from app.windows.routing import prepare
from app.windows.routing_queries import list_routed
from app.windows.rule_queries import list_rules
from app.windows.views import Listed


@dataclass(frozen=True, kw_only=True)
class PublicMap:
    """The map on a day; ``is_printed`` when its windows are those of the edition.

    ``leaflet`` is the size in bytes of the leaflet that can be had, None when there is none.
    """

    day: date
    edition: EditionView | None
    is_printed: bool
    lines: tuple[Listed, ...]
    leaflet: int | None = None


def get_catalogue(day: date) -> Catalogue:
    """Return the directory as it stands on a day."""
    return catalogue_of(grouped(read(versions())), day)


def find_edition(day: date) -> EditionView | None:
    """Return the edition of the map that is out on a day, None before the first."""
    return find_last_edition(on=day)


def get_public_map(day: date) -> PublicMap:
    """Return the map as the public sees it on a day: the windows of its edition, each as it stands today.

    Of an edition nobody kept the windows of, and before the first one, the directory of the day is shown.
    """
    edition, catalogue = find_edition(day), get_catalogue(day)
    printed = list_contents(edition) if edition else []
    standing = {line.view.window_id: line.standing for line in catalogue.lines}
    lines = [Listed(view=view, standing=standing[view.window_id]) for view in printed]
    return PublicMap(
        day=day,
        edition=edition,
        is_printed=bool(lines),
        lines=tuple(lines or catalogue.current),
        leaflet=leaflet_size(edition.number) if edition else None,
    )


def get_guide(now: datetime) -> Guide:
    """Return the directory and the rules as they stand at a moment."""
    day = day_of(now)
    return Guide(
        prepared=prepare(list_routed(day, now), list_rules(day), day),
        catalogue=get_catalogue(day),
        now=now,
    )
