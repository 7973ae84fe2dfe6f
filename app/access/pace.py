"""How often one person's script may ask: so many at once, then so many per second; pure, in one process."""

from dataclasses import dataclass, field
from typing import Final

KNOWN_AT_ONCE: Final = 1000
"""Persons remembered; the one who asked longest ago is forgotten first."""


@dataclass(kw_only=True)
class Pace:
    """``burst`` questions at once, and ``per_second`` more with the time; kept in memory only."""

    burst: float
    per_second: float
    left: dict[int, tuple[float, float]] = field(default_factory=dict)

    def wait(self, who: int, now: float) -> float:
        """Count a question; return 0, or the seconds until the next is free, which then was not counted."""
        left, last = self.left.pop(who, (self.burst, now))
        left = min(self.burst, left + max(0.0, now - last) * self.per_second)
        is_free = left >= 1
        self.left[who] = (left - 1 if is_free else left, now)
        if len(self.left) > KNOWN_AT_ONCE:
            del self.left[next(iter(self.left))]
        return 0.0 if is_free else (1 - left) / self.per_second
