"""What other packages and pages see of an office and of a window: plain values, no rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.situation.programme import Programme
from app.windows.facts import WindowFacts
from app.windows.opening import HoursLine, Opening, opening_at, week_lines
from app.windows.vocabulary import GENERAL_WINDOW, OfficeKind, Standing, VersionOrigin


def spoken(ja: str, en: str, locale: str) -> str:
    """Return the words of a language; what nobody translated is shown in Japanese."""
    return (en or ja) if str(locale).lower().startswith("en") else ja


@dataclass(frozen=True, kw_only=True)
class OfficeView:
    """A city department or an agency."""

    id: int
    key: str
    kind: OfficeKind
    name: str
    name_en: str
    programme: Programme | None

    def name_in(self, locale: str) -> str:
        """Name in the language of the page."""
        return spoken(self.name, self.name_en, locale)


@dataclass(frozen=True, kw_only=True)
class WindowView:
    """A window in one of its versions."""

    window_id: int
    version_id: int
    key: str
    number: int
    position: int
    successor_id: int | None
    office: OfficeView
    facts: WindowFacts
    recorded_at: datetime
    # The number of the version that this one corrects, which never speaks again.
    replaces: int | None = None
    origin: VersionOrigin = VersionOrigin.FILE

    @property
    def name(self) -> str:
        """Japanese name."""
        return self.facts.name

    @property
    def office_id(self) -> int:
        """Office that runs the window."""
        return self.office.id

    @property
    def response_days(self) -> int:
        """Working days within which it is expected to answer a referral."""
        return self.facts.response_days

    @property
    def is_verified(self) -> bool:
        """Whether anybody has checked this entry with the window."""
        return self.facts.verified_on is not None

    @property
    def is_general(self) -> bool:
        """Whether it is the city's own desk, which is named when nothing else fits."""
        return self.key == GENERAL_WINDOW

    @property
    def begins(self) -> date:
        """First day for which it speaks; a beginning that nobody knows lies before every other."""
        return self.facts.valid_from or date.min

    def name_in(self, locale: str) -> str:
        """Name in the language of the page."""
        return spoken(self.facts.name, self.facts.name_en, locale)

    def said_in(self, item: str, locale: str) -> str:
        """What the entry says under an item that has words in both languages, such as ``fee``."""
        return spoken(getattr(self.facts, item), getattr(self.facts, f"{item}_en"), locale)

    def opening(self, at: datetime) -> Opening:
        """Whether it is open at a moment, and in words when it opens next."""
        return opening_at(self.facts.hours, self.facts.closings, at)

    @property
    def week(self) -> list[HoursLine]:
        """Its weekly hours in a few lines; none when nobody knows them."""
        return week_lines(self.facts.hours) if self.facts.hours else []

    def services_in(self, locale: str) -> str:
        """Services in the language of the page."""
        return spoken(self.facts.services, self.facts.services_en, locale)

    def eligibility_in(self, locale: str) -> str:
        """Whom it is for, in the language of the page."""
        return spoken(self.facts.eligibility, self.facts.eligibility_en, locale)

    def note_in(self, locale: str) -> str:
        """Note on the entry, in the language of the page."""
        return spoken(self.facts.note, self.facts.note_en, locale)

    def holds_on(self, day: date) -> bool:
        """Tell whether this version speaks for a day; both ends are included, an open end is None."""
        first, last = self.facts.valid_from, self.facts.valid_to
        return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One line of the directory: the version that speaks for a window on a day, and how the window stands."""

    view: WindowView
    standing: Standing


def in_force(versions: Sequence[WindowView]) -> list[WindowView]:
    """Keep the versions of a window that no later one corrects."""
    corrected = {view.replaces for view in versions}
    return [view for view in versions if view.number not in corrected]


def corrected_by(versions: Sequence[WindowView], view: WindowView) -> WindowView:
    """Return what holds in place of a version: itself, or the last of the corrections made of it."""
    corrections = {one.replaces: one for one in versions if one.replaces is not None}
    while view.number in corrections:
        view = corrections[view.number]
    return view


def speaking(versions: Sequence[WindowView], day: date) -> WindowView | None:
    """Return the version of a window that speaks on a day, None when the window is not open then.

    The one that began last speaks; of those that began on the same day, the newest.
    """
    begun = [view for view in in_force(versions) if view.begins <= day]
    last = max(begun, key=lambda view: (view.begins, view.number), default=None)
    return last if last is not None and last.holds_on(day) else None


def standing_of(versions: Sequence[WindowView], day: date) -> Listed:
    """Choose which version represents a window: the day's, else the next to come, else the last that was."""
    current = speaking(versions, day)
    if current is not None:
        return Listed(view=current, standing=Standing.CURRENT)
    left = in_force(versions)
    to_come = [view for view in left if view.begins > day]
    if to_come:
        nearest = min(to_come, key=lambda view: (view.begins, -view.number))
        return Listed(view=nearest, standing=Standing.UPCOMING)
    last = max(left, key=lambda view: (view.facts.valid_to or date.max, view.begins, view.number))
    return Listed(view=last, standing=Standing.ENDED)
