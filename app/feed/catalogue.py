"""The directory as the public sees it on one day: read once for a page, a file or the whole site; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.windows.views import Listed, WindowView, standing_of
from app.windows.vocabulary import Standing

JAPAN: Final = ZoneInfo("Asia/Tokyo")
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Every window with the version that speaks for it on a day; the city's own desk last."""

    day: date
    lines: tuple[Listed, ...]
    versions: Mapping[int, tuple[WindowView, ...]]

    @property
    def current(self) -> list[Listed]:
        """The windows that may be named on the day."""
        return [line for line in self.lines if line.standing is Standing.CURRENT]

    @property
    def upcoming(self) -> list[Listed]:
        """The windows that will open."""
        return [line for line in self.lines if line.standing is Standing.UPCOMING]

    def find(self, key: str) -> Listed | None:
        """Return the line of a window, None when there is no such window."""
        return next((line for line in self.lines if line.view.key == key), None)

    def find_id(self, window_id: int | None) -> Listed | None:
        """Return the line of a window by its id."""
        return next((line for line in self.lines if line.view.window_id == window_id), None)

    def heir_of(self, line: Listed) -> Listed | None:
        """Return the window that took over, following those that ended too; None when none did."""
        seen = {line.view.window_id}
        heir = self.find_id(line.view.successor_id)
        while heir is not None and heir.view.window_id not in seen:
            if heir.standing is not Standing.ENDED:
                return heir
            seen.add(heir.view.window_id)
            heir = self.find_id(heir.view.successor_id)
        return None

    def earlier(self, line: Listed) -> list[WindowView]:
        """Return the versions of a window that held before its present one, the newest first."""
        begins = line.view.facts.valid_from
        found = [
            one
            for one in self.versions[line.view.window_id]
            if begins is not None and one.facts.valid_to is not None and one.facts.valid_to < begins
        ]
        newest = {one.facts.valid_to: one for one in found}
        return [newest[day] for day in sorted(newest, reverse=True, key=lambda day: day or date.min)]

    def changed_at(self, line: Listed) -> datetime:
        """Return when what the public reads of a window last changed: an entry, or a day of its validity."""
        views = self.versions[line.view.window_id]
        turns = [turn for view in views for turn in days_of_change(view) if turn <= self.day]
        midnights = [datetime.combine(turn, time(), JAPAN) for turn in turns]
        return max([view.recorded_at for view in views] + midnights)

    @property
    def last_change(self) -> datetime | None:
        """When anything last changed, None while there is nothing."""
        return max(map(self.changed_at, self.lines), default=None)


def days_of_change(view: WindowView) -> Iterable[date]:
    """Yield the days on which a version begins to hold and no longer holds."""
    if view.facts.valid_from is not None:
        yield view.facts.valid_from
    if view.facts.valid_to is not None and view.facts.valid_to < date.max:
        yield view.facts.valid_to + A_DAY


def catalogue_of(groups: Mapping[int, list[WindowView]], day: date) -> Catalogue:
    """Return the directory of a day from the versions of each window, in the order of the directory."""
    lines = [standing_of(views, day) for views in groups.values()]
    return Catalogue(
        day=day,
        lines=tuple(sorted(lines, key=lambda line: line.view.is_general)),
        versions={window_id: tuple(views) for window_id, views in groups.items()},
    )
