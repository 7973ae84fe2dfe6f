"""How cases and drafts are shared out among colleagues when one of them moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.foundation.labels import LabelledEnum


class Sharing(LabelledEnum):
    """The ways of sharing out."""

    ONE = "one", "全部を一人に", "All to one colleague"
    EVEN = "even", "均等に分ける", "Evenly among several"
    EACH = "each", "一人ずつ選ぶ", "Case by case"


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Who gets what: by the id of a case or a draft the id of an account."""

    cases: Mapping[int, int] = field(default_factory=dict)
    drafts: Mapping[int, int] = field(default_factory=dict)

    @property
    def receivers(self) -> set[int]:
        """Who gets anything."""
        return {*self.cases.values(), *self.drafts.values()}


def deal(things: Sequence[int], receivers: Sequence[int], begin: int = 0) -> dict[int, int]:
    """Deal things out in turn, as cards are dealt, beginning with the receiver at ``begin``."""
    return {one: receivers[(begin + place) % len(receivers)] for place, one in enumerate(things)}
