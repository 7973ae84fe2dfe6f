"""Today's work: what is overdue first, whose it is, one action for each, counts that lead to their lines."""

import re
from datetime import date

import pytest
import time_machine

from app.access.permissions import Role
from app.cases.models import CaseOffice
from app.cases.vocabulary import CloseReason
from app.foundation.db import db
from app.home.day import TaskKind, Whose
from app.home.queries import get_day, list_due_days
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from tests.factories import (
    actor_of,
    make_account,
    make_case,
    make_consultation,
    make_draft,
    make_move,
    make_office,
    make_placement,
    make_referral,
    make_registration,
    make_window,
    sign_in,
)

NOW = "2025-06-20T03:00:00+00:00"
TODAY = date(2025, 6, 20)


@pytest.fixture
def office(db_session):
    return make_office(programme=Programme.CENTRE)


@pytest.fixture
def account(client, office):
    with time_machine.travel(NOW, tick=False):
        yield sign_in(client, office=office)


@pytest.fixture
def desk(client, account):
    return client


@pytest.fixture
def standing():
    with time_machine.travel(NOW, tick=False):
        yield


def in_charge(case, account, contact=None):
    place = db.session.get(CaseOffice, (case.id, case.office_id))
    place.counsellor_id, place.next_contact_on = account.id if account else None, contact
    db.session.flush()
    return case


def count(page: str, label: str) -> str:
    return re.search(rf"<span>{label}</span><b>(\d+)<small>", page).group(1)


def section(page: str, name: str) -> str:
    return re.search(rf'<section class="section" id="{name}".*?</section>', page, re.S).group(0)


def test_an_empty_day_says_how_to_begin(desk):
    page = desk.get("/today").text
    assert "返事を待つ紹介はありません" in page
    assert "更新を待つ登録はありません" in page
    assert "今日までの仕事はありません" in page


def test_who_is_in_charge_of_nobody_is_told_how_that_begins_and_sees_the_office(desk, office):
    colleague = in_charge(make_case(office), make_account(office=office), TODAY)
    db.session.commit()
    page = desk.get("/today").text
    assert "担当している相談者は、まだいません" in page
    assert 'whose=office" aria-current="page"' in page
    assert colleague.number in page


def test_who_is_in_charge_of_somebody_sees_the_own_work_first_and_can_switch(desk, account, office):
    own = in_charge(make_case(office), account, TODAY)
    colleague = make_account(office=office)
    others = in_charge(make_case(office), colleague, TODAY)
    db.session.commit()
    page = desk.get("/today").text
    assert own.number in page
    assert others.number not in page
    assert "まだいません" not in page
    whole = desk.get("/today?whose=office").text
    assert own.number in whole
    assert others.number in whole
    assert colleague.label in section(whole, "due")


def test_what_nobody_is_in_charge_of_is_shown_to_everybody(desk, account, office):
    in_charge(make_case(office), account, TODAY)
    free = in_charge(make_case(office), None, TODAY)
    waiting = make_referral(in_charge(make_case(office), None), make_window()[1], sent_on=date(2025, 6, 19))
    db.session.commit()
    page = desk.get("/today?whose=mine").text
    assert "課の分" in section(page, "due")
    assert free.number in section(page, "due")
    assert "課の分（担当者なし）" in section(page, "waiting")
    assert waiting.reference in section(page, "waiting")
    assert count(page, "返事を待つ紹介") == "1"


def test_a_referral_without_answer_is_overdue_and_first(desk, office):
    version = make_window(name="ハローワーク立川")[1]
    late = make_referral(make_case(office), version, sent_on=date(2025, 5, 1))
    fresh = make_referral(make_case(office), version, sent_on=date(2025, 6, 19))
    db.session.commit()
    page = desk.get("/today").text
    assert page.index(late.reference) < page.index(fresh.reference)
    assert "日過ぎ" in page
    assert f"/referrals/{late.reference}/" in page


@pytest.mark.parametrize(("sent_on", "is_offered"), [(date(2025, 5, 1), True), (date(2025, 6, 19), False)])
def test_a_chaser_is_one_step_away_where_an_answer_is_late(desk, account, office, sent_on, is_offered):
    version = make_window(name="ハローワーク立川")[1]
    make_referral(in_charge(make_case(office), account), version, sent_on=sent_on)
    db.session.commit()
    assert ('href="/referrals/chasers"' in desk.get("/today").text) is is_offered


def test_a_referral_that_waits_for_the_desk_is_due_today(desk, account, office):
    made = make_referral(in_charge(make_case(office), account), make_window()[1], sent_on=date(2025, 3, 3))
    make_move(made, State.NO_RESPONSE, happened_on=date(2025, 6, 2), number=2, from_state=State.SENT)
    theirs = make_referral(in_charge(make_case(office), account), make_window()[1], sent_on=date(2025, 5, 1))
    db.session.commit()
    page = desk.get("/today").text
    assert made.reference in section(page, "due")
    assert theirs.reference not in section(page, "due")
    assert theirs.reference in section(page, "waiting")


def test_registrations_that_end_this_month_are_renewed_from_here(desk, office):
    case = make_case(office)
    made = make_registration(case, starts_on=date(2024, 6, 25))
    db.session.commit()
    page = section(desk.get("/today").text, "registration")
    assert case.number in page
    assert f"/registrations/{made.id}/renew" in page


def test_checks_contacts_and_drafts_each_have_one_action(desk, account, office):
    case = in_charge(make_case(office), account, date(2025, 6, 25))
    placement = make_placement(case, started_on=date(2025, 5, 12))
    draft = make_draft(account)
    db.session.commit()
    page = desk.get("/today").text
    assert f"/placements/{placement.id}/checks/1" in section(page, "check")
    assert f"/counter/{case.number}" in section(page, "contact")
    assert f"/drafts/{draft.id}" in section(page, "drafts-kept")
    assert [count(page, label) for label in ("今日まで", "次の連絡", "定着確認", "下書き")] == [
        "1",
        "1",
        "1",
        "1",
    ]


def test_the_contact_is_done_once_the_person_was_there(desk, account, office):
    from app.cases.consultation_operations import record_consultations
    from tests.cases.test_consultations import entry

    case = in_charge(make_case(office), account, TODAY)
    later = in_charge(make_case(office), account, date(2025, 6, 23))
    record_consultations(
        actor=actor_of(account),
        new=[entry(case_id=one.id, held_on=TODAY) for one in (case, later)],
    )
    db.session.commit()
    page = section(desk.get("/today").text, "contact")
    assert case.number not in page
    assert later.number in page


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


def test_an_unknown_choice_of_whose_work_is_as_none(desk):
    assert desk.get("/today?whose=everybody").status_code == 200


@pytest.mark.both_databases
def test_closed_and_foreign_cases_are_nobody_to_contact_and_merged_ones_stand_once(
    db_session, standing, office
):
    account = make_account(office=office)
    kept, gone, closed = (in_charge(make_case(office), account, TODAY) for _n in range(3))
    gone.merged_into_id = kept.id
    closed.closed_on, closed.close_reason = TODAY, next(iter(CloseReason))
    in_charge(make_case(make_office()), account, TODAY)
    db.session.commit()
    day = get_day(actor=actor_of(account), today=TODAY)
    assert day.whose is Whose.MINE
    assert [one.number for one in day.due] == [kept.number]


@pytest.mark.both_databases
def test_of_a_person_with_two_merged_cases_the_kept_one_says_whose_the_work_is(db_session, standing, office):
    one, other = make_account(office=office), make_account(office=office)
    kept, gone = in_charge(make_case(office), one), in_charge(make_case(office), other)
    gone.merged_into_id = kept.id
    referral = make_referral(gone, make_window()[1], sent_on=date(2025, 5, 1))
    make_placement(gone, started_on=date(2025, 5, 12))
    db.session.commit()
    for account, shown in ((one, 1), (other, 0)):
        day = get_day(actor=actor_of(account), today=TODAY, whose=Whose.MINE)
        assert day.waiting == shown
        assert [task.number for task in day.of("check")] == [kept.number] * shown
    assert get_day(actor=actor_of(other), today=TODAY).whose is Whose.OFFICE
    assert referral.reference in {
        row.reference for row in get_day(actor=actor_of(one), today=TODAY).waiters[1].rows
    }


@pytest.mark.both_databases
def test_a_check_that_is_due_is_not_hidden_by_the_next_one_of_the_month_ahead(db_session, standing, office):
    make_placement(make_case(office), started_on=date(2025, 4, 10))
    db.session.commit()
    day = get_day(actor=actor_of(make_account(office=office)), today=TODAY)
    assert [(one.months, one.due_on) for one in day.due] == [(1, date(2025, 5, 12))]
    assert len(day.of("check")) == 1


@pytest.mark.both_databases
def test_the_days_of_the_calendar_are_the_own_ones_with_their_counts(db_session, standing, office):
    account, colleague = make_account(office=office), make_account(Role.SUPERVISOR, office)
    for _n in range(2):
        make_placement(in_charge(make_case(office), account), started_on=date(2025, 5, 12))
    make_placement(in_charge(make_case(office), colleague), started_on=date(2025, 5, 12))
    in_charge(make_case(office), account, date(2025, 7, 1))
    in_charge(make_case(office), None, date(2025, 7, 1))
    in_charge(make_case(office), account, date(2025, 12, 1))
    make_registration(in_charge(make_case(office), account), starts_on=date(2024, 8, 2))
    db.session.commit()
    days = list_due_days(actor=actor_of(account), today=TODAY)
    assert days[date(2025, 6, 12), TaskKind.CHECK] == 2
    assert days[date(2025, 7, 1), TaskKind.CONTACT] == 1
    assert days[date(2025, 8, 1), TaskKind.REGISTRATION] == 1
    assert len(days) == 3


@pytest.mark.parametrize("whose", ["mine", "office"])
def test_the_count_of_checks_is_the_length_of_the_list_it_leads_to(desk, account, office, whose):
    """One source: nobody's checks are everybody's, and who recorded the job decides nothing."""
    colleague = make_account(office=office)
    for n, holder in enumerate([account, account, colleague, None, None]):
        case = in_charge(make_case(office), holder)
        make_placement(case, started_on=date(2025, 4, 10 + n), counsellor_id=account.id)
    make_placement(make_case(office), started_on=date(2025, 3, 25), counsellor_id=colleague.id)
    db.session.commit()
    page = desk.get(f"/today?whose={whose}").text
    listed = desk.get(f"/placements/checks?due=ahead&whose={whose}").text
    assert count(page, "定着確認") == str(listed.count("結果を記録")) == {"mine": "5", "office": "6"}[whose]
    address = re.search(r'href="(/placements/checks[^"]*)"', page).group(1).replace("&amp;", "&")
    assert desk.get(address).text.count("結果を記録") == listed.count("結果を記録")
    assert "1か月" in listed
    overdue = desk.get(f"/placements/checks?due=overdue&whose={whose}").text
    assert overdue.count("結果を記録") == listed.count("日過ぎ")


def test_a_supervisor_opens_on_the_whole_office(client, office):
    boss = make_account(Role.SUPERVISOR, office)
    in_charge(make_case(office), boss, TODAY)
    db.session.commit()
    sign_in(client, boss)
    assert 'whose=office" aria-current="page"' in client.get("/today").text
