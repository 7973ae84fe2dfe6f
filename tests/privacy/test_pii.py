"""Identity in free text is found however it is disguised; ordinary notes are let through."""

from datetime import date

import pytest

from app.privacy.pii import Kind, blocks, examine
from tests.privacy.pii_texts import IDENTITIES, NAMES, ORDINARY_NOTES

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
    assert len(IDENTITY_CASES) >= 120
    assert len(ORDINARY_NOTES) >= 90
