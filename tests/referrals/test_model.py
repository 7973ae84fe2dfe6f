"""Random moves by random roles in random order of entry, on the real database, against a naive reckoning.

A seeded sample in every run; with MODEL_SEQUENCES=3000 as many sequences, each time others.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from types import SimpleNamespace

import jpholiday
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.access.permissions import Role
from app.followup import board_queries
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import DomainError
from app.kpi import counts
from app.kpi.metrics import get_metric
from app.kpi.period import Period
from app.kpi.vocabulary import By
from app.referrals import sweeping
from app.referrals.correction_operations import Extension, correct_move, extend_deadline
from app.referrals.entries import NewMove, NewReferral, Placing
from app.referrals.lifecycle import CODES, effective
from app.referrals.link_operations import LinkAnswer, answer_by_link, issue_link
from app.referrals.move_operations import mark_placed, move_referrals, unmark_placed
from app.referrals.operations import send_referrals, void_referral, withdraw_consent
from app.referrals.queries import list_moves
from app.referrals.received_queries import list_received
from app.referrals.vocabulary import (
    AnswerChannel,
    Asked,
    ConsentForm,
    CorrectionCode,
    DeclineCode,
    ExtensionReason,
    State,
    VoidCode,
)
from tests import factories
from tests.factories.world import standing_day, world  # noqa: F401 - fixtures

SEQUENCES = int(os.environ.get("MODEL_SEQUENCES", "0"))
STEPS = 50
MOST = 3
"""Open referrals of one sequence: few, so that each has a long history."""
BEGINNING = date(2025, 2, 20)
"""Sequences run over the ends of two fiscal years."""
RESPONSE_DAYS, GRACE = 10, 5
SECRET = "a secret of this test, long enough to sign with"

# Typed out again by hand: who may move what where. Nothing here is read from the program.
ANSWER = {
    "sent": {"accepted", "declined", "met"},
    "no_response": {"accepted", "declined", "met"},
    "accepted": {"met", "ended"},
    "met": {"supporting", "ended"},
    "supporting": {"ended"},
}
OPEN = set(ANSWER)
TURN_DAYS = {"sent": RESPONSE_DAYS, "accepted": 10, "met": 10, "no_response": 5, "supporting": 60}
MOVERS = ["desk", "supervisor", "desk", "partner", "partner", "desk", "other office", "other partner"]
ANSWERED = {"accepted", "declined", "met", "placed"}
BY_LINK = {"accepted", "declined", "met", "ended"}


def works(day):
    closed = (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
    return day.weekday() < 5 and not closed and not jpholiday.is_holiday(day)


def working_day_after(day, count):
    while count:
        day += timedelta(days=1)
        count -= works(day)
    return day


def working_days(start, end):
    return sum(works(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def year_of(day):
    return day.year - (day.month < 4)


@dataclass
class Kept:
    """One entry that counts: where it led, when, and with which code."""

    number: int
    to: str
    day: date
    code: str | None = None
    origin: str | None = None


@dataclass
class Naive:
    """One referral as a pile of entries: a correction takes the top one off again."""

    id: int
    reference: str
    pile: list[Kept]
    written: int = 1
    consented: bool = True
    closed_since: int = 0
    granted: list[tuple[str, date, date]] = field(default_factory=list)
    links: list[tuple[str, date, int]] = field(default_factory=list)

    @property
    def state(self):
        return self.pile[-1].to

    @property
    def sent_on(self):
        return self.pile[0].day

    @property
    def last_day(self):
        """Return the latest day that still binds: no silence, no job that was taken back."""
        days = []
        for one in self.pile:
            if (one.origin, one.to) == ("placed", "supporting"):
                days.pop()
            elif one.to != "no_response":
                days.append(one.day)
        return max(days)

    def extended_to(self):
        since = (self.state, self.pile[-1].day)
        return max((day for *then, day in self.granted if tuple(then) == since), default=None)

    def due(self):
        due = working_day_after(self.pile[-1].day, TURN_DAYS[self.state])
        return max(due, self.extended_to() or due)

    def silent_after(self):
        due, granted = working_day_after(self.sent_on, RESPONSE_DAYS), self.extended_to()
        begin = granted if granted and granted > due else due
        return working_day_after(begin, GRACE)

    def push(self, to, day, code=None):
        self.written += 1
        self.pile.append(Kept(self.written, to, day, code, self.state))
        if to not in OPEN:
            self.closed_since = self.written

    def pop(self):
        self.written += 1
        return self.pile.pop()

    def reaches(self, role):
        """Whether a role may see the referral at all."""
        if role in {"desk", "supervisor"}:
            return True
        return role == "partner" and self.consented and self.state != "void"

    def may_move(self, role, to, day, today):
        """Whether a move is to be taken."""
        if not self.reaches(role) or not self.last_day <= day <= today:
            return False
        if to in ANSWER.get(self.state, ()):
            return True
        if role == "partner":
            return False
        if to == "no_response":
            return self.state == "sent" and day > self.silent_after()
        return (to == "withdrawn" and self.state in OPEN) or (to == "void" and self.state != "void")


class Machine(RuleBasedStateMachine):
    """Everything that can happen to referrals, tried; what is taken must be what the reckoning takes."""

    world: object
    sequences = tried = taken = 0

    def __init__(self):
        super().__init__()
        self.today, self.acts, self.last = BEGINNING, 0, None
        self.known, self.roles = [], self.world.roles

    def teardown(self):
        Machine.sequences += 1
        self.look()
        with self.standing():
            for fiscal_year in {year_of(self.today), year_of(BEGINNING)}:
                self.compare_figures(fiscal_year)
        db.session.rollback()
        db.session.expunge_all()

    def standing(self):
        self.acts += 1  # nothing happens at the very moment of anything else
        moment = datetime.combine(self.today, time(1), UTC) + timedelta(seconds=self.acts)
        return clock.standing_at(moment)

    def attempt(self, expected, act):
        """Do something; it must be taken exactly when the reckoning says so."""
        Machine.tried += 1
        refused = ""
        try:
            with self.standing(), db.session.begin_nested():
                done = act()
        except DomainError as error:
            done, refused = None, str(error)
        assert bool(refused) is not expected, refused or "taken, and should not have been"
        Machine.taken += expected
        return done

    def pick(self, data):
        self.last = data.draw(st.sampled_from([*self.known, *[self.last or self.known[0]] * 4]))
        return self.last

    def some_day(self, data, one):
        around = [self.today, self.today, self.today, one.last_day, one.sent_on]
        return data.draw(st.sampled_from(around)) + timedelta(
            days=data.draw(st.sampled_from([0, 0, 0, 0, 0, 0, 1, -1, 9]))
        )

    @initialize()
    def begin(self):
        self.send(days_ago=0)

    @precondition(lambda self: sum(one.state in OPEN for one in self.known) < MOST)
    @rule(days_ago=st.integers(0, 25))
    def send(self, days_ago):
        sent_on = self.today - timedelta(days=days_ago)
        new = NewReferral(
            case_id=self.world.case_id,
            window_id=self.world.window_id,
            asked=Asked.JOB_SEARCH,
            sent_on=sent_on,
            consent_on=sent_on,
            consent_form=ConsentForm.ORAL,
        )
        [one] = self.attempt(True, lambda: send_referrals(actor=self.roles["desk"], new=[new]))
        self.known.append(Naive(one.id, one.reference, [Kept(1, "sent", sent_on)]))

    @rule(days=st.sampled_from([0, 1, 3, 8, 20, 45]))
    def time_passes(self, days):
        self.today += timedelta(days=days)

    @rule(data=st.data())
    def move_at_the_desk(self, data):
        self.move(data, "desk")

    @rule(data=st.data(), role=st.sampled_from(MOVERS))
    def move_by_anybody(self, data, role):
        self.move(data, role)

    def move(self, data, role):
        one = self.pick(data)
        likely = sorted(ANSWER.get(one.state, ())) or ["void"]
        to = data.draw(st.sampled_from([*likely * 4, *(state.value for state in State)]))
        day = self.some_day(data, one)
        codes = CODES.get(State(to))
        usual = [DeclineCode.WRONG_WINDOW] * 9 if to == "declined" else []
        code = data.draw(st.sampled_from([*usual, *codes.current(), None])) if codes else None
        entry = NewMove(
            referral_id=one.id, to=State(to), happened_on=day, channel=AnswerChannel.PHONE, code=code
        )
        expected = one.may_move(role, to, day, self.today) and (code is not None or not codes)
        if self.attempt(expected, lambda: move_referrals(actor=self.roles[role], new=[entry])):
            one.push(to, day, code.value if code else None)

    @rule(data=st.data(), role=st.sampled_from(["desk", "supervisor", "desk", "partner", "other office"]))
    def correct(self, data, role):
        one = self.pick(data)
        top = one.pile[-1]
        expected = (
            role in {"desk", "supervisor"}
            and len(one.pile) > 1
            and one.consented
            and top.to not in {"void", "placed"}
            and top.origin != "placed"
        )
        done = self.attempt(
            expected,
            lambda: correct_move(
                actor=self.roles[role],
                reference=one.reference,
                code=CorrectionCode.WRONG_STATE,
                code_other="",
                expected_number=one.written,
            ),
        )
        if done:
            one.pop()

    @rule(data=st.data(), role=st.sampled_from(["desk", "partner", "other office"]))
    def place(self, data, role):
        one = self.pick(data)
        day = self.some_day(data, one)
        expected = role == "desk" and one.state in OPEN and one.last_day <= day <= self.today
        placed = [Placing(referral_id=one.id, case_id=self.world.case_id, placed_on=day)]
        if self.attempt(expected, lambda: mark_placed(actor=self.roles[role], placed=placed)):
            one.push("placed", day)

    @rule(data=st.data())
    def void_placement(self, data):
        one = self.pick(data)
        self.attempt(True, lambda: [unmark_placed(actor=self.roles["desk"], referral_ids=[one.id])])
        if one.state == "placed":
            one.push("supporting", self.today)
            if not one.consented:
                one.push("withdrawn", self.today, "consent_withdrawn")

    @rule(data=st.data())
    def void(self, data):
        one = self.pick(data)
        if data.draw(st.integers(0, 3)):  # nothing happens to it any more
            return
        done = self.attempt(
            one.state != "void",
            lambda: void_referral(actor=self.roles["desk"], reference=one.reference, code=VoidCode.DUPLICATE),
        )
        if done:
            one.push("void", self.today, "duplicate")

    @rule(data=st.data(), role=st.sampled_from(["desk", "desk", "partner", "other office"]))
    def take_consent_back(self, data, role):
        one = self.pick(data)
        day = self.today - timedelta(days=data.draw(st.sampled_from([0, 0, 4, -1])))
        expected = role == "desk" and one.consented and one.sent_on <= day <= self.today
        done = self.attempt(
            expected,
            lambda: [withdraw_consent(actor=self.roles[role], reference=one.reference, withdrawn_on=day)],
        )
        if done:
            one.consented = False
            if one.state in OPEN:
                one.push("withdrawn", max(day, one.last_day), "consent_withdrawn")

    @rule(data=st.data(), more=st.sampled_from([1, 5, 20, 80]))
    def extend(self, data, more):
        one = self.pick(data)
        day = self.today + timedelta(days=more)
        expected = (
            one.state in OPEN - {"no_response"}
            and len(one.granted) < 2
            and max(one.due(), self.today) < day <= working_day_after(self.today, 40)
        )
        wanted = Extension(due_on=day, reason=ExtensionReason.WINDOW_ASKED)
        done = self.attempt(
            expected,
            lambda: extend_deadline(
                actor=self.roles["desk"], reference=one.reference, wanted=wanted, expected_number=None
            ),
        )
        if done:
            one.granted.append((one.state, one.pile[-1].day, day))

    @rule()
    def sweep(self):
        silent = [one for one in self.known if one.state == "sent" and self.today > one.silent_after()]
        found = self.attempt(True, lambda: [sweeping.sweep(actor=sweeping.BY_ITSELF)])
        assert found == [len(silent)]
        for one in silent:
            one.push("no_response", one.silent_after() + timedelta(days=1))

    @rule(data=st.data())
    def make_link(self, data):
        one = self.pick(data)
        expected = one.consented and bool(ANSWER.get(one.state, set()) & BY_LINK)
        made = self.attempt(
            expected, lambda: issue_link(actor=self.roles["desk"], reference=one.reference, secret=SECRET)
        )
        if made:
            last = min(working_day_after(max(one.due(), self.today), GRACE), self.today + timedelta(days=60))
            one.links = [(made[1], last, one.written)]

    @precondition(lambda self: any(one.links for one in self.known))
    @rule(data=st.data(), to=st.sampled_from(sorted(BY_LINK)))
    def use_link(self, data, to):
        one = data.draw(st.sampled_from([one for one in self.known if one.links]))
        token, last, issued = one.links[-1]
        day = self.some_day(data, one)
        expected = (
            self.today <= last
            and one.closed_since <= issued
            and one.consented
            and to in ANSWER.get(one.state, ())
            and one.last_day <= day <= self.today
        )
        codes = CODES.get(State(to))
        code = codes.current()[0] if codes else None
        said = LinkAnswer(to=State(to), happened_on=day, code=code, expected_number=None)
        if self.attempt(expected, lambda: [answer_by_link(secret=SECRET, token=token, said=said)]):
            one.push(to, day, code.value if code else None)
            one.closed_since = max(one.closed_since, one.written)  # used up

    @rule()
    def look(self):
        """Hold every derived state against the reckoning."""
        with self.standing():
            self.compare_histories()
            self.compare_boards()

    def compare_histories(self):
        for one in self.known:
            moves = list_moves(referral_id=one.id)
            assert [move.number for move in moves] == list(range(1, one.written + 1))
            assert moves[-1].to_state.value == one.state
            counting = [(move.number, move.to_state.value, move.happened_on) for move in effective(moves)]
            assert counting == [(kept.number, kept.to, kept.day) for kept in one.pile]
            assert one.consented or one.state not in OPEN, "nothing stands open without consent"

    def compare_boards(self):
        shown = board_queries.list_open(actor=self.roles["desk"])
        open_now = {(one.reference, one.state, one.due()) for one in self.known if one.state in OPEN}
        assert {(row.reference, row.state.value, row.due_on) for row in shown} == open_now
        rows, total = list_received(actor=self.roles["partner"], open_only=False, offset=0, limit=10_000)
        reached = {one.reference for one in self.known if one.reaches("partner")}
        assert {row.reference for row in rows} == reached
        assert total == len(reached)

    def compare_figures(self, fiscal_year):
        period = Period.of(fiscal_year, today=self.today)
        counted = [one for one in self.known if one.state != "void"]
        sent = [one for one in counted if year_of(one.sent_on) == fiscal_year]
        met = [
            kept
            for one in counted
            for kept in one.pile
            if kept.to == "met" and year_of(kept.day) == fiscal_year
        ]
        answers = [next((kept for kept in one.pile if kept.to in ANSWERED), None) for one in sent]
        waits = [working_days(one.sent_on, kept.day) for one, kept in zip(sent, answers, strict=True) if kept]
        wrong = [
            one
            for one in sent
            if any((kept.to, kept.code) == ("declined", DeclineCode.WRONG_WINDOW.value) for kept in one.pile)
        ]
        gone = [any(step.to == "withdrawn" for step in one.pile) for one in sent]
        parts = {
            "answered": sum(kept is not None for kept in answers),
            "withdrawn": sum(left and not kept for left, kept in zip(gone, answers, strict=True)),
        }
        parts["waiting"] = len(sent) - sum(parts.values())
        metric = {key: get_metric(key) for key in ("referrals_sent", "referrals_met", "response_days")}
        assert counts.value(metric["referrals_sent"], period).value == len(sent)
        found = counts.breakdown(metric["referrals_sent"], period, By.PART)
        assert {key: one.value for key, one in found.items()} == {key: n for key, n in parts.items() if n}
        assert counts.value(metric["referrals_met"], period).value == len(met)
        days = counts.value(metric["response_days"], period)
        assert (days.value, days.n) == (median(waits) if waits else None, len(waits))
        fitting = counts.breakdown(get_metric("wrong_window_rate"), period, By.PART)
        assert {key: one.n for key, one in fitting.items()} == {
            key: n
            for key, n in {"wrong_window": len(wrong), "otherwise": len(waits) - len(wrong)}.items()
            if n
        }


def run(world, sequences):  # noqa: F811
    """Try so many sequences; return how many there were, and how many acts were tried and taken."""
    roles = {
        "desk": world.desk,
        "supervisor": factories.make_actor(Role.SUPERVISOR, world.office),
        "partner": world.partner,
        "other office": factories.make_actor(),
        "other partner": factories.make_actor(Role.PARTNER, factories.make_office()),
    }
    world.case.opened_on = BEGINNING - timedelta(days=60)
    Machine.world = SimpleNamespace(roles=roles, case_id=world.case.id, window_id=world.window.id)
    Machine.sequences = Machine.tried = Machine.taken = 0
    db.session.commit()  # what a rolled-back sequence leaves standing
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not SEQUENCES,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Machine.sequences, Machine.tried, Machine.taken


@pytest.mark.both_databases
def test_any_sequence_of_moves_agrees_with_a_naive_reckoning(world, database):  # noqa: F811
    few = 80 if database.name == "sqlite" else 20
    run_of, tried, taken = run(world, SEQUENCES or few)
    print(f"{database.name}: {run_of} sequences, {tried} acts tried, {taken} taken")
    assert run_of >= (SEQUENCES or few)
    assert taken > 3 * run_of, "hardly anything was taken, so hardly anything was tested"
