"""The code on a person's card: ten random Crockford-base32 symbols and an ISO 7064 MOD 37-2 check symbol.

A code is handled in its normalised form (11 upper-case symbols, no hyphens); only its keyed hash is stored.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from app.foundation.errors import N_, DomainError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 11
PAYLOAD_LENGTH: Final = LENGTH - 1
SECRET_MINIMUM: Final = 32
"""Least number of bytes of a pepper or secret."""
SEED_MINIMUM: Final = 16
"""Least number of characters of a seed."""

_ISO_7064: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_LOOKALIKES: Final = str.maketrans("OIL", "011")
_DASHES: Final = frozenset("ー−─━⁃ｰ_")
_SEPARATOR: Final = r"[\s\-‐‑‒–—―−ー─━⁃_]?"
_PRINTED: Final = re.compile(
    r"(?<![0-9A-Za-z])"
    + _SEPARATOR.join(f"[{ALPHABET}{ALPHABET[10:].lower()}]{{{n}}}" for n in (4, 4, 3))
    + r"(?![0-9A-Za-z])"
)
_HASH_DOMAIN: Final = b"shirube:case-code:v1\0"
_KEY_ID_DOMAIN: Final = b"shirube:pepper-id:v1\0"
_DERIVE_DOMAIN: Final = b"shirube:case-code-draw:v1\0"

_EMPTY: Final = N_("カードの番号を入力してください。")
_SYMBOL: Final = N_("%(position)s文字目の「%(symbol)s」は、カードの番号に使われない文字です。")
_TOO_SHORT: Final = N_("カードの番号は11文字です。%(count)s文字足りません。")
_TOO_LONG: Final = N_("カードの番号は11文字です。%(count)s文字多く入っています。")
_CHECK: Final = N_("カードの番号が合いません。打ち間違いや文字の入れ替わりがないか確かめてください。")


def check_symbol(payload: str) -> str:
    """Return the ISO 7064 MOD 37-2 check symbol of a payload: 0–9, A–Z or `*`."""
    total = 0
    for symbol in payload:
        total = (total + _ISO_7064.index(symbol)) * 2 % 37
    return _ISO_7064[(1 - total) % 37]


def generate(random_bytes: Callable[[int], bytes]) -> str:
    """Draw a new code from a cryptographic source such as `secrets.token_bytes`."""

    def blocks() -> Iterator[bytes]:
        while True:
            yield random_bytes(7)

    return _draw(blocks())


def derive(secret: bytes, seed: str) -> str:
    """Return the code that belongs to an unguessable seed, so that a retried form post shows the same card.

    ValueError when the secret has fewer than 32 bytes or the seed fewer than 16 characters.
    """
    _require_long(secret)
    if len(seed) < SEED_MINIMUM:
        raise ValueError("seed too short to be unguessable")

    def blocks() -> Iterator[bytes]:
        counter = 0
        while True:
            message = _DERIVE_DOMAIN + counter.to_bytes(4, "big") + seed.encode()
            yield hmac.digest(secret, message, hashlib.sha256)
            counter += 1

    return _draw(blocks())


def normalise(text: str) -> str:
    """Return what was typed or scanned as a bare code: width, case, spaces, hyphens, O→0, I and L→1."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(symbol for symbol in folded if not _is_separator(symbol)).translate(_LOOKALIKES)


def verify(code: str) -> bool:
    """Tell whether a normalised code has the right length, symbols and check symbol."""
    if len(code) != LENGTH or any(symbol not in ALPHABET for symbol in code):
        return False
    return check_symbol(code[:-1]) == code[-1]


def parse(text: str) -> str:
    """Read a code as typed; DomainError on field card_code says in plain words what is wrong."""
    code = normalise(text)
    if not code:
        raise DomainError(_EMPTY, field="card_code")
    for position, symbol in enumerate(code, start=1):
        if symbol not in ALPHABET:
            raise DomainError(_SYMBOL, field="card_code", position=position, symbol=symbol)
    if len(code) < LENGTH:
        raise DomainError(_TOO_SHORT, field="card_code", count=LENGTH - len(code))
    if len(code) > LENGTH:
        raise DomainError(_TOO_LONG, field="card_code", count=len(code) - LENGTH)
    if not verify(code):
        raise DomainError(_CHECK, field="card_code")
    return code


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places where a code stands in prose: a scanner types into whatever field is at hand.

    Read as printed or scanned; letters alone count only in capitals, digits alone are left to other checks.
    """
    # One symbol for one, so that places in the copy are places in the text.
    alike = [unicodedata.normalize("NFKC", symbol) for symbol in text]
    folded = "".join(new if len(new) == 1 else old for new, old in zip(alike, text, strict=True))
    for found in _PRINTED.finditer(folded):
        said = found[0]
        symbols = "".join(symbol for symbol in said if symbol.isalnum())
        mixed = any(map(str.isdigit, symbols)) or said.isupper()
        if mixed and not symbols.isdigit() and verify(symbols.upper()):
            yield found.span()


def without_codes(text: str) -> str:
    """Return a text with every code taken out."""
    for start, end in reversed(list(spans(text))):
        text = text[:start] + text[end:]
    return text


def grouped(code: str) -> str:
    """Return a code as it is printed: 4-4-3, such as 7QK2-9MD4-XBC."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def keyed_hash(pepper: bytes, code: str) -> str:
    """Return what the database keeps of a code: HMAC-SHA256, 64 hex digits.

    ValueError for a short pepper, and for a code that was not normalised or does not verify: hashing it
    would quietly find nobody.
    """
    _require_long(pepper)
    if not verify(code):
        raise ValueError("not a normalised case code")
    return hmac.new(pepper, _HASH_DOMAIN + code.encode("ascii"), hashlib.sha256).hexdigest()


def key_id(pepper: bytes) -> str:
    """Return the public name of a pepper, 16 hex digits, kept beside each hash; it betrays no key."""
    _require_long(pepper)
    return hmac.new(pepper, _KEY_ID_DOMAIN, hashlib.sha256).hexdigest()[:16]


def _draw(blocks: Iterator[bytes]) -> str:
    for block in blocks:
        bits = int.from_bytes(block[:7], "big") >> 6
        payload = "".join(ALPHABET[bits >> shift & 31] for shift in range(45, -1, -5))
        symbol = check_symbol(payload)
        # I, L, O, U and * cannot stand on a card: draw again (5 of 37 draws).
        if symbol in ALPHABET:
            return payload + symbol
    raise ValueError("random source ran dry")


def _is_separator(symbol: str) -> bool:
    # Spaces, dashes, and the invisible characters that come with a paste.
    return symbol in _DASHES or unicodedata.category(symbol) in {"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"}


def _require_long(secret: bytes) -> None:
    if len(secret) < SECRET_MINIMUM:
        raise ValueError("secret too short")
