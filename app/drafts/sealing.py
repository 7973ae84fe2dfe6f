"""Sealing drafts: AES-256-GCM under a key that lies outside the database; pure, the keys are passed in.

The key file holds one key a line. The first one seals; the others still open what they sealed, so that a key
can be replaced without losing what is being written.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES: Final = 12


@dataclass(frozen=True, kw_only=True)
class Keyring:
    """The key that seals now, by its id, and every key that still opens."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a sealed text belongs: moved to another account, form or key it does not open."""

    account_id: int
    purpose: str
    key_hash: str

    def bound(self) -> bytes:
        """Return what is authenticated with the text."""
        return f"shirube draft 1\n{self.account_id}\n{self.purpose}\n{self.key_hash}".encode()


@lru_cache(maxsize=8)
def ring_of(file: bytes) -> Keyring:
    """Return the keys of a key file.

    Raises:
        ValueError: there is none in it.
    """
    lines = [line.strip() for line in file.splitlines() if line.strip()]
    if not lines:
        raise ValueError("the file of draft keys is empty")
    keys = {id_of(line): derived(line) for line in lines}
    return Keyring(current=id_of(lines[0]), keys=keys)


def id_of(line: bytes) -> str:
    """Return the name under which the database knows a key; it says nothing of the key."""
    return hashlib.sha256(b"shirube draft key id\0" + line).hexdigest()[:16]


def derived(line: bytes) -> bytes:
    """Return the 256 bits that seal."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"shirube draft").derive(line)


def seal(ring: Keyring, place: Place, text: bytes) -> str:
    """Return the text sealed under the current key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    closed = AESGCM(ring.keys[ring.current]).encrypt(nonce, text, place.bound())
    return base64.b64encode(nonce + closed).decode()


def unseal(ring: Keyring, key_id: str, place: Place, sealed: str) -> bytes | None:
    """Return the text, None when its key is gone or anything about it was changed."""
    key = ring.keys.get(key_id)
    if key is None:
        return None
    try:
        raw = base64.b64decode(sealed, validate=True)
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.bound())
    except (InvalidTag, ValueError, binascii.Error):
        return None
