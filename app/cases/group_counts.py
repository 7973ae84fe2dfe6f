"""内訳 of a group session: how many were of which age band, group and so on; pure.

Each dimension sums up to the headcount; whatever nobody counted is 不明.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.cases.vocabulary import Dimension
from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum
from app.situation.vocabulary import AgeBand, AssistanceStatus, Gender, Household, TargetGroup

UNKNOWN: Final = "unknown"
VALUES: Final[dict[Dimension, type[LabelledEnum]]] = {
    Dimension.AGE_BAND: AgeBand,
    Dimension.TARGET_GROUP: TargetGroup,
    Dimension.ASSISTANCE: AssistanceStatus,
    Dimension.HOUSEHOLD: Household,
    Dimension.GENDER: Gender,
}
TOO_MANY: Final = N_("内訳の合計（%(sum)s人）が、人数（%(headcount)s人）より多くなっています。")
NOT_COUNTED: Final = N_("内訳は0から500までの人数で入力してください。")

Counts = Mapping[Dimension, Mapping[str, int]]


def offered(dimension: Dimension) -> tuple[LabelledEnum, ...]:
    """Return the values that are counted by hand; 不明 is the remainder."""
    return tuple(value for value in VALUES[dimension].current() if value.value != UNKNOWN)


def complete(counts: Counts, *, headcount: int) -> dict[Dimension, dict[str, int]]:
    """Return the counts of every dimension in which anybody was counted, with the remainder as 不明.

    A dimension in which nobody was counted is left out: nothing is known of it, as of one single person.

    Raises:
        DomainError: at ``<dimension>_counts``: a value that does not exist, or more people than came.
    """
    if not any(counts.values()):
        return {}
    return {
        dimension: completed
        for dimension in Dimension
        if (completed := completed_one(dimension, counts.get(dimension, {}), headcount))
    }


def completed_one(dimension: Dimension, heads: Mapping[str, int], headcount: int) -> dict[str, int]:
    """Return one dimension's counts with the remainder; empty when nobody was counted."""
    field = f"{dimension.value}_counts"
    known = {value.value for value in offered(dimension)}
    counted = {value: count for value, count in heads.items() if value != UNKNOWN and count}
    if set(counted) - known or any(not 0 < count <= 500 for count in counted.values()):
        raise DomainError(NOT_COUNTED, field=field)
    total = sum(counted.values())
    if total > headcount:
        raise DomainError(TOO_MANY, field=field, sum=total, headcount=headcount)
    if not counted:
        return {}
    return counted | ({UNKNOWN: headcount - total} if total < headcount else {})


def most_of(counts: Counts, dimension: Dimension, otherwise: StrEnum) -> str:
    """Return the value that most people had, the first in the vocabulary's order of several."""
    heads = counts.get(dimension, {})
    ranked = [value.value for value in offered(dimension) if heads.get(value.value)]
    return max(ranked, key=lambda value: heads[value], default=otherwise.value)
