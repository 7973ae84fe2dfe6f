"""Every sentence that a person reads has its English, with the same gaps to fill."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("templates/**.html", "jinja2")]
KEYWORDS = {name: None for name in ("_", "_l", "N_", "gettext", "lazy_gettext")}
KEYWORDS |= {"ngettext": (1, 2), "pgettext": ((1, "c"), 2), "lazy_pgettext": ((1, "c"), 2)}
GAP = re.compile(r"%\((\w+)\)[a-z]|%[sd%]")
JAPANESE = re.compile(r"[\u3041-\u309f\u30a1-\u30fa\u4e00-\u9fff]")


def extracted(project) -> Iterator[tuple[str, str]]:
    """Yield (where, text) of every message marked in app/; of a sentence with plural forms, each."""
    found = extract_from_dir(
        str(project / "app"),
        method_map=METHODS,
        keywords=KEYWORDS,
        options_map={"**.html": {"silent": "false"}},
    )
    for file, line, message, _comments, _context in found:
        for text in message if isinstance(message, tuple) else (message,):
            if text:
                yield f"{file}:{line}", text


@pytest.fixture(scope="module")
def messages(project) -> dict[str, str]:
    """Return every message with the place where it was first found."""
    found: dict[str, str] = {}
    for where, text in extracted(project):
        found.setdefault(text, where)
    return found


@pytest.fixture(scope="module")
def english(project):
    file = project / "app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
    assert file.exists(), "the English catalogue is missing"
    with file.open("rb") as opened:
        found = [one for one in read_po(opened, locale="en") if one.id]
    return {text: one for one in found for text in forms(one.id)}


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return every plural form of a sentence."""
    return text if isinstance(text, tuple) else (text,)


def test_messages_are_found_in_code_and_templates(messages):
    places = {where.partition(":")[0].rpartition(".")[2] for where in messages.values()}
    assert places == {"py", "html"}
    assert len(messages) > 100


def test_every_message_has_its_english(messages, english):
    missing = {
        text: where
        for text, where in messages.items()
        if text not in english or not all(one.strip() for one in forms(english[text].string))
    }
    assert missing == {}


def test_no_english_is_only_guessed(english):
    assert [text for text, one in english.items() if one.fuzzy] == []


def test_the_english_has_the_gaps_of_the_japanese(messages, english):
    wrong = {
        text: one
        for text in messages
        if text in english
        for one in forms(english[text].string)
        if sorted(GAP.findall(text)) != sorted(GAP.findall(one))
    }
    assert wrong == {}


def test_no_japanese_is_left_in_the_english(messages, english):
    left = {text: one.string for text, one in english.items() if JAPANESE.search(" ".join(forms(one.string)))}
    assert left == {}


def test_the_catalogue_holds_nothing_that_nobody_says_any_more(messages, english):
    assert set(english) - set(messages) == set()


def test_every_message_is_japanese_with_named_gaps(messages):
    """Japanese is the source language; ``%s`` would leave the translator guessing."""
    positional = {text: where for text, where in messages.items() if re.search(r"(?<!%)%[sd]", text)}
    assert positional == {}
