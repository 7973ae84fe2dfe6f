"""Pages of the monthly reports: screen, paper, workbook and data file say the same, and who may do what."""

import io
import json
import unicodedata
from datetime import date

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from app.access.permissions import Role
from app.foundation.db import db
from app.months import report as month_report
from app.months.paper import paper_of
from app.months.queries import find_month, get_place, get_report
from app.months.report import Lateness
from app.placements.vocabulary import PlacementCategory
from app.printing.glyphs import missing_in
from app.printing.monthly import values_of
from app.situation.programme import Programme
from tests.demo.figures.cells import cells_of
from tests.demo.figures.reading import number_in, tree_of
from tests.factories import make_case, make_consultation, make_office, make_placement, sign_in


@pytest.fixture
def office(db_session):
    own = make_office(programme=Programme.ASSISTANCE, name="生活福祉課")
    case = make_case(own)
    for day in (date(2026, 9, 3), date(2026, 9, 10), date(2025, 9, 1)):
        make_consultation(case, held_on=day, headcount=1)
    make_consultation(office=own, held_on=date(2026, 9, 20), headcount=1200 // 4)
    make_placement(case, started_on=date(2026, 9, 14), category=PlacementCategory.RECIPIENT)
    db.session.commit()
    return own


def address(office, month=9, end=""):
    return f"/months/{office.id}/2026/{month}{end}"


def report_of(office, month=9):
    return get_report(get_place(office.id, 2026, month))


def supervisor(client, office):
    sign_in(client, role=Role.SUPERVISOR, office=office)
    return client


def lines_of(report):
    return [line for section in report.sections for line in section.lines]


def test_screen_paper_workbook_and_data_file_say_the_same(client, office):
    desk, report = supervisor(client, office), report_of(office)
    written = [
        cell.text.ja
        for line in lines_of(report)
        for cell in (line.month, line.month_before, line.year, line.year_before)
        if cell is not None
    ]
    screen = [
        one.text
        for one in cells_of(tree_of(desk.get(address(office)).text))
        if one.heading in ("当月", "前年同月", "年度累計", "前年同期") and one.text != "・"
    ]
    assert screen == written
    assert "302" in written
    assert from_workbook(desk, office) == [
        cell.value if cell.value is not None else cell.text.ja
        for line in lines_of(report)
        for cell in (line.month, line.month_before, line.year, line.year_before)
        if cell is not None
    ]
    paper = paper_of(report)
    assert [
        one for section in paper.sections for row in section.rows for one in row.cells[1:5] if one
    ] == written
    assert json.loads(desk.get(address(office, end=".json")).text) == json.loads(month_report.write(report))


def from_workbook(desk, office):
    content = desk.get(address(office, end=".xlsx")).data
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    first = next(place for place, row in enumerate(rows) if row[0] == "指標")
    last = next(place for place, row in enumerate(rows) if str(row[0]).startswith("遅延入力"))
    return [one for row in rows[first + 1 : last] if row[1] for one in row[2:6] if one != ""]


def test_the_paper_is_one_page_with_the_boxes_for_approval_and_every_figure(client, office):
    desk = supervisor(client, office)
    made = PdfReader(io.BytesIO(desk.get(address(office, end=".pdf")).data))
    assert len(made.pages) == 1
    text = unicodedata.normalize("NFKC", "".join(made.pages[0].extract_text().split()))
    for word in (
        "内部限り",
        "月次報告",
        "令和8年9月分",
        "生活福祉課",
        "係長",
        "課長",
        "部長",
        "302",
        "遅延入力はありません",
    ):
        assert word in text, word
    assert missing_in(values_of(paper_of(report_of(office)))) == ()


def test_every_figure_on_the_screen_leads_to_rows_that_make_it(client, office):
    desk = supervisor(client, office)
    found = 0
    for cell in cells_of(tree_of(desk.get(address(office)).text)):
        if cell.heading in ("当月", "前年同月", "年度累計", "前年同期") and cell.hrefs:
            page = desk.get(cell.hrefs[0]).text
            shown = page[page.index('<p class="big">') :].split("<b>")[1].split("</b>")[0]
            assert shown == cell.text, str(cell)
            found += number_in(cell.text) is not None
    assert found > 40


def test_a_closed_month_prints_the_same_bytes_after_its_records_changed(client, office):
    desk = supervisor(client, office)
    assert desk.post(address(office, end="/close")).status_code == 302
    files = {end: desk.get(address(office, end=end)).data for end in (".pdf", ".json")}
    make_placement(make_case(office), started_on=date(2026, 9, 2), category=PlacementCategory.RECIPIENT)
    db.session.commit()
    assert {end: desk.get(address(office, end=end)).data for end in files} == files
    assert files[".json"].decode() == find_month(office.id, 2026, 9).content
    page = desk.get(address(office)).text
    assert "締めました" in page
    assert "書き入れる" not in page


def test_a_late_entry_stands_on_the_next_report_and_leads_to_its_record(client, office):
    desk = supervisor(client, office)
    desk.post(address(office, end="/close"))
    case = make_case(office)
    late = make_placement(case, started_on=date(2026, 9, 2), category=PlacementCategory.RECIPIENT)
    db.session.commit()
    page = desk.get(address(office, month=10)).text
    section = page[page.index('id="h-late"') :]
    assert f'href="/placements/{late.id}"' in section
    assert Lateness.ADDED.ja in section
    other = make_office(programme=Programme.CENTRE)
    sign_in(client, role=Role.SUPERVISOR, office=other)
    seen = client.get(address(office, month=10)).text
    assert Lateness.ADDED.ja in seen
    assert "/placements/" not in seen[seen.index('id="h-late"') :]
    assert case.number not in seen


def test_the_second_who_closes_is_told_and_sees_no_button(client, office):
    desk = supervisor(client, office)
    desk.post(address(office, end="/close"))
    again = desk.post(address(office, end="/close"))
    assert again.status_code == 422
    assert "締めた月報は変えられません" in again.text
    assert 'type="submit"' not in again.text[again.text.index("<main") :]


def test_notes_are_read_for_identity_and_printed(client, office):
    desk = supervisor(client, office)
    refused = desk.post(
        address(office, end="/note"), data={"note": "電話 042-325-0111 に連絡", "version": ""}
    )
    assert refused.status_code == 422
    assert report_of(office).note == ""
    taken = desk.post(
        address(office, end="/note"),
        data={"note": "求人説明会のため増えた。", "document_number": "国生福収第12号"},
    )
    assert taken.status_code == 302
    text = PdfReader(io.BytesIO(desk.get(address(office, end=".pdf")).data)).pages[0].extract_text()
    assert "国生福収第12号" in text
    assert "求人説明会" in text


def test_a_counsellor_sees_the_report_and_closes_nothing(client, office):
    sign_in(client, role=Role.COUNSELLOR, office=office)
    page = client.get(address(office)).text
    assert "締める前の数字です" in page
    assert "/close" not in page
    assert client.post(address(office, end="/close")).status_code == 403


def test_the_list_names_the_months_that_can_be_closed(client, office):
    desk = supervisor(client, office)
    page = desk.get("/months").text
    assert f"{address(office, 9)}/close" in page
    assert f"{address(office, 11)}/close" not in page, "the month is not over"
    desk.post(address(office, end="/close"))
    page = desk.get("/months").text
    assert f"{address(office, 10)}/close" in page
    assert f"{address(office, 8)}/close" not in page, "closed in order"
