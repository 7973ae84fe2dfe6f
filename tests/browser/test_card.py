"""The card in a real browser: printed once, gone after that, read elsewhere, replaced; two cases made one."""

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from app.access.permissions import Role
from app.accounts import passwords
from app.foundation.db import db
from app.privacy import case_code
from app.windows.models import Office
from tests.browser.desk import PASSWORD, answer_about, city, enter
from tests.browser.harness.checks import assert_accessible, assert_fits
from tests.browser.test_main_job import choose
from tests.factories import make_account

WIDTHS = (1280, 390)
# What would tell a stranger who finds the card where its holder goes.
BETRAYING = re.compile("相談|就労|生活|福祉|障害|支援|市|課|Shirube|しるべ|employ|work|support|consult", re.I)


@pytest.fixture
def kokubunji(live_server):
    with city(live_server.app):
        office = db.session.query(Office).filter_by(key="centre").one()
        hashed = passwords.hash_of(PASSWORD)
        make_account(Role.COUNSELLOR, office, login_name="shien1", password_hash=hashed)
        db.session.commit()


def open_case(page, *, unknown=False) -> tuple[str, str]:
    """Open a case through the entry page; return code and case number as they stand on the sheet."""
    page.goto("/counter")
    choose(page, "新しい方")
    if unknown:
        page.get_by_role("checkbox", name=re.compile("番号不明")).check(force=True)
    choose(page, "仕事探し")
    choose(page, "若年者")
    answer_about(page)
    page.get_by_role("button", name="保存して次へ").click()
    expect(page.get_by_role("heading", name="カードを渡す")).to_be_visible()
    return page.locator(".card-code").inner_text(), page.locator(".card-number").inner_text()


def look_at(page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
        assert_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_card_is_shown_once_whatever_keys_are_pressed_after_it(page, kokubunji):
    enter(page, "soudan1")
    code, number = open_case(page)
    look_at(page)
    page.reload()
    expect(page.get_by_role("heading", name=f"相談番号 {number}")).to_be_visible()
    assert code not in page.content()
    page.go_back()
    assert code not in page.content()
    page.go_forward()
    assert code not in page.content()


def test_the_printed_sheet_is_one_page_with_a_card_that_betrays_nothing(page, kokubunji, tmp_path):
    enter(page, "soudan1")
    code, number = open_case(page)
    file = tmp_path / "card.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    (sheet,) = PdfReader(file).pages
    assert [round(float(side) * 25.4 / 72) for side in sheet.mediabox[2:]] == [210, 297]
    said = sheet.extract_text()
    assert said.count(code) == 1
    assert said.count(number) == 1
    # What stands above the cut is the card.
    card = page.locator(".card-face")
    assert not BETRAYING.search(card.inner_text())
    assert "もちください" in re.sub(r"\s", "", card.inner_text()).replace("持", "")
    assert "Please bring this card" in card.inner_text()
    assert code not in page.locator(".card-stub").inner_text()
    width, height = (card.bounding_box()[side] / 96 * 25.4 for side in ("width", "height"))
    assert (round(width), round(height)) == (85, 54) or (round(width), round(height)) == (86, 54)


def test_the_card_brings_the_person_back_at_another_office(page, new_page, kokubunji):
    enter(page, "soudan1")
    code, number = open_case(page)
    elsewhere = new_page()
    elsewhere.context.watcher.allow("422")
    enter(elsewhere, "shien1")
    elsewhere.goto("/cases")
    elsewhere.fill("#number", number)
    elsewhere.locator(".look-up button").click()
    expect(elsewhere.locator("main")).to_contain_text("見つかりません")
    elsewhere.goto("/counter")
    elsewhere.locator("#card_code").press_sequentially(code)
    elsewhere.keyboard.press("Enter")
    expect(elsewhere.locator("[data-found]")).to_contain_text(number)
    elsewhere.goto(f"/cases/{number}")
    expect(elsewhere.locator("main")).to_contain_text("ほかの課で開かれた相談者です")
    assert elsewhere.locator(".event-consultation").count() == 0


def test_a_new_card_is_given_for_a_reason_and_the_old_one_is_dead(page, kokubunji, watcher):
    watcher.allow("422")
    enter(page, "soudan1")
    old, number = open_case(page)
    page.goto(f"/cases/{number}/card")
    look_at(page)
    page.get_by_role("button", name="新しいカードを出す").click()
    expect(page.locator("#problems")).to_be_visible()
    choose(page, "なくした")
    page.get_by_role("button", name="新しいカードを出す").click()
    new = page.locator(".card-code").inner_text()
    assert case_code.verify(case_code.normalise(new))
    assert new != old
    for code, words in ((old, "登録されていません"), (new, f"相談番号 {number}")):
        page.goto("/cases")
        page.fill("#card_code", code)
        page.locator(".look-up button").click()
        expect(page.locator("main")).to_contain_text(words)


def test_a_supervisor_makes_two_cases_one_and_takes_it_back(page, new_page, kokubunji):
    enter(page, "soudan1")
    _code, first = open_case(page)
    _code, second = open_case(page, unknown=True)
    page.goto("/cases?state=number_unknown")
    assert page.locator("tbody th").all_inner_texts() == [second]
    page.goto(f"/cases/{second}")
    assert page.get_by_role("link", name="ほかの相談番号と統合する").count() == 0

    supervisor = new_page()
    enter(supervisor, "kakaricho")
    supervisor.goto(f"/cases/{second}")
    supervisor.get_by_role("link", name="ほかの相談番号と統合する").click()
    expect(supervisor.get_by_role("heading", name="相談者を統合する")).to_be_visible()
    look_at(supervisor)
    supervisor.fill("#number", first)
    supervisor.get_by_role("button", name="見くらべる").click()
    expect(supervisor.locator("main")).to_contain_text("同じ日の相談（1日）")
    look_at(supervisor)
    choose(supervisor, "課の控えで確かめた")
    supervisor.get_by_role("button", name=f"{first} に統合する").click()
    expect(supervisor.get_by_role("heading", name=f"相談番号 {first}")).to_be_visible()
    assert supervisor.locator(".event-consultation").count() == 2
    supervisor.goto(f"/cases/{second}")
    expect(supervisor.get_by_role("heading", name=f"相談番号 {first}")).to_be_visible()
    supervisor.locator('a[href^="/merges/"]').click()
    expect(supervisor.get_by_role("heading", name="統合を取り消す")).to_be_visible()
    look_at(supervisor)
    supervisor.get_by_role("button", name="統合を取り消す").click()
    expect(supervisor.get_by_role("heading", name=f"相談番号 {second}")).to_be_visible()
    assert supervisor.locator(".event-consultation").count() == 1
