"""What can be said of a waiting referral with one tap: an answer, or a coded end; pure."""

from dataclasses import dataclass
from typing import Final

from app.foundation.labels import LabelledEnum
from app.referrals.lifecycle import CODES, Mover, allowed_moves
from app.referrals.vocabulary import DeclineCode, EndCode, State, WithdrawCode

LEFT_OUT: Final = frozenset(
    {
        # These need words, or come about by themselves elsewhere.
        DeclineCode.OTHER,
        EndCode.OTHER,
        WithdrawCode.OTHER,
        WithdrawCode.CONSENT_WITHDRAWN,
        WithdrawCode.PLACED_ELSEWHERE,
        WithdrawCode.SITUATION_CHANGED,
    }
)


@dataclass(frozen=True, kw_only=True)
class QuickAnswer:
    """One button: the state moved to, and the code where that state asks for one."""

    to: State
    code: LabelledEnum | None = None

    def __str__(self) -> str:
        """Return what the button sends."""
        return self.to.value if self.code is None else f"{self.to.value}:{self.code.value}"


def quick_answers(state: State, mover: Mover) -> tuple[QuickAnswer, ...]:
    """Return the answers offered with one tap, those without a code first."""
    found: list[QuickAnswer] = []
    edges = allowed_moves(state, mover, overdue=False)
    # Where the window can end its support, that is said; a withdrawal would mean the same with other words.
    can_end = any(edge.to is State.ENDED for edge in edges)
    for edge in edges:
        if edge.to is State.VOID or (edge.to is State.WITHDRAWN and can_end):
            continue
        codes = edge.codes.current() if edge.codes is not None else (None,)
        found += [QuickAnswer(to=edge.to, code=code) for code in codes if code not in LEFT_OUT]
    return tuple(sorted(found, key=lambda one: one.code is not None))


def read_answer(text: str) -> QuickAnswer:
    """Return the answer that a button sent; ValueError when there is none such."""
    name, _sign, code = text.partition(":")
    to = State.find(name)
    if to is None:
        raise ValueError(text)
    if not code:
        return QuickAnswer(to=to)
    member = CODES[to].find(code) if to in CODES else None
    if member is None:
        raise ValueError(text)
    return QuickAnswer(to=to, code=member)
