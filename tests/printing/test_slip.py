"""案内票: one page of A5 whatever stands on it, with embedded fonts and nothing about the person."""

import dataclasses
import io
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.printing.readings import KANJI, READINGS, runs_of, unread
from app.printing.slip import PHRASES, Said, Slip, slip, values_of

A5 = (419.53, 595.28)
WINDOW = Slip(
    name="ハローワーク立川",
    name_en="Hello Work Tachikawa",
    kana="はろーわーくたちかわ",
    given_on=date(2026, 11, 20),
    given_by=Said(ja="経済課", en="Economy Section"),
    reasons=(Said(ja="フルタイムの仕事を希望しているためです。", en="You wish for full-time work."),),
    hours=(Said(ja="月～金 8:30～17:15", en="Mon–Fri: 8:30–17:15"),),
    mind=(Said(ja="予約が必要です。", en="By appointment."),),
    bring=(Said(ja="手帳", en="Your certificate"),),
    address="東京都立川市緑町4-2",
    access=Said(ja="立川駅から徒歩12分", en="12 minutes from Tachikawa"),
    telephone="042-000-0000",
    url="https://www.example.jp/shirube/public/windows/hello_work",
)


def read(made: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(made))
    return reader, re.sub(r"\s", "", reader.pages[0].extract_text())


def fonts_of(reader: PdfReader) -> list[dict]:
    found = []
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found.append(inner["/FontDescriptor"].get_object())
    return found


def test_a_slip_says_where_why_when_how_and_what_to_bring_in_both_languages():
    reader, text = read(slip(WINDOW))

    assert len(reader.pages) == 1
    assert tuple(float(side) for side in reader.pages[0].mediabox[2:]) == pytest.approx(A5, abs=0.5)
    for words in (
        "案内票", "ハローワーク立川", "HelloWorkTachikawa", "フルタイムの仕事を希望しているためです。",
        "Youwishforfull-timework.", "月～金8:30～17:15", "東京都立川市緑町4-2", "立川駅から徒歩12分",
        "042-000-0000", "手帳", "予約が必要です。", "経済課", "令和8年11月20日", "20November2026",
    ):  # fmt: skip
        assert words in text, words


def test_its_fonts_are_embedded_and_japanese():
    reader, _text = read(slip(WINDOW))
    fonts = fonts_of(reader)

    assert fonts
    assert all("IPAexGothic" in font["/FontName"] for font in fonts)
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_it_is_tagged_and_in_japanese_for_whoever_has_it_read_aloud():
    reader, _text = read(slip(WINDOW))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("ja")
    assert reader.metadata.title == WINDOW.name


def test_furigana_stand_above_words_only_when_asked_for():
    _reader, plain = read(slip(WINDOW))
    _reader, read_aloud = read(slip(dataclasses.replace(WINDOW, furigana=True)))

    assert "まどぐち" not in plain
    assert WINDOW.kana not in plain
    assert "まどぐち" in read_aloud
    assert WINDOW.kana in read_aloud


def test_every_phrase_of_ours_has_furigana():
    assert {ja: unread(ja) for ja, _en in PHRASES if unread(ja)} == {}


def test_readings_are_kana_and_words_are_kanji():
    for word, reading in READINGS.items():
        assert KANJI.search(word), word
        assert re.fullmatch(r"[ぁ-ゖー]+", reading), word


def test_furigana_change_no_letter_of_a_text():
    text = "就労支援の窓口で相談して、障害者手帳を持っていく。"

    runs = runs_of(text, furigana=True)

    assert "".join(base for base, _reading in runs) == text
    assert ["障害者", "しょうがいしゃ"] in runs
    assert ["手帳", "てちょう"] in runs


def test_without_a_public_page_there_is_no_qr_code():
    data = values_of(dataclasses.replace(WINDOW, url=""))

    assert data["qr"] == ""
    _reader, text = read(slip(dataclasses.replace(WINDOW, url="")))
    assert "https" not in text


def test_nobody_is_asked_to_call_a_window_without_a_number():
    numbers = ("", WINDOW.telephone)
    said = [str(values_of(dataclasses.replace(WINDOW, hours=(), telephone=one))) for one in numbers]
    assert ["Please call before you go." in one for one in said] == [False, True]


def test_what_nobody_entered_is_said_and_not_guessed():
    bare = Slip(name="窓口", name_en="Window", given_on=date(2026, 11, 20), given_by=Said(ja="経済課"))

    _reader, text = read(slip(bare))

    assert "受付時間はまだ登録されていません。行く前に確かめてください。" in text
    assert "住所はまだ登録されていません。" in text
    assert "Thehoursarenotenteredyet." in text
    assert "この窓口を案内する理由" not in text


def test_a_text_is_printed_as_it_is_and_never_read_as_markup():
    sly = '#panic("x") *太字* $1+1$ \\ @ref <label> `code` = 見出し'
    _reader, text = read(slip(dataclasses.replace(WINDOW, name=sly)))

    assert re.sub(r"\s", "", sly) in text


many = st.lists(st.builds(Said, ja=st.text(max_size=300), en=st.text(max_size=300)), max_size=12).map(tuple)


@settings(max_examples=25, deadline=None)
@given(name=st.text(min_size=1, max_size=160), lines=many, furigana=st.booleans())
def test_it_is_one_page_whatever_stands_on_it(name, lines, furigana):
    full = dataclasses.replace(
        WINDOW, name=name, kana=name, reasons=lines, hours=lines, mind=lines, bring=lines, furigana=furigana
    )
    reader, _text = read(slip(full))
    assert len(reader.pages) == 1


def test_nothing_on_it_can_say_who_somebody_is():
    assert {field.name for field in dataclasses.fields(Slip)} == {
        "name", "name_en", "kana", "given_on", "given_by", "reasons", "hours", "mind", "bring",
        "address", "access", "telephone", "url", "furigana",
    }  # fmt: skip


def test_the_same_words_make_the_same_bytes_because_no_moment_stands_in_them():
    reader, _text = read(slip(WINDOW))
    assert reader.metadata["/CreationDate"].startswith("D:2007")
    assert slip(WINDOW) == slip(WINDOW)
