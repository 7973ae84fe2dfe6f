"""What a durable write costs on this disk, and how far a ratio to it may be trusted."""

import os
import sqlite3
import statistics
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from bench.result import Result

ROUNDS = 40
SLOW_DISK = 0.002
"""Seconds of one durable commit from which on the disk, and not the processor, is what a save waits for."""


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


def raw_commit(folder: Path) -> Callable[[], None]:
    """Return a call that inserts one row and commits it durably, as the database's floor."""
    connection = sqlite3.connect(folder / f"{uuid.uuid4().hex}.sqlite3", isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)"
    )

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t (b) VALUES (?)", ("x" * 300,))
        connection.execute("COMMIT")

    return commit


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


def in_turn(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """Return the median wall-clock seconds of two calls measured in turn."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for work, seconds in zip((first, second), spent, strict=True):
            begun = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - begun)
    return statistics.median(spent[0]), statistics.median(spent[1])


def median_of(work: Callable[[], object]) -> float:
    """Return the median wall-clock seconds of a call."""
    return in_turn(work, lambda: None)[0]
