"""Reads of the map register (就労支援マップ)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.foundation.db import db
from app.foundation.errors import NotFound
from app.windows.map_models import MapEdition, MapPrinting
from app.windows.vocabulary import PrintRun


@dataclass(frozen=True, kw_only=True)
class PrintingView:
    """One printing of an edition."""

    printed_on: date
    copies: int
    run: PrintRun


@dataclass(frozen=True, kw_only=True)
class EditionView:
    """An edition of the map with its printings, the first run first."""

    number: int
    published_on: date
    fiscal_year: int
    changes: str
    printings: tuple[PrintingView, ...]

    @property
    def has_first_run(self) -> bool:
        """Whether its first run is registered."""
        return any(printing.run is PrintRun.FIRST for printing in self.printings)

    @property
    def copies(self) -> int:
        """Copies printed so far."""
        return sum(printing.copies for printing in self.printings)

    @property
    def reprinted(self) -> int:
        """Copies printed after the first run (増冊)."""
        return sum(printing.copies for printing in self.printings if printing.run is PrintRun.REPRINT)


def list_editions() -> list[EditionView]:
    """List the editions with their printings in two reads, the newest first."""
    printings: dict[int, list[MapPrinting]] = {}
    for printing in db.session.scalars(select(MapPrinting).order_by(MapPrinting.printed_on, MapPrinting.id)):
        printings.setdefault(printing.edition_id, []).append(printing)
    editions = db.session.scalars(select(MapEdition).order_by(MapEdition.number.desc()))
    return [edition_view(edition, printings.get(edition.id, [])) for edition in editions]


def get_edition(number: int) -> EditionView:
    """Return an edition; NotFound when there is none."""
    edition = db.session.scalar(select(MapEdition).where(MapEdition.number == number))
    if edition is None:
        raise NotFound
    return edition_view(edition, list_printings(edition.id))


def find_last_edition() -> EditionView | None:
    """Return the newest edition, or None before the first."""
    edition = db.session.scalar(select(MapEdition).order_by(MapEdition.number.desc()).limit(1))
    return None if edition is None else edition_view(edition, list_printings(edition.id))


def list_printings(edition_id: int) -> list[MapPrinting]:
    """List the printings of an edition in the order of their days."""
    chosen = select(MapPrinting).where(MapPrinting.edition_id == edition_id)
    return list(db.session.scalars(chosen.order_by(MapPrinting.printed_on, MapPrinting.id)))


def edition_view(edition: MapEdition, printings: list[MapPrinting]) -> EditionView:
    """Return what pages see of an edition."""
    return EditionView(
        number=edition.number,
        published_on=edition.published_on,
        fiscal_year=edition.fiscal_year,
        changes=edition.changes,
        printings=tuple(
            PrintingView(
                printed_on=printing.printed_on,
                copies=printing.copies,
                run=PrintRun.FIRST if printing.is_first_run else PrintRun.REPRINT,
            )
            for printing in printings
        ),
    )
