"""What a durable write costs on this disk, and how far a ratio to it may be trusted.

On a disk that confirms at once the processor decides, and a ratio to the disk says nothing. So the same is
measured once more with answers of the disk that take a given time, in the raw commit and in ours alike.
"""

import os
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from app.foundation import durability, engines
from bench.result import Result

ROUNDS = 40
SLOW_DISK = 0.002
"""Seconds of one durable commit from which on the disk, and not the processor, is what a save waits for."""

ANSWERS_OF_A_CHECKPOINT = 3
"""SQLite asks the disk for the log, then for the database; a log begun anew has its header confirmed."""


def against_disk(
    rates: list[float], floor: float, ratios: list[tuple[str, float, float | None, float | None]]
) -> list[Result]:
    """Return how fast the disk was, and the ratios to it while it stayed as fast."""
    name = ratios[0][0]
    results = [Result(name=f"{name}.fdatasync", value=min(rates), unit="1/s", better="higher")]
    if max(rates) > 2 * min(rates):
        return results
    is_slow = floor >= SLOW_DISK
    return results + [
        Result(name=name, value=value, unit="×", must=must if is_slow else None, goal=goal, better="higher")
        for name, value, must, goal in ratios
    ]


def raw_commit(folder: Path, *, synchronous: str = "FULL") -> Callable[[], None]:
    """Return a call that inserts one row and commits it durably, as the database's floor."""
    file = folder / f"{uuid.uuid4().hex}.sqlite3"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.executescript(
        f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};"
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)"
    )

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t (b) VALUES (?)", ("x" * 300,))
        connection.execute("COMMIT")

    return commit


def raw_commit_asking(folder: Path) -> Callable[[], None]:
    """Return the same with the question to the disk asked by us, so that it can be slowed down.

    It costs what ``raw_commit`` costs; both are printed against each other (``counter.raw_asking_vs_full``).
    """
    commit = raw_commit(folder, synchronous="NORMAL")
    commit()
    newest = max(folder.glob("*.sqlite3-wal"), key=lambda path: path.stat().st_ctime_ns)
    log = os.open(newest, os.O_RDONLY)

    def commit_and_ask() -> None:
        commit()
        durability.ask_disk(log)

    return commit_and_ask


@contextmanager
def slow_disk(seconds: float) -> Iterator[None]:
    """Let no answer of the disk take less than so many seconds, those to a checkpoint included."""
    ask, checkpoint = durability.ask_disk, engines.checkpoint

    def ask_slowly(file: int) -> None:
        answered_at = time.perf_counter() + seconds
        ask(file)
        time.sleep(max(answered_at - time.perf_counter(), 0))

    def checkpoint_slowly(*args: object, **named: object) -> bool:
        answered_at = time.perf_counter() + seconds * ANSWERS_OF_A_CHECKPOINT
        done = checkpoint(*args, **named)
        time.sleep(max(answered_at - time.perf_counter(), 0))
        return done

    with (
        patch.object(durability, "ask_disk", ask_slowly),
        patch.object(engines, "checkpoint", checkpoint_slowly),
    ):
        yield


def syncs(folder: Path) -> float:
    """Return how many times a second the disk confirms 4 KiB, measured for a third of a second."""
    number, begun = 0, time.perf_counter()
    with (folder / "sync").open("wb") as file:
        while time.perf_counter() - begun < 0.3:
            file.write(b"x" * 4096)
            file.flush()
            os.fdatasync(file.fileno())
            number += 1
    return number / (time.perf_counter() - begun)


def in_turn(
    first: Callable[[], object], second: Callable[[], object], *, among: float = 0.5
) -> tuple[float, float]:
    """Return the wall-clock seconds of two calls measured in turn: the median, or another place among all."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for work, seconds in zip((first, second), spent, strict=True):
            begun = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - begun)
    place = int(ROUNDS * among)
    return sorted(spent[0])[place], sorted(spent[1])[place]


def median_of(work: Callable[[], object]) -> float:
    """Return the median wall-clock seconds of a call."""
    return in_turn(work, lambda: None)[0]
