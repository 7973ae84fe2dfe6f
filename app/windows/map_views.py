"""What pages see of the map register: plain values, no rows."""

from dataclasses import dataclass
from datetime import date

from app.windows.map_vocabulary import EditionState, MapReason
from app.windows.vocabulary import PrintRun


@dataclass(frozen=True, kw_only=True)
class PrintingView:
    """One printing of an edition."""

    id: int
    edition: int
    printed_on: date
    copies: int
    run: PrintRun
    version: int
    void_reason: MapReason | None

    @property
    def counts(self) -> bool:
        """Whether it was not voided."""
        return self.void_reason is None


@dataclass(frozen=True, kw_only=True)
class EditionView:
    """An edition of the map with its printings, the first run first; voided printings stand in ``voided``."""

    id: int
    number: int
    state: EditionState
    published_on: date
    fiscal_year: int
    changes: str
    version: int
    void_reason: MapReason | None
    printings: tuple[PrintingView, ...]
    voided: tuple[PrintingView, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether it is still being made."""
        return self.state is EditionState.DRAFT

    @property
    def is_void(self) -> bool:
        """Whether it was published by mistake."""
        return self.void_reason is not None

    @property
    def is_out(self) -> bool:
        """Whether it is published and counts."""
        return not self.is_draft and not self.is_void

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


@dataclass(frozen=True, kw_only=True)
class DistributionView:
    """Copies of an edition laid at a counter on a day."""

    id: int
    edition: int
    counter_id: int
    place: str
    laid_on: date
    fiscal_year: int
    copies: int
    version: int
    void_reason: MapReason | None


@dataclass(frozen=True, kw_only=True)
class BriefingView:
    """A briefing of the staff of a department."""

    id: int
    office_id: int
    office: str
    office_en: str
    held_on: date
    fiscal_year: int
    headcount: int
    version: int
    void_reason: MapReason | None

    def office_in(self, locale: str) -> str:
        """Name of the department in the language of the page."""
        return self.office_en if locale.startswith("en") and self.office_en else self.office


@dataclass(frozen=True, kw_only=True)
class CounterView:
    """A counter where copies lie, with what was laid there last."""

    id: int
    place: str
    last: DistributionView | None

    def holds_old(self, current: int | None) -> bool:
        """Whether the copies that lie there are of an edition before the current one."""
        return self.last is not None and current is not None and self.last.edition < current
