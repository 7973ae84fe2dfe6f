"""紹介票 and its covering letter (送付文): A4 for the agency, with the referral reference as only handle.

Nothing of the person stands on either: no case number, no card, no memo.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.foundation.fiscal_year import day_label
from app.printing.pdf import make
from app.printing.qr import qr_of

CITY: Final = "国分寺市"


@dataclass(frozen=True, kw_only=True)
class ReferralPaper:
    """What both papers say; ``answers`` and ``refusals`` are the boxes to tick on the return part."""

    reference: str
    window: str
    agency: str
    sender: str
    dated_on: date
    asked: str
    consent: str
    answer_by: date
    answers: tuple[str, ...]
    refusals: tuple[str, ...]
    channels: tuple[str, ...]
    document_number: str = ""
    # Of the sender; where there is none, no paper offers the telephone.
    telephone: str = ""


def referral_slip(data: ReferralPaper) -> bytes:
    """Return the PDF of a 紹介票: one page, the return part below the fold line."""
    return referral_slips([data])


def referral_slips(slips: Sequence[ReferralPaper]) -> bytes:
    """Return one PDF of several 紹介票, a page each."""
    return make("referral", {"slips": [values_of(one) for one in slips]})


def covering_letter(data: ReferralPaper) -> bytes:
    """Return the PDF of a 送付文 in the form of an official letter: number, day, addressee, 記, 以上."""
    return make("letter", values_of(data))


def values_of(data: ReferralPaper) -> dict[str, Any]:
    """Return what the templates print, and what `glyphs.missing_in` can look through."""
    return {
        "city": CITY,
        "reference": data.reference,
        "window": data.window,
        # A window that bears its agency's name is addressed once.
        "agency": "" if data.window.startswith(data.agency) else data.agency,
        "sender": data.sender,
        "telephone": data.telephone,
        "dated_on": day_label(data.dated_on, weekday=False),
        "asked": data.asked,
        "consent": data.consent,
        "answer_by": day_label(data.answer_by),
        "answers": list(data.answers),
        "refusals": list(data.refusals),
        "channels": list(data.channels),
        "document_number": data.document_number,
        "qr": qr_of(data.reference),
    }
