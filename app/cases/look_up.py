"""Finding a case by its card, with guessing made slow.

Works in transactions of its own: a failed guess must be counted although nothing else of the request is kept.
"""

from collections.abc import Sequence
from datetime import timedelta

from app.access.actor import Actor
from app.access.throttle import Throttle
from app.accounts.attempts import Counter, count_of, key_of, reserve, succeed
from app.cases.models import Case
from app.cases.operations import show_card
from app.cases.queries import find_card
from app.foundation import clock
from app.foundation.transaction import transaction
from app.privacy import case_code

# A code has 50 random bits; ten free guesses an account, then waits, leave nothing to find.
GUESSES = Throttle(free=10)
# Where many guesses came from one address, each account there has fewer: never none, or a guesser could keep
# a colleague at the same counter from reading a card.
MANY_HERE = 30
FEWER_GUESSES = Throttle(free=3)
NEVER = Throttle(free=1 << 30)


# As long as a lost answer or a second click may need the page of a new card once more.
SHOWN_AGAIN = timedelta(minutes=10)


def find_code_again(*, pepper: bytes, key: str) -> str | None:
    """Return the code of the card that this form made, to a form sent twice; soon it is shown to nobody.

    None when the card is older than a few minutes, dead, or hashed under another pepper.
    """
    code = case_code.derive(pepper, key)
    card = find_card(pepper=pepper, code=code)
    return code if card is not None and clock.now() - card.issued_at < SHOWN_AGAIN else None


def find_by_card(
    *,
    actor: Actor,
    pepper: bytes,
    secret: str,
    typed: str,
    address: str = "",
    former: Sequence[bytes] = (),
) -> Case:
    """Return the case of a card shown; this office sees it from now on.

    A code that cannot be right (length, symbols, check symbol) tells a guesser nothing and is not counted.
    ``address`` is where the request comes from, ``former`` are peppers that were exchanged.

    Raises:
        DomainError: at ``card_code``: the code cannot be right, or no live card bears it.
        TooManyAttempts: too many unknown codes by this account.
    """
    case_code.parse(typed)
    own, place = guesses_of(actor=actor, secret=secret, address=address)
    with transaction():
        reserve([own, place])
    with transaction():
        case = show_card(actor=actor, pepper=pepper, typed=typed, former=former)
        succeed([own, place], clear=own.key_hash)
    return case


def guesses_of(*, actor: Actor, secret: str, address: str) -> tuple[Counter, Counter]:
    """Return what is counted of a look-up of a card: by account, and by the place it comes from."""
    place = Counter(key_hash=key_of(secret, "card-address", address), throttle=NEVER)
    own = Counter(
        key_hash=key_of(secret, "card", str(actor.id)),
        throttle=FEWER_GUESSES if count_of(place.key_hash) >= MANY_HERE else GUESSES,
    )
    return own, place
