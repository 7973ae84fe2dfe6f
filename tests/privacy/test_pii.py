"""Identity in free text is found however it is disguised; ordinary notes are let through."""

from datetime import date

import pytest

from app.privacy import pii
from app.privacy.pii import Finding, Kind, Severity, blocks, examine, shown
from tests.privacy.pii_identities import IDENTITIES, NAMES
from tests.privacy.pii_notes import ORDINARY_NOTES

TODAY = date(2026, 11, 20)

IDENTITY_CASES = [(kind, text) for kind, texts in IDENTITIES.items() for text in texts]


def found(text):
    return examine(text, today=TODAY)


@pytest.mark.parametrize(("kind", "text"), IDENTITY_CASES)
def test_a_disguised_identity_blocks(kind, text):
    assert blocks(found(text)), f"{kind} not seen"


@pytest.mark.parametrize(("kind", "text"), IDENTITY_CASES)
def test_an_identity_within_a_sentence_blocks(kind, text):
    assert blocks(found(f"本日は元気に来所。{text}。次回は11月30日10時から。"))


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_pointed_out_but_does_not_block(text):
    findings = found(text)
    assert Kind.NAME in {finding.kind for finding in findings}
    assert not blocks(findings)


@pytest.mark.parametrize("text", ORDINARY_NOTES)
def test_an_ordinary_note_is_let_through(text):
    assert found(text) == []


def test_the_lists_are_long_enough_to_mean_something():
    assert len(IDENTITY_CASES) >= 200
    assert len(ORDINARY_NOTES) >= 300


def marked(text):
    return [(text[finding.start : finding.end], finding.kind) for finding in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本日、携帯０９０－１２３４－５６７８に電話", [("０９０－１２３４－５６７８", Kind.PHONE)]),
        ("本日阿部さん来所", [("阿部さん", Kind.NAME)]),
        ("昭和四十五年三月二日生", [("昭和四十五年三月二日", Kind.BIRTH_DATE)]),
        ("𠮷と㈱と㍻の後の090-1234-5678。", [("090-1234-5678", Kind.PHONE)]),
        ("ﾀﾞﾀﾞさんと会う", [("ﾀﾞﾀﾞさん", Kind.NAME)]),
        ("田中さんの番号は\u200b〇九〇の一二三四の五六七八", [
            ("田中さん", Kind.NAME), ("〇九〇の一二三四の五六七八", Kind.PHONE)]),
        ("a@example.jp と b@example.jp", [("a@example.jp", Kind.EMAIL), ("b@example.jp", Kind.EMAIL)]),
        ("㈱こくぶんじ商事に応募", [("㈱こくぶんじ商事", Kind.EMPLOYER)]),
        ("株式会社の事務に応募", []),
        ("㈱国分寺商事に応募", [("㈱国分寺商事", Kind.EMPLOYER)]),
        ("国分寺第三中学校を卒業", [("国分寺第三中学校", Kind.SCHOOL)]),
    ],
)  # fmt: skip
def test_the_marked_place_is_that_of_the_original_text(text, expected):
    assert marked(text) == expected


def test_a_finding_says_what_to_do_instead():
    (finding,) = found("〒185-0024")
    assert finding.severity is Severity.BLOCK
    assert "市区町村まで" in finding.reason


def test_a_page_can_mark_the_places_and_loses_no_character():
    text = "田中さん 090-1234-5678 に電話 "
    pieces = shown(text, found(text))
    assert [(piece, finding and finding.kind) for piece, finding in pieces] == [
        ("田中さん", Kind.NAME),
        (" ", None),
        ("090-1234-5678", Kind.PHONE),
        (" に電話 ", None),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2011年12月31日", True), ("2012年1月1日", False), ("平成23年4月1日", True), ("令和6年4月1日", False)],
)
def test_a_full_date_is_a_birth_when_it_is_as_old_as_the_youngest_person(day, expected):
    assert blocks(examine(day, today=TODAY)) is expected


def test_without_a_present_day_only_dates_before_heisei_count_as_old():
    assert blocks(examine("昭和63年1月1日"))
    assert blocks(examine("平成20年1月1日生まれ"))
    assert not blocks(examine("平成20年1月1日"))


def test_a_finding_is_a_plain_value():
    assert found("田中さん") == [Finding(0, 4, Kind.NAME, Severity.WARN, found("田中さん")[0].reason)]


def test_a_text_read_again_says_the_same_and_nothing_of_it_is_kept():
    text = "田中さんに 090-1234-5678 で連絡"
    first = found(text)
    first.clear()  # what one reader does with the answer is nothing to the next
    assert [one.kind for one in found(text)] == [Kind.NAME, Kind.PHONE]
    kept = repr(pii._recent)
    assert "田中" not in kept
    assert "1234" not in kept


def test_what_was_found_on_one_day_is_not_the_answer_of_another():
    assert blocks(examine("2012年1月1日", today=TODAY.replace(year=2027)))
    assert not blocks(examine("2012年1月1日", today=TODAY))


def test_only_few_texts_are_remembered():
    for number in range(pii.RECENT * 3):
        found(f"面接の練習を{number}回した")
    assert len(pii._recent) <= pii.RECENT
