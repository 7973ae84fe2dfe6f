"""What is kept of the board between requests never outlives a change."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app.followup import waiting
from app.followup.board_queries import list_open
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.referrals.correction_operations import Extension, correct_move, extend_deadline
from app.referrals.entries import NewMove
from app.referrals.move_operations import move_referrals
from app.referrals.queries import list_moves
from app.referrals.sweeping import BY_ITSELF, sweep
from app.referrals.vocabulary import AnswerChannel, CorrectionCode, ExtensionReason, State
from app.windows.closed_day_operations import add_closed_day
from tests import factories
from tests.factories.world import TODAY


class GivenUp(Exception):
    """Something went wrong before the end."""


pytestmark = pytest.mark.both_databases


@pytest.fixture
def board(world, db_session):
    """Return two referrals, of which the board has been looked at before."""
    made = [factories.make_referral(world.case, world.version, sent_on=date(2025, 7, 8)) for _one in "ab"]
    db_session.commit()
    look(world)
    return made


def look(world):
    return [(row.reference, row.state, row.due_on) for row in list_open(actor=world.desk)]


def look_anew(world):
    waiting.forget()
    return look(world)


def accept(world, referral):
    return NewMove(referral_id=referral.id, to=State.ACCEPTED, happened_on=TODAY, channel=AnswerChannel.PHONE)


def moved(world, referral):
    with transaction():
        move_referrals(actor=world.desk, new=[accept(world, referral)])


def corrected(world, referral):
    moved(world, referral)
    look(world)
    with transaction():
        correct_move(
            actor=world.desk,
            reference=referral.reference,
            code=CorrectionCode.WRONG_STATE,
            code_other="",
            expected_number=2,
        )


def extended(world, referral):
    wanted = Extension(due_on=date(2025, 8, 1), reason=ExtensionReason.WINDOW_ASKED)
    with transaction():
        extend_deadline(actor=world.desk, reference=referral.reference, wanted=wanted, expected_number=1)


def swept(world, referral):
    old = factories.make_referral(world.case, world.version, sent_on=date(2025, 5, 1))
    db.session.commit()
    with transaction():
        assert sweep(actor=BY_ITSELF) == 1
    assert list_moves(referral_id=old.id)[-1].to_state is State.NO_RESPONSE


@pytest.mark.parametrize("change", [moved, corrected, extended, swept])
def test_after_every_change_the_board_is_as_if_nothing_had_been_kept(world, board, change):
    before = look(world)
    change(world, board[0])
    after = look(world)
    assert after == look_anew(world)
    assert after != before or change is corrected


def test_a_closed_day_of_the_city_moves_the_due_days_at_once(world, board):
    before = look(world)
    with transaction():
        add_closed_day(actor=factories.system_actor(), day=date(2025, 7, 16), reason="計画停電")
    assert [due for _r, _s, due in look(world)] == [due + timedelta(days=1) for _r, _s, due in before]


BEHIND_THE_PROGRAM = {
    "a move taken out": "DELETE FROM referral_move WHERE referral_id = :id",
    "a move dated anew": "UPDATE referral_move SET happened_on = '2025-07-01' WHERE referral_id = :id",
    "a referral given to another office": "UPDATE referral SET office_id = :other WHERE id = :id",
    "a window of another agency": 'UPDATE "window" SET office_id = :other WHERE id = :window',
    "a version that promises more days": "UPDATE window_version SET response_days = 20 WHERE id = :version",
}


@pytest.mark.parametrize("statement", BEHIND_THE_PROGRAM.values(), ids=BEHIND_THE_PROGRAM.keys())
def test_a_write_past_the_program_without_a_move_or_an_entry_shows_at_once(world, board, statement):
    before = waiting.list_waiting(actor=world.desk)
    ids = {"id": board[0].id, "window": world.window.id, "version": world.version.id}
    values = ids | {"other": factories.make_office().id}
    db.session.execute(text(statement), {name: values[name] for name in values if f":{name}" in statement})
    uncommitted = waiting.list_waiting(actor=world.desk)
    db.session.commit()
    after = waiting.list_waiting(actor=world.desk)
    waiting.forget()
    assert before != uncommitted == after == waiting.list_waiting(actor=world.desk)


def test_a_change_that_was_not_committed_is_not_kept(world, board, db_session):
    before = look(world)
    with suppress(GivenUp), transaction():
        move_referrals(actor=world.desk, new=[accept(world, board[0])])
        assert look(world) != before
        raise GivenUp
    assert look(world) == before
    moved(world, board[1])
    assert look(world) == look_anew(world)


def test_a_second_look_reads_no_referral_beyond_those_shown(world, board, count_statements):
    with count_statements() as sent:
        waiting.list_waiting(actor=world.desk)
    assert not any("FROM referral " in one.replace("\n", " ") for one in sent), sent


def test_offices_are_kept_apart(world, board):
    other = factories.make_office()
    elsewhere = factories.make_actor(office=other)
    assert waiting.list_waiting(actor=elsewhere) == ()
    assert len(waiting.list_waiting(actor=world.desk)) == 2
