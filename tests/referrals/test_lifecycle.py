"""The life cycle: its edges against the design's own words, and any history against a naive reckoning."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.foundation.errors import DomainError
from app.referrals import lifecycle
from app.referrals.deadlines import due_day, silent_from, turn_of
from app.referrals.lifecycle import CODES, EDGES, OPEN, Mover, allowed_moves, edge_to, skipped, state_of
from app.referrals.vocabulary import DeclineCode, State, Turn

# The design's diagram, typed out again by hand: whatever is not here must be refused.
DIAGRAM = {
    "sent": "accepted declined no_response met placed withdrawn void",
    "no_response": "accepted declined met placed withdrawn void",
    "accepted": "met ended placed withdrawn void",
    "met": "supporting ended placed withdrawn void",
    "supporting": "placed ended withdrawn void",
    "placed": "supporting void",
    "declined": "void",
    "ended": "void",
    "withdrawn": "void",
    "void": "",
}
SENT_ON = date(2025, 6, 2)
TODAY = date(2025, 7, 15)


@dataclass(frozen=True)
class Step:
    number: int
    from_state: State | None
    to_state: State
    happened_on: date
    corrects_number: int | None = None


def history(*steps):
    """Return a history from pairs of state and day of June."""
    moves, before = [], None
    for state, day in steps:
        moves.append(Step(len(moves) + 1, before, State(state), date(2025, 6, day)))
        before = State(state)
    return moves


def test_edges_are_those_of_the_design():
    drawn = {(origin, to) for origin, line in DIAGRAM.items() for to in line.split()}
    assert {(edge.origin.value, edge.to.value) for edge in EDGES} == drawn
    assert len(EDGES) == len(drawn)


def test_only_a_placement_makes_or_unmakes_placed():
    touching = [
        edge
        for edge in EDGES
        if edge.to is State.PLACED or edge == edge_to(State.PLACED, State.SUPPORTING, Mover.PLACEMENT)
    ]
    assert touching
    assert all(edge.who == {Mover.PLACEMENT} for edge in touching)


def test_a_partner_answers_but_neither_withdraws_nor_voids_nor_declares_itself_silent():
    offered = {edge.to for state in State for edge in allowed_moves(state, Mover.PARTNER)}
    assert offered == {State.ACCEPTED, State.DECLINED, State.MET, State.SUPPORTING, State.ENDED}


def test_a_silence_is_offered_only_after_deadline_and_grace():
    in_time = {edge.to for edge in allowed_moves(State.SENT, Mover.DESK, overdue=False)}
    late = {edge.to for edge in allowed_moves(State.SENT, Mover.DESK, overdue=True)}
    assert late - in_time == {State.NO_RESPONSE}


def test_every_state_that_ends_a_referral_asks_for_its_code():
    assert {edge.to for edge in EDGES if edge.codes} == set(CODES)
    assert all(edge.codes is CODES[edge.to] for edge in EDGES if edge.codes)
    assert edge_to(State.SENT, State.DECLINED, Mover.DESK).codes is DeclineCode


def test_each_open_state_names_whose_turn_it_is_and_by_when():
    assert {state for state in State if turn_of(state)} == set(OPEN)
    assert all((due_day(state, SENT_ON, 10) is None) == (state not in OPEN) for state in State)


@pytest.mark.parametrize(
    ("sent_on", "response_days", "grace_days", "due", "silent"),
    [
        (date(2025, 6, 2), 10, 5, date(2025, 6, 16), date(2025, 6, 23)),
        (date(2025, 6, 2), 10, 0, date(2025, 6, 16), date(2025, 6, 16)),
        (date(2025, 4, 28), 3, 5, date(2025, 5, 2), date(2025, 5, 13)),  # Golden Week
        (date(2025, 4, 28), 3, 10, date(2025, 5, 2), date(2025, 5, 20)),
        (date(2025, 12, 26), 2, 5, date(2026, 1, 6), date(2026, 1, 14)),  # New Year and Coming of Age Day
        (date(2025, 3, 31), 5, 5, date(2025, 4, 7), date(2025, 4, 14)),
    ],
)
def test_deadlines_are_working_days(sent_on, response_days, grace_days, due, silent):
    assert due_day(State.SENT, sent_on, response_days) == due
    assert silent_from(sent_on, response_days, grace_days) == silent


def test_an_unanswered_referral_waits_for_the_window_and_a_silent_one_for_us():
    assert turn_of(State.SENT) is Turn.WINDOW
    assert turn_of(State.NO_RESPONSE) is Turn.OFFICE


@pytest.mark.parametrize(
    ("origin", "to", "gap"),
    [
        ("sent", "met", ["accepted"]),
        ("no_response", "met", ["accepted"]),
        ("accepted", "placed", ["met", "supporting"]),
        ("sent", "accepted", []),
        ("sent", "declined", []),
        ("placed", "supporting", []),
        ("met", "void", []),
    ],
)
def test_steps_left_out_are_named_and_never_invented(origin, to, gap):
    assert [state.value for state in skipped(State(origin), State(to))] == gap


def test_a_move_is_not_dated_before_the_one_recorded_last():
    moves = history(("sent", 2), ("accepted", 10))
    with pytest.raises(DomainError, match="2025/6/10") as refused:
        lifecycle.check_day(moves, date(2025, 6, 9), today=TODAY)
    assert refused.value.field == "happened_on"
    lifecycle.check_day(moves, date(2025, 6, 10), today=TODAY)


def test_a_late_answer_may_be_older_than_the_silence_but_not_than_the_sending():
    moves = history(("sent", 2), ("no_response", 24))
    lifecycle.check_day(moves, date(2025, 6, 12), today=TODAY)
    with pytest.raises(DomainError, match="2025/6/2"):
        lifecycle.check_day(moves, date(2025, 6, 1), today=TODAY)


def test_a_placement_taken_back_no_longer_bounds_the_days():
    moves = history(("sent", 2), ("met", 10), ("placed", 20), ("supporting", 27))
    lifecycle.check_day(moves, date(2025, 6, 15), today=TODAY)
    with pytest.raises(DomainError, match="2025/6/10"):
        lifecycle.check_day(moves, date(2025, 6, 9), today=TODAY)


def test_a_history_without_its_sending_is_no_referral():
    with pytest.raises(ValueError, match="without its sending"):
        state_of([])


class RandomMoves(RuleBasedStateMachine):
    """Anybody tries anything on any day; a plain list of states is kept beside it."""

    @initialize()
    def send(self):
        self.moves = [Step(1, None, State.SENT, SENT_ON)]
        self.naive = ["sent"]
        self.days = [SENT_ON]

    @rule(to=st.sampled_from(State), mover=st.sampled_from(Mover), after=st.integers(-3, 50))
    def attempt(self, to, mover, after):
        day = SENT_ON + timedelta(days=after)
        drawn = to.value in DIAGRAM[self.naive[-1]].split() and mover in self.entitled(to)
        in_order = max(self.days) <= day <= TODAY
        assert self.refused_at(to, mover, day) == ("to" if not drawn else None if in_order else "happened_on")
        if drawn and in_order:
            self.write(to, day)

    def refused_at(self, to, mover, day):
        """Return the field at which the rules refuse a move, None when they take it."""
        try:
            edge_to(state_of(self.moves), to, mover)
            lifecycle.check_day(self.moves, day, today=TODAY)
        except DomainError as error:
            return error.field
        return None

    def write(self, to, day):
        """Add a move, and reckon by hand which days the next one must respect."""
        if (self.naive[-1], to) == ("placed", State.SUPPORTING):
            self.days.pop()
        elif to is not State.NO_RESPONSE:
            self.days.append(day)
        self.moves.append(Step(len(self.moves) + 1, self.moves[-1].to_state, to, day))
        self.naive.append(to.value)

    def entitled(self, to):
        """Say again, by hand, who may bring a referral into a state from where it is."""
        if to is State.PLACED or self.naive[-1] == "placed" and to is State.SUPPORTING:
            return {Mover.PLACEMENT}
        if to in (State.WITHDRAWN, State.VOID, State.NO_RESPONSE):
            return {Mover.DESK, Mover.SYSTEM}
        return {Mover.DESK, Mover.PARTNER, Mover.SYSTEM}

    @invariant()
    def state_follows_from_the_history(self):
        assert state_of(self.moves).value == self.naive[-1]

    @invariant()
    def nothing_follows_void_and_every_day_lies_between_sending_and_today(self):
        assert "void" not in self.naive[:-1]
        assert all(SENT_ON <= move.happened_on <= TODAY for move in self.moves)

    @invariant()
    def what_is_offered_is_what_is_accepted(self):
        for mover in Mover:
            offered = {edge.to for edge in allowed_moves(state_of(self.moves), mover)}
            for to in State:
                try:
                    edge_to(state_of(self.moves), to, mover)
                except DomainError:
                    assert to not in offered
                else:
                    assert to in offered


RandomMoves.TestCase.settings = settings(max_examples=200, stateful_step_count=12, deadline=None)
TestRandomMoves = RandomMoves.TestCase
