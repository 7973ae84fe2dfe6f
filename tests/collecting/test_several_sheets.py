"""Several 回収票 at once: all are checked before anything is shown, and each file says what became of it."""

import io
import random
import re
import zipfile

import pytest

from app.collecting import routes
from tests.collecting.test_sheets import READ, SHEET, filled, rows_of, save, text_of
from tests.collecting.test_submitting import do, enter

pytestmark = pytest.mark.both_databases
INTERNS, WHERE = "figure__interns", "source__3_10"


def send(client, *files):
    sheets = [(io.BytesIO(content), name) for name, content in files]
    return client.post(READ, data={"sheet": sheets})


def said(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(answer)))


def of_one(client, code):
    """Return the sheet of one measure."""
    return client.get(f"{SHEET}?measure={code}").data


def test_several_sheets_fill_one_page_and_are_saved_together(personnel):
    files = (
        ("figures.xlsx", filled(personnel, {INTERNS: 17})),
        ("words.xlsx", filled(personnel, {WHERE: "簿冊"})),
    )
    answer = send(personnel, *files)
    assert answer.status_code == 200
    assert "回収票から2項目を読みました" in text_of(answer)
    assert "figures.xlsx 問題なし 読んだ項目 1、変わる項目 1" in said(answer)
    assert "words.xlsx 問題なし 読んだ項目 1、変わる項目 1" in said(answer)
    assert "17名" not in text_of(personnel.get("/plan/collection/2025/3-10"))
    assert "2項目を保存しました" in text_of(save(personnel, text_of(answer)))
    shown = text_of(personnel.get("/plan/collection/2025/3-10"))
    assert "17名" in shown
    assert "簿冊" in shown


def test_one_bad_file_among_good_ones_takes_nothing_in_and_each_says_its_own(personnel):
    def foreign(rows):
        rows[5][7], rows[5][6] = "figure__info_items", 3
        rows[6][6], rows[6][7] = True, "text__3_10"

    good = filled(personnel, {INTERNS: 17})
    answer = send(
        personnel, ("good.xlsx", good), ("bad.xlsx", filled(personnel, {}, foreign)), ("no.xlsx", b"PK")
    )
    assert answer.status_code == 422
    page = said(answer)
    assert "すべての回収票をもう一度送ってください" in page
    assert re.search(r"good\.xlsx 問題なし .* G6 .* 17 変わります", page)
    assert re.search(
        r"bad\.xlsx 合わないところ 2 .*G6.*H6の項目「figure__info_items」.*G7.*日付や論理値", page
    )
    assert re.search(r"no\.xlsx 合わないところ 1 .*このファイルは読めません", page)
    assert f'name="{INTERNS}"' not in text_of(answer)
    assert "17名" not in text_of(personnel.get("/plan/collection/2025/3-10"))


def test_a_figure_that_cannot_be_is_named_with_its_file_and_cell_and_can_be_mended_on_the_page(personnel):
    wrong = filled(personnel, {INTERNS: "十七くらい"})
    answer = send(personnel, ("a.xlsx", wrong), ("b.xlsx", filled(personnel, {WHERE: "簿冊"})))
    assert answer.status_code == 422
    assert re.search(r"a\.xlsx 合わないところ 1 .*G6 .*十七くらい", said(answer))
    assert "a.xlsx G6：" in text_of(answer)
    assert 'value="十七くらい"' in text_of(answer)
    assert "簿冊" not in text_of(personnel.get("/plan/collection/2025/3-10"))


def test_two_files_that_contradict_each_other_are_refused(personnel):
    answer = send(
        personnel, ("a.xlsx", filled(personnel, {INTERNS: 17})), ("b.xlsx", filled(personnel, {INTERNS: 18}))
    )
    assert answer.status_code == 422
    assert "G6は、「a.xlsx」のG6と違います" in said(answer)


def test_the_same_sheet_twice_is_no_contradiction(personnel):
    content = filled(personnel, {INTERNS: 17})
    assert "回収票から1項目" in text_of(send(personnel, ("a.xlsx", content))).replace("2項目", "1項目")
    assert send(personnel, ("a.xlsx", content), ("b.xlsx", content)).status_code == 200


def test_a_sheet_of_what_is_submitted_comes_back_unchanged_without_complaint(personnel):
    enter(personnel)
    do(personnel, "submit")
    content = personnel.get(SHEET).data
    assert any(row[7] == INTERNS and row[6] == "17" for row in rows_of(content))
    answer = send(personnel, ("a.xlsx", content))
    assert answer.status_code == 200
    assert "問題なし" in said(answer)


def test_a_sheet_that_would_change_what_is_submitted_is_refused_at_its_cell(personnel):
    enter(personnel)
    do(personnel, "submit")
    answer = send(personnel, ("a.xlsx", filled(personnel, {INTERNS: 18})))
    assert answer.status_code == 422
    assert "G6の実績は提出されています" in said(answer)


def test_the_plan_desk_reads_the_sheets_of_departments_in_one_go(plan_desk):
    sheets = [(f"{code}.xlsx", of_one(plan_desk, code)) for code in ("1-1", "2-4", "3-10")]
    answer = send(plan_desk, *sheets)
    assert answer.status_code == 200
    for name, _content in sheets:
        assert f"{name} 問題なし" in said(answer)


def test_more_files_than_anybody_looks_through_are_refused(personnel):
    answer = send(personnel, *[(f"{number}.xlsx", b"PK") for number in range(41)])
    assert answer.status_code == 422
    assert "一度に読めるのは40ファイルまでです" in text_of(answer)


def heavy(content, size):
    """Return a workbook that weighs more, as one does with a picture in it."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/media/image1.png", random.Random(1).randbytes(size))
    return out.getvalue()


def test_sheets_may_weigh_more_than_a_form_but_not_without_end(personnel, monkeypatch):
    content = filled(personnel, {INTERNS: 17})
    files = [(f"{number}.xlsx", heavy(content, 100_000)) for number in range(3)]
    assert send(personnel, *files).status_code == 200
    monkeypatch.setattr(routes, "LARGEST_UPLOAD", 200_000)
    assert send(personnel, *files).status_code == 413
    typed = {"figure__interns": "1" * 300_000}
    assert personnel.post("/plan/results/2025", data=typed).status_code == 413
