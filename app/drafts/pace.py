"""How often one person's pages may keep something: a guard against a page run wild, not against people.

Counted in the memory of each process, so that keeping a draft costs no second write; with two processes a
person may send twice as much, which harms nobody.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

MOST: Final = 60
WITHIN_SECONDS: Final = 30.0


class Pace:
    """Remembers the last moments of each account."""

    def __init__(self, *, most: int = MOST, seconds: float = WITHIN_SECONDS) -> None:
        self.most = most
        self.seconds = seconds
        self.moments: dict[int, deque[float]] = {}
        self.guard = threading.Lock()

    def allows(self, account_id: int, clock: Callable[[], float] = time.monotonic) -> bool:
        """Count one more; False when it is one too many."""
        now = clock()
        with self.guard:
            past = self.moments.setdefault(account_id, deque(maxlen=self.most))
            if len(past) == self.most and now - past[0] < self.seconds:
                return False
            past.append(now)
            return True

    def forget(self) -> None:
        """Begin anew."""
        with self.guard:
            self.moments.clear()
