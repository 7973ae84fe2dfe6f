"""Finding a window: part of its name or kana, what it does, whom it serves, whether it is open."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from app.situation.vocabulary import TargetGroup, Topic
from app.windows.hours import JAPAN
from app.windows.verification import Knowledge, knowledge_of
from app.windows.views import Listed, WindowView
from app.windows.vocabulary import Standing


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list of windows is narrowed to; every part that is said must fit."""

    search: str = ""
    need: Topic | None = None
    group: TargetGroup | None = None
    ended: bool = False
    open_now: bool = False
    unverified: bool = False


def fits(line: Listed, wanted: Wanted, at: datetime) -> bool:
    """Tell whether a line of the directory is wanted; what an entry does not say does not fit."""
    view, facts = line.view, line.view.facts
    day = at.astimezone(JAPAN).date()
    stands = wanted.ended or line.standing is not Standing.ENDED
    return (
        stands
        and (wanted.need is None or wanted.need in facts.needs)
        and (wanted.group is None or wanted.group in facts.meant_for)
        and (not wanted.unverified or knowledge_of(facts, day) is not Knowledge.FRESH)
        and (not wanted.open_now or (line.standing is Standing.CURRENT and is_open_at(view, at)))
        and matches(view, wanted.search)
    )


def is_open_at(view: WindowView, at: datetime) -> bool:
    """Tell whether a window is known to be open at a moment."""
    return view.opening(at).is_open is True


def matches(view: WindowView, search: str) -> bool:
    """Tell whether every word of a search stands somewhere in an entry; no words match all."""
    text = folded(searched_text(view))
    return all(word in text for word in folded(search).split())


def searched_text(view: WindowView) -> str:
    """Return all that a search looks at."""
    facts, office = view.facts, view.office
    named = (facts.name, facts.name_en, facts.kana, facts.former_names, office.name, office.name_en)
    told = (facts.services, facts.services_en, facts.eligibility, facts.eligibility_en, facts.address)
    coded = [word for one in (*facts.needs, *facts.meant_for) for word in (one.ja, one.en)]
    return "\n".join((*named, *told, *coded))


def folded(text: str) -> str:
    """Return a text for comparing: width and case folded, katakana read as hiragana."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in narrow)
