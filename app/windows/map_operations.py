"""Changes of the editions of the map (就労支援マップ): drafts, publishing, taking back.

What was published stays as it is: the windows of its day are kept with it, and no operation changes them.
"""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.access.actor import Actor
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.windows.map_checks import require_past
from app.windows.map_models import MapContent, MapDistribution, MapEdition, MapPrinting
from app.windows.map_queries import find_draft, find_last_edition, next_number
from app.windows.map_vocabulary import EditionState, MapReason
from app.windows.queries import list_windows

LONGEST_CHANGES: Final = 1_000
FARTHEST_DRAFT: Final = timedelta(days=366)
ALREADY_THERE: Final = N_(
    "このページを開いたあとに、新しい登録がありました。一覧を確かめてから、やり直してください。"
)
PUBLISHED: Final = N_("この号は発行ずみです。内容は変えられません。")
NOT_PUBLISHED: Final = N_("この号はまだ下書きです。発行してから登録してください。")
TOO_EARLY: Final = N_("発行日になっていません。発行日に発行するか、下書きの発行日を直してください。")
IN_USE: Final = N_("この号には印刷か配架の記録があります。先にその記録を取り消してください。")
NOT_THE_LAST: Final = N_("取り消せるのは、いちばん新しい号だけです。")


def draft_edition(*, actor: Actor, published_on: date, changes: str, after: int | None = None) -> MapEdition:
    """Begin the next edition as a draft; its number follows the last one's.

    ``after`` is the number of the last edition that the page showed (0 for none), so that the same form sent
    twice makes one draft.

    Raises:
        Conflict: an edition was registered in the meantime, or there is a draft already.
        DomainError: the day lies too far ahead or before the last edition, or nothing is said of the changes.
    """
    edition = begin(published_on, changes, after)
    note(actor, "map.draft", edition)
    return edition


def change_draft(
    *, actor: Actor, number: int, published_on: date, changes: str, version: int | None
) -> MapEdition:
    """Change day and words of a draft.

    Raises:
        NotFound: there is no such edition.
        Conflict: it is published, or somebody else changed it meanwhile.
        DomainError: the day or the words are wrong.
    """
    edition = get_draft(number, version)
    require_edition(published_on, changes)
    edition.published_on = published_on
    edition.fiscal_year = fiscal_year_of(published_on)
    edition.changes = changes.strip()
    flush()
    note(actor, "map.draft_changed", edition)
    return edition


def publish_draft(*, actor: Actor, number: int, version: int | None = None) -> MapEdition:
    """Publish a draft: the windows of its day are kept with it from now on.

    Raises:
        NotFound: there is no such edition.
        Conflict: it is published, or somebody else changed it meanwhile.
        DomainError: its day has not come, lies before the last edition,
    """
    edition = get_draft(number, version)
    require_edition(edition.published_on, edition.changes)
    if edition.published_on > clock.today():
        raise DomainError(TOO_EARLY, field="published_on")
    edition.state = EditionState.PUBLISHED
    flush()
    windows = list_windows(edition.published_on)
    db.session.add_all(MapContent(edition_id=edition.id, version_id=window.version_id) for window in windows)
    db.session.flush()
    note(actor, "map.edition", edition, windows=len(windows))
    return edition


def publish_edition(
    *, actor: Actor, published_on: date, changes: str, after: int | None = None
) -> MapEdition:
    """Draft and publish the next edition in one go, for a register that is filled in afterwards.

    Raises:
        Conflict: an edition was registered in the meantime.
        DomainError: the day lies ahead or before the last edition, or nothing is said of the changes.
    """
    require_past(published_on, "published_on")
    edition = begin(published_on, changes, after)
    return publish_draft(actor=actor, number=edition.number)


def discard_draft(*, actor: Actor, number: int, version: int | None) -> None:
    """Throw a draft away; its number goes to the next one.

    Raises:
        NotFound: there is no such edition.
        Conflict: it is published, or somebody else changed it meanwhile.
    """
    edition = get_draft(number, version)
    note(actor, "map.draft_discarded", edition)
    db.session.delete(edition)
    flush()


def void_edition(*, actor: Actor, number: int, version: int | None, reason: MapReason) -> MapEdition:
    """Take back the newest edition, published by mistake; it stays readable, its number is not used again.

    Raises:
        NotFound: there is no such edition that is out.
        Conflict: somebody else changed it meanwhile.
        DomainError: it is not the newest, or copies of it were printed or laid out.
    """
    edition = get_out(number)
    require_same(edition, version)
    last = find_last_edition()
    if last is None or last.number != number:
        raise DomainError(NOT_THE_LAST)
    if is_used(edition):
        raise DomainError(IN_USE)
    edition.voided_at, edition.void_reason = clock.now(), reason
    flush()
    note(actor, "map.edition_voided", edition, reason=reason)
    return edition


# ---- parts --------------------------------------------------------------------------------------


def begin(published_on: date, changes: str, after: int | None) -> MapEdition:
    """Store the next edition as a draft."""
    number = next_number()
    if find_draft() is not None or (after is not None and after != number - 1):
        raise Conflict(ALREADY_THERE)
    require_edition(published_on, changes)
    edition = MapEdition(
        number=number,
        state=EditionState.DRAFT,
        published_on=published_on,
        fiscal_year=fiscal_year_of(published_on),
        changes=changes.strip(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(edition)
    except IntegrityError:
        raise Conflict(ALREADY_THERE) from None
    return edition


def get_draft(number: int, version: int | None) -> MapEdition:
    """Return a draft, locked; Conflict when it is published or was changed."""
    edition = locked(number)
    if edition.state is not EditionState.DRAFT:
        raise Conflict(PUBLISHED)
    require_same(edition, version)
    return edition


def get_out(number: int) -> MapEdition:
    """Return an edition that is out, locked; DomainError when it is a draft, NotFound when it was voided."""
    edition = locked(number)
    if edition.state is EditionState.DRAFT:
        raise DomainError(NOT_PUBLISHED)
    if edition.voided_at is not None:
        raise NotFound
    return edition


def locked(number: int) -> MapEdition:
    """Return an edition, locked so that nobody else changes it or what hangs on it; NotFound."""
    edition = db.session.scalar(select(MapEdition).where(MapEdition.number == number).with_for_update())
    if edition is None:
        raise NotFound
    return edition


def is_used(edition: MapEdition) -> bool:
    """Tell whether copies of an edition were printed or laid out, leaving voided entries aside."""
    kinds = (MapPrinting, MapDistribution)
    return any(
        db.session.scalar(
            select(func.count(kind.id)).where(kind.edition_id == edition.id, kind.voided_at.is_(None))
        )
        for kind in kinds
    )


def require_edition(published_on: date, changes: str) -> None:
    """Refuse a day before the last edition or far ahead, a day without windows, and wrong words."""
    last = find_last_edition()
    if last is not None and published_on < last.published_on:
        words = N_("前の号（第%(number)s号）より前の日付です。日付を確かめてください。")
        raise DomainError(words, field="published_on", number=last.number)
    if published_on > clock.today() + FARTHEST_DRAFT:
        raise DomainError(N_("発行日は1年先までです。日付を確かめてください。"), field="published_on")
    require_changes(changes)


def require_changes(changes: str) -> None:
    """Refuse an edition of which nothing is said, and a text that is too long."""
    if not changes.strip():
        raise DomainError(N_("変わったところを入力してください。"), field="changes")
    if len(changes) > LONGEST_CHANGES:
        words = N_("変わったところは%(most)s字までです。")
        raise DomainError(words, field="changes", most=LONGEST_CHANGES)


def require_same(entry: MapEdition, version: int | None) -> None:
    """Compare the version that a page showed with the one that is there."""
    if version is not None and version != entry.version:
        raise Conflict(CHANGED_MEANWHILE)


def flush() -> None:
    """Write what changed; Conflict when somebody else saved in this very moment."""
    try:
        db.session.flush()
    except StaleDataError:
        raise Conflict(CHANGED_MEANWHILE) from None


def note(actor: Actor, action: str, edition: MapEdition, **more: object) -> None:
    """Note in the trail what was done with an edition."""
    trail.record(
        actor=actor,
        action=action,
        subject="map_edition",
        subject_id=edition.id,
        details={"number": edition.number, "published_on": edition.published_on.isoformat(), **more},
    )
