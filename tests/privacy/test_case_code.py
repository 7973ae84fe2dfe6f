"""The card's code: random, forgiving to the typist, unforgiving to a typing error."""

import hashlib
import random
import secrets
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.foundation.errors import DomainError
from app.privacy import case_code

PEPPER = b"p" * 32
seeds = st.text(min_size=16, max_size=40).filter(lambda text: text.isprintable())
codes = st.binary(min_size=32, max_size=32).map(lambda secret: case_code.derive(secret, "seed-of-sixteen-"))


FULL_WIDTH = {one: one + 0xFEE0 for one in range(0x21, 0x7F)}


def full_width(text: str) -> str:
    return text.translate(FULL_WIDTH)


def code_with(payload_seed: int) -> str:
    return case_code.derive(payload_seed.to_bytes(32, "big"), "seed-of-sixteen-")


def test_the_check_symbol_agrees_with_a_published_example():
    # ISBT 128, the blood donation number whose check symbol the standard prints as H.
    assert case_code.check_symbol("G123498654321") == "H"


@given(st.text(alphabet=case_code.ALPHABET, min_size=10, max_size=10))
def test_the_check_symbol_fulfils_the_congruence_of_iso_7064(payload):
    symbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
    whole = payload + case_code.check_symbol(payload)
    weighted = sum(symbols.index(symbol) * 2**place for place, symbol in enumerate(reversed(whole)))
    assert weighted % 37 == 1


@given(codes)
def test_no_single_substitution_passes(code):
    for position, symbol in enumerate(code):
        for other in case_code.ALPHABET:
            if other != symbol:
                assert not case_code.verify(code[:position] + other + code[position + 1 :])


@given(codes)
def test_no_swap_of_neighbours_passes(code):
    for position, (left, right) in enumerate(pairwise(code)):
        if left != right:
            assert not case_code.verify(code[:position] + right + left + code[position + 2 :])


@given(codes, st.integers(min_value=0, max_value=10))
def test_a_lost_or_doubled_symbol_does_not_pass(code, position):
    assert not case_code.verify(code[:position] + code[position + 1 :])
    assert not case_code.verify(code[:position] + code[position] + code[position:])


@given(codes)
def test_a_drawn_code_has_eleven_symbols_that_cannot_be_mistaken(code):
    assert len(code) == 11
    assert not set(code) & set("ILOU*")
    assert case_code.verify(code)


def test_the_alphabet_is_crockfords():
    assert len(set(case_code.ALPHABET)) == 32
    assert not set(case_code.ALPHABET) & set("ILOU")


def test_five_of_37_draws_are_thrown_away():
    draws = 0

    def counting(size: int) -> bytes:
        nonlocal draws
        draws += 1
        return hashlib.sha256(draws.to_bytes(8, "big")).digest()[:size]

    for _ in range(4000):
        case_code.generate(counting)
    assert abs((draws - 4000) / draws - 5 / 37) < 0.02


def test_every_symbol_is_drawn_at_every_place():
    drawn = [case_code.generate(secrets.token_bytes) for _ in range(3000)]
    for position in range(10):
        assert {code[position] for code in drawn} == set(case_code.ALPHABET)
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("unprintable", "ILOU*")
def test_a_draw_whose_check_symbol_cannot_be_printed_is_thrown_away(unprintable):
    last = next(
        last
        for last in range(1024)
        if case_code.check_symbol("00000000" + case_code.ALPHABET[last >> 5] + case_code.ALPHABET[last & 31])
        == unprintable
    )
    blocks = iter([(last << 6).to_bytes(7, "big"), bytes(7)])
    assert case_code.generate(lambda _: next(blocks)) == "00000000001"
    assert next(blocks, None) is None


@given(st.binary(min_size=32, max_size=64), seeds)
def test_a_retried_post_shows_the_same_card(secret, seed):
    code = case_code.derive(secret, seed)
    assert code == case_code.derive(secret, seed)
    assert code != case_code.derive(secret, seed + "x")
    assert code != case_code.derive(secret + b"x", seed)


def test_a_guessable_seed_or_a_short_secret_is_refused():
    with pytest.raises(ValueError, match="seed"):
        case_code.derive(PEPPER, "short")
    with pytest.raises(ValueError, match="secret"):
        case_code.derive(b"short", "seed-of-sixteen-")


FULL_WIDTH = {ord(symbol): ord(symbol) + 0xFEE0 for symbol in case_code.ALPHABET}
LOOKALIKES = st.sampled_from([("0", "O"), ("0", "o"), ("1", "I"), ("1", "i"), ("1", "L"), ("1", "l")])


@given(
    codes,
    st.sampled_from(["-", " ", "\u3000", "ー", "－", "−", "‐", "–", "―", "ｰ", "\u200b", "\t", "\n", ""]),
)
def test_a_code_is_read_as_it_is_printed_typed_pasted_or_scanned(code, separator):
    pieces = case_code.grouped(code).split("-")
    assert [len(piece) for piece in pieces] == [4, 4, 3]
    assert case_code.parse(separator.join(pieces)) == code
    assert case_code.parse(separator.join(pieces).lower()) == code
    assert case_code.parse(separator.join(pieces).translate(FULL_WIDTH)) == code
    assert case_code.parse(f"  {separator.join(code)}\r\n") == code


@given(codes, LOOKALIKES)
@example(code_with(1), ("0", "O"))
def test_letters_that_look_like_digits_are_read_as_digits(code, pair):
    digit, letter = pair
    assume(digit in code)
    assert case_code.parse(code.replace(digit, letter)) == code


@given(st.text(alphabet=case_code.ALPHABET + "oilOILuabc -ーＡｂ０\u200b", max_size=30))
def test_normalising_twice_changes_nothing(text):
    once = case_code.normalise(text)
    assert case_code.normalise(once) == once


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "カードの番号を入力してください。"),
        (" - ", "カードの番号を入力してください。"),
        ("7QK2-9MD4", "カードの番号は11文字です。3文字足りません。"),
        ("7QK2-9MD4-XBC7Q", "カードの番号は11文字です。2文字多く入っています。"),
        ("7QK2-9MU4-XBC", "7文字目の「U」は、カードの番号に使われない文字です。"),
        ("7QK2-9M*4-XBC", "7文字目の「*」は、カードの番号に使われない文字です。"),
        ("7QK2-9あ", "6文字目の「あ」は、カードの番号に使われない文字です。"),
    ],
)
def test_what_is_wrong_with_a_code_is_said_in_plain_words(text, sentence):
    with pytest.raises(DomainError) as caught:
        case_code.parse(text)
    assert str(caught.value) == sentence
    assert caught.value.field == "card_code"


@given(codes)
def test_a_typing_error_is_said_without_repeating_the_code(code):
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    with pytest.raises(DomainError, match="カードの番号が合いません") as caught:
        case_code.parse(wrong)
    assert wrong not in str(caught.value)


@given(codes, codes)
def test_the_stored_value_is_the_same_for_the_same_code_and_key_only(code, other):
    stored = case_code.keyed_hash(PEPPER, code)
    assert len(stored) == 64
    assert code not in stored.upper()
    assert stored == case_code.keyed_hash(PEPPER, code)
    assert stored != case_code.keyed_hash(b"q" * 32, code)
    assert (stored == case_code.keyed_hash(PEPPER, other)) is (code == other)


@given(codes)
def test_the_stored_value_is_not_a_plain_hash_of_the_code(code):
    stored = case_code.keyed_hash(PEPPER, code)
    assert stored != hashlib.sha256(code.encode()).hexdigest()
    assert stored != hashlib.sha256(PEPPER + code.encode()).hexdigest()


@pytest.mark.parametrize("code", ["", "7QK2-9MD4-XBC", "7qk29md4xbc", "7QK29MD4XB"])
def test_what_was_not_normalised_is_not_hashed(code):
    with pytest.raises(ValueError, match="normalised"):
        case_code.keyed_hash(PEPPER, code)


def test_a_short_pepper_is_refused():
    with pytest.raises(ValueError, match="short"):
        case_code.keyed_hash(b"x" * 31, code_with(1))
    with pytest.raises(ValueError, match="short"):
        case_code.key_id(b"")


def test_a_key_id_names_a_pepper_without_betraying_it():
    assert case_code.key_id(PEPPER) == case_code.key_id(PEPPER)
    assert case_code.key_id(PEPPER) != case_code.key_id(b"q" * 32)
    assert len(case_code.key_id(PEPPER)) == 16
    assert not hashlib.sha256(PEPPER).hexdigest().startswith(case_code.key_id(PEPPER))


def test_none_of_many_codes_passes_with_one_symbol_changed_or_two_swapped():
    """Every position and every symbol of a thousand codes, as typed: 341,000 substitutions, all swaps."""
    drawn = random.Random(20261122)
    for _ in range(1000):
        code = case_code.generate(drawn.randbytes)
        wrong = [
            code[:position] + other + code[position + 1 :]
            for position, symbol in enumerate(code)
            for other in case_code.ALPHABET
            if other != symbol
        ]
        wrong += [
            code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            for place in range(len(code) - 1)
            if code[place] != code[place + 1]
        ]
        assert not any(case_code.verify(case_code.normalise(one)) for one in wrong)


def test_a_code_is_found_wherever_a_scanner_typed_it():
    drawn = random.Random(5)
    for _ in range(300):
        code = case_code.generate(drawn.randbytes)
        if code.isdigit() or code.isalpha():
            continue
        for typed in (code, code.lower(), case_code.grouped(code), full_width(case_code.grouped(code))):
            text = f"本人のカード{typed}を読みとった"
            assert [text[start:end] for start, end in case_code.spans(text)] == [typed]
            assert case_code.without_codes(text) == "本人のカードを読みとった"


@pytest.mark.parametrize(
    "text",
    ["ハローワーク立川で求人を3件見た", "2025-06-02 15:30 来所", "information on job offers", "09012345678"],
)
def test_ordinary_prose_holds_no_code(text):
    assert not list(case_code.spans(text))
