"""Rules of guidance: which window fits whom, as coded conditions that a person can read and edit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any, Final, Self

from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum, Words
from app.situation.ages import AgeFit, fit
from app.situation.situation import Language, Situation, WorkHistory, WorkWish, coded, refused
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, Topic


class RuleKind(LabelledEnum):
    """What a rule does when its conditions hold, or when they do not."""

    SUITS = "suits", "合う窓口にする", "The window fits"
    ALSO = "also", "あわせて案内する", "Named besides"
    ONLY_IF = "only_if", "条件に合う方だけに案内する", "Only for those who meet it"


class Question(LabelledEnum):
    """What a condition asks about; the key is the field of the situation."""

    TARGET_GROUPS = "target_groups", "対象者", "Target group"
    SINGLE_PARENT = "single_parent", "ひとり親", "Single parent"
    AGE = "age_band", "年齢", "Age"
    ASSISTANCE = "assistance", "保護・手当", "Assistance"
    CERTIFICATE = "certificate", "障害者手帳", "Disability certificate"
    CHILDREN = "children", "子ども", "Children"
    WORK = "work", "これまでの仕事", "Work so far"
    WISH = "wish", "希望する働き方", "Work wished for"
    NEEDS = "needs", "相談内容", "Needs"
    LANGUAGE = "language", "ことば", "Language"


# ---- a situation as bits: one for each coded answer, one for each question that nobody answered ---

KINDS: Final[dict[Question, type[LabelledEnum]]] = {
    Question.TARGET_GROUPS: TargetGroup,
    Question.ASSISTANCE: AssistanceStatus,
    Question.WORK: WorkHistory,
    Question.WISH: WorkWish,
    Question.NEEDS: Topic,
    Question.LANGUAGE: Language,
}
YES_OR_NO: Final = (Question.SINGLE_PARENT, Question.CERTIFICATE, Question.CHILDREN)
UNANSWERED: Final = {AgeBand.UNKNOWN, AssistanceStatus.UNKNOWN, None}


QUESTIONS: Final = {question.value: question for question in Question}


def numbered_answers() -> dict[tuple[Question, object], int]:
    """Give each answer to each question a bit of its own; None stands for no answer."""
    answers: list[tuple[Question, object]] = [(Question.AGE, band) for band in AgeBand if band.is_known]
    for question, kind in KINDS.items():
        answers += [(question, member) for member in kind if member not in UNANSWERED]
    answers += [(question, answer) for question in YES_OR_NO for answer in (True, False)]
    answers += [(question, None) for question in Question]
    return {answer: 1 << number for number, answer in enumerate(answers)}


BITS: Final = numbered_answers()
NO_ANSWER: Final = {question: BITS[question, None] for question in Question}
SINGLE: Final = tuple(
    (question, question.value)
    for question in Question
    if question not in {Question.TARGET_GROUPS, Question.NEEDS}
)


def bits_of(situation: Situation) -> int:
    """Return the answers of a situation as bits."""
    bits = 0
    for one, name in SINGLE:
        bits |= BITS.get((one, getattr(situation, name)), NO_ANSWER[one])
    groups, needs = situation.target_groups, situation.needs
    bits |= (
        combined(BITS[Question.TARGET_GROUPS, group] for group in groups) or NO_ANSWER[Question.TARGET_GROUPS]
    )
    bits |= combined(BITS[Question.NEEDS, topic] for topic in needs) or NO_ANSWER[Question.NEEDS]
    return bits


@dataclass(frozen=True)
class Test:
    """One condition as bits: those of which one must be there, and those that leave it open."""

    question: Question
    yes: int
    open: int


# ---- conditions ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """All that is set must hold; of a set one member is enough. Ages are in years, both included."""

    target_groups: frozenset[TargetGroup] = frozenset()
    single_parent: bool | None = None
    age_from: int | None = None
    age_to: int | None = None
    assistance: frozenset[AssistanceStatus] = frozenset()
    certificate: bool | None = None
    children: bool | None = None
    work: frozenset[WorkHistory] = frozenset()
    wish: frozenset[WorkWish] = frozenset()
    needs: frozenset[Topic] = frozenset()
    language: frozenset[Language] = frozenset()

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """The conditions as bits, in the order of the questions."""
        found = [self.test_of(question) for question in Question]
        return tuple(test for test in found if test is not None)

    def test_of(self, question: Question) -> Test | None:
        """Return the condition on one question, None when nothing is asked of it."""
        if question is Question.AGE:
            return age_test(self.age_from, self.age_to)
        wanted = getattr(self, question.value)
        if wanted is None or wanted == frozenset():
            return None
        answers = (wanted,) if isinstance(wanted, bool) else wanted
        return Test(question, combined(BITS[question, one] for one in answers), NO_ANSWER[question])

    def codes(self) -> dict[str, object]:
        """Coded conditions that may be kept as JSON; what is not asked is left out."""
        codes: dict[str, object] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, frozenset):
                kind = KINDS[QUESTIONS[one.name]]
                value = [member.value for member in kind if member in value] or None
            if value is not None:
                codes[one.name] = value
        return codes

    @classmethod
    def from_codes(cls, codes: Mapping[str, Any]) -> Self:
        """Read coded conditions back.

        Raises:
            DomainError: a name or a code is unknown.
        """
        made: dict[str, Any] = {}
        known = {one.name for one in fields(cls)}
        for name, value in codes.items():
            if name not in known:
                raise refused(name, value)
            made[name] = condition_of(name, value)
        return cls(**made)


def condition_of(name: str, value: Any) -> Any:
    """Return one condition as what it must be."""
    if name in {"age_from", "age_to"}:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 120:
            raise refused(name, value)
        return value
    if name in {question.value for question in YES_OR_NO}:
        if not isinstance(value, bool):
            raise refused(name, value)
        return value
    if not isinstance(value, list | tuple) or not value:
        raise refused(name, value)
    kind = KINDS[QUESTIONS[name]]
    members = frozenset(coded(kind, name, one) for one in value)
    if members & UNANSWERED:
        raise refused(name, "unknown")
    return members


def age_test(lowest: int | None, highest: int | None) -> Test | None:
    """Return the condition on the age in years; a band that lies partly inside leaves it open."""
    if lowest is None and highest is None:
        return None
    fits = {band: fit(band, lowest, highest) for band in AgeBand if band.is_known}
    inside = combined(BITS[Question.AGE, band] for band, how in fits.items() if how is AgeFit.INSIDE)
    partly = combined(BITS[Question.AGE, band] for band, how in fits.items() if how is AgeFit.PARTLY)
    return Test(Question.AGE, inside, partly | NO_ANSWER[Question.AGE])


def combined(bits: Iterable[int]) -> int:
    """Return bits together."""
    together = 0
    for one in bits:
        together |= one
    return together


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule in one version; ``key`` names it for good. Both ends of its validity are included."""

    key: str
    window_key: str
    kind: RuleKind
    conditions: Conditions
    reason: Words
    points: int = 0
    number: int = 1
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the rule is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


MOST_POINTS: Final = 100
NO_CONDITION: Final = N_("条件を一つ以上選んでください。")
NO_REASON: Final = N_("理由を書いてください。案内する方に見せる文です。")
AGES_TURNED: Final = N_("年齢の上限が下限より小さくなっています。")
DAYS_TURNED: Final = N_("終わりの日が始まりの日より前です。日付を確かめてください。")
POINTS_OUTSIDE: Final = N_("点数は0から%(most)sまでの数で入力してください。")


def require_sound(rule: Rule) -> None:
    """Refuse a rule without a condition or a reason, or with ages, days or points that cannot be."""
    when = rule.conditions
    if not when.tests:
        raise DomainError(NO_CONDITION)
    if not rule.reason.ja.strip():
        raise DomainError(NO_REASON, field="reason")
    if when.age_from is not None and when.age_to is not None and when.age_to < when.age_from:
        raise DomainError(AGES_TURNED, field="age_to")
    if rule.valid_from is not None and rule.valid_to is not None and rule.valid_to < rule.valid_from:
        raise DomainError(DAYS_TURNED, field="valid_to")
    if not 0 <= rule.points <= MOST_POINTS:
        raise DomainError(POINTS_OUTSIDE, field="points", most=MOST_POINTS)
