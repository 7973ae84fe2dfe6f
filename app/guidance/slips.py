"""What stands on the slip (案内票) of a window: the window's own facts and the reasons of the answer."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.foundation import clock
from app.foundation.labels import Words
from app.guidance.facts import is_blank
from app.printing.slip import Said, Slip
from app.situation.situation import Situation
from app.windows.facts import WindowFacts
from app.windows.mind import mind_of
from app.windows.opening import week_lines
from app.windows.routing_queries import answer_for
from app.windows.views import OfficeView, WindowView


def reasons_for(view: WindowView, situation: Situation | None, now: datetime) -> tuple[Words, ...]:
    """Return why a window was proposed; nothing for a window alone, or one that was not proposed."""
    if situation is None or is_blank(situation):
        return ()
    proposed = answer_for(situation, now).suggestions
    return next((one.why for one in proposed if one.window_id == view.window_id), ())


def slip_of(
    view: WindowView,
    *,
    reasons: Iterable[Words],
    office: OfficeView | None,
    now: datetime,
    url: str = "",
    furigana: bool = False,
) -> Slip:
    """Return the slip of a window; ``office`` gives it out. Nothing of the situation itself is on it."""
    facts = view.facts
    return Slip(
        name=facts.name,
        name_en=facts.name_en,
        kana=facts.kana,
        given_on=clock.day_of(now),
        given_by=Said(ja=office.name, en=office.name_en) if office else Said(ja=""),
        reasons=tuple(Said(ja=words.ja, en=words.en) for words in reasons),
        hours=hours_of(facts),
        mind=tuple(Said(ja=words.ja, en=words.en) for words in mind_on_paper(facts, now)),
        bring=(Said(ja=facts.documents, en=facts.documents_en),) if facts.documents else (),
        address=facts.address,
        access=Said(ja=facts.access, en=facts.access_en) if facts.access else None,
        telephone=facts.telephone,
        url=url,
        furigana=furigana,
    )


def hours_of(facts: WindowFacts) -> tuple[Said, ...]:
    """Return the hours of the week; nothing while nobody entered them."""
    if facts.hours is None:
        return ()
    return tuple(
        Said(ja=f"{line.days} {line.spans}", en=f"{line.days_en}: {line.spans_en}")
        for line in week_lines(facts.hours)
    )


def mind_on_paper(facts: WindowFacts, now: datetime) -> tuple[Words, ...]:
    """Return what to know, without what has a part of its own on the slip: what to bring, unknown hours."""
    words = mind_of(replace(facts, documents="", documents_en=""), now)
    return words if facts.hours is not None or facts.closings else words[1:]
