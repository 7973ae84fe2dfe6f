"""Guidance at the counter in a real browser: three taps, the keyboard alone, no scripts."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.foundation.db import db
from app.guidance.models import Guidance
from app.referrals.models import Referral
from tests.browser.desk import answer_about, city, enter
from tests.browser.harness.checks import assert_accessible, assert_fits

RANKED = "#guide-answer .win"


@pytest.fixture
def kokubunji(live_server):
    with city(live_server.app):
        pass


@pytest.fixture
def stored(live_server):
    """Return what was stored: the guidance and how many referrals."""

    def read():
        with live_server.app.app_context():
            kept = db.session.scalars(select(Guidance)).all()
            return kept, db.session.scalar(select(func.count()).select_from(Referral))

    return read


def tap(page, role: str, name: str) -> None:
    page.get_by_role(role, name=name, exact=True).first.check(force=True)


def test_three_taps_lead_from_the_open_page_to_a_ranked_list(new_page, kokubunji):
    page = new_page()
    enter(page, "soudan1")
    page.goto("/counter")
    tap(page, "checkbox", "職業訓練・資格")
    tap(page, "radio", "児童扶養手当受給")
    tap(page, "checkbox", "子育て中の女性")
    facts = page.get_by_role("list", name="いまの状況")
    expect(facts).to_contain_text("子育て中の女性")
    expect(facts).to_contain_text("児童扶養手当受給")
    expect(facts).to_contain_text("職業訓練・資格")
    assert page.locator(RANKED).count() >= 2
    expect(page.locator(RANKED).first).to_contain_text("理由")
    assert_accessible(page)
    assert_fits(page)


def test_the_chosen_window_opens_the_referral_and_is_stored_with_its_rank(new_page, kokubunji, stored):
    page = new_page()
    enter(page, "soudan1")
    page.goto("/counter")
    tap(page, "radio", "新しい方")
    tap(page, "checkbox", "仕事探し")
    tap(page, "checkbox", "中高年者")
    answer_about(page)
    expect(page.get_by_role("list", name="いまの状況")).to_contain_text("中高年者")
    second = page.locator(RANKED).nth(1)
    name = second.get_by_role("heading").inner_text()
    second.get_by_role("button", name="紹介する").click()
    expect(page.locator(".win-chosen")).to_contain_text(name)
    expect(page.get_by_role("checkbox", name="この窓口に紹介する")).to_be_focused()
    tap(page, "radio", "口頭")
    page.get_by_role("button", name="保存して次へ").click()
    expect(page.get_by_role("heading", name="カードを渡す")).to_be_visible()
    (kept,), referrals = stored()
    assert (kept.chosen_rank, kept.nothing_matched, referrals) == (2, False, 1)
    assert json.loads(kept.situation)["target_groups"] == ["middle_aged"]


def test_naming_alone_counts_and_can_be_taken_back_before_saving(new_page, kokubunji, stored):
    page = new_page()
    enter(page, "soudan1")
    page.goto("/counter")
    tap(page, "radio", "1回だけ")
    tap(page, "checkbox", "仕事探し")
    tap(page, "checkbox", "若年者")
    answer_about(page)
    expect(page.get_by_role("list", name="いまの状況")).to_contain_text("若年者")
    page.locator(RANKED).first.get_by_role("button", name="案内だけ").click()
    expect(page.locator(".win-chosen")).to_be_visible()
    page.get_by_role("button", name="選びなおす").click()
    expect(page.locator(".win-chosen")).to_have_count(0)
    page.locator(RANKED).first.get_by_role("button", name="案内だけ").click()
    expect(page.locator(".win-chosen")).to_be_visible()
    page.get_by_role("button", name="保存して次へ").click()
    expect(page.locator("main")).to_contain_text("1回だけの相談を保存しました")
    (kept,), referrals = stored()
    assert (kept.chosen_rank, referrals) == (1, 0)


def test_the_keyboard_alone_is_enough(new_page, kokubunji):
    page = new_page()
    enter(page, "soudan1")
    page.goto("/counter")
    page.get_by_role("checkbox", name="仕事探し", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("list", name="いまの状況")).to_contain_text("仕事探し")
    button = page.locator(RANKED).first.get_by_role("button", name="紹介する")
    for _press in range(80):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="この窓口に紹介する")).to_be_focused()
    expect(page.locator(".win-chosen")).to_be_visible()


def test_all_windows_can_be_chosen_from_and_the_list_stays_open(new_page, kokubunji):
    page = new_page()
    enter(page, "soudan1")
    page.goto("/counter")
    tap(page, "checkbox", "仕事探し")
    expect(page.get_by_role("list", name="いまの状況")).to_contain_text("仕事探し")
    page.locator("#guide-all summary").click()
    page.locator("label.pick-one", has_text="シルバー人材センター").click()
    page.wait_for_timeout(500)
    expect(page.locator("label.pick-one", has_text="シルバー人材センター")).to_be_visible()
    expect(
        page.locator("label.pick-one", has_text="シルバー人材センター").get_by_role("radio")
    ).to_be_checked()


def test_without_scripts_the_page_comes_back_with_the_list_and_all_that_was_typed(
    new_page, kokubunji, stored
):
    page = new_page(java_script_enabled=False)
    enter(page, "soudan1")
    page.goto("/counter")
    tap(page, "radio", "新しい方")
    tap(page, "checkbox", "仕事探し")
    tap(page, "checkbox", "中高年者")
    answer_about(page)
    page.fill("#memo", "午前中を希望")
    page.get_by_role("button", name="窓口を調べる").click()
    expect(page.get_by_role("list", name="いまの状況")).to_contain_text("中高年者")
    expect(page.locator("#memo")).to_have_value("午前中を希望")
    page.locator(RANKED).first.get_by_role("button", name="案内だけ").click()
    expect(page.locator(".win-chosen")).to_be_visible()
    page.get_by_role("button", name="保存して次へ").click()
    expect(page.get_by_role("heading", name="カードを渡す")).to_be_visible()
    (kept,), _referrals = stored()
    assert kept.chosen_rank == 1


def test_neither_memo_nor_card_is_sent_to_be_guided_and_nothing_stands_in_the_address(new_page, kokubunji):
    page = new_page()
    enter(page, "soudan1")
    page.goto("/counter")
    sent = []
    page.on(
        "request", lambda one: sent.append((one.url, one.post_data or "")) if one.method == "POST" else None
    )
    page.fill("#card_code", "7QK2")
    page.fill("#memo", "himitsu")
    with page.expect_response(re.compile("/counter/guide$")):
        tap(page, "checkbox", "債務")
    # The draft is sent as well, sealed there, and the memo to the identity check; the card to nobody.
    assert {urlsplit(address).path for address, _body in sent} <= {"/counter/guide", "/drafts", "/identity"}
    asked = [body for address, body in sent if address.endswith("/counter/guide")]
    assert asked
    assert not [body for body in asked if "himitsu" in body]
    assert not [body for _address, body in sent if "7QK2" in body]


def test_the_slip_opens_beside_the_page_which_can_still_be_saved(new_page, kokubunji):
    page = new_page()
    enter(page, "soudan1")
    page.goto("/counter")
    tap(page, "radio", "1回だけ")
    tap(page, "checkbox", "仕事探し")
    tap(page, "checkbox", "若年者")
    answer_about(page)
    expect(page.get_by_role("list", name="いまの状況")).to_contain_text("若年者")
    printed = []

    def hand_over(route):
        # Chromium would show the PDF with pages of its own, which the watcher takes for the outside world.
        answer = route.fetch()
        printed.append((answer.status, answer.headers["content-type"]))
        route.fulfill(status=200, content_type="text/plain", body="PDF")

    page.context.route("**/guidance/slip", hand_over)
    with page.context.expect_page() as opened:
        page.locator(RANKED).first.get_by_role("button", name="案内票を印刷").click()
    expect(opened.value.locator("body")).to_contain_text("PDF")
    assert printed == [(200, "application/pdf")]
    assert page.url.endswith("/counter")
    page.get_by_role("button", name="保存して次へ").click()
    expect(page.locator("main")).to_contain_text("1回だけの相談を保存しました")


def test_the_page_of_guidance_answers_at_once_and_hands_its_answers_to_an_entry(new_page, kokubunji):
    page = new_page()
    enter(page, "soudan1")
    page.goto("/guidance")
    tap(page, "checkbox", "債務")
    expect(page.locator(RANKED).first).to_be_visible()
    assert page.url.endswith("/guidance")
    assert_accessible(page)
    page.get_by_role("button", name="この内容で相談を記録").click()
    expect(page.get_by_role("heading", name="相談を記録")).to_be_visible()
    expect(page.get_by_role("checkbox", name="債務", exact=True)).to_be_checked()


def test_who_was_signed_out_meanwhile_is_not_shown_the_sign_in_page_inside_the_panel(new_page, kokubunji):
    page = new_page()
    enter(page, "soudan1")
    page.goto("/counter")
    page.context.route("**/counter/guide", lambda route: route.fulfill(status=200, body="<h1>sign in</h1>"))
    with page.expect_response("**/counter/guide"):
        tap(page, "checkbox", "債務")
    expect(page.get_by_role("button", name="窓口を調べる")).to_be_visible()
    expect(page.get_by_role("heading", name="sign in")).to_have_count(0)
