"""The map on paper: two folded pages and one poster, however many windows there are."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from app.printing.leaflet import Entry, Heading, MapPaper, leaflet, poster, values_of
from tests.printing.test_slip import fonts_of


def window(number: int, **more) -> Entry:
    facts = {
        "name": f"第{number}就労支援センター",
        "name_en": f"Employment centre {number}",
        "services": "職業相談と職業紹介、雇用保険の手続き、専門の援助。",
        "for_whom": "仕事を探している方。",
        "hours": "月～金 8:30～17:15",
        "address": "東京都国分寺市泉町2-3-8",
        "telephone": f"042-000-{number:04}",
        "groups": ("youth",) if number % 2 else ("parent", "youth"),
        "needs": ("job_search",) if number % 3 else ("training",),
    }
    return Entry(**facts | more)


def paper(count: int, **more) -> MapPaper:
    return MapPaper(
        city="国分寺市",
        city_en="Kokubunji City",
        number=7,
        published_on=date(2026, 4, 1),
        is_draft=False,
        entries=tuple(window(number) for number in range(1, count + 1)),
        groups=(
            Heading(code="youth", ja="若年者", en="Young"),
            Heading(code="parent", ja="母親", en="Mother"),
        ),
        needs=(
            Heading(code="job_search", ja="仕事探し", en="Looking for work"),
            Heading(code="training", ja="資格", en="Training"),
        ),
        **more,
    )


def read(made: bytes) -> tuple[PdfReader, list[str]]:
    reader = PdfReader(io.BytesIO(made))
    return reader, [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


@pytest.mark.parametrize("count", [0, 1, 17, 30, 60])
def test_the_leaflet_is_two_pages_of_a4_with_every_window(count):
    reader, texts = read(leaflet(paper(count)))

    assert [tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages] == [
        (842, 595)
    ] * 2
    assert "就労支援マップ" in texts[0]
    for number in range(1, count + 1):
        assert f"第{number}就労支援センター" in texts[1], number
        assert f"042-000-{number:04}" in texts[1], number
    assert all("IPAexGothic" in font["/FontName"] for font in fonts_of(reader))


@pytest.mark.parametrize("count", [0, 1, 17, 60])
@pytest.mark.parametrize(("size", "sides"), [("a3", (842, 1191)), ("a2", (1191, 1684))])
def test_the_poster_is_one_page_with_every_window(count, size, sides):
    reader, (text,) = read(poster(paper(count), size=size))

    assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == sides
    for number in range(1, count + 1):
        assert f"第{number}就労支援センター" in text, number


def test_a_poster_without_needs_has_its_windows_by_target_group():
    _reader, (text,) = read(poster(replace(paper(5), needs=()), size="a3"))

    assert "若年者" in text
    assert "相談したいこと" not in text


def test_windows_stand_under_their_target_group_and_need():
    data = values_of(paper(6))

    assert data["groups"][1]["numbers"] == [2, 4, 6]
    assert data["needs"][1]["numbers"] == [3, 6]
    assert data["table"] == [[[1, 2, 4, 5], [2, 4]], [[3, 6], [6]]]


def test_a_draft_says_on_every_page_that_it_is_one():
    made = replace(paper(3), is_draft=True)

    assert all("下書き" in text for text in read(leaflet(made))[1])
    assert "下書き" in read(poster(made, size="a3"))[1][0]


def test_changes_since_the_last_edition_stand_on_the_back():
    _reader, texts = read(leaflet(paper(3, changes=("第1就労支援センター：所在地が変わりました。",))))

    assert "前の号から変わったところ" in texts[0]
    assert "所在地が変わりました。" in texts[0]


def test_what_nobody_knows_has_no_label():
    bare = window(1, hours="", address="", telephone="", for_whom="")

    _reader, texts = read(leaflet(replace(paper(0), entries=(bare,))))

    assert "電話0" not in texts[1]
    assert "受付" not in texts[1]
    assert "場所" not in texts[1]


def test_long_texts_are_cut_and_paper_of_no_size_is_refused():
    (entry,) = values_of(replace(paper(0), entries=(window(1, services="長" * 900),)))["entries"]

    assert len(entry["services"]) == 220
    with pytest.raises(ValueError, match="a0"):
        poster(paper(1), size="a0")
