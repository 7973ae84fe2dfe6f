"""Finding a window by part of its name, by its reading in kana, by what it does or where it is."""

import unicodedata

from app.windows.views import WindowView


def matches(view: WindowView, search: str) -> bool:
    """Tell whether every word of a search stands somewhere in an entry; no words match all."""
    text = folded(searched_text(view))
    return all(word in text for word in folded(search).split())


def searched_text(view: WindowView) -> str:
    """Return all that a search looks at."""
    facts, office = view.facts, view.office
    named = (facts.name, facts.name_en, facts.kana, facts.former_names, office.name, office.name_en)
    told = (facts.services, facts.services_en, facts.eligibility, facts.eligibility_en, facts.address)
    return "\n".join((*named, *told))


def folded(text: str) -> str:
    """Return a text for comparing: width and case folded, katakana read as hiragana."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in narrow)
