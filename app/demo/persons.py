"""Invented persons whose facts fit together; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Final, TypeVar

from app.situation.vocabulary import AgeBand, AssistanceStatus, Gender, Household, TargetGroup

T = TypeVar("T")
Shares = Sequence[tuple[T, float]]
A = AgeBand

AGES: Final[dict[TargetGroup, Shares[AgeBand]]] = {
    TargetGroup.DISABILITY: (
        (A.A15_19, 4), (A.A20_29, 24), (A.A30_34, 15), (A.A35_39, 14), (A.A40_49, 24), (A.A50_54, 10),
        (A.A55_59, 6), (A.A60_64, 3),
    ),
    TargetGroup.PARENT: ((A.A20_29, 15), (A.A30_34, 24), (A.A35_39, 28), (A.A40_49, 30), (A.A50_54, 3)),
    TargetGroup.YOUTH: ((A.A15_19, 18), (A.A20_29, 62), (A.A30_34, 20)),
    TargetGroup.MIDDLE_AGED: (
        (A.A40_49, 12), (A.A50_54, 22), (A.A55_59, 25), (A.A60_64, 23), (A.A65_OVER, 18),
    ),
    TargetGroup.OTHER: (
        (A.A20_29, 12), (A.A30_34, 12), (A.A35_39, 15), (A.A40_49, 30), (A.A50_54, 14), (A.A55_59, 9),
        (A.UNKNOWN, 8),
    ),
}  # fmt: skip
GENDERS: Final[dict[TargetGroup, Shares[Gender | None]]] = {
    TargetGroup.PARENT: ((Gender.FEMALE, 94), (None, 6)),
}
ANY_GENDER: Final[Shares[Gender | None]] = (
    (Gender.FEMALE, 43), (Gender.MALE, 47), (None, 7), (Gender.UNDISCLOSED, 2), (Gender.ANOTHER, 1),
)  # fmt: skip
HOUSEHOLDS: Final[Shares[Household]] = (
    (Household.SINGLE, 52), (Household.OTHER, 9), (Household.COUPLE, 9), (Household.WITH_CHILDREN, 14),
    (Household.UNKNOWN, 8),
)  # fmt: skip
HOUSEHOLD_TEXTS: Final = ("親と同居", "きょうだいと同居", "友人と同居")
OLD: Final = (A.A65_OVER,)


@dataclass(frozen=True, kw_only=True)
class Person:
    """One invented person; ``key`` is a serial number inside one loading."""

    key: int
    gender: Gender | None
    age_band: AgeBand
    target_group: TargetGroup
    other_groups: tuple[TargetGroup, ...]
    single_parent: bool
    assistance: AssistanceStatus
    household: Household
    household_other: str


def choose(rng: Random, shares: Shares[T]) -> T:
    """Draw one of several values by their shares."""
    return rng.choices([value for value, _share in shares], [share for _value, share in shares])[0]


class Town:
    """Gives the persons of one loading, each with a key of its own."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._keys = count(1)

    def person(self, group: TargetGroup, assistance: AssistanceStatus) -> Person:
        """Invent a person of a target group with a status of assistance."""
        rng = self._rng
        single_parent = assistance is AssistanceStatus.CHILD_ALLOWANCE or (
            group is TargetGroup.PARENT and rng.random() < 0.3
        )
        age = choose(rng, AGES[group])
        household = self._household(group, age, single_parent)
        return Person(
            key=next(self._keys),
            gender=self._gender(group, single_parent),
            age_band=age,
            target_group=group,
            other_groups=self._others(group, age),
            single_parent=single_parent,
            assistance=assistance,
            household=household,
            household_other=rng.choice(HOUSEHOLD_TEXTS) if household is Household.OTHER else "",
        )

    def group(self, target_group: TargetGroup) -> Person:
        """Return what can be said of everybody in a group session."""
        return Person(
            key=next(self._keys),
            gender=None,
            age_band=AgeBand.UNKNOWN,
            target_group=target_group,
            other_groups=(),
            single_parent=False,
            assistance=AssistanceStatus.UNKNOWN,
            household=Household.UNKNOWN,
            household_other="",
        )

    def _gender(self, group: TargetGroup, single_parent: bool) -> Gender | None:
        # A few fathers receive the allowance, too.
        if single_parent and self._rng.random() < 0.06:
            return Gender.MALE
        return choose(self._rng, GENDERS.get(group, ANY_GENDER))

    def _household(self, group: TargetGroup, age: AgeBand, single_parent: bool) -> Household:
        if single_parent:
            return Household.SINGLE_PARENT
        if group is TargetGroup.PARENT:
            return Household.WITH_CHILDREN
        if age in OLD and self._rng.random() < 0.6:
            return Household.ELDERLY
        return choose(self._rng, HOUSEHOLDS)

    def _others(self, group: TargetGroup, age: AgeBand) -> tuple[TargetGroup, ...]:
        also = []
        if group is TargetGroup.DISABILITY and age in (A.A15_19, A.A20_29) and self._rng.random() < 0.3:
            also.append(TargetGroup.YOUTH)
        if group in (TargetGroup.OTHER, TargetGroup.MIDDLE_AGED) and self._rng.random() < 0.12:
            also.append(TargetGroup.DISABILITY)
        return tuple(also)
