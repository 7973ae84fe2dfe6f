"""Counted figures arrive filled in; what a department thinks otherwise stands beside them."""

import re

import pytest

from app.access.permissions import Role
from app.foundation.db import db
from tests.factories.signing import sign_in

pytestmark = pytest.mark.both_databases

MEASURE = "/plan/collection/2025/2-6"
CORRECTION = f"{MEASURE}/correction/assistance_placements"


def text_of(answer):
    return answer.get_data(as_text=True)


def send(client, value, reason, address=CORRECTION):
    page = text_of(client.get(address))
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    return client.post(address, data={"value": value, "reason": reason, "seen": seen}, follow_redirects=True)


def test_a_correction_stands_beside_the_counted_figure_with_its_reason(plan_desk):
    page = text_of(send(plan_desk, "3", "紙の台帳に3件あります。"))
    assert "0件" in page
    assert "補正 3" in page
    assert "紙の台帳に3件あります。" in page


def test_a_correction_without_a_reason_is_refused_and_keeps_what_was_typed(plan_desk):
    answer = send(plan_desk, "3", "")
    page = text_of(answer)
    assert "記録からの数字とちがう理由を入力してください" in page
    assert 'value="3"' in page


def test_an_emptied_correction_is_taken_back(plan_desk):
    send(plan_desk, "3", "紙の台帳に3件あります。")
    page = text_of(send(plan_desk, "", ""))
    assert "補正を保存しました" in page
    assert "補正 3" not in page


def test_the_second_of_two_corrections_is_told_of_the_first(app, plan_desk):
    other = app.test_client()
    sign_in(other, role=Role.PLAN_DESK)
    page = text_of(other.get(CORRECTION))
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    send(plan_desk, "3", "紙の台帳に3件あります。")
    late = other.post(CORRECTION, data={"value": "4", "reason": "4件です。", "seen": seen})
    assert late.status_code == 422
    assert "ほかの人がこの記録を先に変えました" in text_of(late)
    assert "補正 3" in text_of(plan_desk.get(MEASURE))


def test_a_reported_figure_has_no_correction(plan_desk):
    assert plan_desk.get("/plan/collection/2025/3-10/correction/interns").status_code == 404


def test_a_person_is_not_named_in_a_reason(plan_desk):
    answer = send(plan_desk, "3", "山田花子さんの電話は090-1234-5678です。")
    assert answer.status_code == 422
    db.session.rollback()
    assert "補正 3" not in text_of(plan_desk.get(MEASURE))
