"""Page numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.pagination import Page, offset_of, page_number


@given(total=st.integers(0, 5000), size=st.integers(1, 100), number=st.integers(1, 60))
def test_the_numbers_offered_start_at_one_end_at_the_last_and_never_repeat(
    total: int, size: int, number: int
) -> None:
    items = range(total)[offset_of(number, size) : offset_of(number, size) + size]
    page = Page.of(items, total=total, number=number, size=size)
    numbers = [one for one in page.shown if one is not None]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1
    assert numbers[-1] == page.count
    assert (page.following is None) == (number >= page.count)
    if items:
        assert (page.first, page.last) == (items[0] + 1, items[-1] + 1)
        assert number in numbers


def test_a_gap_of_one_page_is_shown_as_that_page() -> None:
    assert Page.of([], total=500, number=5, size=50).shown == [1, 2, 3, 4, 5, 6, 7, None, 10]
    assert Page.of([], total=450, number=5, size=50).shown == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert Page.of([], total=1000, number=10, size=50).shown == [1, None, 8, 9, 10, 11, 12, None, 20]


@pytest.mark.parametrize(
    ("sent", "number"),
    [("3", 3), ("", 1), ("x", 1), ("-2", 1), ("0", 1), ("９", 1), ("999999999", 1), ("999999", 100_000)],
)
def test_an_unreadable_page_number_is_the_first_page(sent: str, number: int) -> None:
    assert page_number({"page": sent}) == number
