"""The secret in a one-time answer link: 256 random bits, signed, and kept as a hash only; pure."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Final

RANDOM_BYTES: Final = 32
LENGTH: Final = 86
"""Symbols of a token: 32 random bytes and 32 of signature, each as 43 of base64url."""
_DOMAIN: Final = b"shirube:answer-link:v1\0"


def draw_token(secret: str, random_bytes: Callable[[int], bytes]) -> str:
    """Return a new token, from `secrets.token_bytes` or the like."""
    drawn = _written(random_bytes(RANDOM_BYTES))
    return drawn + _signature(secret, drawn)


def is_ours(secret: str, token: str) -> bool:
    """Tell whether this house made a token: a guessed one never reaches the database."""
    if len(token) != LENGTH or not token.isascii():
        return False
    drawn, signature = token[: LENGTH // 2], token[LENGTH // 2 :]
    return hmac.compare_digest(signature, _signature(secret, drawn))


def hash_of(token: str) -> str:
    """Return what the database keeps of a token, 64 hex digits."""
    return hashlib.sha256(_DOMAIN + token.encode()).hexdigest()


def _signature(secret: str, drawn: str) -> str:
    return _written(hmac.new(secret.encode(), _DOMAIN + drawn.encode(), hashlib.sha256).digest())


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
