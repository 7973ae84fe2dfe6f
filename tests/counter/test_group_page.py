"""集団の相談 on screen: how many people came, how many were what, the rest unknown."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from app.cases.consultation_queries import list_counts
from app.cases.models import Consultation
from app.cases.vocabulary import Dimension
from app.foundation import clock
from app.months.models import OfficeMonth
from app.situation.vocabulary import TargetGroup
from app.windows.models import Office
from tests.factories import add, sign_in


@pytest.fixture
def desk(client, db_session):
    sign_in(client)
    return client


def post(client, *, address="/counter/group", **more):
    data = {
        "held_on": clock.today().isoformat(),
        "programme": "assistance",
        "channel": "visit",
        "minutes": "90",
        "headcount": "１２",
        "topics": "job_search",
        "topic": "job_search",
        "source": "self",
        "submission_key": "a" * 32,
    }
    return client.post(address, data=data | more, follow_redirects=True)


def test_a_session_is_saved_with_its_counts_and_the_rest_is_unknown(desk, db_session):
    answer = post(desk, target_group_youth="6", target_group_middle_aged="3", age_band_a20_29="６")
    assert "12人の集団の相談を保存しました" in answer.text
    assert '<td class="num nowrap">集団の相談</td>' in answer.text
    (made,) = db_session.scalars(select(Consultation)).all()
    assert (made.headcount, made.case_id, made.target_group) == (12, None, TargetGroup.YOUTH)
    assert list_counts(consultation_id=made.id) == {
        Dimension.TARGET_GROUP: {"youth": 6, "middle_aged": 3, "unknown": 3},
        Dimension.AGE_BAND: {"20-29": 6, "unknown": 6},
    }


def test_more_people_than_came_are_told_at_the_dimension_with_what_was_typed(desk, db_session):
    answer = post(desk, target_group_youth="10", target_group_middle_aged="7")
    assert answer.status_code == 422
    assert "内訳の合計（17人）が、人数（12人）より多くなっています" in answer.text
    assert 'value="10"' in answer.text
    assert db_session.scalars(select(Consultation)).all() == []


def test_a_session_of_a_closed_month_says_that_it_counts_late(desk, db_session):
    june, may = date(2025, 6, 30), date(2025, 5, 12)
    close_month(db_session, june)
    new = desk.get("/counter/group").text
    assert f'data-until="{june}" hidden' in new
    assert "次の月報に遅延入力として載ります" in new
    wrong = post(desk, held_on=may.isoformat(), headcount="").text
    assert f'data-until="{june}"><' in wrong
    post(desk, held_on=may.isoformat(), target_group_youth="6")
    (made,) = db_session.scalars(select(Consultation)).all()
    page = desk.get(f"/counter/group/{made.id}").text
    # It stands in the closed month whatever day is entered now, so nothing hides that.
    assert "月報を締めた月の記録です。直して数字が変わると、次の月報に遅延入力として載ります。" in page
    assert "data-until" not in page


def close_month(session, last_day):
    month = {"fiscal_year": 2025, "month": last_day.month, "closed_at": clock.now()}
    add(OfficeMonth(office_id=session.scalar(select(Office.id)), content="{}", digest="0" * 64, **month))
    session.commit()


def test_sent_twice_it_is_one_session(desk, db_session):
    assert [post(desk).status_code for _time in range(2)] == [200, 200]
    assert len(db_session.scalars(select(Consultation)).all()) == 1


def test_the_entry_page_leads_to_the_group_and_to_the_grid(desk):
    text = desk.get("/counter").text
    assert 'href="/counter/group"' in text
    assert 'href="/counter/day"' in text


def test_a_session_is_corrected_on_its_own_page_with_its_counts(desk, db_session):
    post(desk, target_group_youth="6", age_band_a20_29="6")
    (made,) = db_session.scalars(select(Consultation)).all()
    answer = desk.get(f"/consultations/{made.id}/edit")
    assert answer.location == f"/counter/group/{made.id}"
    page = desk.get(answer.location).text
    assert re.search(r'name="target_group_youth" value="6"', page)
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    data = {"headcount": "10", "target_group_youth": "10", "version": version, "memo": "ことばを足した"}
    assert "10人の集団の相談" in post(desk, address=answer.location, **data).text
    assert list_counts(consultation_id=made.id) == {Dimension.TARGET_GROUP: {"youth": 10}}
    late = post(desk, address=answer.location, **data | {"target_group_youth": "7"})
    assert late.status_code == 422
    assert 'name="settle" value="target_group_youth"' in late.text
