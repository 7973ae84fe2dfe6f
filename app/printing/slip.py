"""案内票: what a person takes along from the counter. One page of A5; nothing on it says who somebody is."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.foundation.fiscal_year import day_label
from app.printing.pdf import make
from app.printing.qr import qr_of
from app.printing.readings import runs_of

MOST_LINES: Final = 6
LONGEST_LINE: Final = 160
CUT: Final = "…"

TITLE: Final = ("案内票", "Where to go")
LEAD: Final = ("この窓口で相談してください。", "Please go to this window.")
WHY: Final = ("この窓口を案内する理由", "Why this window")
HOURS: Final = ("受付時間", "Opening hours")
WAY: Final = ("行き方", "How to get there")
BRING: Final = ("持っていく物", "What to bring")
MIND: Final = ("気をつけること", "Please note")
PAGE: Final = ("この窓口の最新の情報", "The latest about this window")
NO_HOURS: Final = (
    "受付時間はまだ登録されていません。行く前に電話で確かめてください。",
    "The hours are not entered yet. Please call before you go.",
)
NO_HOURS_NOR_TELEPHONE: Final = (
    "受付時間はまだ登録されていません。行く前に確かめてください。",
    "The hours are not entered yet. Please check before you go.",
)
NO_WAY: Final = (
    "住所はまだ登録されていません。窓口で聞いてください。",
    "The address is not entered yet. Please ask.",
)
NO_BRING: Final = (
    "持っていく物は登録されていません。窓口で聞いてください。",
    "Nothing is entered here. Please ask the window.",
)
NOTHING_ENTERED: Final = (NO_HOURS, NO_HOURS_NOR_TELEPHONE, NO_WAY, NO_BRING)
PHRASES: Final = (TITLE, LEAD, WHY, HOURS, WAY, BRING, MIND, PAGE, *NOTHING_ENTERED)


@dataclass(frozen=True, kw_only=True)
class Said:
    """One line in plain Japanese and in English; an empty English is left out."""

    ja: str
    en: str = ""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What stands on a slip; every text is the window's or ours, none is about the person.

    ``url`` is the whole address of the window's public page, empty when there is none: then no QR is printed.
    ``given_by`` is an office, never a person.
    """

    name: str
    name_en: str
    given_on: date
    given_by: Said
    kana: str = ""
    reasons: tuple[Said, ...] = ()
    hours: tuple[Said, ...] = ()
    mind: tuple[Said, ...] = ()
    bring: tuple[Said, ...] = ()
    address: str = ""
    access: Said | None = None
    telephone: str = ""
    url: str = ""
    furigana: bool = False


def slip(data: Slip) -> bytes:
    """Return the PDF of a slip: always one page; lines beyond six and texts beyond 160 characters are cut."""
    return make("slip", values_of(data))


def values_of(data: Slip) -> dict[str, Any]:
    """Return what the template prints, and what `glyphs.missing_in` can look through."""

    def line(said: Said) -> dict[str, Any]:
        return {"ja": runs_of(shortened(said.ja), furigana=data.furigana), "en": shortened(said.en)}

    def section(title: tuple[str, str], lines: tuple[Said, ...], otherwise: tuple[str, str] | None) -> Any:
        chosen = lines or ((Said(ja=otherwise[0], en=otherwise[1]),) if otherwise else ())
        return {"title": line(Said(ja=title[0], en=title[1])), "lines": [line(one) for one in cut(chosen)]}

    sections = [
        section(WHY, data.reasons, None),
        section(HOURS, data.hours, NO_HOURS if data.telephone else NO_HOURS_NOR_TELEPHONE),
        section(WAY, way_of(data), NO_WAY),
        section(BRING, data.bring, NO_BRING),
        section(MIND, data.mind, None),
    ]
    return {
        "title": line(Said(ja=TITLE[0], en=TITLE[1])),
        "lead": line(Said(ja=LEAD[0], en=LEAD[1])),
        "name": shortened(data.name),
        "kana": shortened(data.kana) if data.furigana else "",
        "name_en": shortened(data.name_en),
        "sections": [one for one in sections if one["lines"]],
        "url": data.url,
        "qr": qr_of(data.url) if data.url else "",
        "page": line(Said(ja=PAGE[0], en=PAGE[1])),
        "given": f"{data.given_by.ja}　{day_label(data.given_on)}",
        "given_en": f"{data.given_by.en}, {day_label(data.given_on, 'en')}" if data.given_by.en else "",
        "furigana": data.furigana,
    }


def way_of(data: Slip) -> tuple[Said, ...]:
    """Return address, way and telephone as far as they are known."""
    lines = [Said(ja=data.address)] if data.address else []
    if data.access is not None and data.access.ja:
        lines.append(data.access)
    if data.telephone:
        lines.append(Said(ja=f"電話 {data.telephone}", en=""))
    return tuple(lines)


def cut(lines: tuple[Said, ...]) -> tuple[Said, ...]:
    """Return at most six lines, the last one saying that there was more."""
    return lines if len(lines) <= MOST_LINES else (*lines[: MOST_LINES - 1], Said(ja=CUT))


def shortened(text: str) -> str:
    """Return a text of at most 160 characters on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_LINE else flat[: LONGEST_LINE - 1] + CUT
