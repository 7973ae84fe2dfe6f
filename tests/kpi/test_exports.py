"""Every file of the plan's table, read back with other tools than wrote it."""

import csv
import io
import json
import re
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from app.foundation.db import db
from app.foundation.transaction import transaction
from app.kpi import notation
from app.kpi.exports.files import write
from app.kpi.exports.long_form import COLUMNS, write_codes
from app.kpi.vocabulary import TableSource
from app.plan.models import Measure, MeasureText, Target
from app.situation.programme import Programme
from app.years.reports import get_table
from tests.factories import make_consultation

pytestmark = pytest.mark.usefixtures("plan")


@pytest.fixture
def table(plan):
    return get_table(2012, TableSource.PUBLISHED)


def sheet_of(table):
    book = CalamineWorkbook.from_filelike(io.BytesIO(write(table, "xlsx", "ja")))
    return book.get_sheet_by_index(0)


def rows_of(table, locale="ja"):
    text = write(table, "csv", locale).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def xml_of(table) -> str:
    with zipfile.ZipFile(io.BytesIO(write(table, "xlsx", "ja"))) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


# ---- workbook -----------------------------------------------------------------------------------


def test_the_workbook_holds_the_table_cell_by_cell(table):
    found = [row for row in sheet_of(table).to_python() if re.fullmatch(r"\d-\d+", str(row[0]))]
    expected = []
    for row in table.rows:
        measure = row.measure
        figures = [notation.bracketed(cell, "ja") for figure in row.figures for cell in figure.with_parts()]
        actual = [line for line in [measure.actual_text.ja, *figures] if line]
        targets = [measure.next_target_text.ja, *notation.target_lines(measure, False, "ja")]
        offices = "\n".join(notation.offices(measure, "ja"))
        expected.append((measure.code, actual, [line for line in targets if line], offices))
    read = [(row[0], without_notes(row[4]).split("\n"), row[5].split("\n"), row[7]) for row in found]
    assert read == expected
    assert all(isinstance(cell, str) for row in found for cell in row)


def without_notes(text: str) -> str:
    return re.sub(r"※\d+", "", text).replace("\n　・", "\n・")


def test_the_workbook_is_laid_out_like_the_plan(table):
    sheet = sheet_of(table)
    rows = sheet.to_python()
    assert rows[0][0] == "国分寺市就労支援方針実施計画　平成24年度（2012）実績と目標"
    assert rows[1] == [
        "番号",
        "事業名",
        "事業内容",
        "対象者",
        "平成24年度実績",
        "平成25年度目標",
        "平成26年度目標",
        "所管課",
    ]
    first = [row[0] for row in rows]
    assert first[2] == "基本方針1　就労に向けた不安・悩みを解消するために"
    assert first[3] == "（1）情報の収集と提供"
    merged = {(start, end) for start, end in sheet.merged_cell_ranges}
    assert ((2, 0), (2, 7)) in merged, "the policy goes across"
    assert ((3, 0), (3, 7)) in merged, "the theme goes across"
    row = first.index("1-1")
    assert ((row, 5), (row, 6)) in merged, "one target for both years is one cell"
    assert "【登録人数：187人】※1" in rows[first.index("1-3")][4]
    assert any(str(text).startswith("※1　登録人数の違い") for text in first)


def test_the_workbook_prints_on_a3_across_with_its_headings_on_each_page(table):
    xml = xml_of(table)
    assert re.search(r'<pageSetup[^>]*paperSize="8"[^>]*orientation="landscape"', xml)
    assert re.search(r'<pageSetup[^>]*fitToHeight="0"', xml)
    assert "内部限り" in xml
    with zipfile.ZipFile(io.BytesIO(write(table, "xlsx", "ja"))) as archive:
        assert "$2:$2</definedName>" in archive.read("xl/workbook.xml").decode()


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1＋1", "＋1", "－1", "＠a", "http://example.com"]
)
def test_what_somebody_typed_never_becomes_a_formula_or_a_link(db_session, start):
    with transaction():
        text = db.session.query(MeasureText).filter(MeasureText.first_fiscal_year == 2012).first()
        text.text = start
        measure = db.session.get(Measure, text.measure_id)
        measure.description = start
    table = get_table(2012)
    xml = xml_of(table)
    assert "<f>" not in xml
    assert "hyperlink" not in xml
    row = next(row for row in sheet_of(table).to_python() if row[0] == measure.code)
    assert row[2] == start
    line = next(one for one in rows_of(table) if one["measure"] == measure.code)
    assert line["result_text"] == (start if start.startswith("http") else f"'{start}")


def test_different_targets_for_the_two_years_stand_in_two_cells(plan):
    measure = db.session.query(Measure).filter_by(code="1-1").one()
    db.session.query(Target).filter_by(measure_id=measure.id).update({"last_fiscal_year": 2013})
    sheet = sheet_of(get_table(2012))
    row = [row[0] for row in sheet.to_python()].index("1-1")
    assert sheet.to_python()[row][5:7] == ["【情報提供件数：150件】", ""]
    assert not [one for one in sheet.merged_cell_ranges if one[0][0] == row]


# ---- CSV ----------------------------------------------------------------------------------------


def test_the_csv_has_a_row_per_indicator_and_per_part(table):
    content = write(table, "csv", "ja")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = {(row["measure"], row["indicator"], row["part"]): row for row in rows_of(table)}
    assert rows["2-4", "centre_consultations", ""] | {"departments": ""} == {
        "fiscal_year": "2012",
        "measure": "2-4",
        "title": "障害者就労支援センターにおける就労相談",
        "indicator": "centre_consultations",
        "label": "相談人数",
        "part": "",
        "part_label": "",
        "value": "5332",
        "suppressed": "",
        "printed": "",
        "unit": "人",
        "counting": "visits",
        "source": "published",
        "target_next": "5400",
        "target_second": "5400",
        "target_sense": "reach",
        "result_text": "",
        "target_text": "",
        "departments": "",
        "notes": "2",
        "remarks": "",
        "handling": "public",
    }
    part = rows["2-6", "assistance_placements", "single_mother"]
    assert (part["value"], part["part_label"], part["label"]) == ("11", "母子家庭", "就職件数")
    assert rows["4-13", "city_disability_employment_rate", ""]["value"] == "2.42"
    nothing = rows["6-19", "liaison_meetings", ""]
    assert (nothing["value"], nothing["printed"]) == ("0", "開催なし")
    only_target = rows["5-15", "trainees", ""]
    assert (only_target["value"], only_target["target_next"]) == ("", "10")
    assert "公布" in rows["3-8", "", ""]["result_text"]
    assert {row["measure"] for row in rows_of(table)} == {row.measure.code for row in table.rows}


def test_the_code_table_explains_every_column_and_every_code(table):
    codes = list(csv.DictReader(io.StringIO(write_codes().decode("utf-8-sig"))))
    known = {(row["column"], row["code"]) for row in codes}
    assert {column for column, code in known if not code} == set(COLUMNS)
    for row in rows_of(table):
        for column in ("counting", "source", "target_sense", "handling"):
            assert (column, row[column]) in known
    assert all(row["ja"] and row["en"] for row in codes)


# ---- JSON and text ------------------------------------------------------------------------------


def test_the_json_says_the_same_as_the_table(table):
    found = json.loads(write(table, "json", "ja"))
    assert (found["fiscal_year"], found["source"]) == (2012, "published")
    measures = [
        one for policy in found["policies"] for theme in policy["themes"] for one in theme["measures"]
    ]
    assert [one["number"] for one in measures] == list(range(1, 22))
    placements = next(i for i in measures[5]["indicators"] if i["key"] == "assistance_placements")
    assert placements["result"]["value"] == 53
    assert [part["value"] for part in placements["result"]["parts"]] == [40, 11, 2]
    assert placements["targets"]["2013"]["value"] == 60
    assert measures[4]["indicators"][0]["result"] | {"parts": []} == {
        "value": 0,
        "printed": "なし",
        "suppressed": False,
        "source": "published",
        "remarks": [],
        "parts": [],
    }


def test_the_text_has_a_line_per_figure_with_its_parts(table):
    lines = write(table, "text", "ja").decode().splitlines()
    start = lines.index("2-6 生活保護被保護者等就労促進事業")
    assert lines[start + 1 : start + 7] == [
        "相談者の延べ件数：415件",
        "就職件数：53件",
        "生活保護受給者：40件",
        "母子家庭：11件",
        "要保護者等：2件",
        "平成25年度・平成26年度目標 就職件数：60件",
    ]
    assert "就労支援マップの更新：なし" in lines
    assert "登録人数：184人" in lines
    assert "登録人数：187人" in lines


def test_figures_from_records_reach_every_file(plan):
    make_consultation(held_on=date(2012, 5, 1), headcount=9, programme=Programme.ASSISTANCE)
    table = get_table(2012, TableSource.RECORDS)
    assert any("【相談者の延べ件数：9件】" in str(row[4]) for row in sheet_of(table).to_python())
    assert "\n相談者の延べ件数：9件\n" in write(table, "text", "ja").decode()
    assert text_lines(table)[2] == "内部限り"
    assert ",9,,,件,visits,records," in write(table, "csv", "ja").decode()
    assert '"value": 9,' in write(table, "json", "ja").decode()


def text_lines(table) -> list[str]:
    return write(table, "text", "ja").decode().splitlines()


def test_the_csv_says_of_each_figure_whether_it_may_leave_the_house(plan):
    make_consultation(held_on=date(2012, 5, 1), headcount=9, programme=Programme.ASSISTANCE)
    counted = {row["indicator"]: row for row in rows_of(get_table(2012, TableSource.RECORDS))}
    assert counted["assistance_consultations"]["handling"] == "internal"
    assert counted["interns"]["handling"] == "public", "it was printed in the plan"
    assert counted["trainees"]["handling"] == "", "there is no figure"
    codes = list(csv.DictReader(io.StringIO(write_codes().decode("utf-8-sig"))))
    assert {row["code"]: row["ja"] for row in codes if row["column"] == "handling"} == {
        "": "取扱い（内部限りの数字か）",
        "public": "公表済み",
        "internal": "内部限り",
    }


def test_files_speak_english_too(table):
    assert "Results are those printed before" in write(table, "text", "en").decode()
    assert rows_of(table, "en")[0]["unit"] != "件"
