"""What other packages and pages see of an office and of a window: plain values, no rows."""

from dataclasses import dataclass
from datetime import date, datetime

from app.situation.programme import Programme
from app.windows.directory import WindowFacts
from app.windows.vocabulary import GENERAL_WINDOW, OfficeKind, Standing


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

    def name_in(self, locale: str) -> str:
        """Name in the language of the page."""
        return spoken(self.facts.name, self.facts.name_en, locale)

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


def standing_of(versions: list[WindowView], day: date) -> Listed:
    """Choose which version speaks for a window: the day's, else the next to come, else the last that was.

    ``versions`` are in the order of their numbers: a later entry for the same days corrects an earlier one.
    """
    held = [view for view in versions if view.holds_on(day)]
    if held:
        return Listed(view=held[-1], standing=Standing.CURRENT)
    to_come = [view for view in reversed(versions) if view.facts.valid_from and view.facts.valid_from > day]
    if to_come:
        nearest = min(to_come, key=lambda view: view.facts.valid_from or date.min)
        return Listed(view=nearest, standing=Standing.UPCOMING)
    last = max(versions, key=lambda view: (view.facts.valid_to or date.min, view.number))
    return Listed(view=last, standing=Standing.ENDED)
