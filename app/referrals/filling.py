"""What the pages of referrals show, put together from queries and rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.access.actor import Actor
from app.cases.queries import get_person
from app.foundation import clock
from app.referrals import queries
from app.referrals.chasing import Chased, Granted, list_beside
from app.referrals.correction_operations import EXTENDABLE
from app.referrals.deadlines import due_day, silent_from, turn_of
from app.referrals.lifecycle import Mover, allowed_moves, correctable
from app.referrals.link_queries import ANSWERS as LINK_ANSWERS
from app.referrals.link_queries import LinkRow, list_links
from app.referrals.queries import HistoryRow
from app.referrals.received_queries import ReceivedRow
from app.referrals.vocabulary import State, Turn
from app.windows.closed_day_queries import closed_days
from app.windows.queries import list_windows

TAKEN_BACK = (State.WITHDRAWN, State.VOID)


@dataclass(frozen=True, kw_only=True)
class ReferralPage:
    """One referral as its sender sees it; ``number`` is that of the newest move."""

    referral: Any
    history: list[HistoryRow]
    number: int
    state: State
    turn: Turn | None
    due_on: date | None
    offered: tuple[State, ...]
    extended: bool
    correctable: HistoryRow | None
    links: list[LinkRow]
    beside: dict[int, list[Chased | Granted]]

    @property
    def is_extendable(self) -> bool:
        """Whether more time may be granted."""
        return self.state in EXTENDABLE

    @property
    def may_link(self) -> bool:
        """Whether a window could answer by a link now."""
        person = get_person(case_id=self.referral.case_id)
        gone = self.referral.consent.withdrawn_on or person.closed_on
        return not gone and any(state in LINK_ANSWERS for state in answers_offered(self.state))

    @property
    def is_void(self) -> bool:
        """Whether it was entered in error."""
        return self.state is State.VOID


def referral_page(*, actor: Actor, reference: str) -> ReferralPage:
    """Return what the page of a referral shows.

    Raises:
        NotFound: no referral of this office.
    """
    referral = queries.get_referral(actor=actor, reference=reference)
    history = queries.list_history(referral_id=referral.id)
    newest, days = history[-1], referral.window_version.response_days
    grace = referral.window_version.grace_days
    state, closed = newest.to_state, closed_days()
    extended_to = queries.find_extended_to(referral_id=referral.id, number=newest.number)
    silent_after = silent_from(history[0].happened_on, days, grace, closed=closed, extended_to=extended_to)
    overdue = clock.today() > silent_after
    offered = [edge.to for edge in allowed_moves(state, Mover.DESK, overdue=overdue) if edge.to != State.VOID]
    return ReferralPage(
        referral=referral,
        history=history,
        number=newest.number,
        state=state,
        turn=turn_of(state),
        due_on=due_day(state, newest.happened_on, days, closed=closed, extended_to=extended_to),
        extended=extended_to is not None,
        correctable=correctable(history),
        offered=tuple(offered),
        links=list_links(referral=referral),
        beside=list_beside(referral_id=referral.id, reference=referral.reference, history=history),
    )


def row_of(shown: ReferralPage) -> ReceivedRow:
    """Return a referral in the few words that its quick answer needs."""
    version, newest = shown.referral.window_version, shown.history[-1]
    return ReceivedRow(
        id=shown.referral.id,
        reference=shown.referral.reference,
        window=version.name,
        window_en=version.name_en,
        asked=shown.referral.asked,
        sent_on=shown.history[0].happened_on,
        state=shown.state,
        since=newest.happened_on,
        number=shown.number,
        turn=shown.turn,
        due_on=shown.due_on,
    )


def answers_offered(state: State) -> tuple[State, ...]:
    """Return the states to which the addressee may move a referral."""
    return tuple(edge.to for edge in allowed_moves(state, Mover.PARTNER))


def windows_offered(days: list[date | None], locale: str) -> list[tuple[int, str]]:
    """Return the windows that were open on any of some days, as choices."""
    offered: dict[int, str] = {}
    for day in dict.fromkeys(day for day in days if day is not None):
        for window in list_windows(day):
            offered.setdefault(window.window_id, window.name_in(locale))
    return list(offered.items())
