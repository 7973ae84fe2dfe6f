"""How old the knowledge of an entry may be: twelve months after its verification it is due (確認); pure."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.foundation.labels import LabelledEnum
from app.windows.facts import WindowFacts
from app.windows.views import Listed
from app.windows.vocabulary import Standing

MONTHS: Final = 12


class Knowledge(LabelledEnum):
    """How fresh an entry is."""

    FRESH = "fresh", "確認済み", "Verified"
    OLD = "old", "確認から1年", "Verified a year ago"
    NEVER = "never", "未確認", "Not verified"


def knowledge_of(facts: WindowFacts, today: date) -> Knowledge:
    """Tell how fresh an entry is on a day."""
    if facts.verified_on is None:
        return Knowledge.NEVER
    return Knowledge.OLD if due_on(facts.verified_on) <= today else Knowledge.FRESH


def due_on(verified_on: date) -> date:
    """Return the day on which an entry is to be verified again: a year later, 29 February on 1 March."""
    try:
        return verified_on.replace(year=verified_on.year + 1)
    except ValueError:
        return date(verified_on.year + 1, 3, 1)


def due(lines: Sequence[Listed], today: date) -> list[Listed]:
    """Choose the entries of a round: never verified first, then the oldest; none that ended."""
    waiting = [
        line
        for line in lines
        if line.standing is not Standing.ENDED and knowledge_of(line.view.facts, today) is not Knowledge.FRESH
    ]
    return sorted(waiting, key=lambda line: (line.view.facts.verified_on or date.min, line.view.position))
