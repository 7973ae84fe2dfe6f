"""A card opens its case; guessing is slow; nothing of the code stands in an address."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.cases.entries import NewCase
from app.cases.look_up import find_code_again
from app.cases.models import CaseCard
from app.cases.operations import open_cases, reissue_card, show_card
from app.cases.queries import count_live_cards
from app.cases.vocabulary import ReissueReason
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import DomainError
from app.privacy import case_code
from tests.factories import make_actor, make_case, make_office, sign_in

OLD, NEW = b"an old pepper " * 4, b"a new pepper " * 4
CODE = case_code.derive(OLD, "0123456789abcdef")


@pytest.fixture
def office(db_session):
    return make_office()


@pytest.fixture
def desk(client, office):
    sign_in(client, office=office)
    return client


def make_case_with_card(office) -> str:
    """Return the number of a case whose card bears CODE under the pepper of the tests' application."""
    from flask import current_app

    pepper = current_app.config["SHIRUBE"].card_pepper
    new = [NewCase(opened_on=date(2025, 6, 2), code=CODE)]
    number = open_cases(actor=make_actor(office=office), pepper=pepper, new=new)[0].number
    db.session.commit()
    return number


def unknown_code(seed: int) -> str:
    return case_code.generate(random.Random(seed).randbytes)


def test_a_number_of_the_own_office_opens_the_case(desk, office):
    case = make_case(office)
    db.session.commit()
    typed = case.number.replace("-", "").translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert desk.post("/cases/look-up", data={"number": typed}).headers["Location"] == f"/cases/{case.number}"


def test_a_number_of_another_office_is_not_found(desk):
    case = make_case(make_office())
    db.session.commit()
    answer = desk.post("/cases/look-up", data={"number": case.number})
    assert answer.status_code == 422
    assert "見つかりません" in answer.text


def test_guessing_codes_is_slowed_down_and_misspelling_is_not(desk):
    for seed in range(10):
        assert (
            "登録されていません" in desk.post("/cases/look-up", data={"card_code": unknown_code(seed)}).text
        )
    assert "待ってから" in desk.post("/cases/look-up", data={"card_code": unknown_code(99)}).text
    assert "足りません" in desk.post("/cases/look-up", data={"card_code": "7QK2"}).text


def test_nothing_typed_asks_for_a_number(desk):
    assert "番号を入力してください" in desk.post("/cases/look-up", data={}).text


def guess(client, seed):
    return client.post("/cases/look-up", data={"card_code": unknown_code(seed)}).text


def test_guessing_does_not_keep_a_colleague_at_the_same_address_from_reading_cards(app, office):
    case = make_case_with_card(office)
    guessers = [app.test_client() for _ in range(4)]
    for number, one in enumerate(guessers):
        sign_in(one, office=office)
        for seed in range(10):
            guess(one, 100 * number + seed)
    colleague = app.test_client()
    sign_in(colleague, office=office)
    for seed in range(2):
        assert "登録されていません" in guess(colleague, 900 + seed)
    answer = colleague.post("/cases/look-up", data={"card_code": CODE})
    assert answer.headers["Location"] == f"/cases/{case}"


def test_many_accounts_at_one_address_have_fewer_guesses_each(app, office):
    for number in range(3):
        one = app.test_client()
        sign_in(one, office=office)
        for seed in range(10):
            guess(one, 100 * number + seed)
    another = app.test_client()
    sign_in(another, office=office)
    for seed in range(3):
        assert "登録されていません" in guess(another, 700 + seed)
    assert "待ってから" in guess(another, 799)


def test_a_card_that_was_read_forgets_the_guesses_of_the_account(desk, office):
    make_case_with_card(office)
    for _ in range(3):
        for seed in range(9):
            assert "登録されていません" in guess(desk, seed)
        assert desk.post("/cases/look-up", data={"card_code": CODE}).status_code == 302


def test_no_look_up_leaves_a_code_in_address_log_or_database(desk, office, caplog, db_session):
    make_case_with_card(office)
    with caplog.at_level(0):
        for typed in (CODE, case_code.grouped(CODE).lower(), unknown_code(1), CODE[:-1] + "!"):
            answer = desk.post("/cases/look-up", data={"card_code": typed})
            assert typed not in answer.headers.get("Location", "")
    said = caplog.text.upper()
    assert not any(code in said for code in (CODE, case_code.grouped(CODE), unknown_code(1)))


def test_an_error_in_mid_look_up_tells_no_code(desk, office, monkeypatch, caplog):
    make_case_with_card(office)
    db.session.execute(db.text("ALTER TABLE case_card RENAME TO away"))
    db.session.commit()
    desk.application.testing = False
    try:
        with caplog.at_level(0):
            answer = desk.post("/cases/look-up", data={"card_code": CODE})
    finally:
        desk.application.testing = True
        db.session.execute(db.text("ALTER TABLE away RENAME TO case_card"))
        db.session.commit()
    assert answer.status_code == 500
    assert "case_card" in caplog.text, "the error itself is told"
    assert CODE not in caplog.text
    assert CODE not in answer.text


def test_a_card_goes_over_to_a_new_pepper_when_it_is_shown(db_session, office):
    actor = make_actor(office=office)
    case = open_cases(actor=actor, pepper=OLD, new=[NewCase(opened_on=date(2025, 6, 2), code=CODE)])[0]
    assert show_card(actor=actor, pepper=NEW, former=[OLD], typed=CODE).id == case.id
    (card,) = db_session.scalars(select(CaseCard))
    assert (card.code_hash, card.pepper_id) == (case_code.keyed_hash(NEW, CODE), case_code.key_id(NEW))
    assert count_live_cards() == {case_code.key_id(NEW): 1}
    assert show_card(actor=actor, pepper=NEW, typed=CODE).id == case.id
    with pytest.raises(DomainError, match="登録されていません"):
        show_card(actor=actor, pepper=OLD, typed=CODE)


def test_a_dead_card_stays_dead_under_every_pepper(db_session, office):
    actor = make_actor(office=office)
    case = open_cases(actor=actor, pepper=OLD, new=[NewCase(opened_on=date(2025, 6, 2), code=CODE)])[0]
    reason = ReissueReason.LOST
    reissue_card(actor=actor, case_id=case.id, pepper=NEW, code=unknown_code(3), reason=reason)
    with pytest.raises(DomainError, match="登録されていません"):
        show_card(actor=actor, pepper=NEW, former=[OLD], typed=CODE)


def test_a_form_sent_twice_sees_its_card_again_for_minutes_only_and_while_it_lives(db_session, office):
    key = "0123456789abcdef"
    actor, made_at = make_actor(office=office), datetime(2026, 2, 10, 3, 0, tzinfo=UTC)
    with clock.standing_at(made_at):
        new = [NewCase(opened_on=date(2025, 6, 2), code=CODE)]
        case = open_cases(actor=actor, pepper=OLD, new=new)[0]
    with clock.standing_at(made_at + timedelta(minutes=9)):
        assert find_code_again(pepper=OLD, key=key) == CODE
        assert find_code_again(pepper=NEW, key=key) is None
    with clock.standing_at(made_at + timedelta(minutes=10)):
        assert find_code_again(pepper=OLD, key=key) is None
    with clock.standing_at(made_at + timedelta(minutes=5)):
        reason = ReissueReason.NOT_HANDED_OVER
        reissue_card(actor=actor, case_id=case.id, pepper=OLD, code=unknown_code(4), reason=reason)
        assert find_code_again(pepper=OLD, key=key) is None


def test_a_card_that_may_not_be_shown_again_leads_to_its_case_with_a_sentence(desk, office):
    case = make_case(office)
    db.session.commit()
    sent = {"reason": "lost", "submission_key": "ab" * 16}
    assert 'class="card-code"' in desk.post(f"/cases/{case.number}/card", data=sent).text
    again = {"reason": "damaged", "submission_key": "cd" * 16}
    assert 'class="card-code"' in desk.post(f"/cases/{case.number}/card", data=again).text
    late = desk.post(f"/cases/{case.number}/card", data=sent, follow_redirects=True)
    assert "もう表示できません" in late.text
    assert 'class="card-code"' not in late.text
