"""How an answer is kept with guidance: the codes of the situation, and what was ranked; pure.

Keys and points are kept, not the reasons: the rules of that day give the same reasons again.
"""

import json
from dataclasses import dataclass
from typing import Any

from app.foundation.errors import N_, DomainError
from app.situation.situation import Situation
from app.windows.answer import Answer

UNREADABLE = N_("状況を読み取れませんでした。もう一度、窓口を調べてください。")
LONGEST = 4000


@dataclass(frozen=True, kw_only=True)
class Found:
    """A situation and what guidance answered to it."""

    situation: Situation
    answer: Answer

    def rank_of(self, window_id: int) -> int | None:
        """Return the rank of a window in the answer, None when it was not proposed."""
        ranks = {one.window_id: one.rank for one in self.answer.suggestions}
        return ranks.get(window_id)


def write_situation(situation: Situation) -> str:
    """Return the codes of a situation as a short text."""
    return json.dumps(situation.codes(), separators=(",", ":"), sort_keys=True)


def read_situation(text: str) -> Situation:
    """Return the situation of a text.

    Raises:
        DomainError: it is no text that `write_situation` made.
    """
    try:
        codes: Any = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        codes = None
    if not isinstance(codes, dict):
        raise DomainError(UNREADABLE)
    return Situation.from_codes(codes)


def write_ranked(answer: Answer) -> str:
    """Return what was ranked, best first: [key, points] of each window."""
    return json.dumps([[one.window_key, one.points] for one in answer.suggestions], separators=(",", ":"))


def read_ranked(text: str) -> tuple[tuple[str, int], ...]:
    """Return key and points of what was ranked, best first."""
    return tuple((str(key), int(points)) for key, points in json.loads(text))
