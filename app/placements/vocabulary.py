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


class NearReason(LabelledEnum):
    """近い日の就職がもう一つある理由: at the same time, or one after the other."""

    BESIDE = "beside", "同時に二つの契約で働いている", "Works under two contracts at the same time"
    AFTER = (
        "after",
        "前の仕事のあとの新しい契約",
        "Began under a new contract after the earlier job",
    )


class LeftReason(LabelledEnum):
    """離職の理由."""

    CONTRACT_ENDED = "contract_ended", "契約期間の満了", "Contract ended"
    EMPLOYER = "employer", "会社の都合", "Employer's reasons"
    CONDITIONS = "conditions", "賃金・時間などの条件", "Pay, hours or other conditions"
    UNSUITED = "unsuited", "仕事の内容が合わない", "Work did not suit"
    WORKPLACE = "workplace", "職場の人間関係", "Relations at work"
    HEALTH = "health", "体調・健康", "Health"
    FAMILY = "family", "家庭の事情", "Family reasons"
    OTHER = "other", "その他", "Other"
    UNKNOWN = "unknown", "不明", "Unknown"


class DueReason(LabelledEnum):
    """定着確認の期日を動かす理由."""

    NO_CONTACT = "no_contact", "連絡がつかない", "Cannot be reached"
    PERSON_ASKED = "person_asked", "本人の都合", "The person asked for it"
    WORKPLACE_ASKED = "workplace_asked", "勤務先の都合", "The workplace asked for it"
    VISIT_PLANNED = "visit_planned", "面談や訪問の日に合わせる", "To suit a meeting or visit"
    OTHER = "other", "その他", "Other"
