"""The pages of figures and of the plan's table: what each role sees, and where figures lead."""

from datetime import date
from urllib.parse import unquote

import pytest
from sqlalchemy import event

from app.access.permissions import Role
from app.foundation.db import db
from app.kpi.metrics import METRICS
from app.placements.vocabulary import PlacementCategory
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from app.windows.vocabulary import OfficeKind
from tests.factories import (
    make_case,
    make_consultation,
    make_move,
    make_office,
    make_placement,
    make_referral,
    make_window,
    sign_in,
)

MAY = date(2026, 5, 1)
TABLE, FIGURES, ONE = "/plan/table/2012", "/figures", "/figures/assistance_placements/2026"
FILES = [f"{TABLE}.{suffix}" for suffix in ("xlsx", "csv", "json", "txt")]


@pytest.fixture
def office(db_session):
    return make_office(programme=Programme.ASSISTANCE, name="生活福祉課")


def signed_in(client, role, office=None):
    sign_in(client, role=role, office=office)
    return client


# ---- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("path", [TABLE, FIGURES, ONE, "/plan/table/codes.csv", *FILES])
def test_who_has_no_part_in_the_plan_is_refused(client, plan, role, path):
    assert signed_in(client, role).get(path).status_code == 403


@pytest.mark.parametrize("path", [TABLE, FIGURES, ONE, *FILES])
def test_nobody_sees_a_figure_without_signing_in(client, plan, path):
    assert client.get(path).status_code == 302


def test_a_department_sees_the_table_but_not_the_rows(client, plan):
    department = signed_in(client, Role.DEPARTMENT)
    page = department.get("/plan/table/2026").text
    assert "相談者の延べ件数" in page
    assert "/figures/" not in page
    assert department.get(FIGURES).status_code == 403


# ---- the table ----------------------------------------------------------------------------------


def test_the_table_of_a_published_year_says_so_and_shows_its_words(client, plan, office):
    page = signed_in(client, Role.PLAN_DESK, office).get(TABLE).text
    assert "【登録人数：<b>187</b>人】" in page
    assert "【登録人数：<b>184</b>人】" in page
    assert "就労支援マップの更新：<b>なし</b>" in page
    assert "既公表値です" in page
    assert "計画書は、事業1-3で187人" in page
    assert "/figures/assistance_placements" not in page, "what was printed has no rows"


def test_figures_from_records_lead_to_their_rows(client, plan, office):
    make_placement(make_case(office), started_on=MAY, category=PlacementCategory.RECIPIENT)
    page = signed_in(client, Role.SUPERVISOR, office).get("/plan/table/2026").text
    assert 'href="/figures/assistance_placements/2026"' in page
    assert 'href="/figures/assistance_placements/2026?part=recipient"' in page
    assert "今日までの数です" in page


def test_without_a_year_the_running_one_is_shown(client, plan, office):
    page = signed_in(client, Role.SUPERVISOR, office).get("/plan/table")
    assert page.status_code == 200
    assert "令和8年度（2026）実績と目標" in page.text


def test_a_chosen_year_has_its_own_address(client, plan, office):
    signed_in(client, Role.SUPERVISOR, office)
    answer = client.get("/plan/table?year=2012&source=records")
    assert answer.location == "/plan/table/2012?source=records"
    assert "記録から数えた表です" in client.get(answer.location).text


@pytest.mark.parametrize(
    "path", ["/plan/table/1990", "/plan/table/99999", "/figures/nothing/2026", "/figures/map_editions/0"]
)
def test_what_does_not_exist_is_not_found(client, plan, office, path):
    assert signed_in(client, Role.SUPERVISOR, office).get(path).status_code == 404


def test_before_a_plan_is_loaded_the_table_says_what_will_stand_here(client, office):
    page = signed_in(client, Role.PLAN_DESK, office).get("/plan/table")
    assert page.status_code == 200
    assert "まだ登録されていません" in page.text


def test_files_are_named_and_typed(client, plan, office):
    signed_in(client, Role.PLAN_DESK, office)
    for path in FILES:
        answer = client.get(path)
        suffix = path.rsplit(".", 1)[1]
        assert answer.status_code == 200
        assert (
            answer.headers["Content-Disposition"]
            == f'attachment; filename="plan-table-2012-published.{suffix}"'
        )
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]


# ---- figures ------------------------------------------------------------------------------------


def test_the_leading_figure_stands_with_its_parts_and_target(client, plan, office):
    for category, count in zip(PlacementCategory, (3, 2, 1), strict=True):
        for _one in range(count):
            make_placement(make_case(office), started_on=MAY, category=category)
    page = signed_in(client, Role.SUPERVISOR, office).get(FIGURES).text
    assert "<b>6</b>" in page
    assert f'href="{ONE}?part=single_mother">2件</a>' in page
    assert f'href="{ONE}?month=5">6</a>' in page
    published = client.get(f"{FIGURES}?year=2013").text
    assert "目標 60件" in published


def test_every_figure_of_the_page_leads_to_a_page_that_opens(client, plan, office):
    make_consultation(make_case(office), held_on=MAY)
    signed_in(client, Role.COUNSELLOR, office)
    page = client.get(FIGURES).text
    for key in METRICS:
        assert f'href="/figures/{key}/2026"' in page
        assert METRICS[key].rule.ja in client.get(f"/figures/{key}/2026").text


def test_filters_hold_for_every_figure(client, plan, office):
    other = make_office(programme=Programme.CENTRE)
    make_consultation(make_case(office), held_on=MAY, headcount=3)
    make_consultation(make_case(other), held_on=MAY, headcount=5)
    signed_in(client, Role.SUPERVISOR, office)
    address = f"/figures/assistance_consultations/2026?office={office.id}"
    assert f'href="{address}"><b>3件</b>' in client.get(f"{FIGURES}?office={office.id}").text
    assert '<p class="big"><b>3</b>' in client.get(address).text
    assert "5件" not in client.get(address).text


def test_a_figure_of_one_programme_leads_to_the_rows_of_that_programme(client, plan, office):
    for programme in (Programme.ASSISTANCE, Programme.ASSISTANCE, Programme.CENTRE):
        case = make_case(office)
        make_consultation(case, held_on=date(2026, 4, 20))
        make_placement(case, started_on=MAY, programme=programme)
    page = signed_in(client, Role.SUPERVISOR, office).get(f"{FIGURES}?programme=assistance").text
    address = "/figures/retention_1/2026?programme=assistance"
    assert f'href="{address}"' in page
    assert "n = 2（" in client.get(address).text
    assert "n = 3（" in client.get("/figures/retention_1/2026").text


def test_a_counsellor_follows_a_figure_to_the_record_of_the_own_office_only(client, plan, office):
    own, foreign = make_case(office), make_case(make_office())
    for case in (own, foreign):
        make_placement(case, started_on=MAY, category=PlacementCategory.RECIPIENT)
    page = signed_in(client, Role.COUNSELLOR, office).get(ONE).text
    assert f'href="/cases/{own.number}"' in page
    assert foreign.number not in page
    assert '<p class="big"><b>2</b>' in page


def test_the_plan_desk_sees_rows_without_numbers(client, plan, office):
    case = make_case(office)
    make_placement(case, started_on=MAY, category=PlacementCategory.RECIPIENT)
    page = signed_in(client, Role.PLAN_DESK, office).get(ONE).text
    assert "令和8年5月1日（金）" in page
    assert case.number not in page
    assert "/cases/" not in page


def test_a_share_shows_its_range_and_nothing_to_judge_is_no_zero(client, plan, office):
    signed_in(client, Role.SUPERVISOR, office)
    assert '<p class="big"><b>該当なし</b>' in client.get("/figures/retention_1/2026").text
    make_placement(make_case(office), started_on=MAY, category=None)
    page = client.get("/figures/retention_1/2026").text
    assert "0.0%" in page
    assert "0.0–100.0%" in page


def test_last_years_figure_leads_to_its_rows_up_to_the_same_day(client, plan, office):
    for day in (date(2025, 5, 1), date(2025, 12, 1)):
        make_consultation(make_case(office), held_on=day)
    signed_in(client, Role.SUPERVISOR, office)
    address = "/figures/assistance_consultations/2025?until=2025-11-20"
    assert f'href="{address}">1件' in unquote(client.get("/figures").text)
    rows = client.get(address).text
    assert '<p class="big"><b>1</b>' in rows
    assert rows.count('href="/consultations/') == 1


def test_rows_come_in_pages_and_the_filter_goes_along(client, plan, office):
    case = make_case(office)
    for _one in range(60):
        make_consultation(case, held_on=MAY)
    signed_in(client, Role.SUPERVISOR, office)
    first = client.get("/figures/assistance_consultations/2026?month=5").text
    assert first.count(f'href="/cases/{case.number}"') == 50, "the number of each row leads to the case"
    assert first.count('href="/consultations/') == 50, "the day of each row leads to the very record"
    assert 'href="/figures/assistance_consultations/2026?month=5&amp;page=2"' in unquote(first)


@pytest.mark.parametrize("query", ["month=13", "office=99999", "part=nobody", "target_group=x", "page=-1"])
def test_a_forged_filter_shows_an_error_and_no_traceback(client, plan, office, query):
    assert signed_in(client, Role.SUPERVISOR, office).get(f"{ONE}?{query}").status_code == 200
    assert client.get(f"{FIGURES}?{query}&year=3000").status_code == 200


@pytest.mark.parametrize("path", [TABLE, "/plan/table/2026", FIGURES, ONE])
def test_the_number_of_queries_does_not_grow_with_the_records(client, plan, office, path):
    signed_in(client, Role.SUPERVISOR, office)
    client.get(path)
    few = queries_of(client, path)
    for _one in range(30):
        case = make_case(office)
        make_consultation(case, held_on=MAY)
        make_placement(case, started_on=MAY, category=PlacementCategory.RECIPIENT)
    db.session.commit()
    assert queries_of(client, path) == few


def queries_of(client, path) -> int:
    seen = []

    def note(*_args):
        seen.append(1)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        client.get(path)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def test_the_pages_speak_english(client, plan, office):
    signed_in(client, Role.SUPERVISOR, office)
    client.set_cookie("lang", "en")
    assert "FY2012 results" in client.get(TABLE).text
    assert "Placements" in client.get(FIGURES).text


def test_every_agency_shows_what_became_of_its_referrals(client, plan, office):
    agency = make_office(kind=OfficeKind.AGENCY, programme=None, name="ハローワーク立川")
    version, case = make_window(agency)[1], make_case(office)
    for moves in ([State.ACCEPTED, State.MET], [State.DECLINED], []):
        referral = make_referral(case, version, sent_on=MAY)
        for number, to in enumerate(moves, start=2):
            make_move(referral, to, happened_on=date(2026, 5, 8), number=number)
    page = signed_in(client, Role.SUPERVISOR, office).get(FIGURES).text
    rows = f"?agency={agency.id}"
    assert f'href="/figures/referrals_sent/2026{rows}">3</a>' in page
    assert f'href="/figures/referrals_sent/2026?part=waiting&amp;agency={agency.id}">1</a>' in page
    assert f'href="/figures/referrals_met/2026{rows}">1</a>' in page
    assert "33.3%" in page
    assert f'href="/figures/response_days/2026{rows}">2.0</a>' in page, "4 to 6 May are holidays"


def test_an_agency_that_keeps_records_can_be_chosen_as_an_office(client, plan, office):
    centre = make_office(kind=OfficeKind.AGENCY, programme=Programme.CENTRE, name="支援センター")
    make_consultation(make_case(centre), held_on=MAY, programme=Programme.CENTRE, headcount=4)
    signed_in(client, Role.SUPERVISOR, office)
    assert f'<option value="{centre.id}">支援センター</option>' in client.get(FIGURES).text
    page = client.get(f"/figures/centre_consultations/2026?office={centre.id}").text
    assert '<p class="big"><b>4</b>' in page
    assert "選択肢にない" not in page
