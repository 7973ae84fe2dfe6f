"""Finding a case by its card, with guessing made slow.

Works in transactions of its own: a failed guess must be counted although nothing else of the request is kept.
"""

from app.access.actor import Actor
from app.access.throttle import Throttle
from app.accounts.attempts import Counter, key_of, reserve, succeed
from app.cases.models import Case
from app.cases.operations import show_card
from app.foundation.transaction import transaction
from app.privacy import case_code

# A code has 50 random bits; ten free guesses an account, then waits, leave nothing to find.
GUESSES = Throttle(free=10)


def find_by_card(*, actor: Actor, pepper: bytes, secret: str, typed: str) -> Case:
    """Return the case of a card shown; this office sees it from now on.

    A code that cannot be right (length, symbols, check symbol) tells a guesser nothing and is not counted.

    Raises:
        DomainError: at ``card_code``: the code cannot be right, or no live card bears it.
        TooManyAttempts: too many unknown codes by this account.
    """
    case_code.parse(typed)
    counter = Counter(key_hash=key_of(secret, "card", str(actor.id)), throttle=GUESSES)
    with transaction():
        reserve([counter])
    with transaction():
        case = show_card(actor=actor, pepper=pepper, typed=typed)
        succeed([counter], clear=counter.key_hash)
    return case
