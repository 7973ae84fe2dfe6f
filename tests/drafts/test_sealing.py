"""A sealed draft opens in its own place, with its own key, and nowhere else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafts.contents import Contents, TooLong, kept_of, unpacked
from app.drafts.sealing import Place, ring_of, seal, unseal

OLD, NEW = b"an old key, long enough to be one........", b"a new key, long enough to be one........."
PLACE = Place(account_id=7, purpose="counter.record", key_hash="a" * 64)
TEXT = "家計の整理から".encode()


def opened(ring, sealed, key_id, place=PLACE):
    return unseal(ring, key_id, place, sealed)


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_again(text):
    ring = ring_of(OLD)
    assert opened(ring, seal(ring, PLACE, text), ring.current) == text


def test_the_same_text_never_looks_the_same_twice():
    ring = ring_of(OLD)
    assert len({seal(ring, PLACE, TEXT) for _one in range(50)}) == 50


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place(account_id=8, purpose="counter.record", key_hash="a" * 64),
        Place(account_id=7, purpose="referrals.new", key_hash="a" * 64),
        Place(account_id=7, purpose="counter.record", key_hash="b" * 64),
    ],
)
def test_a_draft_moved_to_another_person_form_or_key_stays_closed(elsewhere):
    ring = ring_of(OLD)
    assert opened(ring, seal(ring, PLACE, TEXT), ring.current, elsewhere) is None


def test_no_changed_byte_goes_unnoticed():
    ring = ring_of(OLD)
    sealed = seal(ring, PLACE, TEXT)
    raw = base64.b64decode(sealed)
    for position in range(len(raw)):
        changed = raw[:position] + bytes([raw[position] ^ 1]) + raw[position + 1 :]
        assert opened(ring, base64.b64encode(changed).decode(), ring.current) is None
    assert opened(ring, sealed[:-8], ring.current) is None
    assert opened(ring, "", ring.current) is None
    assert opened(ring, "not base64 at all ★", ring.current) is None


def test_after_a_change_of_keys_the_former_one_still_opens_and_the_new_one_seals():
    before, after = ring_of(OLD), ring_of(NEW + b"\n" + OLD + b"\n")
    assert opened(after, seal(before, PLACE, TEXT), before.current) == TEXT
    assert after.current == ring_of(NEW).current
    assert opened(ring_of(NEW), seal(before, PLACE, TEXT), before.current) is None


def test_the_name_of_a_key_is_not_a_part_of_it():
    ring = ring_of(OLD)
    assert ring.current.encode() not in OLD
    assert ring.current not in ring.keys[ring.current].hex()
    assert "keys" not in repr(ring)


def test_an_empty_file_of_keys_is_refused():
    with pytest.raises(ValueError, match="empty"):
        ring_of(b"\n\n")


def test_contents_come_back_as_they_were_sent():
    contents = Contents(
        page="/counter", tab="t", fields={"memo": ["一行\r\n二行"], "topics": ["a", "b"], "e": []}
    )
    assert unpacked(contents.packed()) == contents


def test_more_than_32_kilobytes_is_refused():
    with pytest.raises(TooLong):
        Contents(page="/counter", fields={"memo": ["あ" * 11_000]}).packed()


def test_no_token_password_or_card_is_among_what_is_kept():
    sent = {
        "memo": ["m"],
        "csrf_token": ["t"],
        "card_code": ["c"],
        "password": ["p"],
        "new_password_2": ["p"],
    }
    sent |= {"draft-tab": ["x"], "draft_revision": ["3"]}
    assert kept_of(sent.items()) == {"memo": ["m"]}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"submission_key": ["k"], "version": ["3"], "case_number": ["1"]}, False),
        ({"memo": [""], "submission_key": ["k"]}, False),
        ({"memo": ["a"]}, True),
    ],
)
def test_a_form_that_says_nothing_is_none(fields, says):
    assert Contents(page="/", fields=fields).says_something() is says


@pytest.mark.parametrize(
    ("page", "fields", "number"),
    [
        ("/counter", {"case_number": ["4369-65"]}, "4369-65"),
        ("/cases/4369-65/placements/new", {}, "4369-65"),
        ("/placements/3/checks/1", {}, ""),
    ],
)
def test_a_draft_knows_the_case_it_is_about(page, fields, number):
    assert Contents(page=page, fields=fields).case_number() == number
