"""The board on screen: filters that stay, saved views, bulk with its preview, texts that remind."""

import re
from datetime import date

import pytest

from app.access.permissions import Role
from app.cases.models import CaseOffice
from app.followup.chasers import WORDS
from app.foundation import clock
from app.foundation.db import db
from app.referrals.deadlines import turn_of
from app.referrals.lifecycle import OPEN
from app.referrals.models import ReferralExtension
from app.referrals.queries import list_moves
from app.referrals.vocabulary import ExtensionReason, State, Turn
from app.situation.programme import Programme
from tests import factories
from tests.factories import sign_in


@pytest.fixture
def desk(client, world):
    client.account = sign_in(client, office=world.office)
    return client


@pytest.fixture
def late(world, db_session):
    made = factories.make_referral(world.case, world.version, sent_on=date(2025, 6, 2))
    db_session.commit()
    return made


@pytest.fixture
def fresh(world, db_session):
    made = factories.make_referral(
        world.case, factories.make_window(name="しごと相談")[1], sent_on=date(2025, 7, 14)
    )
    db_session.commit()
    return made


def shown(answer):
    return set(re.findall(r'name="pick" value="([\d-]+)"', answer.text))


def test_each_filter_narrows_the_board(desk, world, late, fresh, db_session):
    held = factories.make_consultation(world.case, office=world.office, programme=Programme.GUIDANCE)
    guided = factories.make_referral(world.case, world.version, sent_on=date(2025, 7, 10), consultation=held)
    other = factories.make_case(world.office)
    charged = factories.make_referral(other, world.version, sent_on=date(2025, 7, 11))
    db.session.get(CaseOffice, (other.id, world.office.id)).counsellor_id = desk.account.id
    db_session.commit()
    every = {one.reference for one in (late, fresh, guided, charged)}
    for query, expected in {
        "shown=open": every,
        "shown=overdue": {late.reference},
        f"agency_id={world.agency.id}": every - {fresh.reference},
        f"window_id={fresh.window_id}": {fresh.reference},
        f"counsellor_id={desk.account.id}": {charged.reference},
        "programme=guidance": {guided.reference},
        "older_than=30": {late.reference},
        "older_than=60": set(),
    }.items():
        assert shown(desk.get(f"/referrals?{query}")) == expected, query


def test_the_board_opens_as_it_was_left_until_the_person_signs_out(desk, late, fresh):
    assert desk.get("/referrals").status_code == 200
    desk.get(f"/referrals?shown=overdue&window_id={late.window_id}")
    opened = desk.get("/referrals")
    assert opened.status_code == 302
    assert {"shown=overdue", f"window_id={late.window_id}"} <= set(opened.location.split("?")[1].split("&"))
    assert shown(desk.get("/referrals", follow_redirects=True)) == {late.reference}
    assert desk.get("/referrals?shown=open").status_code == 200
    desk.post("/sign-out")
    sign_in(desk, office=None)
    assert desk.get("/referrals").status_code in {200, 403}


def test_an_address_that_says_nonsense_is_not_kept(desk, late):
    assert desk.get("/referrals?shown=nonsense").status_code == 200
    assert desk.get("/referrals").status_code == 200


def test_a_view_is_saved_counted_opened_renamed_and_removed(desk, late, fresh):
    page = desk.get("/referrals?shown=overdue").text
    assert "/referrals/views/new?shown=overdue" in page
    saved = desk.post(
        "/referrals/views/new?shown=overdue&evil=%3Cscript%3E",
        data={"title": "急ぐもの", "is_default": "1"},
        follow_redirects=True,
    ).text
    assert re.search(r'aria-current="page">急ぐもの <b class="num">1</b>', saved)
    assert "evil" not in saved
    with desk.session_transaction() as kept:
        kept.pop("board")
    assert desk.get("/referrals").location.endswith("?shown=overdue")
    listed = desk.get("/referrals/views").text
    assert "この表示で開きます" in listed
    number = re.search(r"/referrals/views/(\d+)", listed)[1]
    taken = desk.post("/referrals/views/new?shown=open", data={"title": "急ぐもの"})
    assert (taken.status_code, "同じ名前" in taken.text) == (422, True)
    desk.post(f"/referrals/views/{number}", data={"title": "今週"})
    listed = desk.get("/referrals/views").text
    assert ("今週" in listed, "急ぐもの" in listed, "この表示で開きます" in listed) == (True, False, False)
    desk.post(f"/referrals/views/{number}/remove")
    assert "今週" not in desk.get("/referrals/views").text


def test_a_view_is_seen_by_nobody_else(desk, world, late, app):
    desk.post("/referrals/views/new?shown=overdue", data={"title": "急ぎ"})
    colleague = app.test_client()
    sign_in(colleague, office=world.office)
    assert "急ぎ" not in colleague.get("/referrals/views").text
    assert "急ぎ" not in colleague.get("/referrals?shown=open").text


def preview(desk, kind, **more):
    return desk.post("/referrals/bulk", data={"kind": kind, **more})


def form_of(answer, **more):
    """Return the preview's form as a browser would send it."""
    key = re.search(r'name="submission_key" value="(\w+)"', answer.text)[1]
    seen = re.findall(r'name="seen" value="([\d:-]+)"', answer.text)
    kind = re.search(r'name="kind" value="(\w+)"', answer.text)[1]
    return {"submission_key": key, "seen": seen, "kind": kind, "step": "do", **more}


def test_the_preview_says_what_happens_to_each_and_changes_nothing(desk, late, fresh):
    page = preview(desk, "silent", pick=[late.reference, fresh.reference])
    assert page.status_code == 200
    assert "選んだ2件のうち、1件にできます" in page.text
    assert page.text.count(">できません<") == 1
    assert len(list_moves(referral_id=late.id)) == 1


def test_confirmed_once_it_is_done_once_and_can_be_taken_back(desk, late, fresh):
    form = form_of(preview(desk, "silent", pick=[late.reference, fresh.reference]))
    done = desk.post("/referrals/bulk", data=form)
    assert "1件を保存しました" in done.text
    assert f"/referrals/{fresh.reference}" in done.text, "what could not be done is named"
    again = desk.post("/referrals/bulk", data=form, follow_redirects=True)
    assert "もう済んでいます" in again.text
    assert [move.to_state for move in list_moves(referral_id=late.id)] == [State.SENT, State.NO_RESPONSE]
    undo = {
        "submission_key": re.search(r'name="submission_key" value="(\w+)"', done.text)[1],
        "seen": re.findall(r'name="seen" value="([\d:-]+)"', done.text),
    }
    assert "1件を保存しました" in desk.post("/referrals/bulk/undo", data=undo).text
    assert list_moves(referral_id=late.id)[-1].corrects_number == 2


def test_all_of_a_view_means_those_of_the_view_and_no_others(desk, late, fresh):
    page = preview(desk, "withdraw", all="1", **{"view-shown": "overdue"})
    assert [one.split(":")[0] for one in form_of(page)["seen"]] == [late.reference]


def test_a_reason_is_asked_for_before_anything_is_withdrawn(desk, late):
    form = form_of(preview(desk, "withdraw", pick=[late.reference]), happened_on="2025-07-15")
    refused = desk.post("/referrals/bulk", data=form)
    assert (refused.status_code, "取下げの理由" in refused.text) == (422, True)
    done = desk.post("/referrals/bulk", data=form | {"withdrawn_code": "moved_away"})
    assert "1件を保存しました" in done.text
    assert list_moves(referral_id=late.id)[-1].code == "moved_away"


def test_pressing_enter_in_a_field_only_looks_again(desk, late):
    page = preview(desk, "withdraw", pick=[late.reference]).text
    form = page[page.index('action="/referrals/bulk"') :]
    assert re.search(r'<button[^>]*type="submit"[^>]*>', form)[0].count('value="look"') == 1


def test_without_a_tick_nothing_is_previewed(desk, late):
    answer = desk.post("/referrals/bulk", data={"kind": "silent"}, follow_redirects=True)
    assert "紹介を選んでから" in answer.text


def test_slips_of_all_that_were_ticked_come_as_one_pdf(desk, late, fresh):
    form = form_of(preview(desk, "print", pick=[late.reference, fresh.reference]))
    made = desk.post("/referrals/bulk", data=form)
    assert made.mimetype == "application/pdf"
    import io

    from pypdf import PdfReader

    assert len(PdfReader(io.BytesIO(made.data)).pages) == 2


def test_the_text_for_an_agency_names_its_late_referrals_and_nothing_of_the_person(desk, world, late, fresh):
    listed = desk.get("/referrals/chasers").text
    assert "ハローワーク立川" in listed
    assert "しごと相談" not in listed, "nothing of that agency is late"
    page = desk.get(f"/referrals/chasers/{world.agency.id}").text
    text = re.search(r"<textarea[^>]*id=\"text-all\"[^>]*>(.*?)</textarea>", page, re.S)[1]
    for said in (
        "ハローワーク立川　御中",
        "国分寺市生活福祉課",
        late.reference,
        "令和7年6月2日",
        "令和7年6月16日",
    ):
        assert said in text
    assert world.case.number not in page
    assert fresh.reference not in page
    assert page.count(late.reference) >= 3, "one text for all, one for each"


def test_one_press_records_a_chaser_and_every_colleague_sees_it(desk, client, world, late, db_session):
    address = f"/referrals/chasers/{world.agency.id}"
    answer = desk.post(address, data={"reference": late.reference, "channel": "fax"})
    assert answer.status_code == 302
    client.delete_cookie("session")
    sign_in(client, office=world.office)
    assert "催促ずみ" in client.get(address).text
    assert re.search(r"催促 \S+", client.get("/referrals?shown=open").text)
    history = client.get(f"/referrals/{late.reference}").text
    assert "返事を催促しました" in history
    assert "ファクス" in history[history.index("返事を催促しました") :][:200]
    assert desk.post(address, data={"reference": "000-0000", "channel": "fax"}).status_code == 404


def test_more_time_stands_in_the_history_with_reason_and_person(desk, world, late, db_session):
    granted = {"due_on": date(2025, 8, 1), "reason": ExtensionReason.WINDOW_ASKED, "reason_other": ""}
    made = {"move_number": 1, "entered_at": clock.now(), "entered_by": desk.account.id}
    factories.add(ReferralExtension(referral_id=late.id, **granted, **made))
    db_session.commit()
    history = desk.get(f"/referrals/{late.reference}").text
    assert "期限を令和7年8月1日（金）に延ばしました" in history
    assert "窓口からの申し出" in history
    assert desk.account.label in history[history.index("延ばしました") :][:400]


def test_the_text_stays_japanese_around_english_words(desk, world, late):
    desk.set_cookie("lang", "en")
    page = desk.get(f"/referrals/chasers/{world.agency.id}").text
    assert 'lang="en"' in page
    assert "次の紹介について、期限までにお返事を確認できておりません。" in page


def test_every_state_in_which_a_window_is_late_has_its_words():
    assert set(WORDS) == {state for state in OPEN if turn_of(state) is Turn.WINDOW}


def test_who_may_only_watch_figures_does_not_reach_the_board(client):
    sign_in(client, role=Role.PLAN_DESK)
    assert client.get("/referrals/chasers").status_code == 403
    assert client.post("/referrals/bulk", data={"kind": "silent"}).status_code == 403
