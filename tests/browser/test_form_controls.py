"""The controls of app/web in a real browser: keys, echoes, ◎, one record for two presses, accessibility."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness.checks import assert_accessible, assert_fits
from tests.browser.harness.serving import LiveServer
from tests.web.house import build_house


@pytest.fixture(scope="module")
def house_server():
    """Return the house of tests/web behind a port; it keeps what was sent to it."""
    app = build_house(csrf=True)
    app.sent = []

    @app.before_request
    def keep() -> None:
        from flask import request

        if request.method == "POST":
            app.sent.append(request.form.to_dict(flat=False))

    server = LiveServer(app)
    yield server
    server.stop()


@pytest.fixture
def live_server(house_server):
    """Stand in for the application of the other browser tests."""
    house_server.app.sent.clear()
    return house_server


@pytest.mark.parametrize("path", ["/counter", "/list", "/sign-in", "/fail/404"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_are_accessible_and_fit_the_window(new_page, path: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 1024})
    page.context.watcher.allow("status of 404")
    page.goto(path)
    assert_accessible(page)
    assert_fits(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_with_errors_is_accessible_and_its_summary_has_the_focus(new_page, scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    page.context.watcher.allow("status of 422")
    page.goto("/counter")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#problems")).to_be_focused()
    assert_accessible(page)
    page.get_by_role("link", name="保護・手当を選んでください。").click()
    expect(page.locator("#aid-1")).to_be_focused()


def test_a_digit_chooses_within_the_row_of_buttons(page: Page) -> None:
    page.goto("/counter")
    page.locator("#aid-1").focus()
    page.keyboard.press("3")
    expect(page.get_by_role("radio", name="児童扶養手当受給")).to_be_checked()
    expect(page.get_by_role("radio", name="児童扶養手当受給")).to_be_focused()


def test_the_first_topic_is_the_primary_one_until_it_is_taken_away(page: Page) -> None:
    page.goto("/counter")
    page.get_by_role("checkbox", name="定着").check()
    page.get_by_role("checkbox", name="仕事探し").check()
    expect(page.get_by_role("radio", name="定着を主な内容にする")).to_be_checked()
    page.get_by_role("checkbox", name="定着").uncheck()
    expect(page.get_by_role("radio", name="仕事探しを主な内容にする")).to_be_checked()


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("R1.5.1", "令和元年5月1日（水）"),
        ("ｈ２４．５．１", "平成24年5月1日（火）"),
        ("2月30日", ""),
        ("R8.4.1", "令和8年4月1日（水）"),
    ],
)
def test_the_day_is_echoed_as_it_is_understood(page: Page, typed: str, echo: str) -> None:
    page.goto("/counter")
    page.get_by_role("radio", name="ほかの日").check()
    page.keyboard.type(typed)
    expect(page.locator("[data-day] output").first).to_have_text(echo)


def test_a_typed_day_outweighs_the_numbers_that_stood_there(page: Page) -> None:
    page.goto("/counter")
    page.get_by_role("radio", name="ほかの日").check()
    page.locator("#day-year").fill("2025")
    page.locator("#day").fill("R8.4.1")
    expect(page.locator("#day-year")).to_have_value("")


def test_the_fields_of_another_day_are_hidden_while_a_button_is_chosen(page: Page) -> None:
    page.goto("/counter")
    expect(page.locator("#day-year")).to_be_visible()
    page.get_by_role("radio", name="昨日").first.check()
    expect(page.locator("#day-year")).to_be_hidden()


def test_minutes_are_a_button_or_a_number_never_both(page: Page) -> None:
    page.goto("/counter")
    page.get_by_role("radio", name="30分").check()
    page.locator("#minutes").fill("25")
    expect(page.get_by_role("radio", name="30分")).not_to_be_checked()
    page.get_by_role("radio", name="45分").check()
    expect(page.locator("#minutes")).to_have_value("")


def test_a_row_that_belongs_to_one_answer_appears_with_it(page: Page) -> None:
    page.goto("/counter")
    expect(page.locator("#other")).to_be_hidden()
    page.get_by_role("checkbox", name="その他").check()
    expect(page.locator("#other")).to_be_visible()


def test_the_memo_counts_characters_and_says_when_it_is_too_long(page: Page) -> None:
    page.goto("/counter")
    page.locator("#memo").fill("𠮷" * 201)
    expect(page.locator("#memo-count")).to_have_text("201 / 200字")
    expect(page.locator("#memo-count")).to_have_attribute("data-over", "")
    assert len(page.locator("#memo").input_value()) == 201


def fill(page: Page) -> None:
    page.goto("/counter")
    page.get_by_role("radio", name="今日").check()
    for name in ("30分", "なし"):
        page.get_by_role("radio", name=name, exact=True).check()
    page.get_by_role("checkbox", name="仕事探し").check()
    page.locator("#window").select_option("2")


def test_two_presses_send_one_form(page: Page, live_server) -> None:
    fill(page)
    page.evaluate("() => { const b = document.querySelector('[data-main]'); b.click(); b.click(); }")
    page.wait_for_url("**/list")
    expect(page.get_by_text("相談を記録しました。")).to_be_visible()
    assert len(live_server.app.sent) == 1
    assert live_server.app.sent[0]["go"] == ["next"]


def test_a_page_shown_again_from_memory_can_be_sent_again(page: Page, live_server) -> None:
    fill(page)
    page.route("**/counter", lambda route: route.fulfill(status=204), times=1)
    page.keyboard.press("Control+Enter")
    button = page.locator("[data-main]")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    assert live_server.app.sent == []
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    button.click()
    page.wait_for_url("**/list")
    assert len(live_server.app.sent) == 1


def test_everything_can_be_entered_without_scripts(new_page, live_server) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/counter")
    page.get_by_role("radio", name="ほかの日").check()
    page.locator("#day").fill("きのう")
    page.locator("#minutes").fill("25")
    page.get_by_role("radio", name="なし", exact=True).check()
    page.get_by_role("checkbox", name="仕事探し").check()
    page.locator("#window").select_option("1")
    page.get_by_role("button", name="保存して次へ").click()
    page.wait_for_url("**/list")
    expect(page.get_by_text("相談を記録しました。")).to_be_visible()


def test_the_whole_row_opens_its_record_and_alt_n_the_counter(page: Page, watcher) -> None:
    watcher.allow("status of 404")
    page.goto("/list")
    page.get_by_text("約束した連絡").click()
    page.wait_for_url("**/record")
    page.keyboard.press("Alt+n")
    page.wait_for_url("**/counter")


def test_the_menu_closes_by_escape_and_by_a_click_beside_it(page: Page) -> None:
    page.goto("/list")
    page.get_by_text("生活福祉課・相談員").click()
    expect(page.get_by_role("button", name="サインアウト")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="サインアウト")).to_be_hidden()
    page.get_by_text("生活福祉課・相談員").click()
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("button", name="サインアウト")).to_be_hidden()
