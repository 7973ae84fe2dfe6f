"""The change feed: which entries of the directory were made or changed since a moment; pure.

Whoever asks again with ``next_since`` misses nothing: it lies a little back, so that an entry that was being
saved while the feed was read comes with the next answer. The same change may therefore come twice; ``id`` and
``version`` name it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from app.feed.catalogue import Catalogue
from app.feed.hsds_documents import STATUS, moment
from app.windows.hsds_terms import identifier

OVERLAP: Final = timedelta(minutes=10)
"""Longer than any entry takes to be saved."""


def changes(catalogue: Catalogue, since: datetime | None, address: Callable[[str], str]) -> dict[str, Any]:
    """Return the versions recorded after a moment, the oldest first; all of them when none is given."""
    found = []
    for line in catalogue.lines:
        heir = catalogue.heir_of(line)
        for view in catalogue.versions[line.view.window_id]:
            if since is not None and view.recorded_at <= since:
                continue
            facts = view.facts
            found.append(
                {
                    "id": identifier("service", view.key),
                    "key": view.key,
                    "version": view.number,
                    "changed_at": moment(view.recorded_at),
                    "change": "created" if view.number == 1 else "changed",
                    "name": facts.name,
                    "valid_from": facts.valid_from.isoformat() if facts.valid_from else None,
                    "valid_to": facts.valid_to.isoformat() if facts.valid_to else None,
                    "status": STATUS[line.standing],
                    "successor": identifier("service", heir.view.key) if heir else None,
                    "url": address(view.key) or None,
                }
            )
    found.sort(key=lambda one: (str(one["changed_at"]), str(one["key"]), one["version"]))
    latest = max((v.recorded_at for views in catalogue.versions.values() for v in views), default=None)
    return {
        "since": moment(since) if since else None,
        "next_since": moment(latest - OVERLAP) if latest else None,
        "count": len(found),
        "changes": found,
    }
