"""When a figure may be kept for an indicator; pure."""

from decimal import Decimal
from typing import Final, Protocol

from app.foundation.errors import N_, DomainError
from app.plan.results import places_of
from app.plan.vocabulary import PrintedWord

MOST: Final = Decimal(10**10)

NEGATIVE: Final = N_("「%(label)s」は0以上の数で入力してください。")
TOO_LARGE: Final = N_("「%(label)s」が大きすぎます。数字を確かめてください。")
TOO_FINE: Final = N_("「%(label)s」の小数は%(decimals)sけたまでで入力してください。")
WHOLE: Final = N_("「%(label)s」は小数のない数で入力してください。")
WORD: Final = N_("「%(label)s」に書ける言葉は、なし、開催なし だけです。値は0として扱います。")


class Counted(Protocol):
    """What the rule needs to know of an indicator."""

    label: str
    decimals: int


def check_figure(value: Decimal | None, *, printed: str = "", indicator: Counted, field: str) -> None:
    """Refuse a figure that cannot be: DomainError at ``field``."""
    if printed and (value != 0 or PrintedWord.find(printed) is None):
        raise DomainError(WORD, field=field, label=indicator.label)
    if value is None:
        return
    if not value.is_finite() or value < 0:
        raise DomainError(NEGATIVE, field=field, label=indicator.label)
    if value >= MOST:
        raise DomainError(TOO_LARGE, field=field, label=indicator.label)
    if places_of(value) > indicator.decimals:
        words = TOO_FINE if indicator.decimals else WHOLE
        raise DomainError(words, field=field, label=indicator.label, decimals=indicator.decimals)
