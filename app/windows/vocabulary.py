"""Kinds of offices."""

from app.foundation.labels import LabelledEnum


class OfficeKind(LabelledEnum):
    """Whether an office is part of the city."""

    DEPARTMENT = "department", "所管課", "City department"
    AGENCY = "agency", "関係機関", "Partner agency"
