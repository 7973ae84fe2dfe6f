"""Today's work: what is overdue first, whose move it is, and counts that lead to their rows."""

from datetime import date

import pytest
import time_machine

from app.foundation.db import db
from app.situation.programme import Programme
from tests.factories import (
    make_case,
    make_consultation,
    make_office,
    make_referral,
    make_registration,
    make_window,
    sign_in,
)

NOW = "2025-06-20T03:00:00+00:00"


@pytest.fixture
def office(db_session):
    return make_office(programme=Programme.CENTRE)


@pytest.fixture
def desk(client, office):
    with time_machine.travel(NOW, tick=False):
        sign_in(client, office=office)
        yield client


def test_an_empty_day_says_how_to_begin(desk):
    page = desk.get("/today").text
    assert "返事を待つ紹介はありません" in page
    assert "更新を待つ登録はありません" in page


def test_a_referral_without_answer_is_overdue_and_first(desk, office):
    version = make_window(name="ハローワーク立川")[1]
    late = make_referral(make_case(office), version, sent_on=date(2025, 5, 1))
    fresh = make_referral(make_case(office), version, sent_on=date(2025, 6, 19))
    db.session.commit()
    page = desk.get("/today").text
    assert page.index(late.reference) < page.index(fresh.reference)
    assert "日過ぎ" in page


def test_registrations_that_end_this_month_are_named(desk, office):
    case = make_case(office)
    make_registration(case, starts_on=date(2024, 6, 25))
    db.session.commit()
    assert case.number in desk.get("/today").text


def test_the_months_count_is_the_sum_of_the_rows_it_leads_to(desk, office):
    make_consultation(office=office, held_on=date(2025, 6, 2), headcount=3)
    make_consultation(office=office, held_on=date(2025, 6, 20))
    make_consultation(office=office, held_on=date(2025, 5, 31))
    make_consultation(office=make_office(), held_on=date(2025, 6, 2))
    db.session.commit()
    page = desk.get("/today").text
    link = "/consultations?first=2025-06-01&amp;last=2025-06-20"
    assert link in page
    assert "<b>4<small>人</small></b>" in page
    assert "延べ 4人（記録 2件）" in desk.get(link.replace("&amp;", "&")).text
