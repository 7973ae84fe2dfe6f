"""What to know before going to a window (注意): open or not at that moment, appointment, what to bring."""

from datetime import datetime
from typing import Final

from app.foundation.labels import Words
from app.windows.facts import WindowFacts
from app.windows.opening import opening_at
from app.windows.vocabulary import Appointment

BY_APPOINTMENT: Final = Words(ja="予約が必要です。", en="An appointment is needed.")
NOT_VERIFIED: Final = Words(
    ja="この窓口の内容は未確認です。行く前に確かめてください。",
    en="This entry has not been verified. Please check before going.",
)


def mind_of(facts: WindowFacts, at: datetime) -> tuple[Words, ...]:
    """Return what to know before going there at a moment; what nobody knows is said to be unknown."""
    opening = opening_at(facts.hours, facts.closings, at)
    return (Words(ja=opening.ja, en=opening.en), *lasting(facts))


def lasting(facts: WindowFacts) -> tuple[Words, ...]:
    """Return what to know at any moment."""
    words = []
    if facts.appointment is Appointment.NEEDED:
        words.append(BY_APPOINTMENT)
    if facts.documents:
        bring = Words(ja=f"持ち物：{facts.documents}", en=f"Bring: {facts.documents_en or facts.documents}")
        words.append(bring)
    if facts.verified_on is None:
        words.append(NOT_VERIFIED)
    return tuple(words)
