"""The five plain questions of "find my window" and what the answers say of a situation; pure.

Nothing is asked that the rules of guidance do not use, and every question may be left without an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.foundation.labels import LabelledEnum
from app.situation.situation import Situation, WorkHistory, WorkWish
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, Topic


class Age(LabelledEnum):
    """何歳ですか: wider than the bands of the records, so that less is asked."""

    TO_29 = "15-29", "15〜29歳", "15 to 29"
    TO_34 = "30-34", "30〜34歳", "30 to 34"
    TO_49 = "35-49", "35〜49歳", "35 to 49"
    TO_54 = "50-54", "50〜54歳", "50 to 54"
    TO_59 = "55-59", "55〜59歳", "55 to 59"
    FROM_60 = "60-", "60歳以上", "60 or over"
    UNSAID = "unsaid", "答えない", "I would rather not say"


class Work(LabelledEnum):
    """いま働いていますか."""

    IN_WORK = "in_work", "働いている", "Yes, I am working"
    BEFORE = "before", "前は働いていた", "No, but I worked before"
    NEVER = "never", "働いたことがない", "I have never worked"
    UNSAID = "unsaid", "答えない", "I would rather not say"


class Wish(LabelledEnum):
    """何をしたいですか: any number."""

    LONG_HOURS = "long_hours", "長い時間の仕事を探す", "Find full-time work"
    SHORT_HOURS = "short_hours", "短い時間の仕事を探す", "Find part-time work"
    QUALIFICATION = "qualification", "資格を取る", "Get a qualification"
    WORRIES = "worries", "仕事の悩みを話す", "Talk about worries at work"
    MONEY = "money", "家賃や生活費の相談をする", "Talk about rent or living costs"


class Life(LabelledEnum):
    """あてはまるものはありますか: any number."""

    CHILDREN = "children", "子どもを育てている", "I am raising children"
    ALONE = "alone", "ひとりで子どもを育てている", "I am raising children on my own"
    HEALTH = "health", "病気や障害がある", "I have an illness or a disability"
    ASSISTANCE = "assistance", "生活保護を受けている", "I receive public assistance"
    NONE = "none", "どれもない", "None of these"
    UNSAID = "unsaid", "答えない", "I would rather not say"


class Way(LabelledEnum):
    """どのように相談したいですか."""

    MEET = "meet", "会って話す", "Meet and talk"
    CALL = "call", "電話で話す", "Talk on the telephone"
    EITHER = "either", "どちらでもよい", "Either is fine"


BANDS: Final[dict[Age | None, tuple[AgeBand, ...]]] = {
    None: (AgeBand.UNKNOWN,),
    Age.TO_29: (AgeBand.A20_29, AgeBand.A15_19),
    Age.TO_34: (AgeBand.A30_34,),
    Age.TO_49: (AgeBand.A40_49, AgeBand.A35_39),
    Age.TO_54: (AgeBand.A50_54,),
    Age.TO_59: (AgeBand.A55_59,),
    Age.FROM_60: (AgeBand.A65_OVER, AgeBand.A60_64),
    Age.UNSAID: (AgeBand.UNKNOWN,),
}
"""The bands of the records that an answer may mean; the first decides the order of the windows."""

HISTORIES: Final = {
    Work.IN_WORK: WorkHistory.IN_WORK,
    Work.BEFORE: WorkHistory.LOST_JOB,
    Work.NEVER: WorkHistory.NEVER,
}
NEEDS: Final = {
    Wish.LONG_HOURS: {Topic.JOB_SEARCH},
    Wish.SHORT_HOURS: {Topic.JOB_SEARCH},
    Wish.QUALIFICATION: {Topic.TRAINING},
    Wish.WORRIES: {Topic.WORKPLACE},
    Wish.MONEY: {Topic.LIVING_COSTS, Topic.HOUSING},
}
SPEAKING: Final = frozenset({Life.CHILDREN, Life.ALONE, Life.HEALTH, Life.ASSISTANCE})
"""Answers that say something; "none" and "rather not say" beside one of them say nothing more."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was answered; None or nothing ticked is no answer."""

    age: Age | None = None
    work: Work | None = None
    wishes: tuple[Wish, ...] = ()
    life: tuple[Life, ...] = ()
    way: Way | None = None


def situations_of(answers: Answers, at: datetime) -> list[Situation]:
    """Return a situation for each band of age that the answers may mean, the likeliest first."""
    return [situation_of(answers, band, at) for band in BANDS[answers.age]]


def situation_of(answers: Answers, band: AgeBand, at: datetime) -> Situation:
    """Return the situation of somebody of one band of age."""
    life = set(answers.life)
    alone = Life.ALONE in life
    children = alone or Life.CHILDREN in life
    asked = bool(life & SPEAKING) or Life.NONE in life
    return Situation(
        target_groups=frozenset(groups(life, band)),
        single_parent=alone,
        age_band=band,
        assistance=assistance_of(life, asked),
        certificate=False if asked and Life.HEALTH not in life else None,
        children=children if asked else None,
        work=HISTORIES.get(answers.work) if answers.work else None,
        wish=wish_of(answers, band),
        needs=frozenset(needs_of(answers)),
        at=at,
    )


def assistance_of(life: set[Life], asked: bool) -> AssistanceStatus:
    """Return what is known of assistance: who answered without naming it receives none.

    A single parent may receive the child-rearing allowance, which no question asks for.
    """
    if Life.ASSISTANCE in life:
        return AssistanceStatus.RECIPIENT
    known = asked and Life.ALONE not in life
    return AssistanceStatus.NONE if known else AssistanceStatus.UNKNOWN


def groups(life: set[Life], band: AgeBand) -> Iterable[TargetGroup]:
    """Yield the plan's target groups that the answers name."""
    if Life.HEALTH in life:
        yield TargetGroup.DISABILITY
    if life & {Life.CHILDREN, Life.ALONE}:
        yield TargetGroup.PARENT
    if band.maximum is not None and band.maximum <= 34:
        yield TargetGroup.YOUTH
    if band.minimum is not None and band.minimum >= 50:
        yield TargetGroup.MIDDLE_AGED


def wish_of(answers: Answers, band: AgeBand) -> WorkWish | None:
    """Return how somebody wants to work: the hours decide before the qualification, it is a need besides."""
    wishes = set(answers.wishes)
    if Wish.LONG_HOURS in wishes:
        return WorkWish.FULL_TIME
    if Wish.SHORT_HOURS in wishes:
        older = band.minimum is not None and band.minimum >= 60
        return WorkWish.FEW_HOURS if older else WorkWish.PART_TIME
    if Wish.QUALIFICATION in wishes:
        return WorkWish.TRAINING
    if Wish.WORRIES in wishes and answers.work is Work.IN_WORK:
        return WorkWish.KEEP
    return None


def needs_of(answers: Answers) -> Iterable[Topic]:
    """Yield what somebody needs to talk about."""
    for wish in answers.wishes:
        yield from NEEDS[wish]
    if Life.HEALTH in answers.life:
        yield Topic.HEALTH
