"""How an entry is tied to the one before it; pure."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

GENESIS = "0" * 64


def canonical(details: Mapping[str, object]) -> str:
    """Return details as the one JSON text that is stored and hashed."""
    return json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest_of(
    *,
    number: int,
    at: datetime,
    actor_id: int | None,
    actor_label: str,
    office_id: int | None,
    action: str,
    subject: str,
    subject_id: str,
    details: str,
    previous: str,
) -> str:
    """Return the SHA-256 (hex) over every field and the digest before."""
    fields = [
        number,
        at.isoformat(),
        actor_id,
        actor_label,
        office_id,
        action,
        subject,
        subject_id,
        details,
        previous,
    ]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()
