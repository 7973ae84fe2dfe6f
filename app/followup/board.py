"""What a board shows and what it is narrowed to; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import parse_qsl

from app.referrals.lifecycle import OPEN
from app.referrals.vocabulary import Asked, State, Turn
from app.situation.programme import Programme

CLOSED = tuple(state for state in State if state not in OPEN)


class Shown(StrEnum):
    """Part of the board that is not one single state."""

    OPEN = "open"
    OVERDUE = "overdue"
    WINDOW = "window"
    OFFICE = "office"
    CLOSED = "closed"
    ALL = "all"


TURNS = {Shown.WINDOW: Turn.WINDOW, Shown.OFFICE: Turn.OFFICE}
WAITING_PARTS = (Shown.OPEN, Shown.OVERDUE, Shown.WINDOW, Shown.OFFICE)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the board is narrowed to; ``shown`` is a part or a state.

    ``counsellor_id`` is in charge of the case; ``older_than`` are days in the state in which it stands.
    """

    shown: Shown | State = Shown.OPEN
    agency_id: int | None = None
    window_id: int | None = None
    counsellor_id: int | None = None
    programme: Programme | None = None
    older_than: int | None = None

    @property
    def asks_records(self) -> bool:
        """Whether more must be read of a referral than its moves."""
        return self.counsellor_id is not None or self.programme is not None

    @property
    def is_waiting(self) -> bool:
        """Whether only open referrals are shown."""
        return self.shown in OPEN or self.shown in WAITING_PARTS


class ReferralRow(NamedTuple):
    """One referral of the board; ``number`` is that of its newest move."""

    id: int
    reference: str
    case_number: str
    window: str
    window_en: str
    asked: Asked
    sent_on: date
    state: State
    since: date
    turn: Turn | None
    due_on: date | None
    counsellor: str | None
    number: int

    def overdue(self, today: date) -> bool:
        """Tell whether the next move should have come by now."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True, kw_only=True)
class Board:
    """One page of the board, how many there are, and how the open ones divide (within the same filters)."""

    rows: Sequence[ReferralRow]
    total: int
    open: int
    overdue: int
    window: int
    office: int


def query_of(chosen: Chosen) -> dict[str, str]:
    """Return what stands in an address behind the question mark: known names, ids and codes."""
    kept = {"shown": str(chosen.shown)}
    for name in ("agency_id", "window_id", "counsellor_id", "programme", "older_than"):
        value = getattr(chosen, name)
        if value is not None:
            kept[name] = str(value)
    return kept


def chosen_from(query: str) -> Chosen:
    """Return what a kept address chose; what it says no longer, or wrongly, narrows nothing."""
    return chosen_said(dict(parse_qsl(query)))


def chosen_said(said: Mapping[str, str]) -> Chosen:
    """Return what the parts of an address choose."""
    return Chosen(
        shown=shown_named(said.get("shown", "")) or Shown.OPEN,
        agency_id=number_from(said.get("agency_id", "")),
        window_id=number_from(said.get("window_id", "")),
        counsellor_id=number_from(said.get("counsellor_id", "")),
        programme=Programme.find(said.get("programme")),
        older_than=number_from(said.get("older_than", "")),
    )


def shown_named(text: str) -> Shown | State | None:
    """Return the part of the board or the state that a text names, None when there is none."""
    return State.find(text) or next((one for one in Shown if one.value == text), None)


def number_from(text: str) -> int | None:
    """Return the number that a text says, None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
