"""The day grid under the hands: rows by keyboard, a list pasted from a spreadsheet."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import city, enter
from tests.browser.harness.checks import assert_accessible, assert_fits

PASTE = """
([id, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.getElementById(id).dispatchEvent(event);
}
"""
LIST = 'x\t電話\t30\t仕事探し、住まい\t若年者\r\n\t1\t１５\t"生活費"\t5\t5\t\t\t\t"求人票を\n見た"\r\n'


@pytest.fixture(autouse=True)
def desk(live_server):
    with city(live_server.app):
        pass


def test_a_list_is_pasted_over_as_many_cells_as_it_has(page):
    enter(page, "soudan1")
    page.context.watcher.allow("status of 422")
    page.goto("/counter/day")
    page.evaluate(PASTE, ["r0-person", LIST])
    expect(page.locator("#r0-topics")).to_have_value("仕事探し、住まい")
    expect(page.locator("#r1-minutes")).to_have_value("１５")
    expect(page.locator("#r1-memo")).to_have_value("求人票を 見た")
    page.get_by_role("button", name="すべての行を保存する").click()
    wrong = page.locator("#r0-person")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#r0-person-error")).to_contain_text("空のままで「1回だけ」")
    assert_accessible(page)
    wrong.fill("")
    page.get_by_role("button", name="すべての行を保存する").click()
    expect(page.get_by_text("2件を保存しました")).to_be_visible()


def test_enter_goes_down_and_a_sheet_grows_to_its_last_row(page):
    enter(page, "soudan1")
    page.goto("/counter/day")
    page.locator("#r0-minutes").click()
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    page.keyboard.type("45")
    expect(page.locator("#r1-minutes")).to_have_value("45")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#r0-minutes")).to_be_focused()
    page.locator("#r11-minutes").click()
    page.keyboard.press("Enter")
    expect(page.locator("#r12-minutes")).to_be_focused()
    expect(page.locator("#r12-minutes")).to_have_attribute("aria-label", "13行目・時間（分）")


def test_the_sheet_scrolls_inside_a_narrow_screen(page):
    enter(page, "soudan1")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/counter/day")
    assert_fits(page)


def test_a_group_session_tells_how_many_are_not_counted(page):
    enter(page, "soudan1")
    page.goto("/counter/group")
    page.locator("#headcount").fill("12")
    youth = page.get_by_label("若年者")
    youth.fill("8")
    part = page.get_by_role("group", name="対象者")
    expect(part).to_contain_text("不明 4人")
    youth.fill("14")
    expect(part).to_contain_text("人数より2人多くなっています")
