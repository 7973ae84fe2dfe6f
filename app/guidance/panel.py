"""What the panel of guidance shows: the situation in words, the ranked windows, and every window there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.foundation import clock
from app.foundation.labels import LabelledEnum, Words
from app.guidance.facts import facts_of, is_blank
from app.guidance.kept import Found, write_situation
from app.situation.situation import Situation
from app.windows.answer import AskAge, NearMiss, Suggestion
from app.windows.hours import Weekday
from app.windows.mind import NOT_VERIFIED
from app.windows.queries import list_windows
from app.windows.routing_queries import answer_for
from app.windows.views import WindowView

TOKYO = ZoneInfo("Asia/Tokyo")
SHOWN_AT_ONCE = 3
"""Windows that stand open; the ones after them are unfolded. The general window always stands open."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One answer made ready for the page; ``found`` is None while nothing has been asked."""

    situation: Situation
    facts: tuple[LabelledEnum, ...]
    found: Found | None
    windows: tuple[WindowView, ...]

    @property
    def text(self) -> str:
        """The situation as it is handed on to the slip; codes only."""
        return write_situation(self.situation)

    @property
    def views(self) -> dict[int, WindowView]:
        """Every window of the day by its id."""
        return {window.window_id: window for window in self.windows}

    @property
    def weekday(self) -> Weekday | None:
        """The day of the week for which was asked, None where the hour is not known."""
        at = self.situation.at
        return None if at is None else list(Weekday)[clock.to_tokyo(at).weekday()]

    @property
    def hour(self) -> int | None:
        """The hour for which was asked, 0–23."""
        at = self.situation.at
        return None if at is None else clock.to_tokyo(at).hour

    @property
    def matched(self) -> int:
        """How many windows fit; the general one fits everybody and is not counted."""
        return sum(not one.general for one in self.suggestions)

    def name(self, window_id: int, locale: str) -> str:
        """Return the name of a window in the language of the page."""
        return self.views[window_id].name_in(locale)

    def mind(self, one: Suggestion) -> tuple[Words, ...]:
        """Return what to mind; that nobody has verified the entry is said by its mark."""
        return tuple(words for words in one.mind if words != NOT_VERIFIED)

    def is_folded(self, window_id: int | None) -> bool:
        """Tell whether a window stands among those to be unfolded."""
        return any(one.window_id == window_id for one in self.further)

    def is_ranked(self, window_id: int | None) -> bool:
        """Tell whether a window stands among those ranked; before one is chosen, whether any does."""
        if window_id is None:
            return bool(self.suggestions)
        return any(one.window_id == window_id for one in self.suggestions)

    @property
    def first(self) -> tuple[Suggestion, ...]:
        """The windows that stand open."""
        return tuple(one for one in self.suggestions if one.rank <= SHOWN_AT_ONCE and not one.general)

    @property
    def further(self) -> tuple[Suggestion, ...]:
        """The windows to be unfolded."""
        return tuple(one for one in self.suggestions if one.rank > SHOWN_AT_ONCE and not one.general)

    @property
    def general(self) -> tuple[Suggestion, ...]:
        """The general window, which stands open as the last."""
        return tuple(one for one in self.suggestions if one.general)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """All that was ranked."""
        return self.found.answer.suggestions if self.found else ()

    @property
    def ask_age(self) -> tuple[AskAge, ...]:
        """Windows that depend on an age that nobody asked."""
        return self.found.answer.ask_age if self.found else ()

    @property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """Windows that would fit but for one thing."""
        return self.found.answer.near_misses if self.found else ()

    @property
    def nothing_matched(self) -> bool:
        """Whether only the general window is left."""
        return self.found is not None and self.found.answer.nothing_matched


def moment_on(day: date) -> datetime | None:
    """Return the moment of asking: now for today, none for a day that is over, whose hour nobody noted."""
    now = clock.now().replace(second=0, microsecond=0)
    return now if clock.day_of(now) == day else None


def noon_of(day: date) -> datetime:
    """Return the moment for which a day stands when its hour is not known."""
    return datetime.combine(day, time(12), TOKYO)


def find_answer(situation: Situation, day: date, windows: Sequence[WindowView] | None = None) -> Found | None:
    """Return what guidance answers on a day; None when nothing was asked, which is no situation.

    ``windows`` are those of the day, where the caller has read them.
    """
    if is_blank(situation):
        return None
    moment = situation.at or noon_of(day)
    known = windows if clock.day_of(moment) == day else None
    return Found(situation=situation, answer=answer_for(situation, moment, known))


def get_panel(situation: Situation, day: date) -> Panel:
    """Return the panel for a situation on a day, in a constant number of reads."""
    windows = tuple(list_windows(day))
    return Panel(
        situation=situation,
        facts=facts_of(situation),
        found=find_answer(situation, day, windows),
        windows=windows,
    )
