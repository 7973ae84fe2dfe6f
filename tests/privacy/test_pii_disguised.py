"""The developing part made by rules, rows pasted from a spreadsheet, and what was once measured on."""

from datetime import date

import pytest

from app.demo.memos import MEMOS
from app.privacy.pii import NAME_IN_ROW, Kind, Severity, blocks, examine
from tests.privacy.developing.disguises import ROWS_WITHOUT_NAME, disguised, rows
from tests.privacy.learnt import NOTE, SETS, read
from tests.privacy.pii_notes import ORDINARY_NOTES

TODAY = date(2026, 11, 20)
WARNED = {"name", "employer", "school", "row"}
# Told in words only, or like an entry in a register: see docs/identity-check.md.
KNOWN_MISSES = (
    "090-3344-のあと5566",
    "S601015 で登録",
    "むさしの看護専門学校",
    "篠塚\u3000元気",
    "竹原 元気",
    "中根元気",
)
KNOWN_ALARMS = ("101号室ではなく会議室Aで面談",)


def found(text):
    return examine(text, today=TODAY)


def test_every_identity_is_found_in_every_disguise_and_numbers_block():
    missed = [(kind, text) for kind, text in disguised() if not found(text)]
    assert missed == []
    let_through = [text for kind, text in disguised() if kind not in WARNED and not blocks(found(text))]
    assert let_through == []


@pytest.mark.parametrize("name", SETS)
def test_what_was_learnt_from_measuring_stays_learnt(name):
    texts = read(name)
    identities = [text for kind, text in texts if kind != NOTE]
    notes = [text for kind, text in texts if kind == NOTE]
    assert len(identities) > 2000
    assert len(notes) > 1000
    missed = [text for text in identities if not found(text)]
    assert [text for text in missed if not any(one in text for one in KNOWN_MISSES)] == []
    assert [note for note in notes if found(note) and note not in KNOWN_ALARMS] == []


def test_notes_of_the_sample_city_are_ordinary():
    assert [memo for memos in MEMOS.values() for memo in memos if found(memo)] == []


def test_two_ordinary_notes_one_beneath_the_other_are_ordinary():
    pairs = zip(ORDINARY_NOTES, ORDINARY_NOTES[7:], strict=False)
    assert [pair for pair in pairs if found("\n".join(pair))] == []


def test_a_name_in_a_row_of_a_spreadsheet_is_found_wherever_its_column_stands():
    assert [row for row in rows() if Kind.NAME not in {finding.kind for finding in found(row)}] == []


@pytest.mark.parametrize("row", ROWS_WITHOUT_NAME)
def test_a_row_without_a_name_is_ordinary(row):
    assert found(row) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("11/20\t山田太郎\t面談", [("山田太郎", 2, Kind.NAME)]),
        ("\tヤマダ　タロウ\t30", [("ヤマダ　タロウ", 2, Kind.NAME)]),
        ("ﾔﾏﾀﾞﾀﾛｳ\t面談", [("ﾔﾏﾀﾞﾀﾛｳ", 1, Kind.NAME)]),
        ("面談\t090-1234-5678", [("090-1234-5678", 2, Kind.PHONE)]),
        ("氏名\t回数\nひまわり\t3\n\nひまわり\t3", [("ひまわり", 1, Kind.NAME)]),
        ("日付\tよみ\n11/20\tむらさきの", [("むらさきの", 2, Kind.NAME)]),
        ("山田太郎\tS45.3.2\t042-324-8401", [
            ("山田太郎", 1, Kind.NAME), ("S45.3.2", 2, Kind.BIRTH_DATE), ("042-324-8401", 3, Kind.PHONE)]),
    ],
)  # fmt: skip
def test_what_is_found_in_a_row_says_in_which_column(row, expected):
    assert [(row[one.start : one.end], one.column, one.kind) for one in found(row)] == expected


def test_a_column_of_names_is_told_as_one_and_can_be_overridden():
    (finding,) = found("11/20\t山田太郎\t面談")
    assert finding.reason == NAME_IN_ROW
    assert finding.severity is Severity.WARN


def test_outside_of_rows_there_is_no_column():
    (finding,) = found("田中さんと面談\n表は\tなし")
    assert finding.column is None


@pytest.mark.parametrize(
    "text", ["山田太郎", "ヤマダ　タロウ", "・佐々木", "来所\n五十嵐 翼", "山田太郎\n鈴木花子"]
)
def test_a_line_that_is_a_name_and_nothing_else_needs_no_honorific(text):
    assert Kind.NAME in {finding.kind for finding in found(text)}


@pytest.mark.parametrize(
    "text", ["千葉", "本多", "市民課", "友人知人", "チラシ", "前の職場", "三世代同居", "里親", "ひまわり"]
)
def test_an_ordinary_short_answer_is_no_name(text):
    assert found(text) == []
