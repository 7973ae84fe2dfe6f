"""How an entry is tied to the one before it; pure."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

GENESIS = "0" * 64
# Built once: every change is written by them, and ``json.dumps`` would build one each time.
DETAILS = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
FIELDS = json.JSONEncoder(ensure_ascii=False)


def canonical(details: Mapping[str, object]) -> str:
    """Return details as the one JSON text that is stored and hashed."""
    return DETAILS.encode(details)


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
    return hashlib.sha256(FIELDS.encode(fields).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Link:
    """One stored entry: its number, its digest, and every other field by name."""

    number: int
    digest: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong, and at which number."""

    number: int
    text: str

    def __str__(self) -> str:
        """Return the line of a report."""
        return f"entry {self.number}: {self.text}"


def faults_of(links: Iterable[Link], *, head: tuple[int, str], kept: str | None = None) -> Iterator[Fault]:
    """Yield each place where the chain breaks; ``head`` is the stored one, ``kept`` one kept elsewhere.

    An edit breaks its own digest, a removed or moved entry the numbers and the link to the one before, a cut
    tail the stored head; who rewrites all of it, head included, cannot make a digest that was kept elsewhere.
    """
    number, previous = 0, GENESIS
    kept_found = kept is None or kept == GENESIS
    for link in links:
        if link.number != number + 1:
            yield Fault(number=link.number, text=f"comes after {number}: entries are missing or moved")
        if link.fields["previous"] != previous:
            yield Fault(number=link.number, text="does not follow from the entry before it")
        if digest_of(number=link.number, **link.fields) != link.digest:
            yield Fault(number=link.number, text="was changed after it was written")
        number, previous = link.number, link.digest
        kept_found = kept_found or previous == kept
    if (number, previous) != head:
        yield Fault(number=number, text=f"is the last one, but the head names {head[0]}: the end was cut off")
    if not kept_found:
        yield Fault(number=number, text="is the last one; the digest kept elsewhere is nowhere in the trail")
