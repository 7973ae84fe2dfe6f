"""What the plan desk changes in the directory: new windows, revisions, endings, verification."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError

from app.access.actor import Actor
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError, NotFound
from app.windows.directory import NewOffice
from app.windows.entry_checks import (
    CHANGED_MEANWHILE,
    KEY_TAKEN,
    lock_window,
    require_change_day,
    require_facts,
    require_free_beginning,
    require_key,
    require_office,
    require_successor,
    version_of,
)
from app.windows.facts import WindowFacts, changed_names
from app.windows.models import Office, Window, WindowVersion
from app.windows.operations import add_version, create_office
from app.windows.queries import list_versions
from app.windows.views import WindowView, in_force
from app.windows.vocabulary import OfficeKind, Revision, VersionOrigin

NOTHING_CHANGED: Final = N_(
    "変わったところがありません。確認だけのときは「窓口に確認した」に印をつけてください。"
)


def open_window(
    *,
    actor: Actor,
    key: str,
    office_id: int | None,
    facts: WindowFacts,
    verified: bool,
    agency: str = "",
    agency_en: str = "",
) -> int:
    """Enter a new window and return its id; without an office, ``agency`` names a new one that runs it.

    Raises:
        DomainError: the key is taken or unusable, there is no such office, or the facts cannot be.
    """
    require_key(key)
    require_facts(facts)
    office_id = require_office(office_id) if office_id else enter_agency(actor, key, agency, agency_en)
    last = db.session.scalar(select(func.max(Window.position)))
    window = Window(key=key, office_id=office_id, successor_id=None, position=(last or 0) + 1)
    try:
        with db.session.begin_nested():
            db.session.add(window)
    except IntegrityError:
        raise DomainError(KEY_TAKEN, field="key") from None
    note(actor, "window.create", window.id, {"key": key})
    add_version(actor=actor, window=window, facts=signed(actor, facts, verified), origin=VersionOrigin.PERSON)
    return window.id


def enter_agency(actor: Actor, key: str, name: str, name_en: str) -> int:
    """Enter an agency that was not there, under the key of its first window; return its id."""
    if not name.strip():
        raise DomainError(N_("新しい機関の名前を入力してください。"), field="agency")
    if db.session.scalar(select(Office.id).where(or_(Office.key == key, Office.name == name.strip()))):
        words = N_("この機関はもう登録されています。一覧から選んでください。")
        raise DomainError(words, field="office_id")
    new = NewOffice(key=key, kind=OfficeKind.AGENCY, name=name.strip(), name_en=name_en.strip())
    return create_office(actor=actor, new=new).id


def revise_window(
    *,
    actor: Actor,
    window_id: int,
    of: int,
    latest: int | None,
    revision: Revision,
    changed_on: date | None,
    facts: WindowFacts,
    verified: bool,
) -> int:
    """Make a new version of version ``of`` and return its number; every earlier one stays readable.

    A correction takes the place of the version that it corrects; a change speaks from ``changed_on`` on.
    ``latest`` is the number of the newest version that the page showed.

    Raises:
        NotFound: there is no such window or version.
        Conflict: somebody else revised the window in the meantime.
        DomainError: nothing changed, or the facts cannot be.
    """
    window = lock_window(window_id, latest)
    versions = list_versions(window_id)
    base = version_of(versions, of)
    if revision is Revision.CHANGE:
        facts = replace(facts, valid_from=require_change_day(changed_on, base))
    else:
        # What is known of the verification goes with what it verified.
        changed_on = None
    require_facts(facts)
    require_free_beginning(facts, versions, base if revision is Revision.CORRECTION else None)
    changed = changed_names(base.facts, facts)
    if not changed:
        return verify_unchanged(actor, base, verified)
    version = add_version(
        actor=actor,
        window=window,
        facts=signed(actor, facts, verified),
        origin=VersionOrigin.PERSON,
        replaces=base.number if revision is Revision.CORRECTION else None,
        details={"of": base.number, "changed": changed, "before": coded(base.facts, changed)},
    )
    return version.number


def end_window(
    *, actor: Actor, window_id: int, last_day: date, successor_id: int | None, latest: int | None
) -> None:
    """End a window after its last day, with the window that takes over; nothing is deleted.

    Raises:
        NotFound: there is no such window.
        Conflict: somebody else revised the window in the meantime.
        DomainError: the day lies before the beginning, or the successor leads back here.
    """
    window = lock_window(window_id, latest)
    base = max(in_force(list_versions(window_id)), key=lambda view: (view.begins, view.number))
    if last_day < base.begins:
        words = N_("いまの版が始まる日（%(day)s）より前です。日付を確かめてください。")
        raise DomainError(words, field="last_day", day=base.begins)
    require_successor(window_id, successor_id)
    before = {"valid_to": text_of(base.facts.valid_to), "successor": window.successor_id}
    add_version(
        actor=actor,
        window=window,
        facts=replace(base.facts, valid_to=last_day),
        origin=VersionOrigin.PERSON,
        replaces=base.number,
        details={"of": base.number, "changed": ["valid_to"]},
    )
    window.successor_id = successor_id
    db.session.flush()
    note(actor, "window.ended", window.id, {"before": before, "successor": successor_id})


def verify_windows(*, actor: Actor, seen: Mapping[int, int]) -> int:
    """Confirm that entries are right as they stand today; return how many.

    ``seen`` holds which version (by id) of which window the page showed. To confirm says nothing new of a
    window, so it makes no version: the day and the person are written on the version itself, the trail keeps
    those before.

    Raises:
        NotFound: there is no such version.
        Conflict: a window was revised in the meantime; none is confirmed.
    """
    for window_id, version_id in sorted(seen.items()):
        lock_window(window_id, None)
        view = next((one for one in list_versions(window_id) if one.version_id == version_id), None)
        if view is None:
            raise NotFound
        if view not in in_force(list_versions(window_id)):
            raise Conflict(CHANGED_MEANWHILE)
        confirm(actor, view)
    return len(seen)


def confirm(actor: Actor, view: WindowView) -> None:
    """Write on a version who verified it today."""
    version = db.session.get_one(WindowVersion, view.version_id)
    if (version.verified_on, version.verified_by) == (clock.today(), actor.label[:120]):
        return  # a second tap
    before = {"verified_on": text_of(version.verified_on), "verified_by": version.verified_by}
    version.verified_on, version.verified_by = clock.today(), actor.label[:120]
    db.session.flush()
    note(actor, "window.verified", view.window_id, {"number": version.number, "before": before})


def verify_unchanged(actor: Actor, view: WindowView, verified: bool) -> int:
    """Confirm an entry of which nothing was changed; without a confirmation there is nothing to save."""
    if not verified:
        raise DomainError(NOTHING_CHANGED)
    confirm(actor, view)
    return view.number


# ---- parts --------------------------------------------------------------------------------------


def signed(actor: Actor, facts: WindowFacts, verified: bool) -> WindowFacts:
    """Say who verified a new version; without a confirmation nobody did, whoever verified the one before."""
    if not verified:
        return facts.unverified()
    return replace(facts, verified_on=clock.today(), verified_by=actor.label[:120])


def coded(facts: WindowFacts, names: Sequence[str]) -> dict[str, Any]:
    """Return those before-values that are codes, numbers or days; texts stay in the version before."""
    kept: dict[str, Any] = {}
    for name in names:
        value = getattr(facts, name)
        if isinstance(value, tuple):
            kept[name] = [str(one) for one in value] if name != "closings" else len(value)
        elif name == "hours":
            kept[name] = value.text if value else None
        elif value is None or isinstance(value, int | date) or name == "appointment":
            kept[name] = text_of(value) if isinstance(value, date) else value
    return kept


def text_of(day: date | None) -> str | None:
    """Return a day as text."""
    return day.isoformat() if day else None


def note(actor: Actor, action: str, window_id: int, details: Mapping[str, object]) -> None:
    """Record an act on a window."""
    trail.record(actor=actor, action=action, subject="window", subject_id=window_id, details=details)
