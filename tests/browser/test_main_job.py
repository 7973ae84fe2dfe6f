"""The main job in a real browser: from one consultation to the plan's table."""

import re

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from app.foundation import clock
from app.foundation.fiscal_year import fiscal_year_of
from tests.browser.desk import city, enter


@pytest.fixture
def kokubunji(live_server):
    with city(live_server.app):
        pass


def log_consultation(page) -> str:
    """Open a case, log a consultation, refer to ハローワーク立川; return the case number."""
    page.goto("/counter")
    page.get_by_text("新しい方", exact=True).click()
    page.get_by_label("仕事探し", exact=True).check(force=True)
    page.get_by_label("その他の就労困難者", exact=True).check(force=True)
    page.locator("label.pick-one", has_text="ハローワーク立川").first.click()
    page.get_by_label("この窓口に紹介する").check(force=True)
    page.get_by_text("口頭", exact=True).click()
    page.get_by_role("button", name="保存して次へ").click()
    expect(page.get_by_role("heading", name="相談カード")).to_be_visible()
    assert re.search(
        r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}", page.locator(".card-face .card-code").inner_text()
    )
    number = page.locator(".card-stub .card-code").inner_text()
    page.get_by_role("link", name="相談者のページへ").click()
    expect(page.get_by_role("heading", name=f"相談番号 {number}")).to_be_visible()
    expect(page.locator(".timeline")).to_contain_text("ハローワーク立川")
    return number


def record_placement(page) -> None:
    """Record a job that began today, from the page of a case."""
    page.get_by_role("link", name="就職を記録").click()
    page.locator("fieldset", has_text="就労開始日").get_by_text("今日", exact=True).click()
    page.locator("fieldset", has_text="労働時間").get_by_text("パート", exact=True).click()
    page.locator("fieldset", has_text="雇用形態").get_by_text("正社員以外", exact=True).click()
    page.locator("fieldset", has_text="求人の種別").get_by_text("一般", exact=True).click()
    page.get_by_role("button", name="就職を記録する").click()
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
    page.get_by_text("1回だけ", exact=True).click()
    page.get_by_label("仕事探し", exact=True).check(force=True)
    page.get_by_label("若年者", exact=True).check(force=True)
    page.get_by_role("button", name="保存して次へ").dblclick()
    expect(page.locator("main")).to_contain_text("1回だけの相談を保存しました")
    with live_server.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Consultation)) == 1
