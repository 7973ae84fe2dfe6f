"""The leaflet of an edition as it was published: made once, kept, and handed out unchanged ever after."""

from typing import Final

from app.access.actor import Actor
from app.foundation.db import db
from app.foundation.errors import N_, DomainError, NotFound
from app.printing.leaflet import MapPaper, leaflet
from app.windows.map_models import MapLeaflet
from app.windows.map_operations import get_out, note
from app.windows.map_paper import paper_of
from app.windows.map_queries import find_leaflet, get_edition, list_changes, list_contents

NO_CONTENTS: Final = N_("この号にどの窓口が載ったかは記録されていないため、リーフレットは作れません。")


def keep_leaflet(*, actor: Actor, number: int, url: str) -> None:
    """Make and keep the leaflet of an edition that is out; one that is kept already stays as it is.

    ``url`` is the address of the public map, which the leaflet prints; empty when nobody has set it.

    Raises:
        NotFound: there is no such edition that is out.
        DomainError: it is a draft, or nobody kept which windows it holds.
    """
    edition = get_out(number)
    if find_leaflet(number) is not None:
        return
    try:
        paper = get_paper(number, url=url)
    except NotFound:
        raise DomainError(NO_CONTENTS) from None
    db.session.add(MapLeaflet(edition_id=edition.id, content=leaflet(paper)))
    db.session.flush()
    note(actor, "map.leaflet", edition)


def get_paper(number: int, *, url: str) -> MapPaper:
    """Return an edition as paper; NotFound when nobody kept which windows it holds."""
    edition = get_edition(number)
    contents = list_contents(edition)
    if not contents:
        raise NotFound
    return paper_of(edition, contents, list_changes(edition, contents) or (), url=url)
