"""The city's own closed days on screen: the plan desk names them, deadlines move past them."""

from datetime import date

import pytest
import time_machine

from app.access.permissions import Role
from app.followup.board_queries import list_open
from tests import factories
from tests.factories import sign_in


@pytest.fixture(autouse=True)
def standing_day():
    with time_machine.travel("2025-07-15T01:00:00+00:00", tick=False):
        yield


@pytest.fixture
def plan_desk(client, db_session):
    sign_in(client, role=Role.PLAN_DESK)
    return client


def add(client, day, reason="庁舎の停電"):
    return client.post("/closed-days", data={"day": day, "reason": reason}, follow_redirects=True)


def test_a_closed_day_stands_in_the_list_and_moves_a_deadline(plan_desk, db_session):
    office = factories.make_office()
    _window, version = factories.make_window(response_days=10)
    factories.make_referral(factories.make_case(office), version, sent_on=date(2025, 7, 7), office=office)
    desk = factories.make_actor(office=office)
    before = list_open(actor=desk)[0].due_on
    assert "休業日にしました" in add(plan_desk, "2025-07-16").text
    assert "庁舎の停電" in plan_desk.get("/closed-days").text
    assert (before, list_open(actor=desk)[0].due_on) == (date(2025, 7, 22), date(2025, 7, 23))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2025-07-19", "もともと閉庁日です"),
        ("2025-07-21", "もともと閉庁日です"),
        ("2025-07-14", "過ぎた日は変えられません"),
    ],
)
def test_a_day_that_makes_no_difference_is_refused_at_the_field(plan_desk, day, said):
    answer = add(plan_desk, day)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_closed_day_is_named_once_and_can_be_taken_back(plan_desk):
    add(plan_desk, "2025-07-16")
    assert "もう休業日です" in add(plan_desk, "2025-07-16").text
    gone = plan_desk.post("/closed-days/2025-07-16/remove", follow_redirects=True)
    assert "取り消しました" in gone.text
    assert plan_desk.post("/closed-days/2025-07-16/remove").status_code == 404
    assert plan_desk.post("/closed-days/nonsense/remove").status_code == 404
