"""A person's situation as guidance asks for it: coded answers only, nothing that says who somebody is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self, TypeVar

from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, Topic

NOT_AN_ANSWER = N_("「%(name)s」に使えない値です（%(value)s）。")


class WorkHistory(LabelledEnum):
    """これまでの仕事: how somebody stands towards work today."""

    IN_WORK = "in_work", "働いている", "In work"
    LOST_JOB = "lost_job", "離職した", "Lost or left a job"
    LONG_AWAY = "long_away", "仕事から長く離れている", "Long away from work"
    NEVER = "never", "まだ働いたことがない", "Has never worked"
    STUDENT = "student", "在学中・新卒", "Student or new graduate"


class WorkWish(LabelledEnum):
    """希望する働き方: several ways to work, or what comes before and after it."""

    FULL_TIME = "full_time", "フルタイム", "Full-time work"
    PART_TIME = "part_time", "パート", "Part-time work"
    FEW_HOURS = "few_hours", "短い時間だけ", "A few hours only"
    TRAINING = "training", "資格・訓練", "A qualification or training"
    PREPARE = "prepare", "働く準備から", "To begin with preparing for work"
    KEEP = "keep", "いまの仕事を続けたい", "To keep the present job"


class Language(LabelledEnum):
    """ことば: the language in which somebody would rather talk."""

    JA = "ja", "日本語（やさしい日本語）", "Japanese (plain Japanese)"
    EN = "en", "英語", "English"
    ZH = "zh", "中国語", "Chinese"
    KO = "ko", "韓国・朝鮮語", "Korean"
    OTHER = "other", "その他のことば", "Another language"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What was asked of a person; None or an empty set means that nobody asked. ``at`` is the moment."""

    target_groups: frozenset[TargetGroup] = field(default=frozenset())
    single_parent: bool = False
    age_band: AgeBand = AgeBand.UNKNOWN
    assistance: AssistanceStatus = AssistanceStatus.UNKNOWN
    certificate: bool | None = None
    children: bool | None = None
    work: WorkHistory | None = None
    wish: WorkWish | None = None
    needs: frozenset[Topic] = field(default=frozenset())
    language: Language | None = None
    at: datetime | None = None

    def codes(self) -> dict[str, object]:
        """Coded answers that may be kept as JSON; the lists are in the order of the vocabulary."""
        return {
            "target_groups": [group.value for group in TargetGroup if group in self.target_groups],
            "single_parent": self.single_parent,
            "age_band": self.age_band.value,
            "assistance": self.assistance.value,
            "certificate": self.certificate,
            "children": self.children,
            "work": self.work.value if self.work else None,
            "wish": self.wish.value if self.wish else None,
            "needs": [topic.value for topic in Topic if topic in self.needs],
            "language": self.language.value if self.language else None,
            "at": self.at.isoformat() if self.at else None,
        }

    def implied(self) -> Self:
        """Return the situation with what follows from what was said; no answer given is ever replaced.

        At the counter the topics are ticked anyway: who asks about training wants training, who looks for
        work wants work, and who raises children has children. For windows full-time and part-time are one.
        """
        wish = self.wish or next((wish for topic, wish in WISH_OF_TOPIC if topic in self.needs), None)
        raises = (
            self.single_parent or TargetGroup.PARENT in self.target_groups or Topic.CHILDCARE in self.needs
        )
        return replace(self, wish=wish, children=True if self.children is None and raises else self.children)

    @classmethod
    def from_codes(cls, codes: Mapping[str, Any]) -> Self:
        """Read coded answers back; what is missing was not asked.

        Raises:
            DomainError: a code is unknown.
        """
        unknown = set(codes) - set(cls.__dataclass_fields__)
        if unknown:
            name = sorted(unknown)[0]
            raise DomainError(NOT_AN_ANSWER, field=name, name=name, value=str(codes[name])[:40])
        moment = codes.get("at")
        return cls(
            target_groups=frozenset(
                coded(TargetGroup, "target_groups", one) for one in listed(codes, "target_groups")
            ),
            single_parent=ticked(codes, "single_parent") or False,
            age_band=coded(AgeBand, "age_band", codes.get("age_band") or AgeBand.UNKNOWN),
            assistance=coded(
                AssistanceStatus, "assistance", codes.get("assistance") or AssistanceStatus.UNKNOWN
            ),
            certificate=ticked(codes, "certificate"),
            children=ticked(codes, "children"),
            work=found(WorkHistory, codes, "work"),
            wish=found(WorkWish, codes, "wish"),
            needs=frozenset(coded(Topic, "needs", one) for one in listed(codes, "needs")),
            language=found(Language, codes, "language"),
            at=moment_of(moment) if moment else None,
        )


Member = TypeVar("Member", bound=StrEnum)

WISH_OF_TOPIC: Final = (
    (Topic.TRAINING, WorkWish.TRAINING),
    (Topic.RETENTION, WorkWish.KEEP),
    (Topic.JOB_SEARCH, WorkWish.FULL_TIME),
    (Topic.APPLICATION, WorkWish.FULL_TIME),
    (Topic.CAREER_CHOICE, WorkWish.FULL_TIME),
)
"""In the order in which they decide: training is named before the work that is to follow it."""


def coded(kind: type[Member], name: str, value: object) -> Member:
    """Return the member stored under a code."""
    try:
        return kind(str(value))
    except ValueError:
        raise refused(name, value) from None


def found(kind: type[Member], codes: Mapping[str, Any], name: str) -> Member | None:
    """Return the member of an answer that may be missing."""
    value = codes.get(name)
    return None if value in (None, "") else coded(kind, name, value)


def ticked(codes: Mapping[str, Any], name: str) -> bool | None:
    """Return an answer of yes, no, or nobody asked."""
    value = codes.get(name)
    if value is not None and not isinstance(value, bool):
        raise refused(name, value)
    return value


def listed(codes: Mapping[str, Any], name: str) -> list[object]:
    """Return the codes of a list; a missing one is empty."""
    value = codes.get(name) or []
    if not isinstance(value, list | tuple):
        raise refused(name, value)
    return list(value)


def moment_of(value: object) -> datetime:
    """Return a moment with its offset."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise refused("at", value) from None
    if moment.tzinfo is None:
        raise refused("at", value)
    return moment


def refused(name: str, value: object) -> DomainError:
    """Return the error for a code that nobody knows."""
    return DomainError(NOT_AN_ANSWER, field=name, name=name, value=str(value)[:40])
