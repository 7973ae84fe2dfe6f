"""Changes of the map register: printings, where copies lie (配架), briefings of staff (周知).

Nothing is deleted: an entry is corrected with a reason, and the trail keeps what stood before; or it is
voided and leaves every count.
"""

from datetime import date
from typing import Final, TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.access.actor import Actor
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.windows.map_checks import require_distribution, require_number, require_past, require_printing
from app.windows.map_models import MapCounter, MapDistribution, MapPrinting, StaffBriefing
from app.windows.map_operations import ALREADY_THERE, flush, get_out
from app.windows.map_queries import list_printings
from app.windows.map_vocabulary import MapReason
from app.windows.queries import get_office
from app.windows.vocabulary import OfficeKind, PrintRun

Entry = MapPrinting | MapDistribution | StaffBriefing
Made = TypeVar("Made", bound=Entry)

MOST_PEOPLE: Final = 10_000
LONGEST_PLACE: Final = 80
KINDS: Final[dict[str, type[Entry]]] = {
    "printing": MapPrinting,
    "distribution": MapDistribution,
    "briefing": StaffBriefing,
}
FACTS: Final = {
    "printing": ("printed_on", "copies", "is_first_run"),
    "distribution": ("edition_id", "counter_id", "laid_on", "copies"),
    "briefing": ("office_id", "held_on", "headcount"),
}
NO_PLACE: Final = N_("配架先を選ぶか、新しい配架先の名前を入力してください。")


def record_printing(
    *,
    actor: Actor,
    edition_number: int,
    printed_on: date,
    copies: int,
    run: PrintRun,
    after: int | None = None,
) -> MapPrinting:
    """Register a printing of an edition; copies after its first run count as 増冊.

    ``after`` is how many printings the page showed, so that the same form sent twice makes one.

    Raises:
        NotFound: there is no such edition.
        Conflict: a printing was registered in the meantime.
        DomainError: the day lies ahead, the copies are out of range, or the run does not fit those before.
    """
    # Locked, so that two first runs cannot be registered at once.
    edition = get_out(edition_number)
    before = list_printings(edition.id)
    if after is not None and after != len(before):
        raise Conflict(ALREADY_THERE)
    require_printing(printed_on, copies, run, before)
    printing = MapPrinting(
        edition_id=edition.id,
        printed_on=printed_on,
        fiscal_year=fiscal_year_of(printed_on),
        copies=copies,
        is_first_run=run is PrintRun.FIRST,
    )
    return entered(actor, "printing", printing)


def correct_printing(
    *,
    actor: Actor,
    printing_id: int,
    printed_on: date,
    copies: int,
    run: PrintRun,
    reason: MapReason,
    version: int | None,
) -> MapPrinting:
    """Correct a printing; the same rules hold as for a new one. Raises NotFound, Conflict, DomainError."""
    printing = get_entry(MapPrinting, printing_id, version)
    get_out(printing.edition.number)
    others = [one for one in list_printings(printing.edition_id) if one.id != printing.id]
    require_printing(printed_on, copies, run, others)
    before = facts_of("printing", printing)
    printing.printed_on, printing.fiscal_year = printed_on, fiscal_year_of(printed_on)
    printing.copies, printing.is_first_run = copies, run is PrintRun.FIRST
    return corrected(actor, "printing", printing, before, reason)


def record_distribution(
    *, actor: Actor, edition_number: int, place: str, laid_on: date, copies: int, after: int | None = None
) -> MapDistribution:
    """Register that copies of an edition were laid at a counter; no copies: none are left there.

    ``after`` is how many entries the page showed, so that the same form sent twice makes one.

    Raises:
        NotFound: there is no such edition.
        Conflict: an entry was made in the meantime.
        DomainError: the day, the copies or the place are wrong, at the field.
    """
    edition = get_out(edition_number)
    if after is not None and after != (db.session.scalar(select(func.count(MapDistribution.id))) or 0):
        raise Conflict(ALREADY_THERE)
    require_distribution(laid_on, copies, edition.published_on)
    distribution = MapDistribution(
        edition_id=edition.id,
        counter_id=counter_at(place).id,
        laid_on=laid_on,
        fiscal_year=fiscal_year_of(laid_on),
        copies=copies,
    )
    return entered(actor, "distribution", distribution)


def correct_distribution(
    *,
    actor: Actor,
    distribution_id: int,
    edition_number: int,
    place: str,
    laid_on: date,
    copies: int,
    reason: MapReason,
    version: int | None,
) -> MapDistribution:
    """Correct an entry of 配架, under the rules of a new one. Raises NotFound, Conflict, DomainError."""
    distribution = get_entry(MapDistribution, distribution_id, version)
    edition = get_out(edition_number)
    require_distribution(laid_on, copies, edition.published_on)
    before = facts_of("distribution", distribution)
    distribution.edition_id, distribution.counter_id = edition.id, counter_at(place).id
    distribution.laid_on, distribution.fiscal_year = laid_on, fiscal_year_of(laid_on)
    distribution.copies = copies
    return corrected(actor, "distribution", distribution, before, reason)


def record_briefing(
    *, actor: Actor, office_id: int, held_on: date, headcount: int, after: int | None = None
) -> StaffBriefing:
    """Register that the staff of a department were told about the map.

    ``after`` is how many briefings the page showed, so that the same form sent twice makes one.

    Raises:
        Conflict: a briefing was entered in the meantime.
        DomainError: the day, the department or the number of people is wrong, at the field.
    """
    if after is not None and after != (db.session.scalar(select(func.count(StaffBriefing.id))) or 0):
        raise Conflict(ALREADY_THERE)
    require_briefing(office_id, held_on, headcount)
    briefing = StaffBriefing(
        office_id=office_id, held_on=held_on, fiscal_year=fiscal_year_of(held_on), headcount=headcount
    )
    return entered(actor, "briefing", briefing)


def correct_briefing(
    *,
    actor: Actor,
    briefing_id: int,
    office_id: int,
    held_on: date,
    headcount: int,
    reason: MapReason,
    version: int | None,
) -> StaffBriefing:
    """Correct a briefing; the same rules hold as for a new one. Raises NotFound, Conflict, DomainError."""
    briefing = get_entry(StaffBriefing, briefing_id, version)
    require_briefing(office_id, held_on, headcount)
    before = facts_of("briefing", briefing)
    briefing.office_id, briefing.headcount = office_id, headcount
    briefing.held_on, briefing.fiscal_year = held_on, fiscal_year_of(held_on)
    return corrected(actor, "briefing", briefing, before, reason)


def void_entry(*, actor: Actor, kind: str, entry_id: int, reason: MapReason, version: int | None) -> Entry:
    """Take an entry (printing, distribution or briefing) out of every count.

    Raises:
        NotFound: there is none, or it is void already.
        Conflict: somebody else changed it meanwhile.
        DomainError: it is a first run after which reprints were registered.
    """
    entry = get_entry(KINDS[kind], entry_id, version)
    if isinstance(entry, MapPrinting):
        get_out(entry.edition.number)
        require_no_orphans(entry)
    entry.voided_at, entry.void_reason = clock.now(), reason
    flush()
    note(actor, f"map.{kind}_voided", kind, entry, {"before": facts_of(kind, entry), "reason": reason})
    return entry


# ---- parts --------------------------------------------------------------------------------------


def get_entry(kind: type[Made], entry_id: int, version: int | None) -> Made:
    """Return an entry that counts, locked; NotFound, or Conflict when it was changed meanwhile."""
    entry = db.session.scalar(select(kind).where(kind.id == entry_id).with_for_update())
    if entry is None or entry.voided_at is not None:
        raise NotFound
    if version is not None and version != entry.version:
        raise Conflict(CHANGED_MEANWHILE)
    return entry


def entered(actor: Actor, kind: str, entry: Made) -> Made:
    """Store a new entry and note it in the trail."""
    db.session.add(entry)
    db.session.flush()
    note(actor, f"map.{kind}", kind, entry, facts_of(kind, entry))
    return entry


def corrected(actor: Actor, kind: str, entry: Made, before: dict[str, object], reason: MapReason) -> Made:
    """Store a corrected entry and note what stood before."""
    flush()
    note(actor, f"map.{kind}_corrected", kind, entry, {"before": before, "reason": reason})
    return entry


def note(actor: Actor, action: str, kind: str, entry: Entry, details: dict[str, object]) -> None:
    """Note in the trail what was done with an entry."""
    trail.record(actor=actor, action=action, subject=f"map_{kind}", subject_id=entry.id, details=details)


def facts_of(kind: str, entry: Entry) -> dict[str, object]:
    """Return what the trail keeps of an entry: days, numbers and codes."""
    return {name: getattr(entry, name) for name in FACTS[kind]}


def counter_at(place: str) -> MapCounter:
    """Return the counter of a name, made when it is new; DomainError when the name is missing or too long."""
    name = " ".join(place.split())
    if not name:
        raise DomainError(NO_PLACE, field="place")
    if len(name) > LONGEST_PLACE:
        words = N_("配架先の名前は%(most)s字までです。")
        raise DomainError(words, field="place", most=LONGEST_PLACE)
    known = db.session.scalar(select(MapCounter).where(MapCounter.place == name))
    if known is not None:
        return known
    counter = MapCounter(place=name)
    try:
        with db.session.begin_nested():
            db.session.add(counter)
    except IntegrityError:
        raise Conflict(ALREADY_THERE) from None
    return counter


def require_briefing(office_id: int, held_on: date, headcount: int) -> None:
    """Refuse an office that is no department, a day to come, and an impossible number."""
    try:
        office = get_office(office_id)
    except NotFound:
        raise DomainError(N_("所管課を選びなおしてください。"), field="office_id") from None
    if office.kind is not OfficeKind.DEPARTMENT:
        raise DomainError(N_("所管課を選びなおしてください。"), field="office_id")
    require_past(held_on, "held_on")
    require_number(headcount, "headcount", least=1, most=MOST_PEOPLE)


def require_no_orphans(printing: MapPrinting) -> None:
    """Refuse to void a first run after which reprints are registered."""
    others = (one for one in list_printings(printing.edition_id) if one.voided_at is None)
    if printing.is_first_run and any(one.id != printing.id for one in others):
        raise DomainError(N_("この号には増冊の記録があります。先に増冊の記録を取り消してください。"))
