"""Whether a placement counts as 就職 in the plan, and if not, why not; pure (domain: terms)."""

from app.foundation.labels import LabelledEnum
from app.placements.vocabulary import Contract, PlacementCategory, PlacementKind
from app.situation.programme import Programme


class Counting(LabelledEnum):
    """計画の件数との関係, as the page of a placement says it."""

    ASSISTANCE = (
        "assistance",
        "事業6の就職件数に入ります。",
        "Counts among the placements of measure 6.",
    )
    CENTRE = (
        "centre",
        "事業4の就労人数に入ります（同じ年度に何件あっても1人）。",
        "Counts among the people placed of measure 4 (one person however many jobs in the year).",
    )
    VOID = "void", "誤入力として取り消したため、どの件数にも入りません。", "Entered in error: in no count."
    NOT_NEW = (
        "not_new",
        "新規就職ではないため、記録だけで、就職の件数には入りません。",
        "Not a new employment: recorded, but not counted as a placement.",
    )
    SUPPORTED_A = (
        "supported_a",
        "就労継続支援A型は、計画担当が設定した場合のほかは、就職の件数に入りません。",
        "Continuous employment support type A is not counted unless the plan desk has set it so.",
    )
    OUTSIDE_MEASURE_6 = (
        "outside_measure_6",
        "生活保護・児童扶養手当・要保護のいずれでもないため、事業6の件数には入りません。",
        "Neither on public assistance, nor on child-rearing allowance, nor in need: outside measure 6.",
    )
    NO_MEASURE = (
        "no_measure",
        "窓口案内の事業には就職件数の指標がないため、計画の件数には入りません。",
        "The guidance programme has no indicator for placements: in no count of the plan.",
    )

    @property
    def is_counted(self) -> bool:
        """Whether the placement stands in a figure of the plan."""
        return self in (Counting.ASSISTANCE, Counting.CENTRE)


def counting_of(
    *,
    programme: Programme,
    kind: PlacementKind,
    contract: Contract,
    category: PlacementCategory | None,
    voided: bool,
    supported_a_counts: bool = False,
) -> Counting:
    """Return how a placement stands to the plan's figures.

    ``supported_a_counts``: whether the plan desk's rule, on the first working day, lets 就労継続支援A型 count
    at the centre.
    """
    if voided:
        return Counting.VOID
    if kind is not PlacementKind.NEW:
        return Counting.NOT_NEW
    if contract is Contract.SUPPORTED_A and not (supported_a_counts and programme is Programme.CENTRE):
        return Counting.SUPPORTED_A
    if programme is Programme.ASSISTANCE:
        return Counting.ASSISTANCE if category is not None else Counting.OUTSIDE_MEASURE_6
    return Counting.CENTRE if programme is Programme.CENTRE else Counting.NO_MEASURE
