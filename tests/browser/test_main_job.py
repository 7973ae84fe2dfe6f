"""The main job in a real browser: from one consultation to the plan's table."""

import re

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from app.foundation import clock
from app.foundation.fiscal_year import fiscal_year_of
from tests.browser.desk import answer_about, city, enter


@pytest.fixture
def kokubunji(live_server):
    with city(live_server.app):
        pass


def choose(place, words: str, question: str = "") -> None:
    """Choose a button or a tick by its words, within a question where words repeat.

    The control itself lies unseen over its label, so it is checked and not clicked at.
    """
    if question:
        place = place.locator("fieldset", has_text=question)
    radio = place.get_by_role("radio", name=words, exact=True)
    radio.or_(place.get_by_role("checkbox", name=words, exact=True)).first.check(force=True)


def log_consultation(page) -> str:
    """Open a case, log a consultation, refer to ハローワーク立川; return the case number."""
    page.goto("/counter")
    choose(page, "新しい方")
    choose(page, "仕事探し")
    choose(page, "その他の就労困難者")
    answer_about(page)
    proposed = page.locator(".win", has=page.get_by_role("heading", name="ハローワーク立川", exact=True))
    proposed.get_by_role("button", name="紹介する").click()
    expect(page.get_by_role("checkbox", name="この窓口に紹介する")).to_be_checked()
    choose(page, "口頭")
    page.get_by_role("button", name="保存して次へ").click()
    expect(page.get_by_role("heading", name="カードを渡す")).to_be_visible()
    assert re.search(
        r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}", page.locator(".card-face .card-code").inner_text()
    )
    number = page.locator(".card-stub .card-number").inner_text()
    page.get_by_role("link", name="相談者のページへ").click()
    expect(page.get_by_role("heading", name=f"相談番号 {number}")).to_be_visible()
    expect(page.locator(".timeline")).to_contain_text("ハローワーク立川")
    return number


def record_placement(page) -> None:
    """Record a job that began today, from the page of a case, and end the referral that is open."""
    page.get_by_role("link", name="就職を記録").click()
    choose(page, "今日", "就労開始日")
    choose(page, "パート", "労働時間")
    choose(page, "正社員以外", "雇用形態")
    choose(page, "一般", "求人")
    page.get_by_role("button", name="就職を記録する").click()
    expect(page.get_by_role("heading", name="ほかの紹介を終える")).to_be_visible()
    page.get_by_role("button", name="選んだ紹介を取り下げる").click()
    expect(page.locator("main")).to_contain_text("事業6の就職件数に入ります")


def test_a_consultation_becomes_a_placement_a_figure_and_a_line_of_the_plan(new_page, kokubunji, tmp_path):
    year = fiscal_year_of(clock.today())

    counsellor = new_page()
    enter(counsellor, "soudan1")
    number = log_consultation(counsellor)
    record_placement(counsellor)

    supervisor = new_page()
    enter(supervisor, "kakaricho")
    supervisor.goto(f"/figures/assistance_placements/{year}")
    expect(supervisor.locator("main")).to_contain_text("就職件数")
    expect(supervisor.locator("tbody tr", has_text=number).locator("th a")).to_have_attribute(
        "href", re.compile(r"^/placements/")
    )
    supervisor.get_by_role("link", name=re.compile(number)).first.click()
    expect(supervisor.get_by_role("heading", name=f"相談番号 {number}")).to_be_visible()

    plan_desk = new_page(accept_downloads=True)
    enter(plan_desk, "keikaku")
    plan_desk.goto(f"/plan/table/{year}")
    with plan_desk.expect_download() as download:
        plan_desk.get_by_role("link", name="xlsx").click()
    file = tmp_path / "table.xlsx"
    download.value.save_as(file)
    sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0)
    cells = [str(cell) for row in sheet.to_python() for cell in row]
    assert any("就職件数：1件" in cell for cell in cells)
    assert any("相談者の延べ件数：1件" in cell for cell in cells)


def test_an_old_style_double_click_makes_one_case(new_page, kokubunji, live_server):
    from sqlalchemy import func, select

    from app.cases.models import Consultation
    from app.foundation.db import db

    page = new_page()
    enter(page, "soudan1")
    page.goto("/counter")
    choose(page, "1回だけ")
    choose(page, "仕事探し")
    choose(page, "若年者")
    answer_about(page)
    page.get_by_role("button", name="保存して次へ").dblclick()
    expect(page.locator("main")).to_contain_text("1回だけの相談を保存しました")
    with live_server.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Consultation)) == 1
