"""The plan's results for everybody: only what was released, x where it is withheld, in every file."""

import csv
import io
import re

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.feed.releasing import YEAR, release_a_year

PAGE = f"/public/plan/{YEAR}"
FILE = f"/open-data/v1/plan/{YEAR}"


@pytest.fixture
def released(db_session):
    release_a_year()


def text_of(answer):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", answer.get_data(as_text=True)))


def test_the_years_that_were_released_are_listed(client, released):
    page = client.get("/public/plan/").get_data(as_text=True)
    assert f'href="{PAGE}"' in page
    assert 'href="/public/plan/2012"' in page
    assert "/public/plan/2024" not in page


def test_before_the_first_release_the_page_says_what_will_stand_here(client):
    assert "公表した年度はまだありません" in text_of(client.get("/public/plan/"))
    assert client.get(PAGE).status_code == 404


def test_the_page_shows_totals_and_withholds_small_parts_with_a_note(client, released):
    page = text_of(client.get(PAGE))
    assert "【就職件数：53件】" in page
    assert "・要保護者等：x" in page
    assert "公表しない数（秘匿）です" in page
    assert "要保護者等：2" not in page


def test_the_published_history_stands_as_it_was_printed(client, released):
    page = text_of(client.get("/public/plan/2012"))
    for words in ("【登録人数：187人】", "【登録人数：184人】", "・要保護者等：2件", "【就職件数：53件】"):
        assert words in page


def test_nobody_is_given_a_cookie(client, released):
    for address in (PAGE, f"{FILE}.csv", "/public/plan/"):
        assert "Set-Cookie" not in client.get(address).headers


def test_the_csv_marks_what_is_withheld_and_leaves_its_value_empty(client, released):
    answer = client.get(f"{FILE}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    of = {(row["indicator"], row["part"]): row for row in rows if row["measure"] == "2-6"}
    small = of["assistance_placements", "in_need"]
    assert (small["value"], small["suppressed"], small["printed"]) == ("", "1", "")
    whole = of["assistance_placements", ""]
    assert (whole["value"], whole["suppressed"], whole["handling"]) == ("53", "", "public")
    assert {row["handling"] for row in rows} <= {"", "public"}


def test_the_code_table_explains_the_column_of_withheld_figures(client):
    codes = list(
        csv.DictReader(io.StringIO(client.get("/open-data/v1/plan/codes.csv").data.decode("utf-8-sig")))
    )
    assert "秘匿" in next(row["ja"] for row in codes if row["column"] == "suppressed")


def test_workbook_and_paper_withhold_the_same_and_do_not_call_themselves_internal(client, released):
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{FILE}.xlsx").data))
    cells = "\n".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)
    pages = PdfReader(io.BytesIO(client.get(f"{FILE}.pdf").data)).pages
    paper = "".join(page.extract_text() for page in pages)
    for text in (re.sub(r"\s+", "", cells), re.sub(r"\s+", "", paper)):
        assert "【就職件数：53件】" in text
        assert "・要保護者等：x" in text
        assert "要保護者等：2" not in text
        assert "内部限り" not in text
        assert "決裁" not in text


def test_the_json_says_null_and_suppressed(client, released):
    document = client.get(f"{FILE}.json").get_json()
    assert document["internal"] is False
    found = [
        part
        for policy in document["policies"]
        for theme in policy["themes"]
        for measure in theme["measures"]
        for indicator in measure["indicators"]
        if indicator["key"] == "assistance_placements" and indicator["result"]
        for part in indicator["result"]["parts"]
    ]
    assert {one["key"]: (one["value"], one["suppressed"]) for one in found}["in_need"] == (None, True)


def test_the_same_release_makes_the_same_bytes(client, released):
    for suffix in ("pdf", "csv", "json", "xlsx"):
        first = client.get(f"{FILE}.{suffix}")
        again = client.get(f"{FILE}.{suffix}")
        assert first.data == again.data, suffix
        assert (
            client.get(f"{FILE}.{suffix}", headers={"If-None-Match": first.headers["ETag"]}).status_code
            == 304
        )
