"""催促文: what an agency is asked when the day has passed; a letter, so always Japanese. Pure.

Reference, window, day of sending and due day: nothing of the person stands in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.foundation.fiscal_year import day_label
from app.referrals.vocabulary import State

CITY: Final = "国分寺市"
WORDS: Final = {
    State.SENT: "受けていただけるかどうかのお返事",
    State.ACCEPTED: "面談のご予定、またはその結果",
    State.MET: "面談のあとの状況",
}
"""What is asked for, by the state in which the window's move is due."""


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """One referral whose answer should have come."""

    reference: str
    window: str
    state: State
    sent_on: date
    due_on: date


def chaser(one: Overdue, *, agency: str, sender: str, telephone: str = "") -> str:
    """Return the text about one referral."""
    return letter([one], agency=agency, sender=sender, telephone=telephone)


def letter(overdue: Sequence[Overdue], *, agency: str, sender: str, telephone: str = "") -> str:
    """Return the text about all overdue referrals of an agency; without a number no telephone is offered."""
    lines = [
        f"{agency}　御中",
        "",
        f"いつもお世話になっております。{CITY}{sender}です。",
        "次の紹介について、期限までにお返事を確認できておりません。いまの状況をお知らせください。",
        "行き違いでお返事をいただいている場合は、ご容赦ください。",
        "",
    ]
    for one in overdue:
        lines += [
            f"・紹介番号　{one.reference}",
            f"　窓口　{one.window}",
            f"　送付日　{day_label(one.sent_on, weekday=False)}",
            f"　期限　{day_label(one.due_on, weekday=False)}",
            f"　お願いすること　{WORDS[one.state]}",
        ]
    lines += [
        "",
        "お返事には、紹介番号だけをお書きください。本人の氏名や連絡先は書かないでください。",
        f"紹介票の回答票のほか、電話（{telephone}）でも承ります。"
        if telephone
        else "紹介票についている回答票でお願いします。",
    ]
    return "\n".join(lines)
