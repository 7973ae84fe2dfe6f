"""What guidance chooses from and what it answers."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.foundation.labels import Words
from app.situation.vocabulary import TargetGroup


@dataclass(frozen=True, kw_only=True)
class RoutedWindow:
    """What the choice needs to know of a window in one version; ``mind`` is what to know before going."""

    window_key: str
    window_id: int
    version_id: int
    minimum_age: int | None = None
    maximum_age: int | None = None
    target_groups: frozenset[TargetGroup] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None
    general: bool = False
    mind: tuple[Words, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Tell whether it may be named on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Suggestion(NamedTuple):
    """A window that is proposed; ``rank`` counts from 1."""

    window_key: str
    window_id: int
    version_id: int
    rank: int
    points: int
    why: tuple[Words, ...]
    mind: tuple[Words, ...]
    general: bool = False


class AskAge(NamedTuple):
    """A window that would be proposed if the age is right, which nobody asked yet."""

    window_key: str
    window_id: int
    version_id: int
    words: Words


class NearMiss(NamedTuple):
    """A window that one thing alone keeps from being proposed."""

    window_key: str
    window_id: int
    why_not: Words


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a person is told; the general window is always the last of the suggestions."""

    suggestions: tuple[Suggestion, ...]
    ask_age: tuple[AskAge, ...]
    near_misses: tuple[NearMiss, ...]
    nothing_matched: bool
