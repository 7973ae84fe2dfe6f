"""How a card is drawn and what it says; pure."""

import io
from dataclasses import dataclass
from typing import Final

import segno

from app.privacy import case_code

# The person reads the card, not the counsellor: both languages stand on it, whatever the screen shows.
# It tells no purpose, office, name or address. Line by line, each word with its reading or "".
BRING_JA: Final = (
    (("次", "つぎ"), ("に", ""), ("来", "く"), ("るときは、", "")),
    (("このカードを", ""),),
    (("お", ""), ("持", "も"), ("ちください。", "")),
)
BRING_EN: Final = "Please bring this card with you next time."


@dataclass(frozen=True, kw_only=True)
class CardFace:
    """All that is printed on a card; it stands on one page, once."""

    code: str
    qr: str
    ja: tuple[tuple[tuple[str, str], ...], ...] = BRING_JA
    en: str = BRING_EN


def face_of(code: str) -> CardFace:
    """Return the face of the card with this code."""
    return CardFace(code=case_code.grouped(code), qr=qr_svg(code))


def qr_svg(code: str) -> str:
    """Return the card's QR as inline SVG without style; a scanner types the code as keystrokes."""
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        nl=False,
        svgclass="qr",
        lineclass="qr-dark",
        border=2,
    )
    return out.getvalue().decode()
