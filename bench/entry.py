"""A consultation saved at the counter: CPU in all, and against one raw insert with its commit."""

import sqlite3
import time
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.city import city, signed_in
from bench.result import Result
from bench.timing import interleaved

ROUNDS = 40
ENTRY = {
    "who": "card",
    "case_number": "1000-00",
    "held_on": "2026-04-01",
    "channel": "visit",
    "minutes": "30",
    "assistance": "recipient",
    "topics": ["job_search"],
    "topic": "job_search",
    "target_groups": ["middle_aged"],
    "target_group": "middle_aged",
    "age_band": "40-49",
    "household": "single",
    "source": "self",
    "programme": "assistance",
    "kind": "consultation",
    "headcount": "1",
    "memo": "応募書類をいっしょに見直した。",
    "go": "next",
}


def run(size: int) -> list[Result]:
    """Measure the save of the entry page."""
    with city(size) as app, TemporaryDirectory() as folder:
        client = signed_in(app)

        def save() -> None:
            answer = client.post("/counter", data=ENTRY | {"submission_key": uuid.uuid4().hex})
            if answer.status_code != 302:
                raise RuntimeError(f"the entry was not saved: {answer.status_code}")

        cpu, _raw_cpu = interleaved(save, lambda: None, ROUNDS)
        commit = raw_commit(Path(folder))
        wall, floor = in_turn(save, commit)
        return [
            Result(name="entry.save_cpu", value=cpu * 1000, unit="ms", must=20, goal=8),
            Result(name="entry.save_vs_raw_commit", value=wall / floor, unit="×"),
        ]


def raw_commit(folder: Path):
    """Return a call that inserts one row and commits it durably, as the database's floor."""
    connection = sqlite3.connect(folder / "raw.sqlite3", isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)"
    )

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t (b) VALUES (?)", ("x" * 300,))
        connection.execute("COMMIT")

    return commit


def in_turn(first, second) -> tuple[float, float]:
    """Return the median wall-clock seconds of two calls measured in turn."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for work, seconds in zip((first, second), spent, strict=True):
            begun = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - begun)
    return sorted(spent[0])[ROUNDS // 2], sorted(spent[1])[ROUNDS // 2]
