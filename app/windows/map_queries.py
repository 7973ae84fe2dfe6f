"""Reads of the editions of the map (就労支援マップ): what was printed of them and what they contain."""

from datetime import date

from sqlalchemy import func, select

from app.foundation.db import db
from app.foundation.errors import NotFound
from app.windows.map_changes import Change, changes_between
from app.windows.map_models import MapContent, MapEdition, MapLeaflet, MapPrinting
from app.windows.map_views import EditionView, PrintingView
from app.windows.map_vocabulary import EditionState
from app.windows.queries import get_versions, list_windows
from app.windows.views import WindowView
from app.windows.vocabulary import PrintRun


def list_editions() -> list[EditionView]:
    """List the editions with their printings in two reads, the newest first; drafts and voided ones too."""
    printings: dict[int, list[MapPrinting]] = {}
    for printing in db.session.scalars(select(MapPrinting).order_by(MapPrinting.printed_on, MapPrinting.id)):
        printings.setdefault(printing.edition_id, []).append(printing)
    editions = db.session.scalars(select(MapEdition).order_by(MapEdition.number.desc()))
    return [edition_view(edition, printings.get(edition.id, [])) for edition in editions]


def get_edition(number: int) -> EditionView:
    """Return an edition or a draft; NotFound when there is none."""
    edition = db.session.scalar(select(MapEdition).where(MapEdition.number == number))
    if edition is None:
        raise NotFound
    return edition_view(edition, list_printings(edition.id))


def find_last_edition(*, before: int | None = None, on: date | None = None) -> EditionView | None:
    """Return the newest edition that is out (before a number, or on a day), or None."""
    chosen = select(MapEdition).where(
        MapEdition.state == EditionState.PUBLISHED, MapEdition.voided_at.is_(None)
    )
    if before is not None:
        chosen = chosen.where(MapEdition.number < before)
    if on is not None:
        chosen = chosen.where(MapEdition.published_on <= on)
    edition = db.session.scalar(chosen.order_by(MapEdition.number.desc()).limit(1))
    return None if edition is None else edition_view(edition, list_printings(edition.id))


def find_draft() -> EditionView | None:
    """Return the draft of the next edition, or None."""
    edition = db.session.scalar(select(MapEdition).where(MapEdition.state == EditionState.DRAFT))
    return None if edition is None else edition_view(edition, [])


def next_number() -> int:
    """Return the number that the next edition gets: the number of a voided one is not given again."""
    return (db.session.scalar(select(func.max(MapEdition.number))) or 0) + 1


def list_contents(edition: EditionView) -> list[WindowView]:
    """List the windows of an edition: a draft has those of its day, a published one keeps its own."""
    if edition.is_draft:
        return list_windows(edition.published_on)
    ids = db.session.scalars(select(MapContent.version_id).where(MapContent.edition_id == edition.id))
    views = get_versions(list(ids)).values()
    return sorted(views, key=lambda view: (view.is_general, view.position, view.window_id))


def list_changes(edition: EditionView, contents: list[WindowView]) -> tuple[Change, ...] | None:
    """Return what changed since the edition before; None when there is none to compare with."""
    before = find_last_edition(before=edition.number)
    known = list_contents(before) if before else []
    return changes_between(known, contents) if known else None


def find_leaflet(number: int) -> bytes | None:
    """Return the leaflet of an edition that is out as it was published, None when none is kept."""
    chosen = (
        select(MapLeaflet.content)
        .join(MapEdition, MapEdition.id == MapLeaflet.edition_id)
        .where(MapEdition.number == number, MapEdition.voided_at.is_(None))
    )
    return db.session.scalar(chosen)


def leaflet_size(number: int) -> int | None:
    """Return the size of the leaflet kept of an edition that is out in bytes, None when none is kept."""
    chosen = (
        select(func.length(MapLeaflet.content))
        .join(MapEdition, MapEdition.id == MapLeaflet.edition_id)
        .where(MapEdition.number == number, MapEdition.voided_at.is_(None))
    )
    return db.session.scalar(chosen)


def list_printings(edition_id: int) -> list[MapPrinting]:
    """List the printings of an edition in the order of their days, voided ones included."""
    chosen = select(MapPrinting).where(MapPrinting.edition_id == edition_id)
    return list(db.session.scalars(chosen.order_by(MapPrinting.printed_on, MapPrinting.id)))


def edition_view(edition: MapEdition, printings: list[MapPrinting]) -> EditionView:
    """Return what pages see of an edition."""
    views = [printing_view(printing, edition.number) for printing in printings]
    return EditionView(
        id=edition.id,
        number=edition.number,
        state=edition.state,
        published_on=edition.published_on,
        fiscal_year=edition.fiscal_year,
        changes=edition.changes,
        version=edition.version,
        void_reason=edition.void_reason,
        printings=tuple(view for view in views if view.counts),
        voided=tuple(view for view in views if not view.counts),
    )


def printing_view(printing: MapPrinting, number: int) -> PrintingView:
    """Return what pages see of a printing of the edition with a number."""
    return PrintingView(
        id=printing.id,
        edition=number,
        printed_on=printing.printed_on,
        copies=printing.copies,
        run=PrintRun.FIRST if printing.is_first_run else PrintRun.REPRINT,
        version=printing.version,
        void_reason=printing.void_reason,
    )
