"""What no disguise may do: hide an identity that was found, move its mark, or make the check slow."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.privacy.pii import Kind, blocks, examine, seen_mark
from tests.privacy.test_pii_properties import check_digit

TODAY = date(2026, 11, 20)
UNSEEN = st.sampled_from(
    ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\ufe0f", "\u0301"]
)
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
# The identity, its kind, and the part of it that must be marked.
IDENTITIES = st.sampled_from(
    [
        ("090-1234-5678", Kind.PHONE, "090-1234-5678"),
        ("042-324-8401", Kind.PHONE, "042-324-8401"),
        ("0120123456", Kind.PHONE, "0120123456"),
        ("1234 5678 9018", Kind.MY_NUMBER, "1234 5678 9018"),
        ("taro@example.jp", Kind.EMAIL, "taro@example.jp"),
        ("〒185-0024", Kind.ADDRESS, "185-0024"),
        ("泉町2-3-8", Kind.ADDRESS, "2-3-8"),
        ("泉町二丁目三番八号", Kind.ADDRESS, "二丁目三番八"),
        ("昭和45年3月2日", Kind.BIRTH_DATE, "昭和45年3月2"),
        ("S45.3.2", Kind.BIRTH_DATE, "S45.3.2"),
        ("被保護者番号 123456", Kind.NUMBER, "123456"),
        ("口座番号1234567", Kind.NUMBER, "1234567"),
    ]
)
NAMES = st.sampled_from(
    ["田中さん", "タナカ様", "五十嵐氏", "鈴木一郎君", "㈱国分寺商事", "国分寺第三中学校"]
)
around = st.sampled_from(["", "本人は", "。", "\n", "、", "「", "※", "来所。", "次回は11月。"])


def found(text):
    return examine(text, today=TODAY)


def sprinkled(text: str, marks: list[tuple[int, str]]) -> str:
    for place, mark in marks:
        at = place % (len(text) + 1)
        text = text[:at] + mark + text[at:]
    return text


marks = st.lists(st.tuples(st.integers(0, 400), UNSEEN), max_size=12)


@given(IDENTITIES, marks, st.booleans(), around, around)
def test_unseen_characters_and_width_never_unblock_and_the_mark_covers_all_of_it(
    identity, marks, wide, left, right
):
    plain, kind, core = identity
    first, last = plain.index(core), plain.index(core) + len(core) - 1
    inserted = sorted((place % (len(plain) + 1) for place, _mark in marks))
    written = list(plain.translate(WIDE) if wide else plain)
    for at in reversed(inserted):
        written.insert(at, "\u200b")
    whole = f"{left}{''.join(written)}{right}"
    begins = len(left) + first + sum(at <= first for at in inserted)
    ends = len(left) + last + sum(at <= last for at in inserted)
    covering = [one for one in found(whole) if one.kind is kind]
    assert blocks(covering)
    assert any(one.start <= begins and ends < one.end for one in covering)


@given(NAMES, marks, around, around)
def test_unseen_characters_never_hide_a_name(name, marks, left, right):
    inner = sprinkled(name, marks)
    assert found(f"{left}{inner}{right}") != []


@given(st.integers(0, 10**11 - 1), marks)
def test_a_my_number_blocks_however_it_is_sprinkled(payload, marks):
    number = f"{payload:011d}"
    number = f"{number}{check_digit(number)}"
    assert blocks(found(sprinkled(number, marks)))


@given(
    IDENTITIES,
    st.lists(
        st.sampled_from(["求人を3件見た。", "週3日、10:30〜15:00\n", "時給1,200円、", "🙂", "𠮷"]), max_size=8
    ),
)
def test_what_stands_around_never_unblocks(identity, pieces):
    text, _kind, _core = identity
    assert blocks(found("".join(pieces) + text))
    assert blocks(found(text + "。" + "".join(pieces)))


@given(
    st.text(alphabet="0123456789０１一二三-－ー の年月日丁目番号さん様氏名\t\n@.田中〒電話生", max_size=200)
)
@settings(max_examples=300)
def test_no_text_of_the_very_characters_breaks_the_check(text):
    findings = found(text)
    assert all(0 <= one.start < one.end <= len(text) for one in findings)
    assert all(one.column is None or 1 <= one.column <= text.count("\t") + 1 for one in findings)
    assert len(seen_mark(text, findings)) == 16


HARD = {
    "digits": "0123456789" * 40,
    "digits apart": "1 " * 200,
    "kanji numerals": "一二三四五六七八九〇十百千" * 30,
    "labels": "ケース番号電話口座手帳" * 40,
    "labels and digits": "番号1ケース番号12受給者証3" * 30,
    "hyphens": "-" * 400,
    "at signs": "a@" * 200,
    "dots": "a." * 200,
    "mail local part": "a" * 400 + "@",
    "honorifics": "さん様氏君" * 80,
    "kanji": "田" * 400,
    "kana": "ぜろいちにさん" * 60,
    "katakana": "アイウエオ" * 80 + "さん",
    "tabs": "\t" * 400,
    "names in cells": "山田太郎\t" * 80,
    "line breaks": "0\n" * 200,
    "dates": "1970/3/2 " * 45,
    "era": "昭和" * 200,
    "blocks": "丁目番地号" * 80,
    "buildings": "マンションアパートハイツ" * 40,
    "companies": "株式会社" * 100,
    "schools": "中学校高校大学" * 60,
    "combining": "か\u3099" * 200,
    "unseen": "\u200b" * 400,
    "ligatures": "㍿㌢㍻ﷺ" * 100,
}


def seconds(text: str) -> float:
    spent = []
    for _ in range(3):
        begun = time.process_time()
        found(text)
        spent.append(time.process_time() - begun)
    return min(spent)


@pytest.mark.parametrize("name", HARD)
def test_the_time_grows_with_the_length_and_no_faster(name):
    """Sixteen times the text takes about sixteen times as long; a square would take 256 times."""
    short, long = HARD[name], HARD[name] * 16
    assert seconds(long) <= 48 * max(seconds(short), 0.0005)


@pytest.mark.parametrize("name", HARD)
def test_a_memo_of_full_length_is_read_in_a_moment(name):
    assert seconds(HARD[name][:200]) < 0.1


def test_the_mark_of_an_address_does_not_end_before_a_word_that_begins_like_a_counter():
    text = "泉町2-3-8本人は"
    (address,) = found(text)
    assert text[address.start : address.end] == "町2-3-8"
