"""The pages of the plans: the next one is made, a measure is merged, split and ended on it."""

import re

import pytest

from app.access.permissions import Role
from app.plan.cycle_queries import get_plan_by_key, list_names
from tests.factories import sign_in

pytestmark = pytest.mark.usefixtures("plan")
PLAN = "/plan/plans/plan-2027"


@pytest.fixture
def desk(client):
    sign_in(client, role=Role.PLAN_DESK)
    return client


@pytest.fixture
def next_plan(desk):
    return desk.post(
        "/plan/plans/new",
        data={"title": "第2次実施計画", "first": "2027", "last": "2031"},
        follow_redirects=True,
    )


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def codes():
    return [one.code for one in list_names(get_plan_by_key("plan-2027"))]


def test_the_next_plan_is_made_on_its_page(next_plan):
    assert "「第2次実施計画」をつくりました" in text_of(next_plan)
    assert text_of(next_plan).count("引きつぐ") == 21
    assert next_plan.get_data(as_text=True).count('/end"') == 21
    assert len(codes()) == 21


def test_a_plan_that_ends_before_it_begins_is_refused_in_words(desk):
    answer = desk.post("/plan/plans/new", data={"title": "次", "first": "2030", "last": "2027"})
    assert answer.status_code == 422
    assert "最後の年度は最初の年度より前にできません" in text_of(answer)


def test_measures_are_merged_split_and_ended(desk, next_plan):
    merged = desk.post(f"{PLAN}/measures/1-2/merge", data={"into": "1-1"}, follow_redirects=True)
    assert "事業を合わせました" in text_of(merged)
    moved = {"title": "定着の支援", "indicators": "centre_retention_contacts"}
    split = desk.post(f"{PLAN}/measures/2-3/split", data=moved, follow_redirects=True)
    assert "事業を分けました" in text_of(split)
    assert "2-4 定着の支援" in text_of(split)
    shown = text_of(desk.get(f"{PLAN}/measures/6-21/end"))
    assert "元にもどすことはできません" in shown
    assert len(codes()) == 21, "looking at what goes ends nothing"
    ended = desk.post(f"{PLAN}/measures/6-21/end", follow_redirects=True)
    assert "事業6-21を終えました" in text_of(ended)
    assert len(codes()) == 20


def test_a_measure_that_went_into_another_is_changed_there_and_only_there(desk, next_plan):
    page = desk.post(f"{PLAN}/measures/5-17/merge", data={"into": "1-3"}, follow_redirects=True)
    assert page.get_data(as_text=True).count(f'href="{PLAN}/measures/1-3/end"') == 1


def test_what_another_measure_repeats_is_not_ended_and_the_page_says_why(desk, next_plan):
    answer = desk.post(f"{PLAN}/measures/1-1/end", follow_redirects=True)
    assert "再掲のもとになっています" in text_of(answer)
    assert len(codes()) == 21


def test_a_plan_that_has_begun_offers_no_change(desk):
    page = desk.get("/plan/plans/kokubunji-2007")
    assert "生活保護被保護者等就労促進事業" in text_of(page)
    assert "終える" not in text_of(page)
    assert "始まる前にしてください" in text_of(
        desk.post("/plan/plans/kokubunji-2007/measures/1-2/end", follow_redirects=True)
    )


@pytest.mark.parametrize(
    "path", ["/plan/plans/none", f"{PLAN}/measures/9-99/merge", f"{PLAN}/measures/9-99/split"]
)
def test_what_is_not_there_is_not_found(desk, next_plan, path):
    assert desk.get(path).status_code == 404


def test_targets_of_the_new_years_are_set_on_its_measures(desk, next_plan):
    page = desk.get("/plan/targets/2027")
    assert page.status_code == 200
    assert "令和9年度(2027)の目標" in text_of(page)
