"""What was measured on once and showed faults, line by line: now it is part of what is developed on.

Each line of a set is ``[kind, text]``; the kind of an ordinary note is "note". See docs/identity-check.md.
"""

import json
from pathlib import Path

SETS = ("first", "second", "third")
NOTE = "note"


def read(name: str) -> list[tuple[str, str]]:
    """Return (kind, text) of a set, its ordinary notes last."""
    lines = (Path(__file__).parent / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [(kind, text) for kind, text in (json.loads(line) for line in lines if line)]
