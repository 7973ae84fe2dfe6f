"""What kind of work the jobs of the sample city are; pure.

Drawn from a stream of its own for each job, so that nothing else of the story changes by it.
"""

from dataclasses import dataclass
from random import Random
from typing import Final

from app.demo.persons import Shares, choose
from app.placements.standards import Industry, Occupation, WageBand, WeeklyHours
from app.placements.vocabulary import Hours

WORK: Final[Shares[tuple[Occupation, Industry]]] = (
    ((Occupation.K, Industry.R), 24), ((Occupation.E, Industry.P), 18), ((Occupation.E, Industry.M), 14),
    ((Occupation.D, Industry.I), 13), ((Occupation.K, Industry.H), 8), ((Occupation.H, Industry.E), 7),
    ((Occupation.C, Industry.R), 6), ((Occupation.F, Industry.R), 5), ((Occupation.I, Industry.H), 2),
    ((Occupation.G, Industry.A), 1), ((Occupation.UNKNOWN, Industry.UNKNOWN), 2),
)  # fmt: skip
PART_TIME: Final[Shares[WeeklyHours]] = (
    (WeeklyHours.FROM_20, 52), (WeeklyHours.FROM_10, 34), (WeeklyHours.UNDER_10, 10),
    (WeeklyHours.UNKNOWN, 4),
)  # fmt: skip
WAGES: Final[dict[WeeklyHours, Shares[WageBand | None]]] = {
    WeeklyHours.UNDER_10: ((WageBand.UNDER_50, 70), (None, 30)),
    WeeklyHours.FROM_10: ((WageBand.FROM_50, 60), (WageBand.UNDER_50, 10), (None, 30)),
    WeeklyHours.FROM_20: ((WageBand.FROM_88, 62), (WageBand.FROM_50, 10), (None, 28)),
    WeeklyHours.FROM_30: (
        (WageBand.FROM_150, 50),
        (WageBand.FROM_200, 16),
        (WageBand.FROM_88, 6),
        (None, 28),
    ),
    WeeklyHours.UNKNOWN: ((None, 100),),
}


@dataclass(frozen=True, kw_only=True)
class Detail:
    """What kind of work a job is."""

    occupation: Occupation
    industry: Industry
    weekly_hours: WeeklyHours
    wage_band: WageBand | None


def detail(key: int, hours: Hours) -> Detail:
    """Make up what kind of work a job is, from a stream of its own: the rest of the story stays as it is."""
    rng = Random(f"detail of job {key}")  # noqa: S311 - a story, not a secret
    occupation, industry = choose(rng, WORK)
    weekly = WeeklyHours.FROM_30 if hours is Hours.FULL_TIME else choose(rng, PART_TIME)
    wage = choose(rng, WAGES[weekly])
    return Detail(occupation=occupation, industry=industry, weekly_hours=weekly, wage_band=wage)
