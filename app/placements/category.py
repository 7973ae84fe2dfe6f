"""The category of measure 6 to which a job belongs, by precedence; pure (domain: placement category)."""

from collections.abc import Collection
from typing import Final

from app.placements.vocabulary import PlacementCategory
from app.situation.programme import Programme
from app.situation.vocabulary import AssistanceStatus

PRECEDENCE: Final[tuple[tuple[AssistanceStatus, PlacementCategory], ...]] = (
    (AssistanceStatus.RECIPIENT, PlacementCategory.RECIPIENT),
    # 児童扶養手当受給 is printed as 母子家庭; fathers are included.
    (AssistanceStatus.CHILD_ALLOWANCE, PlacementCategory.SINGLE_MOTHER),
    (AssistanceStatus.IN_NEED, PlacementCategory.IN_NEED),
)


def category_of(statuses: Collection[AssistanceStatus]) -> PlacementCategory | None:
    """Return the one category of whoever has these statuses; None lies outside measure 6."""
    return next((category for status, category in PRECEDENCE if status in statuses), None)


def category_in(programme: Programme, assistance: AssistanceStatus) -> PlacementCategory | None:
    """Return the category that a placement of a programme stores: only measure 6 has any."""
    return category_of({assistance}) if programme is Programme.ASSISTANCE else None
