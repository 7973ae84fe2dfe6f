"""How sensitive a column is; a test fails when a column has no class or one its table may not hold."""

from enum import StrEnum


class Sensitivity(StrEnum):
    """Classes of docs/privacy-notice.md, from harmless to never shown."""

    PUBLIC = "public"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"
    SECRET = "secret"  # noqa: S105 - a class, not a password


PUBLIC = {"sensitivity": Sensitivity.PUBLIC}
INTERNAL = {"sensitivity": Sensitivity.INTERNAL}
SENSITIVE = {"sensitivity": Sensitivity.SENSITIVE}
SECRET = {"sensitivity": Sensitivity.SECRET}
