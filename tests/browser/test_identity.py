"""Words that may tell who somebody is, marked while they are typed, and without scripts at the save."""

import re

import pytest
from playwright.sync_api import expect

from app.audit.identity_routes import PACE
from tests.browser.desk import answer_about, city, enter
from tests.browser.harness.checks import assert_accessible, assert_fits

MEMO = "#memo"


@pytest.fixture
def kokubunji(live_server):
    PACE.left.clear()
    with city(live_server.app):
        pass


@pytest.fixture
def entry(page, kokubunji):
    """Return the entry page, with its questions answered but for the memo."""
    enter(page, "soudan1")
    page.goto("/counter")
    page.get_by_role("radio", name="1回だけ").check(force=True)
    page.get_by_role("checkbox", name="仕事探し").check(force=True)
    page.get_by_role("checkbox", name="その他の就労困難者").check(force=True)
    answer_about(page)
    return page


def panel(page):
    return page.locator("#memo-identity")


def test_a_number_is_marked_in_the_memo_and_named_beneath_it_while_typing(entry):
    entry.locator(MEMO).press_sequentially("𠮷報。夜は090-1234-5678へ")
    expect(panel(entry)).to_be_visible()
    expect(panel(entry)).to_contain_text("電話番号")
    expect(panel(entry).locator("mark.stops")).to_have_text("090-1234-5678")
    expect(entry.locator(".memo-mirror mark")).to_have_text("090-1234-5678")
    expect(entry.get_by_role("status").filter(has_text="1か所")).to_have_count(1)
    expect(entry.locator(MEMO)).to_have_value("𠮷報。夜は090-1234-5678へ")
    assert_accessible(entry)


def test_the_mark_goes_with_the_words(entry):
    entry.locator(MEMO).fill("090-1234-5678")
    expect(panel(entry)).to_be_visible()
    entry.locator(MEMO).fill("電話で連絡")
    expect(entry.locator(".memo-mirror mark")).to_have_count(0)
    expect(panel(entry)).to_be_hidden()
    expect(panel(entry).locator("input")).to_have_count(0)


def test_a_name_is_let_through_from_the_keyboard_and_the_tick_outlives_further_words(entry):
    entry.locator(MEMO).fill("田中さん食堂に応募")
    tick = panel(entry).get_by_role("checkbox", name="個人が分かる言葉ではない")
    tick.focus()
    entry.keyboard.press("Space")
    panel(entry).get_by_role("combobox", name="理由").select_option(label="地名・駅名・店の名前")
    with entry.expect_response("**/identity"):
        entry.locator(MEMO).press_sequentially("。来週面接")
    expect(tick).to_be_checked()
    entry.get_by_role("button", name="保存して次へ").click()
    expect(entry.locator("main")).to_contain_text("1回だけの相談を保存しました。")


def test_a_row_pasted_from_a_spreadsheet_says_which_column_holds_the_name(entry):
    entry.locator(MEMO).evaluate(
        """field => {
            field.focus();
            document.execCommand("insertText", false, "11/20\\tヤマダ タロウ\\t面談");
        }"""
    )
    expect(panel(entry)).to_contain_text("表の2列目")
    expect(panel(entry).locator("mark")).to_have_text("ヤマダ タロウ")


def test_a_server_that_does_not_answer_takes_no_word_away(entry):
    entry.context.watcher.allow("Failed to load resource|ERR_FAILED")
    entry.route("**/identity", lambda route: route.abort())
    entry.locator(MEMO).fill("田中さんに電話")
    entry.locator(MEMO).blur()
    entry.wait_for_timeout(700)
    expect(entry.locator(MEMO)).to_have_value("田中さんに電話")
    expect(panel(entry)).to_be_hidden()


def test_nothing_of_it_is_kept_in_the_browser(entry):
    entry.locator(MEMO).fill("田中さんに電話")
    expect(panel(entry)).to_be_visible()
    kept = entry.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, location.href])")
    assert "田中" not in kept


@pytest.mark.parametrize("width", [1280, 390])
def test_without_scripts_the_save_marks_the_same_and_keeps_the_text(new_page, kokubunji, width):
    page = new_page(java_script_enabled=False, viewport={"width": width, "height": 1000})
    page.context.watcher.allow("status of 422")
    enter(page, "soudan1")
    page.goto("/counter")
    page.locator(MEMO).fill("田中さんと面談。\n夜は090-1234-5678へ")
    page.get_by_role("button", name=re.compile("保存して次へ")).click()
    expect(page.locator("#problems")).to_contain_text("メモに、書いてはいけない内容があります")
    expect(panel(page).locator("mark")).to_have_text(["田中さん", "090-1234-5678"])
    expect(page.locator(".memo-mirror mark")).to_have_text(["田中さん", "090-1234-5678"])
    expect(page.locator(MEMO)).to_have_value("田中さんと面談。\n夜は090-1234-5678へ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_found_fits_a_telephone_and_is_accessible(new_page, kokubunji, scheme):
    page = new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    enter(page, "soudan1")
    page.goto("/counter")
    page.locator(MEMO).fill("田中さんと面談")
    expect(panel(page)).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


def test_a_name_in_a_cell_of_the_day_grid_is_marked_beneath_it_and_new_rows_are_read_too(page, kokubunji):
    enter(page, "soudan1")
    page.goto("/counter/day")
    rows = page.locator("[data-grid] tbody tr")
    for place in (0, rows.count() - 1):
        cell = rows.nth(place).locator("input[data-identity]")
        cell.fill("山田太郎")
        expect(rows.nth(place).locator(".found-panel mark")).to_have_text("山田太郎")
    page.locator("[data-grid-more]").click()
    last = rows.last
    expect(last.locator(".found-panel")).to_have_count(0)
    last.locator("input[data-identity]").fill("鈴木さんに電話")
    expect(last.locator(".found-panel mark")).to_have_text("鈴木さん")
    assert_accessible(page)
