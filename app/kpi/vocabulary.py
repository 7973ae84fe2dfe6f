"""Words of figures: what kind of count, by what it is broken down, where a number comes from."""

from typing import Final

from app.foundation.labels import LabelledEnum
from app.plan.vocabulary import ResultSource


class MetricKind(LabelledEnum):
    """How a figure stands in time."""

    STOCK = "stock", "ある日の数", "Number on a day"
    FLOW = "flow", "年度の累計", "Sum over the year"
    COHORT = "cohort", "割合", "Share"
    MEDIAN = "median", "中央値", "Median"
    HIGH = "high", "90%点", "90th percentile"

    @property
    def is_of_days(self) -> bool:
        """Whether it is taken of the days between two days of each row."""
        return self in (MetricKind.MEDIAN, MetricKind.HIGH)


class By(LabelledEnum):
    """By what a figure is broken down."""

    PART = "part", "内訳", "Parts"
    MONTH = "month", "月", "Month"
    PROGRAMME = "programme", "事業", "Programme"
    OFFICE = "office", "課", "Department"
    AGENCY = "agency", "関係機関", "Agency"
    WINDOW = "window", "窓口", "Window"
    TARGET_GROUP = "target_group", "対象者", "Target group"


class TableSource(LabelledEnum):
    """Which figures a plan's table shows."""

    RECORDS = "records", "記録から", "From the records"
    PUBLISHED = "published", "既公表値", "Published before"
    FROZEN = "frozen", "確定値", "Frozen"


class EditionKind(LabelledEnum):
    """How the figures of a year came to stand."""

    PUBLISHED = "published", "既公表値", "Published before"
    FREEZE = "freeze", "確定", "Frozen"
    RESTATEMENT = "restatement", "訂正", "Restated"


class RestatementState(LabelledEnum):
    """Whether a restatement was decided."""

    PROPOSED = "proposed", "承認待ち", "Waiting for approval"
    APPROVED = "approved", "承認", "Approved"
    REFUSED = "refused", "差戻し", "Refused"
    WITHDRAWN = "withdrawn", "取下げ", "Withdrawn"


class RemarkKind(LabelledEnum):
    """What is said below the table of a figure or a text in it."""

    RESTATED = "restated", "訂正", "Restated"
    CORRECTED = "corrected", "補正", "Department differs"


class Mark(LabelledEnum):
    """Where one figure of the table comes from."""

    PUBLISHED = "published", "既公表値", "Published before"
    RECORDS = "records", "記録から", "From the records"
    REPORTED = "reported", "所管課報告", "Reported by the department"
    MAP = "map", "マップ台帳", "From the map register"


class Handling(LabelledEnum):
    """Who may read a figure of a file."""

    PUBLIC = "public", "公表済み", "Published"
    INTERNAL = "internal", "内部限り", "Internal use only"


class Sign(LabelledEnum):
    """The character of a mark."""

    PUBLISHED = "published", "既", "P"
    RECORDS = "records", "記", "R"
    REPORTED = "reported", "所", "D"
    MAP = "map", "図", "M"


MARK_OF: Final = {
    ResultSource.RECORDS: Mark.RECORDS,
    ResultSource.REPORTED: Mark.REPORTED,
    ResultSource.MAP: Mark.MAP,
}
SIGNS: Final = dict(zip(Mark, Sign, strict=True))


class Answering(LabelledEnum):
    """How a referral stands to its answer."""

    ANSWERED = "answered", "返事あり", "Answered"
    WITHDRAWN = "withdrawn", "返事の前に取下げ", "Withdrawn before an answer"
    WAITING = "waiting", "返事なし", "No answer"


class Fitting(LabelledEnum):
    """Whether the window that answered was the right one."""

    WRONG_WINDOW = "wrong_window", "窓口違い", "Wrong window"
    OTHERWISE = "otherwise", "そのほかの返事", "Answered otherwise"


class Rerouting(LabelledEnum):
    """What came after a referral to the wrong window."""

    REROUTED = "rerouted", "別の窓口へ", "To another window"
    NOT_YET = "not_yet", "まだ", "Not yet"


class Punctual(LabelledEnum):
    """Whether an answer came by the day that the window promised."""

    IN_TIME = "in_time", "期限内の返事", "Answered in time"
    LATE = "late", "期限を過ぎた返事", "Answered late"
    SILENT = "silent", "期限を過ぎて返事なし", "Not answered, past its day"


class Milestone(LabelledEnum):
    """How long ago a job began when it is looked at again, in months."""

    ONE = "1", "1か月", "1 month"
    THREE = "3", "3か月", "3 months"
    SIX = "6", "6か月", "6 months"
    TWELVE = "12", "12か月", "12 months"


class Standing(LabelledEnum):
    """Whether somebody with long support and no result is to be looked at now."""

    LISTED = "listed", "見直す人", "To be looked at"
    SET_ASIDE = "set_aside", "理由があり、一覧から外している人", "Left out for a reason"


class LongSupportReason(LabelledEnum):
    """Why support goes on without a job."""

    HEALTH = "health", "治療・療養が先", "Treatment comes first"
    TRAINING = "training", "訓練・学校に通っている", "In training or at school"
    CARE = "care", "育児・介護が先", "Care of the family comes first"
    LIVING = "living", "生活・住まいの立て直しが先", "Living and housing come first"
    OTHER_AGENCY = "other_agency", "他の機関が中心に支援している", "Another agency leads the support"
    PAUSED = "paused", "本人の希望で休んでいる", "Paused at the person's wish"
    OTHER = "other", "その他", "Other"
