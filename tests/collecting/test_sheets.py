"""回収票: the workbook goes out, comes back filled in, and nothing is half taken in."""

import io
import re
import zipfile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from app.collecting.sheet_reading import MOST_BYTES

pytestmark = pytest.mark.both_databases

SHEET = "/plan/collection/2025.xlsx"
READ = "/plan/collection/2025/sheet"
RESULTS = "/plan/results/2025"


def text_of(answer):
    return answer.get_data(as_text=True)


def rows_of(content):
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(content))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)
    )


def filled(client, answers, change=None):
    """Return the department's own sheet with these answers in it."""
    rows = rows_of(client.get(SHEET).data)
    for row in rows:
        if row[7] in answers:
            row[6] = answers[row[7]]
    if change:
        change(rows)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
    return target.getvalue()


def send(client, content, name="sheet.xlsx"):
    return client.post(READ, data={"sheet": (io.BytesIO(content), name)})


def save(client, page):
    """Save the page of results as the browser would."""
    data = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    for name in ("figure__interns", "source__3_10", "text__3_10"):
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) or re.search(
            rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)<', page
        )
        data[name] = found[1] if found else ""
    return client.post(RESULTS, data=data, follow_redirects=True)


def test_the_sheet_holds_the_departments_own_measures_with_last_year_and_target(personnel):
    rows = rows_of(personnel.get(SHEET).data)
    assert {row[0] for row in rows[5:]} == {"3-10", "4-13"}
    assert [row[7] for row in rows[5:8]] == ["figure__interns", "text__3_10", "source__3_10"]
    assert rows[2][6:8] == ["2025", "fiscal_year"]


def test_a_sheet_that_comes_back_fills_the_page_and_is_saved_only_then(personnel):
    content = filled(personnel, {"figure__interns": 17, "source__3_10": "=受け入れ簿"})
    answer = send(personnel, content)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "回収票から2項目を読みました" in page
    assert 'name="figure__interns"' in page
    assert "17名" not in text_of(personnel.get("/plan/collection/2025/3-10"))
    assert "項目を保存しました" in text_of(save(personnel, page))
    shown = text_of(personnel.get("/plan/collection/2025/3-10"))
    assert "17名" in shown
    assert "=受け入れ簿" in shown


def test_what_went_out_comes_back_unchanged_cell_by_cell(personnel):
    page = text_of(send(personnel, filled(personnel, {"figure__interns": "なし", "source__3_10": "簿冊"})))
    save(personnel, page)
    again = rows_of(personnel.get(SHEET).data)
    assert [row[6:8] for row in again[5:8]] == [
        ["なし", "figure__interns"],
        ["", "text__3_10"],
        ["簿冊", "source__3_10"],
    ]
    assert "回収票から0項目を読みました" in text_of(send(personnel, personnel.get(SHEET).data))


def test_a_cell_that_is_no_figure_is_named_and_nothing_is_saved(personnel):
    answer = send(personnel, filled(personnel, {"figure__interns": "十七くらい", "source__3_10": "簿冊"}))
    assert answer.status_code == 422
    assert "G6：" in text_of(answer)
    assert "簿冊" not in text_of(personnel.get("/plan/collection/2025/3-10"))


def test_an_empty_cell_leaves_what_is_there(personnel):
    save(personnel, text_of(send(personnel, filled(personnel, {"figure__interns": 17}))))
    page = text_of(send(personnel, filled(personnel, {"figure__interns": "", "source__3_10": "簿冊"})))
    save(personnel, page)
    assert "17名" in text_of(personnel.get("/plan/collection/2025/3-10"))


def other_year(rows):
    rows[2][6] = "2024"


def foreign_line(rows):
    rows[5][7] = "figure__info_items"
    rows[5][6] = 3


def same_line_twice(rows):
    rows[5][6] = 3
    rows.append(list(rows[5]))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (other_year, "2024年度のものです"),
        (foreign_line, "H6の項目「figure__info_items」"),
        (same_line_twice, "が2度あります"),
        (lambda rows: rows.clear(), "回収票の形ではありません"),
    ],
)
def test_a_sheet_that_does_not_fit_is_refused_in_words(personnel, change, words):
    answer = send(personnel, filled(personnel, {}, change))
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_what_is_no_workbook_is_refused_in_words(personnel):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (MOST_BYTES + 1))
    for content, words in (
        (b"", "このファイルは読めません"),
        (b"no,workbook", "このファイルは読めません"),
        (bomb.getvalue(), "大きすぎます"),
    ):
        answer = send(personnel, content)
        assert answer.status_code == 422
        assert words in text_of(answer)
    assert personnel.post(READ, data={}).status_code == 422
