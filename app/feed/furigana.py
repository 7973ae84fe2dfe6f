"""Furigana on a whole page: readings above the words that have one reading only (ruby)."""

import re
from typing import Final

from markupsafe import escape

from app.printing.readings import runs_of

TAG: Final = re.compile(
    r"(<!--.*?-->|<(?:script|style|title)\b.*?</(?:script|style|title)>|<[^>]*>)", re.DOTALL
)
OWN_LINK: Final = re.compile(r'href="(/public/[^"?#]*)(#[^"]*)?"')
SWITCH: Final = "furigana=1"


def with_furigana(page: str) -> str:
    """Return a page with readings, and with links that lead on to pages with readings."""
    parts = TAG.split(page)
    said = [part if number % 2 else ruby(part) for number, part in enumerate(parts)]
    return OWN_LINK.sub(rf'href="\1?{SWITCH}\2"', "".join(said))


def ruby(text: str) -> str:
    """Return the text between two tags with readings; it is HTML already, so nothing is escaped twice."""
    if not text.strip():
        return text
    return "".join(
        f"<ruby>{base}<rp>（</rp><rt>{escape(reading)}</rt><rp>）</rp></ruby>" if reading else base
        for base, reading in runs_of(text, furigana=True)
    )
