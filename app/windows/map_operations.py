"""Changes of the map register (就労支援マップ): editions published and printings of them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.access.actor import Actor
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.windows.map_models import MapEdition, MapPrinting
from app.windows.map_queries import find_last_edition, list_printings
from app.windows.vocabulary import PrintRun

MOST_COPIES = 1_000_000
LONGEST_CHANGES = 1_000
IN_THE_FUTURE = N_("今日より後の日付は登録できません。日付を確かめてください。")
ALREADY_THERE = N_(
    "このページを開いたあとに、新しい登録がありました。一覧を確かめてから、やり直してください。"
)


def publish_edition(
    *, actor: Actor, published_on: date, changes: str, after: int | None = None
) -> MapEdition:
    """Register the next edition; its number follows the last one's.

    ``after`` is the number of the last edition that the page showed (0 for none), so that the same form sent
    twice makes one edition.

    Raises:
        Conflict: an edition was registered in the meantime.
        DomainError: the day lies ahead or before the last edition, or nothing is said of the changes.
    """
    last = find_last_edition()
    if after is not None and after != (last.number if last else 0):
        raise Conflict(ALREADY_THERE)
    require_past(published_on, "published_on")
    if last is not None and published_on < last.published_on:
        words = N_("前の号（第%(number)s号）より前の日付です。日付を確かめてください。")
        raise DomainError(words, field="published_on", number=last.number)
    require_changes(changes)
    edition = MapEdition(
        number=last.number + 1 if last else 1,
        published_on=published_on,
        fiscal_year=fiscal_year_of(published_on),
        changes=changes.strip(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(edition)
    except IntegrityError:
        raise Conflict(ALREADY_THERE) from None
    trail.record(
        actor=actor,
        action="map.edition",
        subject="map_edition",
        subject_id=edition.id,
        details={"number": edition.number, "published_on": published_on.isoformat()},
    )
    return edition


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
    edition = db.session.scalar(
        select(MapEdition).where(MapEdition.number == edition_number).with_for_update()
    )
    if edition is None:
        raise NotFound
    before = list_printings(edition.id)
    if after is not None and after != len(before):
        raise Conflict(ALREADY_THERE)
    require_past(printed_on, "printed_on")
    require_copies(copies)
    require_run(run, printed_on, before)
    printing = MapPrinting(
        edition_id=edition.id,
        printed_on=printed_on,
        fiscal_year=fiscal_year_of(printed_on),
        copies=copies,
        is_first_run=run is PrintRun.FIRST,
    )
    db.session.add(printing)
    db.session.flush()
    trail.record(
        actor=actor,
        action="map.printing",
        subject="map_edition",
        subject_id=edition.id,
        details={"printing": printing.id, "copies": copies, "run": run.value},
    )
    return printing


def require_past(day: date, field: str) -> None:
    """Refuse a day to come: the register holds what happened."""
    if day > clock.today():
        raise DomainError(IN_THE_FUTURE, field=field)


def require_copies(copies: int) -> None:
    """Refuse a printing of nothing, and a slip of the hand."""
    if not 1 <= copies <= MOST_COPIES:
        words = N_("部数は1から%(most)sまでで入力してください。")
        raise DomainError(words, field="copies", most=f"{MOST_COPIES:,}")


def require_changes(changes: str) -> None:
    """Refuse an edition of which nothing is said, and a text that is too long."""
    if not changes.strip():
        raise DomainError(N_("変わったところを入力してください。"), field="changes")
    if len(changes) > LONGEST_CHANGES:
        words = N_("変わったところは%(most)s字までです。")
        raise DomainError(words, field="changes", most=LONGEST_CHANGES)


def require_run(run: PrintRun, printed_on: date, before: list[MapPrinting]) -> None:
    """Refuse a second first run, a reprint of what was never printed, and one before the first run."""
    first = next((printing for printing in before if printing.is_first_run), None)
    if run is PrintRun.FIRST and first is not None:
        raise DomainError(N_("この号の初刷はもう登録されています。増冊を選んでください。"), field="run")
    if run is PrintRun.REPRINT and first is None:
        raise DomainError(N_("この号の初刷がまだ登録されていません。初刷から登録してください。"), field="run")
    if first is not None and printed_on < first.printed_on:
        raise DomainError(N_("初刷より前の日付です。日付を確かめてください。"), field="printed_on")
