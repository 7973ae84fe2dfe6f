"""The identity check on the measuring part of its corpus: what it stops, where it errs, how long it takes.

Stopped is a text that is not saved as it is: blocked outright, or kept back until the writer says that nobody
can be known by it (names, employers, schools). How many there are of each kind of stop is printed as well.
"""

import time
from collections.abc import Sequence
from datetime import date

from app.privacy.pii import blocks, examine
from bench.result import Result
from tests.privacy import measuring

TODAY = date(2026, 11, 20)
ROUNDS = 5
# What must be blocked outright: for all else the design asks for a warning, which a writer may override.
BLOCKED_KINDS = frozenset({"phone", "my_number", "email", "address", "birth_date", "number"})


def run(size: int) -> list[Result]:
    """Check every identity and every ordinary note of the measuring part."""
    identities = measuring.identities()
    notes = measuring.notes()
    stopped = [(kind, examine(text, today=TODAY)) for kind, text in identities]
    to_block = [findings for kind, findings in stopped if kind in BLOCKED_KINDS]
    return [
        Result(
            name="identity.blocked",
            value=share(sum(bool(findings) for _kind, findings in stopped), len(stopped)),
            unit="%",
            must=99,
            better="higher",
        ),
        Result(
            name="identity.blocked_outright", value=sum(blocks(one) for _kind, one in stopped), unit="texts"
        ),
        Result(
            name="identity.blocked_by_warning",
            value=sum(bool(one) and not blocks(one) for _kind, one in stopped),
            unit="texts",
        ),
        Result(
            name="identity.numbers_blocked_outright",
            value=share(sum(blocks(findings) for findings in to_block), len(to_block)),
            unit="%",
            must=99,
            better="higher",
        ),
        Result(
            name="identity.false_alarms",
            value=share(sum(bool(examine(note, today=TODAY)) for note in notes), len(notes)),
            unit="%",
            must=2,
        ),
        Result(name="identity.texts", value=len(identities) + len(notes), unit="texts"),
        *speed(notes),
    ]


def share(part: int, whole: int) -> float:
    """Return a part in per cent."""
    return 100 * part / whole


def speed(notes: Sequence[str]) -> list[Result]:
    """Time a memo of full length, and a text a hundred times as long against a hundred memos."""
    endless = "\n".join(notes)
    memo, long = endless[:200], (endless * 2)[:20_000]
    one, whole = seconds(memo, 20), seconds(long, 1)
    return [
        Result(name="identity.check_ms", value=one * 1000, unit="ms", must=10, goal=2),
        Result(name="identity.growth", value=whole / (one * 100), unit="×", must=3, goal=1),
    ]


def seconds(text: str, times: int) -> float:
    """Return the least CPU seconds of one check."""
    spent = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(times):
            examine(text, today=TODAY)
        spent.append((time.process_time() - begun) / times)
    return min(spent)
