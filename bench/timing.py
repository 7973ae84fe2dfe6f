"""Two things measured in turn, A B A B …, so that their ratio holds when the machine's speed drifts."""

import statistics
import time
from collections.abc import Callable


def interleaved(
    first: Callable[[], object], second: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Return the median CPU seconds of each, after one warm-up of both."""
    first(), second()
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, seconds in zip((first, second), spent, strict=True):
            begun = time.process_time()
            work()
            seconds.append(time.process_time() - begun)
    return statistics.median(spent[0]), statistics.median(spent[1])
