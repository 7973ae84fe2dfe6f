"""Words of a job found."""

from app.foundation.labels import LabelledEnum


class PlacementKind(LabelledEnum):
    """種別: only a new employment counts as 就職."""

    NEW = "new", "新規就職", "New employment"
    RAISE = "raise", "増収", "Higher earnings"
    RENEWAL = "renewal", "契約更新", "Contract renewal"
    SILVER = "silver", "シルバー人材センターでの就業", "Work through the Silver Human Resources Centre"


class Hours(LabelledEnum):
    """労働時間."""

    FULL_TIME = "full_time", "フルタイム", "Full-time"
    PART_TIME = "part_time", "パート", "Part-time"


class Contract(LabelledEnum):
    """雇用形態."""

    REGULAR = "regular", "正社員", "Regular employee"
    NON_REGULAR = "non_regular", "正社員以外", "Non-regular employee"
    TEMPORARY_AGENCY = "temporary_agency", "派遣", "Temporary agency worker"
    SELF_EMPLOYED = "self_employed", "自営", "Self-employed"
    SUPPORTED_A = "supported_a", "就労継続支援A型", "Continuous employment support, type A"
    OTHER = "other", "その他", "Other"


class Posting(LabelledEnum):
    """求人の種別."""

    GENERAL = "general", "一般", "General"
    DISABILITY = "disability", "障害者専用", "For people with disabilities"
    NEW_GRADUATE = "new_graduate", "新卒", "New graduates"
    SEASONAL = "seasonal", "季節", "Seasonal"


class PlacementCategory(LabelledEnum):
    """区分 of measure 6, at the time of the job; they always sum to its total."""

    RECIPIENT = "recipient", "生活保護受給者", "On public assistance"
    SINGLE_MOTHER = "single_mother", "母子家庭", "Single-mother household"
    IN_NEED = "in_need", "要保護者等", "In need of assistance"


class CheckOutcome(LabelledEnum):
    """定着確認の結果."""

    KEPT = "kept", "同じ仕事を継続", "Same job kept"
    CHANGED = "changed", "転職して就業中", "Changed job, still working"
    LEFT = "left", "離職", "Left work"
    UNKNOWN = "unknown", "不明", "Unknown"
