"""Whether a target was met, by how it is to be read; pure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.plan.vocabulary import TargetSense


@dataclass(frozen=True, kw_only=True)
class Attainment:
    """How a figure stands to its target; ``percent`` is None where a share of the target says nothing."""

    met: bool
    percent: int | None


def attainment(value: Decimal, target: Decimal, sense: TargetSense) -> Attainment:
    """Return how a figure stands to its target.

    A target to be reached, or to be kept at least, is met by the figure or more; one that is a most (以下) by
    the figure or less, and then how near it came is no share of it.
    """
    if sense is TargetSense.AT_MOST:
        return Attainment(met=value <= target, percent=None)
    percent = None
    if target > 0:
        percent = int((value / target * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        # Nobody reads 100 % where the target was missed by little.
        percent = min(percent, 99) if value < target else percent
    return Attainment(met=value >= target, percent=percent)
