"""The disclosure gate on random tables: what an attacker learns, and how long the choice takes.

200 tables; with a size of 100k or more 10,000, which takes an hour on one core. Every fifth story publishes a
second time, so that releases can be laid beside each other.
"""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from bench.result import Result
from tests.privacy.disclosing import story
from tests.privacy.trying import Outcome, try_story

SAMPLE, FULL = 200, 10_000
SEED = 20261122
TWICE = 5
CHUNK = 50


def run(size: int) -> list[Result]:
    """Publish and attack."""
    many = FULL if size > 10_000 else SAMPLE
    return results(list(outcomes(many)))


def outcomes(many: int) -> Iterator[Outcome]:
    """Return what came of each story, on every core, with progress for who waits."""
    chunks = [(start, min(start + CHUNK, many)) for start in range(0, many, CHUNK)]
    with ProcessPoolExecutor(max_workers=os.cpu_count(), initializer=silence) as pool:
        for done, found in zip(chunks, pool.map(chunk, chunks), strict=True):
            yield from found
            if many > SAMPLE:
                print(f"· {done[1]} of {many}", file=sys.stderr, flush=True)


def silence() -> None:
    """Keep what the solver says to itself off standard output, where the results go."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def chunk(span: tuple[int, int]) -> list[Outcome]:
    """Return what came of some stories."""
    numbers = range(*span)
    return [try_story(story(SEED, number), twice=number % TWICE == 0) for number in numbers]


def results(found: list[Outcome]) -> list[Result]:
    """Return the figures: what must never happen, what shows that the attack is real, and times."""
    at_risk = [one for one in found if one.small]
    again = [one for one in found if one.second_level is not None]
    times = sorted(one.seconds for one in found)
    return [
        Result(name="disclosure.tables", value=len(found), unit="tables"),
        Result(name="disclosure.narrowed", value=sum(o.narrowed for o in found), unit="cells", must=0),
        Result(
            name="disclosure.narrowed_to_insider",
            value=sum(o.narrowed_to_insider for o in found),
            unit="cells",
            must=0,
        ),
        Result(name="disclosure.differenced", value=sum(o.differenced for o in again), unit="cells", must=0),
        Result(name="disclosure.second_releases", value=len(again), unit="tables"),
        Result(
            name="disclosure.second_released_in_full",
            value=share(sum(o.second_level == 0 for o in again), len(again)),
            unit="%",
        ),
        Result(
            name="disclosure.primary_only_broken",
            value=share(sum(one.broken for one in at_risk), len(at_risk)),
            unit="%",
            must=10,
            better="higher",
        ),
        Result(
            name="disclosure.primary_only_exact",
            value=share(sum(one.exact for one in at_risk), len(at_risk)),
            unit="%",
        ),
        Result(
            name="disclosure.released_in_full",
            value=share(sum(o.level == 0 for o in found), len(found)),
            unit="%",
        ),
        Result(
            name="disclosure.withheld",
            value=share(sum(o.withheld for o in found), sum(o.cells for o in found)),
            unit="%",
        ),
        Result(
            name="disclosure.small",
            value=share(sum(o.small for o in found), sum(o.cells for o in found)),
            unit="%",
        ),
        Result(name="disclosure.seconds_p50", value=quantile(times, 0.5), unit="s"),
        Result(name="disclosure.seconds_p95", value=quantile(times, 0.95), unit="s", must=20, goal=2),
    ]


def share(part: int, whole: int) -> float:
    """Return a part in per cent."""
    return 100 * part / whole if whole else 0.0


def quantile(ordered: list[float], at: float) -> float:
    """Return the value below which such a share lies (nearest rank)."""
    return ordered[min(len(ordered) - 1, int(at * len(ordered)))]
