"""Taking a move back and extending a deadline on screen."""

from datetime import date

import pytest

from app.referrals.queries import list_moves
from app.referrals.vocabulary import State
from tests import factories
from tests.factories import sign_in


@pytest.fixture
def desk(client, world):
    sign_in(client, office=world.office)
    return client


@pytest.fixture
def referral(world, db_session):
    made = factories.make_referral(world.case, world.version, sent_on=date(2025, 7, 1), office=world.office)
    db_session.commit()
    return made


def accept(referral, db_session):
    factories.make_move(
        referral, State.ACCEPTED, happened_on=date(2025, 7, 8), number=2, from_state=State.SENT
    )
    db_session.commit()


def test_the_page_of_a_referral_leads_to_the_correction_and_shows_it_afterwards(desk, referral, db_session):
    accept(referral, db_session)
    assert "この経過を訂正する" in desk.get(f"/referrals/{referral.reference}").text
    answer = desk.post(
        f"/referrals/{referral.reference}/correct",
        data={"code": "wrong_referral", "version": "2"},
        follow_redirects=True,
    )
    assert "経過を訂正しました" in answer.text
    assert "訂正ずみ" in answer.text
    assert "紹介の取り違え" in answer.text
    assert "送付に戻しました" in answer.text


def test_a_referral_just_sent_has_nothing_to_correct(desk, referral):
    assert "この経過を訂正する" not in desk.get(f"/referrals/{referral.reference}").text
    assert desk.get(f"/referrals/{referral.reference}/correct").status_code == 404


def test_somebody_else_s_move_in_between_is_told_and_nothing_is_taken_back(desk, referral, db_session):
    accept(referral, db_session)
    answer = desk.post(
        f"/referrals/{referral.reference}/correct", data={"code": "wrong_state", "version": "1"}
    )
    assert answer.status_code == 422
    assert "ほかの人が先に" in answer.text
    assert len(list_moves(referral_id=referral.id)) == 2


def test_a_granted_extension_is_named_as_such(desk, referral):
    answer = desk.post(
        f"/referrals/{referral.reference}/extend",
        data={"due_on": "2025-08-01", "reason": "appointment", "version": "1"},
        follow_redirects=True,
    )
    assert "8月1日（金）（延長後）" in answer.text


def test_an_extension_backwards_is_refused_at_its_field_with_what_was_typed(desk, referral):
    answer = desk.post(
        f"/referrals/{referral.reference}/extend",
        data={"due_on": "2025-07-10", "reason": "window_asked", "version": "1"},
    )
    assert answer.status_code == 422
    assert "より後の日を入力してください" in answer.text
    assert "2025-07-10" in answer.text
