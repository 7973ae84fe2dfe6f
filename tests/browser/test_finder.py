"""Find my window on a telephone without scripts, and the page with an answer in both widths."""

import io
import unicodedata

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from app.foundation.transaction import transaction
from app.windows.loading import load_directory
from tests.browser.harness.checks import assert_accessible, assert_fits
from tests.factories import system_actor


@pytest.fixture(autouse=True)
def directory(live_server):
    with live_server.app.app_context(), transaction():
        load_directory(actor=system_actor())


def answer(page) -> None:
    """Answer the five questions as a mother of 34 who would work a few hours."""
    page.get_by_role("radio", name="30〜34歳", exact=True).check()
    page.get_by_role("radio", name="前は働いていた").check()
    page.get_by_role("checkbox", name="短い時間の仕事を探す").check()
    page.get_by_role("checkbox", name="子どもを育てている", exact=True).check()
    page.get_by_role("radio", name="会って話す").check()
    page.get_by_role("button", name="窓口を見る").click()


def test_a_reader_without_scripts_finds_a_window_on_a_telephone(new_page):
    page = new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/public/")
    page.get_by_role("link", name="5つの質問で窓口をさがす").click()
    answer(page)

    expect(page.locator(".place h3").first).to_have_text("1マザーズハローワーク立川")
    assert page.url.endswith("/public/finder#answer"), "an answer stands in the address"
    assert page.context.cookies() == []
    page.get_by_role("link", name="くわしく見る マザーズハローワーク立川").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("マザーズハローワーク立川")


def test_an_answered_question_opens_again_and_is_changed(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/public/finder")
    answer(page)
    expect(page.get_by_role("radio", name="60歳以上")).not_to_be_visible()

    page.locator("summary", has_text="何歳ですか").click()
    page.get_by_role("radio", name="60歳以上").check()
    page.get_by_role("button", name="窓口を見る").click()

    expect(page.locator(".step-a").first).to_have_text("60歳以上")
    expect(page.locator(".answer")).to_contain_text("国分寺市シルバー人材センター")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["/public/finder", "/public/finder?furigana=1"])
def test_the_page_with_an_answer_fits_and_is_accessible(new_page, width, address):
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    if "furigana" not in address:
        answer(page)
        expect(page.locator(".place").first).to_be_visible()
    assert_fits(page)
    assert_accessible(page)


def test_every_question_prints_with_its_answer(new_page):
    page = new_page()
    page.goto("/public/finder")
    answer(page)
    page.emulate_media(media="print")
    expect(page.locator(".answer")).to_be_visible()
    expect(page.get_by_role("button", name="窓口を見る")).not_to_be_visible()
    expect(page.locator(".step-a").first).to_be_visible()


def test_usual_situations_are_printed_with_their_windows_though_nothing_can_be_opened(new_page):
    page = new_page()
    page.goto("/public/situations")
    expect(page.get_by_role("link", name="地域若者サポートステーション").first).not_to_be_visible()
    paper = PdfReader(io.BytesIO(page.pdf()))
    text = unicodedata.normalize("NFKC", "".join(one.extract_text() for one in paper.pages))
    assert "地域若者サポートステーション" in text
    assert "国分寺市シルバー人材センター" in text
