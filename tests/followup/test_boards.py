"""The boards: whose move it is, what is overdue, and what an addressee may see."""

from datetime import date

import pytest

from app.access.permissions import Role
from app.cases.models import CaseOffice
from app.followup import board_queries
from app.followup.board_queries import Chosen, Shown
from app.foundation.db import db
from app.foundation.errors import NotFound
from app.referrals import received_queries
from app.referrals.vocabulary import State, Turn
from tests import factories
from tests.factories.world import TODAY

pytestmark = pytest.mark.both_databases


def make(world, *steps, sent_on=date(2025, 6, 2), case=None):
    """Return a referral of the world with the moves named, one day apart."""
    referral = factories.make_referral(case or world.case, world.version, sent_on=sent_on)
    before = State.SENT
    for number, to in enumerate(steps, start=2):
        factories.make_move(
            referral,
            State(to),
            happened_on=sent_on.replace(day=sent_on.day + number),
            number=number,
            from_state=before,
        )
        before = State(to)
    return referral


def board(world, **chosen):
    return board_queries.list_referrals(
        actor=world.desk, chosen=Chosen(**chosen), today=TODAY, offset=0, limit=50
    )


def test_the_one_due_first_stands_on_top(world):
    late, fresh = make(world), make(world, sent_on=date(2025, 7, 14))
    silent = make(world, "no_response", sent_on=date(2025, 6, 25))
    found = board(world)
    assert [row.reference for row in found.rows] == [late.reference, silent.reference, fresh.reference]
    assert [row.overdue(TODAY) for row in found.rows] == [True, True, False]
    assert (found.open, found.overdue, found.window, found.office) == (3, 2, 2, 1)


def test_parts_and_states_narrow_the_board(world):
    sent, ours = make(world, sent_on=date(2025, 7, 14)), make(world, "no_response")
    ended = make(world, "accepted", "ended")
    void = make(world, "void")
    assert [row.reference for row in board(world, shown=Shown.OFFICE).rows] == [ours.reference]
    assert [row.reference for row in board(world, shown=Shown.OVERDUE).rows] == [ours.reference]
    assert [row.reference for row in board(world, shown=State.SENT).rows] == [sent.reference]
    assert {row.reference for row in board(world, shown=Shown.CLOSED).rows} == {
        ended.reference,
        void.reference,
    }
    assert board(world, shown=State.VOID).total == 1
    assert board(world, shown=Shown.ALL).total == 4


def test_window_and_counsellor_narrow_figures_and_rows_alike(world):
    make(world)
    make(world, case=(charged := factories.make_case(world.office)))
    db.session.get(CaseOffice, (charged.id, world.office.id)).counsellor_id = world.desk.id
    db.session.flush()
    other = factories.make_referral(world.case, factories.make_window()[1])
    assert board(world, counsellor_id=world.desk.id).open == 1
    assert [row.reference for row in board(world, window_id=other.window_id).rows] == [other.reference]
    windows = board_queries.list_choices(actor=world.desk)
    assert {key for key, *_names in windows} == {world.window.id, other.window_id}


def test_another_offices_referrals_stand_on_no_board_of_ours(world):
    factories.make_referral(factories.make_case())
    assert board(world, shown=Shown.ALL).total == 0
    assert board_queries.list_open(actor=world.desk) == []


def test_a_cases_referrals_are_listed_newest_first(world):
    first, second = make(world), make(world, "void")
    rows = board_queries.list_of_case(actor=world.desk, case_id=world.case.id)
    assert [(row.reference, row.turn) for row in rows] == [
        (second.reference, None),
        (first.reference, Turn.WINDOW),
    ]


@pytest.mark.parametrize("shown", [Shown.OPEN, Shown.ALL])
def test_the_board_needs_as_many_reads_for_thirty_as_for_one(world, shown, count_statements):
    make(world)
    with count_statements() as few:
        board(world, shown=shown)
    for _ in range(29):
        make(world)
    with count_statements() as many:
        assert board(world, shown=shown).total == 30
    assert len(many) == len(few)


def received(world, actor=None, **more):
    return received_queries.list_received(
        actor=actor or world.partner, **({"open_only": True, "offset": 0, "limit": 50} | more)
    )


def test_an_addressee_sees_its_referrals_and_no_others(world):
    mine, ended = make(world), make(world, "accepted", "ended")
    factories.make_referral(world.case)
    rows, total = received(world)
    assert ([row.reference for row in rows], total) == ([mine.reference], 1)
    assert {row.reference for row in received(world, open_only=False)[0]} == {
        mine.reference,
        ended.reference,
    }
    stranger = factories.make_actor(Role.PARTNER)
    assert received(world, stranger, open_only=False) == ([], 0)
    with pytest.raises(NotFound):
        received_queries.get_received(actor=stranger, reference=mine.reference)


def test_void_and_unconsented_referrals_are_gone_for_the_addressee(world):
    void, unconsented = make(world, "void"), make(world, "withdrawn")
    unconsented.consent.withdrawn_on = TODAY
    assert received(world, open_only=False) == ([], 0)
    for one in (void, unconsented):
        with pytest.raises(NotFound):
            received_queries.get_received(actor=world.partner, reference=one.reference)


def test_a_partner_without_an_office_sees_nothing(world):
    make(world)
    nobody = factories.actor_of(factories.make_account(Role.PARTNER))
    assert received(world, nobody, open_only=False) == ([], 0)


def test_the_addressees_reads_never_touch_the_case(world, count_statements):
    reference = make(world).reference
    with count_statements() as sent:
        received(world)
        received(world, open_only=False)
        row = received_queries.get_received(actor=world.partner, reference=reference)
    read = " ".join(sent)
    assert "referral.reference" in read
    for word in ("case_record", "case_id", "consultation", "asked_other", "code_other", "memo", "account"):
        assert word not in read
    assert not hasattr(row, "case_number")
