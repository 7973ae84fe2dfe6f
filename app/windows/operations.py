"""Changes of the directory: offices that must exist, windows and their versions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.access.actor import Actor
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import DomainError
from app.windows.directory import NewOffice, WindowEntry
from app.windows.facts import SERVES_OTHERS, UPSIDE_DOWN_AGES, UPSIDE_DOWN_DAYS, WindowFacts
from app.windows.models import Office, Window, WindowVersion
from app.windows.queries import FACTS, facts_of
from app.windows.vocabulary import VersionOrigin


@dataclass(kw_only=True)
class Loaded:
    """What loading a directory did; ``kept`` names windows whose verified entry the file did not override."""

    offices: int = 0
    windows: int = 0
    versions: int = 0
    rules: int = 0
    scenarios: int = 0
    kept: list[str] = field(default_factory=list)


def ensure_offices(*, actor: Actor, new: Sequence[NewOffice]) -> dict[str, Office]:
    """Create the offices that are missing and return all that were named, by key.

    One that exists keeps its name; a programme is filled in where it had none, so that two files may name it.
    """
    keys = [one.key for one in new]
    offices = {
        office.key: office for office in db.session.scalars(select(Office).where(Office.key.in_(keys)))
    }
    for one in new:
        office = offices.get(one.key)
        if office is None:
            offices[one.key] = create_office(actor=actor, new=one)
        elif office.programme is None and one.programme is not None:
            office.programme = one.programme
            trail.record(
                actor=actor,
                action="office.change",
                subject="office",
                subject_id=office.id,
                details={"programme": None},
            )
    db.session.flush()
    return offices


def create_office(*, actor: Actor, new: NewOffice) -> Office:
    """Create one office."""
    office = Office(**asdict(new))
    db.session.add(office)
    db.session.flush()
    trail.record(
        actor=actor,
        action="office.create",
        subject="office",
        subject_id=office.id,
        details={"key": office.key},
    )
    return office


def load_directory(*, actor: Actor, offices: Sequence[NewOffice], windows: Sequence[WindowEntry]) -> Loaded:
    """Bring a directory file into the database; what is there already stays, so it may be loaded again.

    A version that differs from every stored one becomes a new version, unless a person verified the entry
    for the same days: then the person is right and the window is named in ``kept``.
    """
    loaded = Loaded()
    before = db.session.scalar(select(func.count(Office.id))) or 0
    houses = ensure_offices(actor=actor, new=offices)
    loaded.offices = (db.session.scalar(select(func.count(Office.id))) or 0) - before
    known = {window.key: window for window in db.session.scalars(select(Window))}
    stored: dict[int, list[WindowVersion]] = {}
    for version in db.session.scalars(select(WindowVersion).order_by(WindowVersion.number)):
        stored.setdefault(version.window_id, []).append(version)
    for entry in windows:
        if entry.key not in known:
            known[entry.key] = create_window(actor=actor, entry=entry, office=houses[entry.office])
            loaded.windows += 1
        window = known[entry.key]
        add_missing_versions(
            actor=actor, window=window, entry=entry, stored=stored.get(window.id, []), loaded=loaded
        )
    link_successors(actor=actor, windows=windows, known=known)
    return loaded


def create_window(*, actor: Actor, entry: WindowEntry, office: Office) -> Window:
    """Create a window without any version yet."""
    window = Window(key=entry.key, office_id=office.id, successor_id=None, position=entry.position)
    db.session.add(window)
    db.session.flush()
    trail.record(
        actor=actor,
        action="window.create",
        subject="window",
        subject_id=window.id,
        details={"key": window.key},
    )
    return window


def add_missing_versions(
    *, actor: Actor, window: Window, entry: WindowEntry, stored: list[WindowVersion], loaded: Loaded
) -> None:
    """Add those versions of an entry that are stored nowhere.

    What a person entered for a window, or verified for the same days, is right: the file adds nothing.
    """
    stored = list(stored)
    by_hand = any(version.origin is VersionOrigin.PERSON for version in stored)
    for facts in entry.versions:
        if any(says_already(version, facts) for version in stored):
            continue
        verified = any(version.verified_on and days_of(version) == days_of(facts) for version in stored)
        if by_hand or verified:
            loaded.kept.append(window.key)
            continue
        stored.append(add_version(actor=actor, window=window, facts=facts))
        loaded.versions += 1


def says_already(version: WindowVersion, facts: WindowFacts) -> bool:
    """Tell whether a stored version says the same of the window and was verified no earlier."""
    was = facts_of(version)
    as_fresh = facts.verified_on is None or (was.verified_on or date.min) >= facts.verified_on
    return as_fresh and was.unverified() == facts.unverified()


def add_version(
    *,
    actor: Actor,
    window: Window,
    facts: WindowFacts,
    origin: VersionOrigin = VersionOrigin.FILE,
    replaces: int | None = None,
    details: Mapping[str, object] | None = None,
) -> WindowVersion:
    """Add a version: nothing is overwritten, and a referral keeps the one of its day.

    ``replaces`` is the number of the version that it corrects; ``details`` go into the trail.

    Raises:
        DomainError: days or ages are upside down.
    """
    require_order(facts)
    last = db.session.scalar(
        select(func.max(WindowVersion.number)).where(WindowVersion.window_id == window.id)
    )
    version = WindowVersion(
        window_id=window.id,
        number=(last or 0) + 1,
        recorded_at=clock.now(),
        origin=origin,
        replaces=replaces,
        **columns_of(facts),
    )
    db.session.add(version)
    db.session.flush()
    trail.record(
        actor=actor,
        action="window.version",
        subject="window",
        subject_id=window.id,
        details={"number": version.number, **(details or {})},
    )
    return version


def columns_of(facts: WindowFacts) -> dict[str, Any]:
    """Return what a version says, by column."""
    return {name: getattr(facts, name) for name in FACTS}


def require_order(facts: WindowFacts) -> None:
    """Refuse days or ages that are upside down, and groups that are served and refused at once."""
    if facts.days_are_upside_down:
        raise DomainError(UPSIDE_DOWN_DAYS, field="valid_to")
    if facts.ages_are_upside_down:
        raise DomainError(UPSIDE_DOWN_AGES, field="maximum_age")
    if facts.serves_whom_it_refuses:
        raise DomainError(SERVES_OTHERS, field="serves")


def link_successors(*, actor: Actor, windows: Sequence[WindowEntry], known: dict[str, Window]) -> None:
    """Point windows that ended at those that took over."""
    for entry in windows:
        window, successor = known[entry.key], known.get(entry.successor or "")
        if successor is None or window.successor_id is not None:
            continue
        window.successor_id = successor.id
        trail.record(
            actor=actor,
            action="window.succeed",
            subject="window",
            subject_id=window.id,
            details={"successor": successor.key},
        )
    db.session.flush()


def days_of(version: WindowVersion | WindowFacts) -> tuple[date | None, date | None]:
    """Return the days for which a version speaks."""
    return version.valid_from, version.valid_to
