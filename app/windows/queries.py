"""Reads of the directory: offices, windows, and which version of a window holds on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager

from app.foundation.db import db
from app.foundation.errors import N_, NotFound
from app.windows.models import Office, Window, WindowVersion
from app.windows.vocabulary import GENERAL_WINDOW, OfficeKind, Standing

NOT_OFFERED = N_("この窓口は、%(day)sには利用できません。窓口を選びなおしてください。")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One line of the directory: the version that speaks for a window on a day, and how the window stands."""

    version: WindowVersion
    standing: Standing

    @property
    def window(self) -> Window:
        """The window itself."""
        return self.version.window


# ---- offices ------------------------------------------------------------------------------------


def get_office(office_id: int) -> Office:
    """Return an office; NotFound when there is none."""
    office = db.session.get(Office, office_id)
    if office is None:
        raise NotFound
    return office


def find_office(key: str) -> Office | None:
    """Return the office of a key, or None."""
    return db.session.scalar(select(Office).where(Office.key == key))


def get_office_by_key(key: str) -> Office:
    """Return the office of a key; NotFound when there is none."""
    office = find_office(key)
    if office is None:
        raise NotFound
    return office


def list_offices(kind: OfficeKind | None = None) -> list[Office]:
    """List offices in the order in which they were entered, of one kind or all."""
    chosen = select(Office).order_by(Office.id)
    if kind is not None:
        chosen = chosen.where(Office.kind == kind)
    return list(db.session.scalars(chosen))


# ---- windows ------------------------------------------------------------------------------------


def get_window(window_id: int) -> Window:
    """Return a window with its office; NotFound when there is none."""
    found = select(Window).join(Window.office).options(contains_eager(Window.office))
    window = db.session.scalar(found.where(Window.id == window_id))
    if window is None:
        raise NotFound
    return window


def find_window(key: str) -> Window | None:
    """Return the window of a key, or None."""
    return db.session.scalar(select(Window).where(Window.key == key))


def get_window_by_key(key: str) -> Window:
    """Return the window of a key; NotFound when there is none."""
    window = find_window(key)
    if window is None:
        raise NotFound
    return window


def get_version(version_id: int) -> WindowVersion:
    """Return one version with its window and office; NotFound when there is none."""
    version = db.session.scalar(versions().where(WindowVersion.id == version_id))
    if version is None:
        raise NotFound
    return version


def list_versions(window_id: int) -> list[WindowVersion]:
    """List the versions of a window, the newest entry first."""
    chosen = versions().where(WindowVersion.window_id == window_id).order_by(None)
    return list(db.session.scalars(chosen.order_by(WindowVersion.number.desc())))


def find_version_on(window_id: int, day: date) -> WindowVersion | None:
    """Return the version of a window that holds on a day, None when the window is not open then."""
    held = versions().where(WindowVersion.window_id == window_id, valid_on(day))
    return next(iter(newest_of_each(db.session.scalars(held))), None)


def get_version_on(window_id: int, day: date) -> WindowVersion:
    """Return the version of a window that holds on a day.

    Raises:
        NotFound: there is no such window, or it is not open on that day.
    """
    version = find_version_on(window_id, day)
    if version is None:
        raise NotFound(NOT_OFFERED, day=day.isoformat())
    return version


def list_versions_on(day: date) -> list[WindowVersion]:
    """List the windows that may be named on a day, in their versions of that day; the general one last."""
    return newest_of_each(db.session.scalars(versions().where(valid_on(day))))


def find_general_on(day: date) -> WindowVersion | None:
    """Return the general window, which is left when nothing else fits."""
    chosen = versions().where(Window.key == GENERAL_WINDOW, valid_on(day))
    return next(iter(newest_of_each(db.session.scalars(chosen))), None)


def list_directory(day: date) -> list[Listed]:
    """List every window, open or not, each with the version that speaks for it on a day."""
    by_window: dict[int, list[WindowVersion]] = {}
    for version in db.session.scalars(versions()):
        by_window.setdefault(version.window_id, []).append(version)
    return [listed(group, day) for group in by_window.values()]


def listed(group: list[WindowVersion], day: date) -> Listed:
    """Choose which version speaks for a window: today's, else the next to come, else the last that was."""
    open_now = [version for version in group if holds_on(version, day)]
    if open_now:
        return Listed(version=open_now[-1], standing=Standing.CURRENT)
    to_come = [version for version in group if version.valid_from is not None and version.valid_from > day]
    if to_come:
        nearest = min(to_come, key=lambda version: (version.valid_from, -version.number))
        return Listed(version=nearest, standing=Standing.UPCOMING)
    last = max(group, key=lambda version: (version.valid_to or date.min, version.number))
    return Listed(version=last, standing=Standing.ENDED)


# ---- parts --------------------------------------------------------------------------------------


def versions() -> Select[WindowVersion]:
    """Select versions with window and office in one read, in the order of the directory."""
    return (
        select(WindowVersion)
        .join(WindowVersion.window)
        .join(Window.office)
        .options(contains_eager(WindowVersion.window).contains_eager(Window.office))
        .order_by(Window.position, Window.id, WindowVersion.number)
    )


def valid_on(day: date) -> ColumnElement[bool]:
    """Say that a version holds on a day; both ends are included, an open end is None."""
    return and_(
        or_(WindowVersion.valid_from.is_(None), WindowVersion.valid_from <= day),
        or_(WindowVersion.valid_to.is_(None), WindowVersion.valid_to >= day),
    )


def holds_on(version: WindowVersion, day: date) -> bool:
    """Tell the same of a version at hand."""
    started = version.valid_from is None or version.valid_from <= day
    return started and (version.valid_to is None or version.valid_to >= day)


def newest_of_each(found: Iterable[WindowVersion]) -> list[WindowVersion]:
    """Keep the newest version of each window: a later entry for the same days corrects an earlier one."""
    newest = {version.window_id: version for version in found}
    return list(newest.values())
