"""The pages of a year: its days, its freeze, what differs since, a restatement; and the table afterwards."""

import re

import pytest

from app.access.permissions import Role
from app.foundation import clock
from app.foundation.db import db
from app.plan.period_queries import get_calendar
from app.years import freezing_queries
from tests.factories import make_office, sign_in
from tests.years.freezing import FROZEN_AT, LATER, YEAR, add_late_placement, freeze_year, record_a_year

pytestmark = pytest.mark.usefixtures("plan")
PAGE = f"/plan/years/{YEAR}"


@pytest.fixture
def office(plan):
    return record_a_year()


@pytest.fixture
def frozen(office):
    freeze_year()
    return office


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def test_a_year_is_frozen_on_its_page(client, office):
    with clock.standing_at(FROZEN_AT):
        sign_in(client, role=Role.PLAN_DESK)
        page = client.get(f"{PAGE}/freeze")
        assert "就職件数" in text_of(page)
        assert "53件" in text_of(page)
        assert "報告のまだない指標" in text_of(page)
        refused = client.post(f"{PAGE}/freeze")
        assert refused.status_code == 422
        assert "報告がまだない指標" in text_of(refused)
        done = client.post(f"{PAGE}/freeze", data={"with_missing": "y"}, follow_redirects=True)
    assert "個の値を確定しました" in text_of(done)
    assert freezing_queries.find_edition(YEAR).number == 1


def test_freezing_again_says_that_nothing_changed(client, frozen):
    with clock.standing_at(LATER):
        sign_in(client, role=Role.PLAN_DESK)
        again = client.post(f"{PAGE}/freeze", data={"with_missing": "y"}, follow_redirects=True)
    assert "すでに確定しています。何も変わっていません" in text_of(again)


def test_days_are_set_on_their_page(client, plan):
    days = {"entry_deadline": "2026-04-20", "submission_deadline": "2026-05-20", "freeze_on": "2026-06-10"}
    sign_in(client, role=Role.PLAN_DESK)
    wrong = client.post(f"{PAGE}/days", data=days | {"freeze_on": "2026-05-01"})
    assert wrong.status_code == 422
    client.post(f"{PAGE}/days", data=days)
    db.session.rollback()
    assert [day.isoformat() for day in get_calendar(YEAR).days] == list(days.values())


def test_days_that_somebody_else_set_meanwhile_are_shown(client, plan):
    days = {"entry_deadline": "2026-04-20", "submission_deadline": "2026-05-20", "freeze_on": "2026-06-10"}
    sign_in(client, role=Role.PLAN_DESK)
    client.post(f"{PAGE}/days", data=days | {"version": "0"})
    second = client.post(f"{PAGE}/days", data=days | {"version": "0", "freeze_on": "2026-06-20"})
    assert second.status_code == 422
    assert "先に保存された内容" in text_of(second)


def test_the_table_of_a_frozen_year_leads_to_the_records_of_that_time(client, frozen):
    add_late_placement(frozen)
    sign_in(client, role=Role.SUPERVISOR)
    table = client.get(f"/plan/table/{YEAR}")
    assert "この年度の実績は確定しています" in text_of(table)
    assert "就職件数： 53 件" in text_of(table)
    address = f"{PAGE}/figures/assistance_placements?edition=1"
    assert address in table.get_data(as_text=True)
    page = client.get(address)
    assert "確定 53件、いまの記録では 54件" in text_of(page)
    assert "遅れて入力" in text_of(page)
    assert page.get_data(as_text=True).count('<th scope="row" class="nowrap">') == 50


def test_both_sources_of_a_frozen_year_can_be_chosen(client, frozen):
    add_late_placement(frozen)
    sign_in(client, role=Role.PLAN_DESK)
    page = client.get(f"/plan/table/{YEAR}?source=records")
    assert "就職件数： 54 件" in text_of(page)
    assert "確定値" in text_of(page)


def test_a_record_leads_only_the_own_office_to_its_page(client, frozen):
    late = add_late_placement(frozen)
    address = f"/placements/{late.id}"
    sign_in(client, role=Role.SUPERVISOR, office=make_office())
    assert address not in client.get(PAGE).get_data(as_text=True)
    sign_in(client, role=Role.SUPERVISOR, office=frozen)
    assert address in client.get(PAGE).get_data(as_text=True)
    sign_in(client, role=Role.PLAN_DESK)
    assert address not in client.get(PAGE).get_data(as_text=True)


def test_a_restatement_goes_from_one_to_the_other(client, frozen):
    add_late_placement(frozen)
    with clock.standing_at(LATER):
        sign_in(client, role=Role.PLAN_DESK)
        assert "就職件数：53件 → 54件" in text_of(client.get(f"{PAGE}/restatement"))
        asked = {"chosen": "assistance_placements", "reason": "期限のあとに報告があった"}
        assert client.post(f"{PAGE}/restatement", data=asked).status_code == 302
        own = client.get(PAGE)
        assert "提案した人は承認できません" in text_of(own)
        assert "訂正を承認する" not in text_of(own)
        sign_in(client, role=Role.SUPERVISOR)
        seen = client.get(PAGE)
        assert "期限のあとに報告があった" in text_of(seen)
        version = re.search(r'name="version" value="(\d+)"', seen.get_data(as_text=True)).group(1)
        done = client.post(
            f"{PAGE}/restatement/decision",
            data={"act": "approve", "version": version},
            follow_redirects=True,
        )
    assert "第2版になりました" in text_of(done)
    assert [one.number for one in freezing_queries.list_editions(YEAR)] == [2, 1]


def test_an_approval_that_came_too_late_says_so(client, frozen):
    add_late_placement(frozen)
    with clock.standing_at(LATER):
        sign_in(client, role=Role.PLAN_DESK)
        client.post(f"{PAGE}/restatement", data={"chosen": "assistance_placements", "reason": "理由"})
        add_late_placement(frozen)
        sign_in(client, role=Role.SUPERVISOR)
        answer = client.post(
            f"{PAGE}/restatement/decision", data={"act": "approve", "version": "1"}, follow_redirects=True
        )
    assert "提案のあとに記録が変わりました" in text_of(answer)
    assert len(freezing_queries.list_editions(YEAR)) == 1


def test_every_edition_can_be_had_as_a_file(client, frozen):
    sign_in(client, role=Role.PLAN_DESK)
    for suffix in ("xlsx", "csv", "json", "txt"):
        address = f"/plan/table/{YEAR}.{suffix}?source=frozen&edition=1"
        with clock.standing_at(FROZEN_AT):
            first = client.get(address).data
        with clock.standing_at(LATER):
            assert client.get(address).data == first
    assert client.get(f"/plan/table/{YEAR}.csv?source=frozen&edition=2").status_code == 404
