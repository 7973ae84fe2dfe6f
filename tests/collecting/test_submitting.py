"""A department submits a year's results, the plan desk returns or accepts them."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.accounts.models import Account
from app.foundation import clock
from app.foundation.db import db
from app.plan.submissions import SubmissionAct, SubmissionState, acts_in, state_after
from tests.factories.signing import sign_in

pytestmark = pytest.mark.both_databases

OVERVIEW = "/plan/collection/2025"
MEASURE = f"{OVERVIEW}/3-10"
RESULTS = "/plan/results/2025"
SOURCE = "職員課の受け入れ簿"


def text_of(answer):
    return answer.get_data(as_text=True)


def seen(client, address=MEASURE):
    page = text_of(client.get(address))
    return re.search(r'name="seen" value="(\d+)"', page)[1]


def do(client, act, **more):
    data = {"act": act, "seen": seen(client)} | more
    return client.post(MEASURE, data=data, follow_redirects=True)


def enter(client, value="17", source=SOURCE):
    page = text_of(client.get(RESULTS))
    hidden = dict(re.findall(r'<input type="hidden" name="(seen_[^"]+)" value="([^"]*)"', page))
    return client.post(
        RESULTS, data=hidden | {"figure__interns": value, "source__3_10": source}, follow_redirects=True
    )


def test_a_department_enters_submits_and_the_plan_desk_accepts(personnel, plan_desk):
    enter(personnel)
    assert "「提出ずみ」になりました" in text_of(do(personnel, "submit"))
    shown = text_of(plan_desk.get(f"{OVERVIEW}?state=submitted"))
    assert "/plan/collection/2025/3-10" in shown
    assert "/plan/collection/2025/2-6" not in shown
    page = text_of(plan_desk.get(MEASURE))
    assert "17名" in page
    assert SOURCE in page
    assert "「受理ずみ」になりました" in text_of(do(plan_desk, "accept"))


def test_what_is_with_the_plan_desk_can_not_be_typed_over(personnel, plan_desk):
    enter(personnel)
    page = text_of(personnel.get(RESULTS))
    do(personnel, "submit")
    hidden = dict(re.findall(r'<input type="hidden" name="(seen_[^"]+)" value="([^"]*)"', page))
    late = personnel.post(RESULTS, data=hidden | {"figure__interns": "18", "source__3_10": SOURCE})
    page = text_of(personnel.get(RESULTS))
    assert late.status_code in (302, 422)
    assert 'name="figure__interns"' not in page
    assert "17名" in page


def test_a_department_takes_its_submission_back_and_changes_the_figure(personnel):
    enter(personnel)
    do(personnel, "submit")
    do(personnel, "take_back")
    enter(personnel, "18")
    assert "18名" in text_of(personnel.get(MEASURE))


def test_a_return_needs_a_reason_and_the_department_reads_it(personnel, plan_desk):
    enter(personnel)
    do(personnel, "submit")
    assert "差し戻す理由を入力してください" in text_of(do(plan_desk, "return"))
    do(plan_desk, "return", reason="高校生を足してください。")
    page = text_of(personnel.get(MEASURE))
    assert "計画担当から差し戻されました：高校生を足してください。" in page
    assert 'value="submit"' in page


def test_a_department_can_neither_accept_nor_return(personnel):
    enter(personnel)
    do(personnel, "submit")
    assert 'value="accept"' not in text_of(personnel.get(MEASURE))
    assert personnel.post(MEASURE, data={"act": "accept", "seen": "1"}).status_code in (403, 422)
    assert (
        "受理ずみ"
        not in text_of(personnel.get(f"{OVERVIEW}?state=submitted")).split("<main")[1].split("<table")[1]
    )


def test_a_figure_or_its_source_that_is_missing_is_named_before_submitting(personnel):
    assert "の実績がありません" in text_of(do(personnel, "submit"))
    enter(personnel, "なし", source="")
    assert "数字の出どころを" in text_of(do(personnel, "submit"))
    enter(personnel, "なし")
    assert "「提出ずみ」になりました" in text_of(do(personnel, "submit"))


def test_two_who_decide_at_once_do_not_decide_twice(personnel, plan_desk):
    enter(personnel)
    do(personnel, "submit")
    number = seen(plan_desk)
    plan_desk.post(MEASURE, data={"act": "accept", "seen": number})
    second = plan_desk.post(MEASURE, data={"act": "return", "seen": number, "reason": "確かめてください。"})
    assert second.status_code == 422
    assert "ほかの人がこの記録を先に変えました" in text_of(second)
    assert "受理ずみ" in text_of(plan_desk.get(MEASURE))


def test_a_running_year_is_not_submitted_yet(personnel):
    page = text_of(personnel.get("/plan/collection/2026/3-10"))
    assert "年度が終わると、ここから提出できます" in page
    assert "まだ終わっていません" in text_of(
        personnel.post("/plan/collection/2026/3-10", data={"act": "submit", "seen": "0"})
    )


def test_another_departments_measure_answers_like_a_missing_one(personnel):
    for address in (f"{OVERVIEW}/2-6", f"{OVERVIEW}/9-99", f"{OVERVIEW}.xlsx?measure=2-6"):
        assert personnel.get(address).status_code == 404
    assert "2-6" not in text_of(personnel.get(OVERVIEW)).split("<main")[1]


def test_whoever_owes_results_is_reminded_by_when_until_they_are_there(personnel):
    account = db.session.scalars(select(Account).where(Account.role == Role.DEPARTMENT)).one()
    assert "2事業提出してください。期限は" in reminder(personnel)
    with clock.standing_at(datetime(2026, 6, 1, 1, 0, tzinfo=UTC)):
        sign_in(personnel, account)
        assert "2事業提出されていません。期限は" in reminder(personnel)
        assert "期限を過ぎています" in text_of(personnel.get(OVERVIEW))
    sign_in(personnel, account)
    enter(personnel)
    do(personnel, "submit")
    assert "1事業提出してください" in reminder(personnel)


def reminder(client):
    return re.sub(r"<[^>]+>", "", text_of(client.get("/plan/measures")))


def test_every_state_can_be_left_but_none_by_an_act_that_is_not_offered():
    for state in SubmissionState:
        assert acts_in(state)
        for act in SubmissionAct:
            assert (state_after(state, act) is not None) == (act in acts_in(state))
