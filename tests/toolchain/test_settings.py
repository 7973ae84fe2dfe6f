"""Settings that are printed: an address that cannot stand on paper is refused at the start."""

import pytest

from config import LONGEST_URL, ConfigurationError, Settings, read_public_url


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("https://www.example.jp", "https://www.example.jp"),
        ("https://www.example.jp/shirube/", "https://www.example.jp/shirube"),
        ("http://192.168.0.10:8080/a", "http://192.168.0.10:8080/a"),
    ],
)
def test_where_the_public_pages_stand_is_read_without_a_slash_at_the_end(text, kept):
    assert read_public_url(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "www.example.jp",
        "ftp://www.example.jp",
        "javascript:alert(1)",
        "https://",
        "https://user:secret@www.example.jp",
        "https://www.example.jp/?a=1",
        "https://www.example.jp/#top",
        "https://www.example.jp/a b",
        "https://例え.jp",
        "https://[bad",
        "https://www.example.jp/\n",
        "https://www.example.jp/" + "a" * LONGEST_URL,
    ],
)
def test_an_address_that_is_none_is_refused_with_a_sentence(text):
    with pytest.raises(ConfigurationError, match="SHIRUBE_PUBLIC_URL"):
        read_public_url(text)


def test_answer_links_are_off_until_an_address_is_set_and_a_wrong_one_is_named():
    assert Settings.__dataclass_fields__["answer_links"].default == ""
    with pytest.raises(ConfigurationError, match="SHIRUBE_ANSWER_LINKS"):
        read_public_url("shirube.example", "SHIRUBE_ANSWER_LINKS")
    assert read_public_url("https://shirube.example/", "SHIRUBE_ANSWER_LINKS") == "https://shirube.example"
