"""An answer in two taps from the waiting list, from a slip, and by the window itself."""

from datetime import date

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.foundation.db import db
from app.referrals.models import ReferralMove
from app.referrals.vocabulary import AnswerChannel, State
from tests import factories
from tests.attacks.page_forms import forms_of
from tests.factories import sign_in
from tests.factories.world import TODAY


@pytest.fixture
def desk(client, world):
    sign_in(client, db.session.get(Account, world.desk.id))
    return client


@pytest.fixture
def partner(client, world):
    sign_in(client, db.session.get(Account, world.partner.id))
    return client


@pytest.fixture
def referral(world, db_session):
    made = factories.make_referral(world.case, world.version, sent_on=date(2025, 6, 2))
    db_session.commit()
    return made


def moves(referral):
    found = db.session.scalars(
        select(ReferralMove)
        .where(ReferralMove.referral_id == referral.id)
        .order_by(ReferralMove.number)
        .execution_options(populate_existing=True)
    )
    return list(found)


def tap(client, address, button):
    """Open a page and press one of its buttons, everything else as it stands there."""
    [form] = [one for one in forms_of(client.get(address).text) if "answer" in one.controls]
    data = [pair for pair in form.pairs() if pair[0] != "answer"] + [("answer", button)]
    return client.post(address, data=dict(data))


@pytest.mark.parametrize("page", ["/referrals", "/today", "/cases/{number}"])
def test_two_taps_from_a_waiting_list_save_the_answer_and_come_back(desk, world, referral, page):
    page = page.format(number=world.case.number)
    link = f"/referrals/{referral.reference}/quick-answer?next={page}"
    assert link in desk.get(page).text
    answer = tap(desk, link, "accepted")
    assert answer.location == page
    assert f"紹介 {referral.reference} に「受理」を保存しました。" in desk.get(page).text
    last = moves(referral)[-1]
    assert (last.to_state, last.happened_on, last.channel) == (State.ACCEPTED, TODAY, AnswerChannel.PHONE)


def test_the_notice_leads_to_taking_the_answer_back(desk, referral):
    tap(desk, f"/referrals/{referral.reference}/quick-answer", "met")
    assert f'href="/referrals/{referral.reference}/correct"' in desk.get("/referrals").text


@pytest.mark.parametrize(
    ("button", "state", "code"),
    [
        ("declined:full", State.DECLINED, "full"),
        ("declined:wrong_window", State.DECLINED, "wrong_window"),
        ("withdrawn:did_not_come", State.WITHDRAWN, "did_not_come"),
        ("withdrawn:helped_elsewhere", State.WITHDRAWN, "helped_elsewhere"),
        ("withdrawn:moved_away", State.WITHDRAWN, "moved_away"),
        ("withdrawn:out_of_contact", State.WITHDRAWN, "out_of_contact"),
    ],
)
def test_whoever_is_out_of_the_loop_leaves_the_overdue_list_with_a_code(desk, referral, button, state, code):
    overdue = desk.get("/referrals?shown=overdue").text
    assert referral.reference in overdue
    tap(desk, f"/referrals/{referral.reference}/quick-answer?next=/referrals?shown=overdue", button)
    last = moves(referral)[-1]
    assert (last.to_state, last.code) == (state, code)
    assert f'href="/referrals/{referral.reference}"' not in desk.get("/referrals?shown=overdue").text


def test_enter_in_a_field_saves_nothing_unseen(desk, referral):
    answer = tap(desk, f"/referrals/{referral.reference}/quick-answer", "")
    assert answer.status_code == 422
    assert "返事を選んでください" in answer.text
    assert len(moves(referral)) == 1


@pytest.mark.parametrize(
    "button", ["placed", "void:duplicate", "no_response", "declined", "sent", "x:y", "declined:x"]
)
def test_what_is_not_offered_cannot_be_forced(desk, referral, button):
    assert tap(desk, f"/referrals/{referral.reference}/quick-answer", button).status_code == 422
    assert len(moves(referral)) == 1


def test_two_who_answer_at_once_are_one_move_and_the_second_is_told(desk, referral):
    address = f"/referrals/{referral.reference}/quick-answer"
    [form] = [one for one in forms_of(desk.get(address).text) if "answer" in one.controls]
    seen = dict(form.pairs())
    tap(desk, address, "accepted")
    late = desk.post(address, data=seen | {"answer": "met"})
    assert late.status_code == 422
    assert "ほかの人が先に" in late.text
    twice = tap(desk, address, "met")
    assert twice.status_code == 302
    assert [move.to_state for move in moves(referral)] == [State.SENT, State.ACCEPTED, State.MET]


def test_the_same_page_sent_twice_is_one_move(desk, referral):
    address = f"/referrals/{referral.reference}/quick-answer"
    [form] = [one for one in forms_of(desk.get(address).text) if "answer" in one.controls]
    seen = dict(form.pairs()) | {"answer": "accepted"}
    assert [desk.post(address, data=seen).status_code for _one in range(2)] == [302, 302]
    assert len(moves(referral)) == 2


def test_it_never_leads_to_another_site(desk, referral):
    address = f"/referrals/{referral.reference}/quick-answer?next=//evil.example/"
    assert tap(desk, address, "accepted").location == "/"


def test_a_slip_is_keyed_in_by_its_reference_and_the_next_one_follows(desk, referral):
    typed = referral.reference.replace("-", "")
    opened = desk.post("/referrals/answers", data={"reference": typed})
    assert opened.location.startswith(f"/referrals/{referral.reference}/quick-answer?")
    answer = tap(desk, opened.location, "declined:full")
    assert answer.location == "/referrals/answers"
    assert moves(referral)[-1].channel is AnswerChannel.FAX
    page = desk.get("/referrals/answers").text
    assert "「不受理」を保存しました" in page
    assert 'name="reference" type="text" value=""' in page


def test_a_foreign_slip_is_answered_like_one_that_is_not_there(desk, db_session):
    foreign = factories.make_referral(factories.make_case())
    db_session.commit()
    texts = []
    for typed in (foreign.reference, "9999-99", "abc"):
        answer = desk.post("/referrals/answers", data={"reference": typed})
        assert answer.status_code == 422
        texts.append(answer.text[answer.text.index('id="problems"') :].partition("</ul>")[0])
    assert len(set(texts)) == 1


def test_a_window_answers_in_two_taps_too_but_cannot_withdraw(partner, referral):
    address = f"/received-referrals/{referral.reference}/quick-answer"
    assert f"{address}?next=/received-referrals" in partner.get("/received-referrals").text
    page = partner.get(address).text
    assert "withdrawn" not in page
    assert 'name="channel"' not in page
    assert tap(partner, address, "withdrawn:moved_away").status_code == 422
    assert tap(partner, address, "met").location == "/received-referrals"
    last = moves(referral)[-1]
    assert (last.to_state, last.channel) == (State.MET, AnswerChannel.SYSTEM)


def test_a_window_is_told_who_takes_back_what_was_pressed_by_mistake(partner, referral):
    assert "課で取り消せます" in partner.get(f"/received-referrals/{referral.reference}/quick-answer").text


def test_the_desk_takes_its_own_mistakes_back(desk, referral):
    assert "課で取り消せます" not in desk.get(f"/referrals/{referral.reference}/quick-answer").text


def test_with_the_consent_the_referral_is_gone_for_the_window(partner, world, referral, db_session):
    referral.consent.withdrawn_on = TODAY
    db_session.commit()
    assert partner.get(f"/received-referrals/{referral.reference}/quick-answer").status_code == 404
    assert referral.reference not in partner.get("/received-referrals?shown=all").text


def test_a_window_sees_exactly_its_own(partner, world, referral, db_session):
    other_window = factories.make_referral(world.case, factories.make_window()[1])
    void = factories.make_referral(world.case, world.version)
    factories.make_move(
        void, State.VOID, happened_on=TODAY, number=2, from_state=State.SENT, code="duplicate"
    )
    db_session.commit()
    page = partner.get("/received-referrals?shown=all").text
    assert referral.reference in page
    assert other_window.reference not in page
    assert void.reference not in page
    assert world.case.number not in page
