"""Reads of the directory: offices, windows, and which version of a window holds on a day."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import aliased, contains_eager

from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError, NotFound
from app.windows.facts import WindowFacts
from app.windows.models import Office, Window, WindowVersion
from app.windows.search import Wanted, fits, matches
from app.windows.views import Listed, OfficeView, WindowView, speaking, standing_of
from app.windows.vocabulary import GENERAL_WINDOW, OfficeKind, Standing

NOT_OPEN = N_("この窓口は、その日には利用できません。窓口を選びなおしてください。")
FACTS = tuple(WindowFacts.__dataclass_fields__)


# ---- offices ------------------------------------------------------------------------------------


def get_office(office_id: int) -> OfficeView:
    """Return an office; NotFound when there is none."""
    office = db.session.get(Office, office_id)
    if office is None:
        raise NotFound
    return office_view(office)


def find_office(key: str) -> OfficeView | None:
    """Return the office of a key, or None."""
    office = db.session.scalar(select(Office).where(Office.key == key))
    return None if office is None else office_view(office)


def get_office_by_key(key: str) -> OfficeView:
    """Return the office of a key; NotFound when there is none."""
    office = find_office(key)
    if office is None:
        raise NotFound
    return office


def list_offices(kind: OfficeKind | None = None) -> list[OfficeView]:
    """List offices in the order in which they were entered, of one kind or all."""
    chosen = select(Office).order_by(Office.id)
    if kind is not None:
        chosen = chosen.where(Office.kind == kind)
    return [office_view(office) for office in db.session.scalars(chosen)]


# ---- windows ------------------------------------------------------------------------------------


def list_windows(day: date) -> list[WindowView]:
    """List the windows that may be named on a day, in their versions of that day; the general one last."""
    return speaking_of_each(read(begun(), day=day), day)


def find_window_on(window_id: int, day: date) -> WindowView | None:
    """Return the version of a window that holds on a day, None when it is not open then."""
    return speaking(read(versions().where(WindowVersion.window_id == window_id)), day)


def get_window_on(window_id: int, day: date) -> WindowView:
    """Return the version of a window that holds on a day.

    Raises:
        DomainError: there is no such window, or it is not open on that day (at ``window_id``).
    """
    found = find_window_on(window_id, day)
    if found is None:
        raise DomainError(NOT_OPEN, field="window_id")
    return found


def windows_on(wanted: Iterable[tuple[int, date]]) -> dict[tuple[int, date], WindowView]:
    """Return which version of a window holds on a day, for many pairs in one read."""
    pairs = set(wanted)
    groups = grouped(
        read(versions().where(WindowVersion.window_id.in_({window_id for window_id, _day in pairs})))
    )
    found = {(window_id, day): speaking(groups.get(window_id, ()), day) for window_id, day in pairs}
    return {pair: view for pair, view in found.items() if view is not None}


def find_general_window(day: date) -> WindowView | None:
    """Return the general window, which is left when nothing else fits."""
    return speaking(read(versions().where(Window.key == GENERAL_WINDOW)), day)


def find_window_id(key: str) -> int | None:
    """Return the id of the window of a key, or None."""
    return db.session.scalar(select(Window.id).where(Window.key == key))


def get_version(version_id: int) -> WindowView:
    """Return one version, for a record that kept it; NotFound when there is none."""
    found = read(versions().where(WindowVersion.id == version_id))
    if not found:
        raise NotFound
    return found[0]


def get_versions(version_ids: Iterable[int]) -> dict[int, WindowView]:
    """Return several versions by id, for a list of records that kept them."""
    found = read(versions().where(WindowVersion.id.in_(set(version_ids))))
    return {view.version_id: view for view in found}


def list_versions(window_id: int) -> list[WindowView]:
    """List the versions of a window, oldest first; NotFound when there is no such window."""
    found = read(versions().where(WindowVersion.window_id == window_id))
    if not found:
        raise NotFound
    return found


def get_numbered(versions: Iterable[WindowView], number: int) -> WindowView:
    """Return the version of a number; NotFound when there is none."""
    found = next((view for view in versions if view.number == number), None)
    if found is None:
        raise NotFound
    return found


def list_directory(day: date, *, search: str = "", ended: bool = False) -> list[Listed]:
    """List windows as they stand on a day; those that ended only when asked for."""
    lines = [standing_of(group, day) for group in grouped(read(versions())).values()]
    return [
        line
        for line in lines
        if (ended or line.standing is not Standing.ENDED) and matches(line.view, search)
    ]


def list_wanted(at: datetime, wanted: Wanted) -> list[Listed]:
    """List the windows that fit at a moment."""
    day = clock.day_of(at)
    return [line for line in list_directory(day, ended=True) if fits(line, wanted, at)]


def find_last_successor(window_id: int, day: date) -> Listed | None:
    """Return the window to which an old link leads: the last of those that took over, one after another."""
    following = {
        one.id: one.successor_id for one in db.session.execute(select(Window.id, Window.successor_id))
    }
    seen = {window_id}
    last = following.get(window_id)
    while last is not None and following.get(last) is not None and last not in seen:
        seen.add(last)
        last = following[last]
    return None if last is None else standing_of(list_versions(last), day)


def list_predecessors(window_id: int, day: date) -> list[Listed]:
    """List the windows for which this one took over."""
    found = grouped(read(versions().where(Window.successor_id == window_id)))
    return [standing_of(group, day) for group in found.values()]


# ---- parts --------------------------------------------------------------------------------------


@lru_cache
def versions() -> Select[WindowVersion]:
    """Select versions with window and office in one read, in the order of the directory."""
    return (
        select(WindowVersion)
        .join(WindowVersion.window)
        .join(Window.office)
        .options(contains_eager(WindowVersion.window).contains_eager(Window.office))
        .order_by(Window.position, Window.id, WindowVersion.number)
    )


@lru_cache  # asked by every entry page, and dearer to build than to run
def begun() -> Select[WindowVersion]:
    """Select the versions that have begun by ``day`` and were not corrected since."""
    return versions().where(begun_by(bindparam("day")), uncorrected())


def begun_by(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """Say that a version has begun by a day; a beginning that nobody knows lies before every day."""
    return or_(WindowVersion.valid_from.is_(None), WindowVersion.valid_from <= day)


@lru_cache
def uncorrected() -> ColumnElement[bool]:
    """Say that no later version of the same window corrects a version."""
    later = aliased(WindowVersion)
    return ~exists().where(later.window_id == WindowVersion.window_id, later.replaces == WindowVersion.number)


def grouped(found: Iterable[WindowView]) -> dict[int, list[WindowView]]:
    """Put the versions of each window together, in the order in which they were read."""
    groups: dict[int, list[WindowView]] = {}
    for view in found:
        groups.setdefault(view.window_id, []).append(view)
    return groups


def speaking_of_each(found: Iterable[WindowView], day: date) -> list[WindowView]:
    """Keep the version of each window that speaks on a day; the general window last."""
    chosen = (speaking(group, day) for group in grouped(found).values())
    held = [view for view in chosen if view is not None]
    return sorted(held, key=lambda view: (view.is_general, view.position, view.window_id))


def read(chosen: Select[WindowVersion], **values: object) -> list[WindowView]:
    """Read versions as plain values."""
    return [window_view(version) for version in db.session.scalars(chosen, values)]


def window_view(version: WindowVersion) -> WindowView:
    """Return what others see of a version."""
    window = version.window
    return WindowView(
        window_id=window.id,
        version_id=version.id,
        key=window.key,
        number=version.number,
        position=window.position,
        successor_id=window.successor_id,
        office=office_view(window.office),
        facts=facts_of(version),
        recorded_at=version.recorded_at,
        replaces=version.replaces,
        origin=version.origin,
    )


def facts_of(version: WindowVersion) -> WindowFacts:
    """Return what a stored version says."""
    return WindowFacts(**{name: getattr(version, name) for name in FACTS})


def office_view(office: Office) -> OfficeView:
    """Return what others see of an office."""
    return OfficeView(
        id=office.id,
        key=office.key,
        kind=office.kind,
        name=office.name,
        name_en=office.name_en,
        programme=office.programme,
    )
