"""Passwords: what is refused, argon2id, one-time passwords."""

import secrets
import threading
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.foundation.errors import N_, DomainError

SHORTEST: Final = 12
LONGEST: Final = 200
# OWASP's second choice: 46 ms and 19 MiB each; the library's defaults cost 64 MiB and up to half a second.
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Each takes 19 MiB and a processor: a burst of sign-ins waits instead of starving the pages.
AT_ONCE: Final = threading.BoundedSemaphore(2)
# The hash of a forgotten random password: an unknown login name costs as much time as a known one.
NOBODY: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$r4kaHBH7DCE5fZjTVMS/Ag$JK42qd2HoqsxINnwDDni3zehDiurq1fVFN2y/3Mrx4U"
)
# Guessed first in this house: its own words, and what everybody takes. Compared as letters and digits only.
WORDS_OF_THE_CITY: Final = (
    "kokubunji", "tachikawa", "kunitachi", "shirube", "hellowork", "shuurou", "shurou", "seikatsu", "fukushi",
    "soudan", "shien", "keizaika", "shiyakusho", "yakusho", "tokyo", "tama", "こくぶんじ", "国分寺", "しるべ",
    "ハローワーク", "password", "passw0rd", "welcome", "qwerty", "asdfgh", "zxcvbn", "iloveyou", "letmein",
    "admin", "administrator", "sakura", "nihon", "japan", "abc", "himitsu", "reiwa", "heisei", "test", "demo",
)  # fmt: skip
DISGUISES: Final = str.maketrans("@0134$57", "aoieasst")
# A year or a few digits behind a known word are tried at once.
FEWEST_STEPS: Final = 6
ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def require_acceptable(password: str, *, login_name: str = "") -> None:
    """Refuse a password that is too short, too long or guessed first; no rules of composition.

    Raises:
        DomainError: at the field ``password``.
    """
    if len(password) < SHORTEST:
        raise DomainError(
            N_("パスワードは%(least)s文字以上にしてください。"), field="password", least=SHORTEST
        )
    if len(password) > LONGEST:
        raise DomainError(N_("パスワードは%(most)s文字までにしてください。"), field="password", most=LONGEST)
    if is_guessed_first(password, login_name):
        raise DomainError(
            N_("このパスワードは推測されやすいため使えません。関係のない言葉をいくつかつなげてください。"),
            field="password",
        )


def is_guessed_first(password: str, login_name: str = "") -> bool:
    """Tell whether hardly anything is left once known words and the login name are gone."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    words = sorted({login_name.casefold(), *WORDS_OF_THE_CITY} - {""}, key=len, reverse=True)
    return any(
        steps_of(without(words, text)) < FEWEST_STEPS for text in (folded, folded.translate(DISGUISES))
    )


def without(words: Sequence[str], text: str) -> str:
    """Return the letters and digits of a text from which words were taken out, the longest first."""
    text = "".join(character for character in text if character.isalnum())
    for word in words:
        text = text.replace(word, "")
    return text


def steps_of(text: str) -> int:
    """Count the characters that do not go on in a row (aaaa and 1234 are one each)."""
    return sum(1 for before, here in pairwise(f"\0{text}") if abs(ord(here) - ord(before)) > 1)


def hash_of(password: str) -> str:
    """Return the argon2id hash to store."""
    with AT_ONCE:
        return HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Tell whether a password fits; without an account (None) it takes as long and does not."""
    with AT_ONCE:
        try:
            return HASHER.verify(password_hash or NOBODY, password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(password_hash: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


def make_one_time_password() -> str:
    """Return a password to hand over once: four groups of four easily read symbols (79 bits)."""
    return "-".join("".join(secrets.choice(ALPHABET) for _one in range(4)) for _group in range(4))
