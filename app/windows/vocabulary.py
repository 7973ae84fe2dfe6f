"""Kinds of offices and of printings, and the keys that other packages may rely on."""

from typing import Final

from app.foundation.labels import LabelledEnum

GENERAL_WINDOW: Final = "economy_guidance"
"""Key of the window that is always left: the city's own desk, named last."""

RESPONSE_DAYS: Final = 10
"""Working days within which a window is expected to answer a referral, unless its entry says otherwise."""
GRACE_DAYS: Final = 5
"""Working days after that before a silence is noted as 応答なし, unless its entry says otherwise."""
MOST_RESPONSE_DAYS: Final = 250
MOST_GRACE_DAYS: Final = 60


class OfficeKind(LabelledEnum):
    """Whether an office is part of the city."""

    DEPARTMENT = "department", "所管課", "City department"
    AGENCY = "agency", "関係機関", "Partner agency"


class PrintRun(LabelledEnum):
    """刷り: only what is printed after an edition's first run is 増冊."""

    FIRST = "first", "初刷", "First run"
    REPRINT = "reprint", "増冊", "Reprint"


class Standing(LabelledEnum):
    """How a window stands on a day."""

    CURRENT = "current", "利用できる", "Open"
    UPCOMING = "upcoming", "開設予定", "Not open yet"
    ENDED = "ended", "終了", "Ended"


class Appointment(LabelledEnum):
    """予約: whether somebody may simply go there."""

    NEEDED = "needed", "予約が必要です", "By appointment"
    NOT_NEEDED = "not_needed", "予約なしで行けます", "No appointment needed"
    UNKNOWN = "unknown", "分かっていません", "Not known"


class VersionOrigin(LabelledEnum):
    """Who entered a version: a file never overrides what a person entered."""

    FILE = "file", "ファイル", "File"
    PERSON = "person", "職員", "Staff"


class Revision(LabelledEnum):
    """Why an entry is edited: the entry was wrong, or the window changed on a day."""

    CORRECTION = "correction", "登録を直す・補う", "Correct or complete the entry"
    CHANGE = "change", "窓口が変わった", "The window changed"
