"""What is said of a case or a consultation before it is a record, and the rules it must keep; pure."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Self

from app.cases.group_counts import Counts, complete
from app.cases.vocabulary import Channel, ConsultationKind, Source
from app.foundation.errors import N_, DomainError
from app.privacy import pii
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, AssistanceStatus, Gender, Household, TargetGroup, Topic

# The plan's first day: an earlier one is a slip of the hand.
EARLIEST_DAY = date(2007, 4, 1)
LARGEST_GROUP = 500
LONGEST_MEMO = 200
LONGEST_OTHER = 60


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """A person who comes with no card; ``code`` is what will stand on the card.

    ``is_number_unknown``: 番号不明, there is an earlier case that neither card nor paper file leads to.
    """

    opened_on: date
    code: str
    gender: Gender | None = None
    is_number_unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class NewConsultation:
    """One consultation, or a group session as a headcount; everything as it was at the time."""

    case_id: int | None
    programme: Programme
    held_on: date
    minutes: int
    channel: Channel
    source: Source
    assistance: AssistanceStatus
    age_band: AgeBand
    household: Household
    target_group: TargetGroup
    topic: Topic
    kind: ConsultationKind = ConsultationKind.CONSULTATION
    headcount: int = 1
    other_groups: tuple[TargetGroup, ...] = ()
    single_parent: bool = False
    other_topics: tuple[Topic, ...] = ()
    source_other: str = ""
    household_other: str = ""
    topic_other: str = ""
    memo: str = ""
    # Of a group session: how many were of which age band, group … ; None leaves what is there.
    counts: Counts | None = None

    def of_case(self, case_id: int | None) -> Self:
        """Return the same of a case; each save makes one, and ``replace`` takes as long as two statements."""
        same = object.__new__(type(self))
        same.__dict__.update(self.__dict__, case_id=case_id)
        return same


BESIDE = frozenset({"other_groups", "other_topics", "counts"})
COLUMNS = tuple(field.name for field in fields(NewConsultation) if field.name not in BESIDE)
# What the trail may keep of a change: codes and figures, never what somebody typed.
CODED = tuple(name for name in COLUMNS if name != "memo" and not name.endswith("_other"))


def check_day(day: date, *, today: date, field: str) -> None:
    """Refuse a day that has not come, or one before the plan.

    Raises:
        DomainError: at ``field``.
    """
    if day > today:
        raise DomainError(N_("まだ来ていない日です。今日までの日を入力してください。"), field=field)
    if day < EARLIEST_DAY:
        raise DomainError(N_("平成19年4月1日より前の日は記録できません。年を確かめてください。"), field=field)


def check_text(text: str, *, longest: int, field: str, today: date | None = None) -> None:
    """Refuse what is too long or would tell who the person is.

    Raises:
        DomainError: at ``field``, with the reason.
    """
    if not text:
        return
    if len(text) > longest:
        raise DomainError(N_("%(longest)s字までで入力してください。"), field=field, longest=longest)
    for finding in pii.examine(text, today=today):
        if finding.severity is pii.Severity.BLOCK:
            raise DomainError(
                N_("「%(words)s」は、人を特定できる内容のようです。書きかえてください。"),
                field=field,
                words=text[finding.start : finding.end],
            )


def check_codes(entry: NewConsultation) -> None:
    """Refuse values that are no longer offered for new records.

    Raises:
        DomainError: at the field of the value.
    """
    for name in CODED:
        if getattr(getattr(entry, name), "retired", False):
            raise DomainError(N_("この選択肢はいまは使えません。ほかを選んでください。"), field=name)


def check_consultation(entry: NewConsultation, *, today: date) -> None:
    """Hold a consultation against the rules of the log.

    Raises:
        DomainError: at the field concerned.
    """
    check_day(entry.held_on, today=today, field="held_on")
    check_codes(entry)
    if not 1 <= entry.headcount <= LARGEST_GROUP:
        raise DomainError(N_("人数は1から500までです。"), field="headcount")
    if entry.headcount > 1 and entry.case_id is not None:
        raise DomainError(
            N_("2人以上の相談は、相談者を指定せずに「1回だけ」で記録してください。"), field="headcount"
        )
    if entry.counts and any(entry.counts.values()):
        if entry.case_id is not None:
            raise DomainError(
                N_("内訳は、相談者を指定しない集団の相談だけに入力できます。"), field="headcount"
            )
        complete(entry.counts, headcount=entry.headcount)
    if not 1 <= entry.minutes <= 600:
        raise DomainError(N_("時間は1分から600分までです。"), field="minutes")
    check_text(entry.memo, longest=LONGEST_MEMO, field="memo", today=today)
    for name in ("source_other", "household_other", "topic_other"):
        check_text(getattr(entry, name), longest=LONGEST_OTHER, field=name, today=today)
