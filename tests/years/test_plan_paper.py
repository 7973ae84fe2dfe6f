"""The plan's table as a PDF is read back: every figure of FY2012 as the plan printed it."""

import csv
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.kpi import notation
from app.kpi.exports.files import write
from app.kpi.vocabulary import TableSource
from app.years.reports import get_table

PUBLISHED = Path(__file__).parent.parent / "data" / "published_fy2012.csv"
A3 = (842, 1191)


@pytest.fixture
def pages(plan):
    return PdfReader(io.BytesIO(write(get_table(2012), "pdf", "ja"))).pages


def squeezed(text):
    return "".join(text.split())


def test_it_is_one_landscape_page_of_a3_with_its_font_inside(pages):
    (page,) = pages
    assert (round(page.mediabox.height), round(page.mediabox.width)) == A3
    fonts = [one.get_object() for one in page["/Resources"]["/Font"].get_object().values()]
    assert fonts
    for font in fonts:
        (inner,) = font["/DescendantFonts"].get_object()
        descriptor = inner.get_object()["/FontDescriptor"].get_object()
        assert any(name in descriptor for name in ("/FontFile2", "/FontFile3")), font["/BaseFont"]


def test_every_figure_of_the_year_stands_in_it(pages):
    text = squeezed("".join(page.extract_text() for page in pages))
    rows = list(csv.DictReader(io.StringIO(PUBLISHED.read_text(encoding="utf-8-sig"))))
    assert len(rows) > 20
    table = get_table(2012)
    cells = [cell for row in table.rows for one in row.figures for cell in one.with_parts()]
    assert len(cells) > 20
    for cell in cells:
        assert squeezed(notation.bracketed(cell, "ja")) in text
    for words in (
        "【登録人数：184人】",
        "【定着支援人数延べ：187人】",
        "・母子家庭：11件",
        "【就職件数：53件】",
    ):
        assert squeezed(words) in text


def test_what_stays_inside_says_so_and_has_a_place_for_approval(pages):
    text = squeezed(pages[0].extract_text())
    for words in ("内部限り", "文書番号", "課長", "係長", "担当", "平成24年度（2012）"):
        assert words in text


def test_the_same_table_makes_the_same_bytes(plan):
    table = get_table(2012, TableSource.PUBLISHED)
    assert write(table, "pdf", "ja") == write(table, "pdf", "ja")


def test_it_speaks_english_too(plan):
    text = PdfReader(io.BytesIO(write(get_table(2012), "pdf", "en"))).pages[0].extract_text()
    assert "Internal use only" in text
