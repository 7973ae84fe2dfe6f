"""Case numbers and referral references: six random digits."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation.errors import DomainError
from app.privacy.numbers import SPAN, draw_number, normalise_number

numbers = st.integers(min_value=0, max_value=SPAN - 1).map(lambda index: draw_number(lambda _: index))


def test_numbers_run_from_the_first_to_the_last_with_six_digits():
    assert draw_number(lambda _: 0) == "1000-00"
    assert draw_number(lambda span: span - 1) == "9999-99"
    assert draw_number(lambda _: 618_240) == "7182-40"


def test_a_real_source_draws_different_numbers():
    assert len({draw_number(secrets.randbelow) for _ in range(50)}) > 45


@given(numbers, st.sampled_from(["-", "", " ", "ー", "－", "\u3000", "‐"]))
def test_a_number_is_read_in_any_width_with_or_without_hyphen(number, separator):
    written = number.replace("-", separator)
    wide = written.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert normalise_number(written) == normalise_number(wide) == normalise_number(f" {written}\n") == number


@pytest.mark.parametrize("text", ["7182-4", "7182-400", "0182-40", "7182-4O", "abc", "-1"])
def test_what_is_no_number_is_refused_with_an_example(text):
    with pytest.raises(DomainError, match="7182-40"):
        normalise_number(text)


@pytest.mark.parametrize("text", ["", "  ", "-"])
def test_an_empty_field_asks_for_the_number(text):
    with pytest.raises(DomainError, match="番号を入力"):
        normalise_number(text)
