"""Public pages: what somebody without sign-in sees, and that nothing is kept of them."""

import re

import pytest

PAGES = [
    "/public/",
    "/public/windows/",
    "/public/windows/self_reliance_support",
    "/public/windows/labour_advice_kokubunji",
    "/public/map",
    "/public/finder",
    "/public/situations",
    "/public/open-data",
    "/public/accessibility",
    "/public/privacy",
]


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_opens_without_sign_in_cookie_or_script(reader, address):
    answer = reader.get(address)

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    page = answer.get_data(as_text=True)
    assert "<script" not in page
    assert not re.search(r'(?:src|action)="(?:https?:)?//', page)
