"""Reads for the public: the directory in one read, whatever its size, and the current edition of the map."""

from datetime import date, datetime

from app.feed.answering import Guide
from app.feed.catalogue import Catalogue, catalogue_of
from app.foundation.clock import day_of
from app.windows.queries import grouped, read, versions
from app.windows.routing import prepare
from app.windows.routing_queries import list_routed
from app.windows.rule_queries import list_rules


def get_catalogue(day: date) -> Catalogue:
    """Return the directory as it stands on a day."""
    return catalogue_of(grouped(read(versions())), day)


def get_guide(now: datetime) -> Guide:
    """Return the directory and the rules as they stand at a moment."""
    day = day_of(now)
    return Guide(
        prepared=prepare(list_routed(day, now), list_rules(day), day),
        catalogue=get_catalogue(day),
        now=now,
    )
