"""A key on paper can be typed back, and a slip of the hand is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation.errors import DomainError
from app.privacy.key_sheet import key_from, sheet_of

KEY = b"a pepper of forty-eight bytes, as script/setup does"


@given(st.binary(min_size=1, max_size=200))
def test_what_was_printed_is_read_back(key):
    assert key_from(sheet_of(key)) == key


def test_spaces_capitals_and_empty_lines_do_not_matter():
    assert key_from([f"  {line.upper()} \n\n" for line in sheet_of(KEY)]) == KEY


def test_a_line_holds_few_enough_digits_to_type():
    assert all(len(line) <= 32 for line in sheet_of(KEY))


@pytest.mark.parametrize("line", range(len(sheet_of(KEY))))
def test_a_wrong_digit_is_told_with_its_line(line):
    typed = sheet_of(KEY)
    at = typed[line].index(":") + 2
    typed[line] = typed[line][:at] + ("0" if typed[line][at] != "0" else "1") + typed[line][at + 1 :]
    with pytest.raises(DomainError, match=f"^{line + 1}行目が読めません"):
        key_from(typed)


@pytest.mark.parametrize("line", range(len(sheet_of(KEY)) - 1))
def test_a_line_left_out_is_told(line):
    typed = sheet_of(KEY)
    del typed[line]
    with pytest.raises(DomainError, match="行目"):
        key_from(typed)


def test_a_sheet_cut_short_is_no_key():
    with pytest.raises(DomainError):
        key_from(sheet_of(KEY)[:-1])


def test_nothing_typed_is_no_key():
    with pytest.raises(DomainError, match="1行目がありません"):
        key_from(["", " "])
