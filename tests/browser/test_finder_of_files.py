"""Find my window on a plain web host, in a sub-folder, under a strict policy: what the server's page says."""

import io
import re
import unicodedata
from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import expect
from pypdf import PdfReader

from app.feed.site import export_site
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.windows.loading import load_directory
from tests.browser.harness.checks import assert_accessible, assert_fits
from tests.browser.harness.hosting import PlainHost
from tests.browser.harness.watching import Watcher
from tests.factories import system_actor
from tests.feed.furnished import furnish

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
TREES = {"ja": "", "en": "en/", "furigana": "furigana/"}
PAGE = "public/finder/index.html"
MOTHER = {
    "age": ["30-34"],
    "work": ["before"],
    "wishes": ["short_hours"],
    "life": ["children"],
    "way": ["call"],
}
ANSWERS = [
    MOTHER,
    {},
    {"age": ["15-29"], "wishes": ["qualification", "money"]},
    {"age": ["60-"], "work": ["before"], "wishes": ["short_hours"], "life": ["none"], "way": ["meet"]},
    {"age": ["unsaid"], "work": ["in_work"], "wishes": ["worries"], "life": ["health", "assistance"]},
]


@pytest.fixture(scope="module")
def server(running_server, databases):
    """Return the server on a directory in which everything happens that may; its clock stands still."""
    with running_server.resting():
        databases.get("browser").reset()
    # The thread of the server has to stand still too.
    with running_server.app.app_context(), time_machine.travel(NOW, tick=False):
        with transaction():
            load_directory(actor=system_actor())
            furnish(db.session, clock.day_of(NOW))
        db.session.remove()
        yield running_server


@pytest.fixture(scope="module")
def host(server, tmp_path_factory):
    """Return a plain web host with the site of that server."""
    folder = tmp_path_factory.mktemp("site") / "site"
    export_site(server.app, folder)
    host = PlainHost(folder)
    host.folder = folder
    yield host
    host.stop()


@pytest.fixture
def visit(browser, host, server):
    """Return a function that opens a page as a new reader; a problem on any of them fails the test."""
    contexts = []

    def open_page(address: str, origin: str = "", **options):
        chosen = {"locale": "ja-JP", "viewport": {"width": 1280, "height": 900}} | options
        context = browser.new_context(base_url=origin or host.url, **chosen)
        context.set_default_timeout(10_000)
        context.clock.set_fixed_time(NOW)
        context.watcher = Watcher(context, origin or host.url)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    problems = [problem for context in contexts for problem in context.watcher.unexpected()]
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


def answer(page, answers: dict[str, list[str]]) -> None:
    for name, values in answers.items():
        for value in values:
            page.check(f'[name={name}][value="{value}"]')
    page.click("form button[type=submit]")
    expect(page.locator("#answer")).to_be_visible()


def shown(page) -> str:
    """Return the words of the answer as they stand on the page, what is hidden from the eye included."""
    text = page.locator("#answer").evaluate(
        "one => { one.querySelector('.as-of')?.remove(); return one.innerText }"
    )
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("language", TREES)
@pytest.mark.parametrize("answers", ANSWERS, ids=range(len(ANSWERS)))
def test_the_page_says_the_same_as_the_page_of_the_server(visit, server, language, answers):
    files = visit(TREES[language] + PAGE)
    answer(files, answers)
    address = "/public/finder" + ("?furigana=1" if language == "furigana" else "")
    served = visit("/public/", origin=server.url)
    served.context.add_cookies(
        [{"name": "lang", "value": "en" if language == "en" else "ja", "url": server.url}]
    )
    served.goto(address)
    answer(served, answers)
    assert len(shown(served)) > 40
    assert shown(files) == shown(served)
    assert files.locator(".step-a").all_inner_texts() == served.locator(".step-a").all_inner_texts()


def test_without_scripts_the_usual_situations_stand_there(visit):
    page = visit(PAGE, java_script_enabled=False)
    expect(page.locator("form")).not_to_be_visible()
    page.locator("summary", has_text="60歳以上で、短い時間だけ働きたい").click()
    expect(page.get_by_role("link", name="国分寺市シルバー人材センター").first).to_be_visible()


@pytest.mark.parametrize("script", ["rules.js", "finder.js"])
def test_where_a_script_cannot_be_loaded_the_usual_situations_stay(visit, script):
    page = visit("index.html")
    page.context.watcher.allow("Failed to load resource|ShirubeRules is not defined")
    page.route(f"**/{script}", lambda route: route.abort())
    page.goto(PAGE)
    expect(page.locator("#usual")).to_be_visible()
    expect(page.locator("form")).not_to_be_visible()


def test_an_older_script_out_of_a_cache_leaves_the_situations(visit, host):
    rules = (host.folder / "assets/js/rules.js").read_text(encoding="utf-8").replace("SHAPE: 1", "SHAPE: 0")
    page = visit("index.html")
    page.route("**/rules.js", lambda route: route.fulfill(body=rules, content_type="text/javascript"))
    page.goto(PAGE)
    expect(page.locator("#usual")).to_be_visible()
    expect(page.locator("form")).not_to_be_visible()


def test_answers_leave_the_machine_nowhere(visit):
    page = visit("index.html")
    page.get_by_role("link", name="5つの質問で窓口をさがす").click()
    page.wait_for_load_state()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = page.url, page.evaluate("history.length")
    answer(page, MOTHER)
    # The browser asks for the picture of its tab whenever it likes.
    assert [one for one in asked if not one.endswith("/assets/img/shirube.svg")] == []
    assert (page.url, page.evaluate("history.length")) == before
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.reload()
    assert page.locator(":checked").count() == 0


def test_an_answer_that_changes_changes_the_windows_at_once(visit):
    page = visit(PAGE)
    answer(page, MOTHER)
    said = page.get_by_role("status")
    expect(said).to_have_text(f"合う窓口は{page.locator('.place').count()}件です。")
    first = shown(page)
    page.locator("summary", has_text="何歳ですか").click()
    page.get_by_role("radio", name="60歳以上").check()
    expect(page.locator(".step-a").first).to_have_text("60歳以上", use_inner_text=False)
    assert shown(page) != first
    assert "シルバー人材センター" in shown(page)


def test_the_keyboard_alone_is_enough_and_the_answer_is_read_out(visit):
    page = visit(PAGE)
    page.locator("[name=age]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#h-ans")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("合う窓口は")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#answer') !== null")


@pytest.mark.parametrize("language", TREES)
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_fits_and_is_accessible_before_and_after_the_answer(visit, language, width):
    page = visit(TREES[language] + PAGE, viewport={"width": width, "height": 900})
    assert_fits(page)
    assert_accessible(page)
    answer(page, MOTHER)
    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("language", TREES)
def test_a_window_of_the_answer_has_its_page_in_the_same_language(visit, language):
    page = visit(TREES[language] + PAGE)
    answer(page, MOTHER)
    name = page.locator(".place h3 > span:last-child").first
    said = name.inner_text()
    page.locator(".place a.btn").first.click()
    expect(page.locator("h1")).to_have_text(said, use_inner_text=True)
    assert f"/{TREES[language]}public/windows/" in page.url


def test_the_answer_prints_with_questions_reasons_and_day(visit):
    page = visit(PAGE)
    answer(page, MOTHER)
    paper = PdfReader(io.BytesIO(page.pdf()))
    text = unicodedata.normalize("NFKC", "".join(one.extract_text() for one in paper.pages))
    for words in ("何歳ですか", "30~34歳", "マザーズハローワーク立川", "令和8年11月20日(金)現在"):
        assert words in unicodedata.normalize("NFKC", text).replace("〜", "~")
    assert "窓口を見る" not in text


def test_a_folder_without_any_web_server_answers_too(visit, host):
    page = visit((host.folder / PAGE).as_uri(), origin="file://")
    answer(page, MOTHER)
    expect(page.locator(".place").first).to_be_visible()
