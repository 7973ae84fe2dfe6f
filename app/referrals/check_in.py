"""Who has come to a window: the card or the slip that a person shows leads to the waiting referral.

Works in transactions of its own, like the look-up of a card: a failed guess must be counted although
nothing else of the request is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.access.actor import Actor
from app.accounts.attempts import reserve, succeed
from app.audit.trail import record
from app.cases.look_up import guesses_of
from app.cases.operations import rehashed_card
from app.cases.queries import find_card
from app.foundation.errors import N_, DomainError
from app.foundation.transaction import transaction
from app.privacy import case_code
from app.privacy.numbers import normalise_number
from app.referrals.received_queries import ReceivedRow, list_meetable

NOTHING_WAITS = N_(
    "この番号で、こちらの窓口が面談を待っている紹介はありません。番号をもう一度確かめてください。"
)


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What a look-up needs of the settings and of the request."""

    pepper: bytes = field(repr=False)
    former: Sequence[bytes] = field(default=(), repr=False)
    secret: str = field(repr=False)
    address: str = ""


def find_waiting(*, actor: Actor, keys: Keys, typed: str) -> list[ReceivedRow]:
    """Return the referrals to the actor's own windows whose person has come.

    An unknown card, one without a referral to this office, an unknown and a foreign reference are told
    alike and counted alike. A code that cannot be right tells a guesser nothing and is not counted.

    Raises:
        DomainError: at ``code``.
        TooManyAttempts: too many look-ups in vain by this account.
    """
    reference = as_reference(typed)
    if reference is None:
        check_code(typed)
    own, place = guesses_of(actor=actor, secret=keys.secret, address=keys.address)
    with transaction():
        reserve([own, place])
    with transaction():
        rows = rows_for(actor=actor, keys=keys, typed=typed, reference=reference)
        if rows:
            succeed([own, place], clear=own.key_hash)
        for row in rows:
            record(actor=actor, action="referral.checked_in", subject="referral", subject_id=row.reference)
    if not rows:
        raise DomainError(NOTHING_WAITS, field="code")
    return rows


def as_reference(typed: str) -> str | None:
    """Return a referral reference as stored; None when something else was typed."""
    try:
        return normalise_number(typed)
    except DomainError:
        return None


def check_code(typed: str) -> None:
    """Refuse what can be no card code.

    Raises:
        DomainError: at ``code``.
    """
    try:
        case_code.parse(typed)
    except DomainError as error:
        raise DomainError(error.message, field="code", **error.params) from None


def rows_for(*, actor: Actor, keys: Keys, typed: str, reference: str | None) -> list[ReceivedRow]:
    """Return the waiting referrals of a reference or of a card; the case is not opened to the window."""
    if reference is not None:
        return list_meetable(actor=actor, reference=reference)
    code = case_code.parse(typed)
    card = find_card(pepper=keys.pepper, code=code) or rehashed_card(
        pepper=keys.pepper, former=keys.former, code=code
    )
    return [] if card is None else list_meetable(actor=actor, case_id=card.case_id)
