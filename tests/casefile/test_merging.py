"""The pages of merging: found by number or card, seen side by side, confirmed by a supervisor, undone."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.cases.entries import NewCase
from app.cases.models import Case, CaseMerge
from app.cases.operations import open_cases
from app.foundation import clock
from app.foundation.db import db
from app.privacy import case_code
from app.referrals.models import ReferralMove
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from app.situation.vocabulary import Topic
from tests import factories

KEY = "0123456789abcdef" * 2
CODE = case_code.derive(b"p" * 32, KEY)


@pytest.fixture
def office(db_session):
    return factories.make_office(programme=Programme.CENTRE)


@pytest.fixture
def desk(client, office):
    factories.sign_in(client, office=office, role=Role.SUPERVISOR)
    return client


@pytest.fixture
def two(office):
    """Return the numbers of two cases of the office that were both placed, registered and seen on one day."""
    numbers = []
    for _ in range(2):
        case = factories.make_case(office)
        factories.make_consultation(case)
        factories.make_placement(case, started_on=date(2025, 6, 3), programme=Programme.CENTRE)
        factories.make_registration(case)
        numbers.append(case.number)
    db.session.commit()
    return numbers


def merge(client, one, other, **more):
    sent = {"target": other, "intent": "merge", "reason": "paper_file", "submission_key": KEY} | more
    return client.post(f"/cases/{one}/merge", data=sent)


def case_of(number):
    return db.session.query(Case).filter_by(number=number).one()


def test_both_cases_are_seen_side_by_side_with_doubles_and_figures_before_anything_changes(desk, two):
    one, other = two
    page = desk.post(f"/cases/{one}/merge", data={"number": other})
    assert page.status_code == 200
    for words in (
        f"{one}（まとめる番号）",
        f"{other}（残る番号）",
        "同じ日の相談（1日）",
        "就職：",
        "登録の期間：",
    ):
        assert words in page.text
    # Two persons were placed in 2025; afterwards it is one.
    assert "就労人数" in page.text
    assert ">2人<" in page.text
    assert "<b>1人</b>" in page.text
    assert case_of(one).merged_into_id is None
    assert db.session.query(CaseMerge).count() == 0
    assert db.session.query(AuditEntry).count() == 0


def test_a_merge_leads_to_the_case_that_is_left_and_so_does_the_old_number(desk, two):
    one, other = two
    assert merge(desk, one, other).headers["Location"] == f"/cases/{other}"
    assert desk.get(f"/cases/{one}").headers["Location"] == f"/cases/{other}"
    page = desk.get(f"/cases/{other}").text
    assert f"{one} を {other} に統合しました" in page
    assert page.count("event-consultation") == 2
    assert page.count("event-placement") == 2


def test_a_double_click_merges_once(desk, two):
    one, other = two
    first, second = (merge(desk, one, other) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert db.session.query(CaseMerge).count() == 1


@pytest.mark.parametrize("turned", [False, True])
def test_who_merges_second_is_told_that_it_is_done_and_led_there(desk, two, turned):
    """Two supervisors had both cases before their eyes, perhaps the other way round."""
    one, other = two
    merge(desk, one, other)
    pair = (other, one) if turned else (one, other)
    answer = merge(desk, *pair, submission_key="f" * 32)
    assert answer.headers["Location"] == f"/cases/{other}"
    assert "この二つの相談番号は、もう統合されています。" in desk.get(f"/cases/{other}").text
    assert db.session.query(CaseMerge).count() == 1


def test_without_a_reason_both_cases_stay_before_the_eyes(desk, two):
    one, other = two
    page = merge(desk, one, other, reason="")
    assert page.status_code == 422
    assert f"{other}（残る番号）" in page.text
    assert case_of(one).merged_into_id is None


@pytest.mark.parametrize(("typed", "words"), [("", "番号"), ("9999-99", "見つかりません"), ("abc", "番号")])
def test_a_number_that_leads_nowhere_is_told(desk, two, typed, words):
    page = desk.post(f"/cases/{two[0]}/merge", data={"number": typed})
    assert page.status_code == 422
    assert words in page.text


def test_a_case_is_not_merged_with_itself(desk, two):
    assert "同じ相談者" in desk.post(f"/cases/{two[0]}/merge", data={"number": two[0]}).text
    assert "同じ相談者" in merge(desk, two[0], two[0]).text


def test_the_other_case_may_be_found_by_its_card_even_from_another_office(desk, app, two):
    pepper = app.config["SHIRUBE"].card_pepper
    actor = factories.make_actor()
    foreign = open_cases(actor=actor, pepper=pepper, new=[NewCase(opened_on=date(2025, 4, 1), code=CODE)])[0]
    number = foreign.number
    db.session.commit()
    page = desk.post(f"/cases/{two[0]}/merge", data={"card_code": case_code.grouped(CODE)})
    assert f"{number}（残る番号）" in page.text
    assert CODE not in page.text
    assert case_code.grouped(CODE) not in page.text
    assert merge(desk, two[0], number).headers["Location"] == f"/cases/{number}"


def test_undoing_shows_what_it_changes_and_gives_both_cases_back(desk, two):
    one, other = two
    merge(desk, one, other)
    merge_id = db.session.query(CaseMerge).one().id
    page = desk.get(f"/merges/{merge_id}/undo")
    assert "<b>2人</b>" in page.text
    assert case_of(one).merged_into_id is not None
    assert desk.post(f"/merges/{merge_id}/undo").headers["Location"] == f"/cases/{one}"
    assert desk.get(f"/cases/{one}").text.count("event-consultation") == 1
    assert "もう取り消されています" in desk.get(f"/merges/{merge_id}/undo").text


def test_undoing_names_what_was_entered_since_and_under_which_number_it_stays(desk, office, two):
    one, other = two
    merge(desk, one, other)
    merge_id = db.session.query(CaseMerge).one().id
    assert "h-since" not in desk.get(f"/merges/{merge_id}/undo").text
    later = clock.now() + timedelta(minutes=5)
    day = date(2025, 7, 1)
    factories.make_consultation(case_of(other), held_on=day, topic=Topic.DEBT, entered_at=later)
    factories.make_referral(case_of(one), sent_on=day).entered_at = later
    for move in db.session.scalars(select(ReferralMove)):
        move.entered_at = later
    db.session.commit()
    page = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", desk.get(f"/merges/{merge_id}/undo").text))
    assert re.search(rf"令和7年7月1日（火） 相談：債務 [^令]* {other}", page)
    assert re.search(rf"令和7年7月1日（火） 紹介 [^令]* {one}", page)
    assert desk.post(f"/merges/{merge_id}/undo").status_code == 302
    assert "相談：債務" in desk.get(f"/cases/{other}").text
    assert "相談：債務" not in desk.get(f"/cases/{one}").text


def test_a_counsellor_sees_merges_but_is_offered_none(client, desk, app, office, two):
    one, other = two
    merge(desk, one, other)
    colleague = app.test_client()
    factories.sign_in(colleague, office=office)
    page = colleague.get(f"/cases/{other}").text
    assert f"{one} を {other} に統合しました" in page
    assert "/merge" not in page.replace("/merges/", "/x/") or "undo" not in page
    assert colleague.post(f"/cases/{one}/merge", data={"number": other}).status_code == 403


def test_open_referrals_and_placements_are_worked_on_from_the_case_that_is_left(desk, office, two):
    one, other = two
    referral = factories.make_referral(case_of(one))
    factories.make_move(referral, State.MET, happened_on=date(2025, 6, 2), number=2, from_state=State.SENT)
    reference = referral.reference
    db.session.commit()
    merge(desk, one, other)
    assert reference in desk.get(f"/cases/{other}").text
    assert reference in desk.get(f"/cases/{other}/placements/new").text
    lists = desk.get("/referrals").text + desk.get("/placements").text
    assert other in lists
    assert one not in lists


def test_a_consultation_recorded_under_the_old_number_goes_to_the_person(desk, two):
    one, other = two
    merge(desk, one, other)
    page = desk.get(f"/counter/{one}")
    assert f'name="case_number" value="{other}"' in page.text
