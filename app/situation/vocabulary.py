"""What a person and a window have in common: who someone is, what help someone gets, what is needed.

Keys of the target groups are those of the plan. The limits of the age bands are the limits of the windows.
"""

from typing import Final

from app.foundation.labels import LabelledEnum


class TargetGroup(LabelledEnum):
    """対象者: the plan's five groups; several may apply, one is primary."""

    DISABILITY = "disability", "障害者", "Person with a disability"
    PARENT = "parent", "子育て中の女性", "Woman raising children"
    YOUTH = "youth", "若年者", "Young person"
    MIDDLE_AGED = "middle_aged", "中高年者", "Middle-aged or older person"
    OTHER = "other", "その他の就労困難者", "Other person with barriers to work"


class TargetSubgroup(LabelledEnum):
    """Part of a target group that is shown apart; in every figure it is counted within its group."""

    SINGLE_PARENT = "single_parent", "ひとり親（母子・父子）", "Single parent (mother or father)"

    @property
    def group(self) -> TargetGroup:
        """Target group within which the plan counts this subgroup."""
        return SUBGROUP_OF[self]


SUBGROUP_OF: Final = {TargetSubgroup.SINGLE_PARENT: TargetGroup.PARENT}


class AssistanceStatus(LabelledEnum):
    """支援の状況: stored on each record as it was at the time."""

    RECIPIENT = "recipient", "生活保護受給", "Public assistance"
    IN_NEED = "in_need", "要保護", "In need of assistance"
    CHILD_ALLOWANCE = "child_allowance", "児童扶養手当受給", "Child-rearing allowance"
    NONE = "none", "なし", "None"
    UNKNOWN = "unknown", "不明", "Unknown"


class AgeBand(LabelledEnum):
    """年齢層: an age is never stored, only its band."""

    A15_19 = "15-19", "15～19歳", "15–19"
    A20_29 = "20-29", "20～29歳", "20–29"
    A30_34 = "30-34", "30～34歳", "30–34"
    A35_39 = "35-39", "35～39歳", "35–39"
    A40_49 = "40-49", "40～49歳", "40–49"
    A50_54 = "50-54", "50～54歳", "50–54"
    A55_59 = "55-59", "55～59歳", "55–59"
    A60_64 = "60-64", "60～64歳", "60–64"
    A65_OVER = "65-", "65歳以上", "65 and over"
    UNKNOWN = "unknown", "不明", "Unknown"

    @property
    def minimum(self) -> int | None:
        """Lowest age of the band in years; None when unknown."""
        return AGE_LIMITS[self][0]

    @property
    def maximum(self) -> int | None:
        """Highest age of the band in years; None when open or unknown."""
        return AGE_LIMITS[self][1]

    @property
    def is_known(self) -> bool:
        """Whether the band says anything about the age."""
        return self is not AgeBand.UNKNOWN


AGE_LIMITS: Final[dict[AgeBand, tuple[int | None, int | None]]] = {
    AgeBand.A15_19: (15, 19),
    AgeBand.A20_29: (20, 29),
    AgeBand.A30_34: (30, 34),
    AgeBand.A35_39: (35, 39),
    AgeBand.A40_49: (40, 49),
    AgeBand.A50_54: (50, 54),
    AgeBand.A55_59: (55, 59),
    AgeBand.A60_64: (60, 64),
    AgeBand.A65_OVER: (65, None),
    AgeBand.UNKNOWN: (None, None),
}


class Gender(LabelledEnum):
    """性別: optional; an empty value means that nobody asked."""

    FEMALE = "female", "女性", "Female"
    MALE = "male", "男性", "Male"
    ANOTHER = "another", "その他", "Another"
    UNDISCLOSED = "undisclosed", "回答しない", "Prefers not to say"


class Household(LabelledEnum):
    """世帯類型."""

    SINGLE = "single", "単身", "Lives alone"
    COUPLE = "couple", "夫婦のみ", "Couple"
    SINGLE_PARENT = "single_parent", "ひとり親", "Single-parent household"
    WITH_CHILDREN = "with_children", "子のいる世帯", "Household with children"
    ELDERLY = "elderly", "高齢者", "Elderly household"
    OTHER = "other", "その他", "Other"
    UNKNOWN = "unknown", "不明", "Unknown"


class Topic(LabelledEnum):
    """相談内容: subjects of a consultation and of a window; several, one of them primary (◎)."""

    JOB_SEARCH = "job_search", "仕事探し", "Looking for work"
    CAREER_CHOICE = "career_choice", "適性・仕事選び", "Aptitude and choice of work"
    APPLICATION = "application", "応募書類・面接", "Application papers and interviews"
    TRAINING = "training", "職業訓練・資格", "Vocational training and qualifications"
    WORKPLACE = "workplace", "職場の悩み・トラブル", "Worries and trouble at work"
    RETENTION = "retention", "定着", "Staying in work"
    HEALTH = "health", "病気・障害", "Illness and disability"
    LIVING_COSTS = "living_costs", "生活費", "Living costs"
    HOUSING = "housing", "住まい", "Housing"
    DEBT = "debt", "債務", "Debt"
    CHILDCARE = "childcare", "子育て・保育", "Child-raising and childcare"
    CARE = "care", "介護", "Care of a family member"
    FAMILY = "family", "家族関係", "Family relations"
    WITHDRAWAL = "withdrawal", "ひきこもり", "Social withdrawal"
    OTHER = "other", "その他", "Other"
