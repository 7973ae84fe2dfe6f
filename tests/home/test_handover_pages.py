"""A supervisor shares out what a colleague leaves, looks at it first, and can take it back."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from types import SimpleNamespace

import pytest
from flask import current_app

from app.access.permissions import Role
from app.cases import charge_operations as charges
from app.cases.handover_queries import list_in_charge
from app.cases.models import Case
from app.cases.vocabulary import CloseReason
from app.drafts.models import Draft
from app.drafts.queries import list_drafts, list_opened
from app.drafts.sealing import ring_of
from app.foundation import clock
from app.foundation.db import db
from tests import factories
from tests.factories import actor_of, make_account, make_case, make_draft, make_office, sign_in

KEY = "{:032x}".format


@pytest.fixture
def desk(db_session, client):
    """Return an office of which the first colleague leaves five cases and two drafts."""
    office = make_office(name="生活福祉課")
    leaving, staying, coming = (make_account(office=office) for _one in range(3))
    cases = [make_case(office) for _one in range(5)]
    charges.take_charge(actor=actor_of(leaving), case_ids=[case.id for case in cases])
    drafts = [make_draft(leaving, memo=f"書きかけ{one}") for one in range(2)]
    boss = sign_in(client, role=Role.SUPERVISOR, office=office)
    db_session.commit()
    return SimpleNamespace(
        client=client,
        office=office,
        boss=actor_of(boss),
        leaving=leaving,
        staying=staying,
        coming=coming,
        cases=[case.id for case in cases],
        drafts=[draft.id for draft in drafts],
        url=f"/handovers/from/{leaving.id}",
    )


def hidden(page):
    """Return what a preview would send."""
    return dict(re.findall(r'name="((?:case|draft)-\d+)" value="(\d+)"', page))


def held(desk, account):
    db.session.rollback()
    return {one.case_id for one in list_in_charge(actor=desk.boss, account_id=account.id)}


def drafts_of(account):
    db.session.rollback()
    return {one.id for one in list_drafts(actor=actor_of(account))}


def hand_to(desk, account, number=1):
    """Hand everything to one colleague, through the preview."""
    page = desk.client.post(desk.url, data={"how": "one", "receiver": account.id}).text
    return desk.client.post(
        desk.url, data=hidden(page) | {"step": "do", "submission_key": KEY(number)}, follow_redirects=True
    ).text


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_list_says_how_much_everybody_has_in_hand(desk):
    referral = factories.make_referral(db.session.get(Case, desk.cases[0]))
    db.session.commit()
    assert referral.id
    page = text_of(desk.client.get("/handovers").text)
    assert f"{desk.leaving.label} 5 1 0 2" in page
    assert f"{desk.staying.label} 0 0 0 0" in page
    assert "いまはこの課の相談員ではありません" not in page
    assert "引き継ぎはまだありません" in page


def test_an_account_out_of_use_that_still_has_cases_is_marked(desk):
    desk.leaving.is_active = False
    db.session.commit()
    page = text_of(desk.client.get("/handovers").text)
    assert f"{desk.leaving.label} いまはこの課の相談員ではありません 5 " in page
    assert "相談者5人" in hand_to(desk, desk.coming)
    assert held(desk, desk.coming) == set(desk.cases)


def test_everything_goes_to_one_colleague_after_a_preview_and_comes_back(desk):
    preview = desk.client.post(desk.url, data={"how": "one", "receiver": desk.coming.id})
    assert f"{desk.coming.label} 5 0 0 2 0人 → 5人" in text_of(preview.text)
    assert held(desk, desk.leaving) == set(desk.cases)
    assert "相談者5人と下書き2件を引き継ぎました。" in hand_to(desk, desk.coming)
    assert (held(desk, desk.coming), drafts_of(desk.coming)) == (set(desk.cases), set(desk.drafts))
    page = desk.client.get("/handovers").text
    assert f"{desk.coming.label} 5人" in text_of(page)
    undo = re.search(r'href="(/handovers/\d+/undo)"', page).group(1)
    assert f"{desk.leaving.label}に戻ります" in desk.client.get(undo).text
    answer = desk.client.post(undo, data={"submission_key": KEY(9)}, follow_redirects=True).text
    assert "相談者5人と下書き2件を戻しました。" in answer
    assert (held(desk, desk.leaving), drafts_of(desk.leaving)) == (set(desk.cases), set(desk.drafts))
    assert "この引き継ぎはもう取り消されています。" in desk.client.get(undo).text


def test_a_draft_opens_for_whoever_has_it_now_with_every_word(desk):
    hand_to(desk, desk.coming)
    ring = ring_of(current_app.config["SHIRUBE"].draft_key)
    opened = list_opened(actor=actor_of(desk.coming), ring=ring)
    assert {one.contents.fields["memo"][0] for one in opened} == {"書きかけ0", "書きかけ1"}


def test_what_became_of_a_draft_meanwhile_is_said_when_it_is_taken_back(desk):
    hand_to(desk, desk.coming)
    db.session.delete(db.session.get(Draft, desk.drafts[0]))
    charges.assign(actor=desk.boss, case_id=desk.cases[0], counsellor_id=desk.staying.id)
    db.session.commit()
    undo = re.search(r'href="(/handovers/\d+/undo)"', desk.client.get("/handovers").text).group(1)
    look = text_of(desk.client.get(undo).text)
    assert "相談者4人と下書き1件が" in look
    number = db.session.get(Case, desk.cases[0]).number
    assert f"{number} {desk.staying.label} そのあと担当が変わった" in look
    assert "下書き − 保存されたか、捨てられたか、期限が過ぎた" in look
    answer = desk.client.post(undo, follow_redirects=True).text
    assert "相談者4人と下書き1件を戻しました。" in answer
    assert "そのあと担当が変わった1人は、いまの担当のままです。" in answer
    assert "下書き1件は、保存されたか、捨てられたか、期限が過ぎたため、戻していません。" in answer
    assert held(desk, desk.staying) == {desk.cases[0]}


def test_cases_are_dealt_evenly_over_the_colleagues_ticked(desk):
    both = [desk.staying.id, desk.coming.id]
    page = desk.client.post(desk.url, data={"how": "even", "receivers": both}).text
    desk.client.post(desk.url, data=hidden(page) | {"step": "do"})
    assert sorted(len(held(desk, one)) for one in (desk.staying, desk.coming)) == [2, 3]
    assert [len(drafts_of(one)) for one in (desk.staying, desk.coming)] == [1, 1]


def test_case_by_case_leaves_with_the_colleague_what_was_not_chosen(desk):
    lines = desk.client.post(desk.url, data={"how": "each"}).text
    assert lines.count("<select") == len(desk.cases) + len(desk.drafts)
    chosen = {f"case-{desk.cases[0]}": desk.coming.id, f"case-{desk.cases[1]}": ""}
    page = desk.client.post(desk.url, data=chosen | {"step": "look"}).text
    assert f"4人は、{desk.leaving.label}の担当のままです。" in page
    again = desk.client.post(desk.url, data=hidden(page) | {"step": "lines"}).text
    assert again.count(f'<option value="{desk.coming.id}" selected>') == 1
    desk.client.post(desk.url, data=hidden(page) | {"step": "do"})
    assert held(desk, desk.coming) == {desk.cases[0]}
    assert held(desk, desk.leaving) == set(desk.cases[1:])


def test_a_closed_case_with_a_check_to_come_goes_along_and_one_without_does_not(desk):
    first, second = (db.session.get(Case, one) for one in desk.cases[:2])
    factories.make_placement(first, started_on=clock.today() - timedelta(days=3))
    for case in (first, second):
        case.closed_on, case.close_reason = clock.today(), next(iter(CloseReason))
    db.session.commit()
    page = desk.client.get(desk.url).text
    assert "4人（うち、仕事が残っている終了した人 1人）" in page
    assert f"{desk.coming.label} 4 0 1 2 0人 → 3人" in text_of(
        desk.client.post(desk.url, data={"how": "one", "receiver": desk.coming.id}).text
    )


def test_whoever_is_signed_in_stays_named_on_the_pages_about_a_colleague(desk):
    page = desk.client.get(desk.url).text
    assert "生活福祉課・係長" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"how": "one"}, "引き継ぐ人を選んでください。"),
        ({"how": "even"}, "引き継ぐ人たちを選んでください。"),
        ({"step": "look"}, "引き継ぐ人を選んでください。"),
        ({"how": "one", "receiver": "987654"}, "選びなおしてください。"),
    ],
)
def test_nobody_chosen_is_said_and_changes_nothing(desk, sent, said):
    answer = desk.client.post(desk.url, data=sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert held(desk, desk.leaving) == set(desk.cases)


def test_whoever_works_elsewhere_or_hands_over_receives_nothing(desk):
    for account in (make_account(office=make_office()), desk.leaving):
        db.session.commit()
        sent = {"step": "do", f"case-{desk.cases[0]}": account.id}
        assert desk.client.post(desk.url, data=sent).status_code == 422
    assert held(desk, desk.leaving) == set(desk.cases)


def test_what_nobody_is_in_charge_of_is_given_out(desk):
    case = make_case(desk.office)
    db.session.commit()
    assert "担当なし 1 " in text_of(desk.client.get("/handovers").text)
    url = "/handovers/from/0"
    page = desk.client.post(url, data={"how": "one", "receiver": desk.coming.id}).text
    sent = hidden(page) | {"step": "do"}
    assert "1人の担当を決めました。" in desk.client.post(url, data=sent, follow_redirects=True).text
    assert held(desk, desk.coming) == {case.id}
    assert "この間に担当が変わった相談者があります（1人）" in desk.client.post(url, data=sent).text


def test_what_nobody_had_is_taken_back_from_all_at_once(desk):
    cases = [make_case(desk.office) for _one in range(3)]
    db.session.commit()
    url = "/handovers/from/0"
    page = desk.client.post(url, data={"how": "one", "receiver": desk.coming.id}).text
    assert "まとめて取り消せます" in page
    desk.client.post(url, data=hidden(page) | {"step": "do", "submission_key": KEY(4)})
    listed = desk.client.get("/handovers").text
    assert f"担当なし {desk.coming.label} 3人" in text_of(listed)
    undo = re.search(r'href="(/handovers/\d+/undo)"', listed).group(1)
    assert "相談者3人が、担当なしに戻ります。" in desk.client.get(undo).text
    desk.client.post(undo, data={"submission_key": KEY(5)})
    assert held(desk, desk.coming) == set()
    assert "担当なし 3 " in text_of(desk.client.get("/handovers").text)
    assert len(cases) == 3
    assert "この引き継ぎはもう取り消されています。" in desk.client.get(undo).text


def test_a_hand_over_of_which_nothing_is_left_offers_no_undo(desk):
    hand_to(desk, desk.coming)
    for one in desk.cases:
        charges.assign(actor=desk.boss, case_id=one, counsellor_id=desk.staying.id)
    for one in desk.drafts:
        db.session.delete(db.session.get(Draft, one))
    db.session.commit()
    undo = re.search(r'href="(/handovers/\d+/undo)"', desk.client.get("/handovers").text).group(1)
    page = desk.client.get(undo).text
    assert "戻せるものがありません。" in page
    assert "data-once>" in page
    assert '<button class="btn btn-main"' not in page
    assert desk.client.post(undo, data={"submission_key": KEY(6)}).status_code == 422


def test_whoever_left_is_named_before_cases_go_back_to_them(desk):
    hand_to(desk, desk.coming)
    undo = re.search(r'href="(/handovers/\d+/undo)"', desk.client.get("/handovers").text).group(1)
    said = f"{desk.leaving.label}は、いまはこの課の相談員ではありません。"
    assert said not in desk.client.get(undo).text
    desk.leaving.is_active = False
    db.session.commit()
    assert said in desk.client.get(undo).text


def test_the_same_form_sent_twice_hands_over_once(desk):
    page = desk.client.post(desk.url, data={"how": "one", "receiver": desk.coming.id}).text
    sent = hidden(page) | {"step": "do", "submission_key": KEY(3)}
    assert "引き継ぎました" in desk.client.post(desk.url, data=sent, follow_redirects=True).text
    again = desk.client.post(desk.url, data=sent, follow_redirects=True).text
    assert "この操作は、もう済んでいます。" in again
    assert again.count("/undo") == 1


def test_counsellors_and_other_offices_find_no_such_page(app, desk):
    hand_to(desk, desk.coming)
    other = app.test_client()
    sign_in(other, role=Role.SUPERVISOR, office=make_office())
    db.session.commit()
    undo = re.search(r'href="(/handovers/\d+/undo)"', desk.client.get("/handovers").text).group(1)
    for url in (desk.url, undo):
        assert other.get(url).status_code == other.post(url).status_code == 404
    assert desk.leaving.label not in other.get("/handovers").text
    assert held(desk, desk.coming) == set(desk.cases)


@pytest.mark.both_databases
def test_of_two_supervisors_at_one_moment_the_second_is_told_and_nothing_is_torn(app, desk):
    clients = [app.test_client() for _one in range(2)]
    for client in clients:
        sign_in(client, role=Role.SUPERVISOR, office=desk.office)
    receivers = [desk.staying.id, desk.coming.id]
    cases, url = desk.cases, desk.url
    db.session.commit()
    start = Barrier(2)

    def send(client, receiver):
        start.wait(timeout=10)
        sent = {f"case-{one}": receiver for one in cases} | {"step": "do"}
        answer = client.post(url, data=sent, follow_redirects=True)
        return answer.status_code, answer.text

    with ThreadPoolExecutor(2) as pool:
        going = [pool.submit(send, *pair) for pair in zip(clients, receivers, strict=True)]
        answers = sorted(one.result(timeout=60) for one in going)
    assert [status for status, _text in answers] == [200, 422]
    assert "相談者5人と下書き0件を引き継ぎました。" in answers[0][1]
    assert answers[1][1].count("この間に担当が変わった相談者があります（5人）") == 1
    db.session.rollback()
    got = [len(list_in_charge(actor=desk.boss, account_id=one)) for one in receivers]
    assert sorted(got) == [0, 5]


def test_hundreds_of_cases_take_no_more_statements_than_a_few(desk, count_statements):
    def statements(number):
        with count_statements() as few:
            hand_to(desk, desk.coming, number)
        return len(few)

    def put_back():
        desk.client.post(re.search(r'href="(/handovers/\d+/undo)"', desk.client.get("/handovers").text)[1])

    before = statements(21)
    put_back()
    more = [make_case(desk.office).id for _one in range(300)]
    charges.take_charge(actor=actor_of(desk.leaving), case_ids=more)
    db.session.commit()
    assert statements(22) <= before
    assert len(held(desk, desk.coming)) == len(desk.cases) + len(more)
