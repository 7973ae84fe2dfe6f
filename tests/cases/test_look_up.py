"""A card opens its case; guessing is slow; nothing of the code stands in an address."""

import random

import pytest

from app.foundation.db import db
from app.privacy import case_code
from tests.factories import make_case, make_office, sign_in


@pytest.fixture
def office(db_session):
    return make_office()


@pytest.fixture
def desk(client, office):
    sign_in(client, office=office)
    return client


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
