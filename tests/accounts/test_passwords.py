"""Which passwords are refused, and how they are kept."""

import pytest

from app.accounts import passwords
from app.accounts.passwords import is_guessed_first, make_one_time_password, require_acceptable
from app.foundation.errors import DomainError


@pytest.mark.parametrize(
    "password",
    [
        "tachikawa2026",
        "Kokubunji-2026!",
        "shirube-shirube",
        "password1234567",
        "P@ssword2026!!",
        "111111111111",
        "123456789012",
        "aaaaaaaaaaaaaaaa",
        "国分寺国分寺国分寺国分寺",
        "seikatsufukushika",
        "soudan1soudan1",
        "qwertyqwerty",
    ],
)
def test_what_is_guessed_first_in_this_city_is_refused(password):
    with pytest.raises(DomainError) as refused:
        require_acceptable(password, login_name="soudan1")
    assert refused.value.field == "password"


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "あさひが窓からさしこむ朝",
        "mushroom lantern gravel",
        "kX9-vq2-Lm4-hh7",
        "x" * 4 + "wooden kettle marble",
    ],
)
def test_long_unrelated_words_are_taken_without_rules_of_composition(password):
    require_acceptable(password, login_name="soudan1")


@pytest.mark.parametrize(("length", "is_taken"), [(11, False), (12, True), (200, True), (201, False)])
def test_the_length_is_from_12_to_200(length, is_taken):
    password = ("gravel kettle wooden marble " * 10)[:length]
    if is_taken:
        require_acceptable(password)
    else:
        with pytest.raises(DomainError):
            require_acceptable(password)


def test_a_hash_is_argon2id_with_the_parameters_of_the_decision():
    kept = passwords.hash_of("correct horse battery")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.matches(kept, "correct horse battery")
    assert not passwords.matches(kept, "correct horse batterY")
    assert not passwords.needs_rehash(kept)


def test_nobody_has_the_parameters_of_today_and_no_password():
    assert not passwords.needs_rehash(passwords.NOBODY)
    assert not passwords.matches(None, "anything at all")


def test_a_hash_that_is_none_matches_nothing():
    assert not passwords.matches("!", "anything at all")


def test_one_time_passwords_differ_and_would_be_accepted():
    made = {make_one_time_password() for _one in range(200)}
    assert len(made) == 200
    assert not any(is_guessed_first(one) for one in made)
    assert all(len(one) == 19 and not set(one) & set("il1o0") for one in made)


def test_no_more_than_two_checks_run_at_once(monkeypatch):
    import threading
    import time

    running, most = [], []

    class Slow:
        def verify(self, *_given):
            running.append(1)
            most.append(len(running))
            time.sleep(0.02)
            running.pop()
            return True

    monkeypatch.setattr(passwords, "HASHER", Slow())
    threads = [threading.Thread(target=passwords.matches, args=("x", "y")) for _one in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) <= 2
