"""The life cycle of a referral as data, and what follows from a history; pure (domain: life cycle)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum
from app.referrals.vocabulary import DeclineCode, EndCode, State, VoidCode, WithdrawCode


class Mover(StrEnum):
    """In which part somebody moves a referral; ``PLACEMENT`` is the record of a job, never a person."""

    DESK = "desk"
    PARTNER = "partner"
    SYSTEM = "system"
    PLACEMENT = "placement"


class Move(Protocol):
    """What the rules need to know of one entry of the history."""

    @property
    def number(self) -> int:
        """Return its place in the history, from 1."""

    @property
    def corrects_number(self) -> int | None:
        """Return the number of the move that this entry takes back; None for a move."""

    @property
    def from_state(self) -> State | None:
        """Return the state before; None for the first entry."""

    @property
    def to_state(self) -> State:
        """Return the state after."""

    @property
    def happened_on(self) -> date:
        """Return the day on which it happened, not the day of entry."""


M = TypeVar("M", bound=Move)


@dataclass(frozen=True, kw_only=True)
class Edge:
    """One move that may be made, by whom, and what it asks for beside the day."""

    origin: State
    to: State
    who: frozenset[Mover]
    asks_channel: bool = False
    codes: type[LabelledEnum] | None = None
    only_overdue: bool = False


OPEN: Final = (State.SENT, State.ACCEPTED, State.NO_RESPONSE, State.MET, State.SUPPORTING)
"""States in which somebody still has a move to make."""
CODES: Final[dict[State, type[LabelledEnum]]] = {
    State.DECLINED: DeclineCode,
    State.ENDED: EndCode,
    State.WITHDRAWN: WithdrawCode,
    State.VOID: VoidCode,
}
ANSWERED: Final = (State.ACCEPTED, State.DECLINED, State.MET, State.PLACED)
"""States whose first entry ends the wait for an answer."""
PATH: Final = (State.SENT, State.ACCEPTED, State.MET, State.SUPPORTING, State.PLACED)
"""The full course; what a move leaves out of it shows as 記録なし."""

ANSWERERS: Final = frozenset({Mover.DESK, Mover.PARTNER, Mover.SYSTEM})
SENDERS: Final = frozenset({Mover.DESK, Mover.SYSTEM})
PLACEMENTS: Final = frozenset({Mover.PLACEMENT})

NOT_ALLOWED: Final = N_(
    "この紹介は、いまの状態からはその状態に進められません。いまの経過を確かめて、選びなおしてください。"
)
FUTURE: Final = N_("まだ来ていない日です。今日までの日を入力してください。")
BEFORE_SENT: Final = N_("紹介を送った日（%(sent)s）より前の日は入力できません。")
BEFORE_LAST: Final = N_("すでに%(day)sの経過を記録しています。それより前の日は入力できません。")
NOT_YET: Final = N_("返事の期限と猶予（%(day)sまで）を過ぎてから、応答なしにできます。")


def answer(origin: State, to: State) -> Edge:
    """Return an edge by which a window's answer is recorded, by the window itself or at the desk."""
    return Edge(origin=origin, to=to, who=ANSWERERS, asks_channel=True, codes=CODES.get(to))


def placed(origin: State) -> Edge:
    """Return the edge that only a recorded placement takes."""
    return Edge(origin=origin, to=State.PLACED, who=PLACEMENTS)


EDGES: Final[tuple[Edge, ...]] = (
    answer(State.SENT, State.ACCEPTED),
    answer(State.SENT, State.DECLINED),
    Edge(origin=State.SENT, to=State.NO_RESPONSE, who=SENDERS, only_overdue=True),
    answer(State.SENT, State.MET),
    placed(State.SENT),
    # Late answers are taken.
    answer(State.NO_RESPONSE, State.ACCEPTED),
    answer(State.NO_RESPONSE, State.DECLINED),
    answer(State.NO_RESPONSE, State.MET),
    placed(State.NO_RESPONSE),
    answer(State.ACCEPTED, State.MET),
    answer(State.ACCEPTED, State.ENDED),
    placed(State.ACCEPTED),
    answer(State.MET, State.SUPPORTING),
    answer(State.MET, State.ENDED),
    placed(State.MET),
    answer(State.SUPPORTING, State.ENDED),
    placed(State.SUPPORTING),
    Edge(origin=State.PLACED, to=State.SUPPORTING, who=PLACEMENTS),
    *(Edge(origin=one, to=State.WITHDRAWN, who=SENDERS, codes=WithdrawCode) for one in OPEN),
    *(Edge(origin=one, to=State.VOID, who=SENDERS, codes=VoidCode) for one in State if one != State.VOID),
)


def state_of(moves: Sequence[Move]) -> State:
    """Return the state that a history leads to; ValueError when there is none."""
    if not moves:
        raise ValueError("a referral without its sending")
    return moves[-1].to_state


def allowed_moves(state: State, mover: Mover, *, overdue: bool = True) -> tuple[Edge, ...]:
    """Return the edges that may be offered; ``overdue`` says whether deadline and grace have passed."""
    return tuple(
        edge
        for edge in EDGES
        if edge.origin is state and mover in edge.who and (overdue or not edge.only_overdue)
    )


def edge_to(state: State, to: State, mover: Mover) -> Edge:
    """Return the edge of a move.

    Raises:
        DomainError: at ``to``: there is none, or none for this mover.
    """
    for edge in allowed_moves(state, mover):
        if edge.to is to:
            return edge
    raise DomainError(NOT_ALLOWED, field="to")


def effective(moves: Iterable[M]) -> list[M]:
    """Return the moves that count: without those taken back (訂正) and the entries that took them back."""
    kept = list(moves)
    taken = {move.corrects_number for move in kept}
    return [move for move in kept if move.corrects_number is None and move.number not in taken]


def correctable(moves: Iterable[M]) -> M | None:
    """Return the move that may be taken back: the last that counts, unless it is not a person's own.

    The sending is voided, not corrected; a placement is taken back where jobs are recorded; what was
    entered in error stays out of every count.
    """
    counting = effective(moves)
    if len(counting) < 2:
        return None
    last = counting[-1]
    if last.to_state is State.VOID or State.PLACED in (last.from_state, last.to_state):
        return None
    return last


def restored(moves: Iterable[M], last: M) -> M:
    """Return the move to whose state a referral returns when the last one is taken back."""
    counting = effective(moves)
    return counting[counting.index(last) - 1]


def standing(moves: Iterable[Move]) -> list[Move]:
    """Return the moves whose days later ones must respect.

    A silence (応答なし) is none: a late answer may have come before it was noted. A placement that was taken
    back is none either, nor its taking back.
    """
    kept: list[Move] = []
    for move in effective(moves):
        if move.from_state is State.PLACED and move.to_state is State.SUPPORTING:
            kept.pop()
        elif move.to_state is not State.NO_RESPONSE:
            kept.append(move)
    return kept


def check_day(moves: Sequence[Move], day: date, *, today: date, field: str = "happened_on") -> None:
    """Hold the day of a move against the history: moves may be entered late, but not out of order.

    Raises:
        DomainError: at ``field``.
    """
    if day > today:
        raise DomainError(FUTURE, field=field)
    if day < moves[0].happened_on:
        raise DomainError(BEFORE_SENT, field=field, sent=written(moves[0].happened_on))
    last = max(standing(moves), key=lambda move: move.happened_on)
    if day < last.happened_on:
        raise DomainError(BEFORE_LAST, field=field, day=written(last.happened_on))


def written(day: date) -> str:
    """Write a day for a sentence that must read in either language."""
    return f"{day.year}/{day.month}/{day.day}"


def skipped(origin: State | None, to: State) -> tuple[State, ...]:
    """Return the steps of the full course that a move left out; they show as 記録なし, never invented."""
    begin = State.SENT if origin in (None, State.NO_RESPONSE) else origin
    if begin not in PATH or to not in PATH:
        return ()
    return PATH[PATH.index(begin) + 1 : PATH.index(to)]


def answered_on(moves: Iterable[Move]) -> date | None:
    """Return the day of the first answer, None while there is none."""
    return next((move.happened_on for move in effective(moves) if move.to_state in ANSWERED), None)
