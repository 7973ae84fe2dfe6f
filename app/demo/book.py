"""What the desks of the sample city remember while they enter: which record belongs to which event."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from app.demo.answering import Guide
from app.demo.staff import Staff


@dataclass(kw_only=True)
class Book:
    """Records by the keys of persons, visits, referrals and jobs; ``windows`` are ids by key."""

    staff: Staff
    windows: Mapping[str, int]
    pepper: bytes
    rng: Random
    guide: Guide = field(default_factory=Guide)
    cards: dict[int, str] = field(default_factory=dict)
    cases: dict[int, int] = field(default_factory=dict)
    registrations: dict[int, int] = field(default_factory=dict)
    visits: dict[int, int] = field(default_factory=dict)
    referrals: dict[int, int] = field(default_factory=dict)
    references: dict[int, str] = field(default_factory=dict)
    jobs: dict[int, int] = field(default_factory=dict)
