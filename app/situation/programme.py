"""Which of the plan's measures a record counts for."""

from typing import Final

from app.foundation.labels import LabelledEnum


class Programme(LabelledEnum):
    """事業: which of the plan's measures a record counts for."""

    GUIDANCE = "guidance", "窓口案内", "Guidance to windows"
    ASSISTANCE = (
        "assistance",
        "生活保護被保護者等就労促進",
        "Employment promotion for people on public assistance",
    )
    CENTRE = "centre", "障害者就労支援センター", "Employment support centre for disabled people"

    @property
    def measure_number(self) -> int:
        """Number of the measure (事業番号) in the plan."""
        return MEASURE_NUMBER[self]


MEASURE_NUMBER: Final = {Programme.GUIDANCE: 5, Programme.ASSISTANCE: 6, Programme.CENTRE: 4}
