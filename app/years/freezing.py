"""What is kept of a figure: the rule it was counted by, the records it counted, how others differ; pure."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.foundation.labels import LabelledEnum
from app.kpi.metric import Metric
from app.kpi.vocabulary import MetricKind


class How(LabelledEnum):
    """How a record came to differ from what was frozen."""

    LATE = "late", "遅れて入力", "Entered late"
    JOINED = "joined", "訂正して加わった", "Counts since it was corrected"
    LEFT = "left", "訂正して外れた", "No longer counts since it was corrected"
    VOIDED = "voided", "誤入力として取消", "Voided"
    CHANGED = "changed", "内容を訂正", "Corrected"
    PERSON = "person", "同じ人とわかった・分けた", "Person merged or parted"


@dataclass(frozen=True, kw_only=True)
class Member:
    """One record that a figure counts; ``person`` is the internal number of whom it counts for."""

    table: str
    record_id: int
    day: date
    other_day: date | None
    weight: int
    part: str | None
    person: int | None

    @property
    def key(self) -> tuple[str, int]:
        """The record."""
        return self.table, self.record_id

    @property
    def line(self) -> str:
        """What goes into the digest."""
        return json.dumps(
            [
                self.table,
                self.record_id,
                self.day.isoformat(),
                self.other_day.isoformat() if self.other_day else None,
                self.weight,
                self.part,
                self.person,
            ]
        )


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A record as it was frozen and as it stands; one of the two may be missing."""

    before: Member | None
    now: Member | None

    @property
    def only_person(self) -> bool:
        """Whether nothing but the person differs."""
        before, now = self.before, self.now
        if before is None or now is None:
            return False
        return (before.day, before.other_day, before.weight, before.part) == (
            now.day,
            now.other_day,
            now.weight,
            now.part,
        )


def definition(metric: Metric) -> str:
    """Return the digest of the rule by which a metric counts: its words, its parts and its version."""
    said = {
        "key": metric.key,
        "version": metric.version,
        "title": metric.title.ja,
        "unit": metric.unit.ja,
        "counting": metric.counting.value,
        "kind": metric.kind.value,
        "rule": metric.rule.ja,
        "parts": [one.value for one in metric.parts or ()],
        "numerator": metric.numerator,
        "unknown": metric.unknown,
        "decimals": metric.decimals,
    }
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True))


def ordered(members: Iterable[Member]) -> list[Member]:
    """Return members in the one order in which they are kept; several lines of a record and part are one."""
    summed: dict[tuple[str, int, str | None], list[Member]] = defaultdict(list)
    for one in members:
        summed[one.table, one.record_id, one.part].append(one)
    found = [
        Member(
            table=lines[0].table,
            record_id=lines[0].record_id,
            day=lines[0].day,
            other_day=lines[0].other_day,
            weight=sum(line.weight for line in lines),
            part=lines[0].part,
            person=lines[0].person,
        )
        for lines in summed.values()
    ]
    return sorted(found, key=lambda one: (one.table, one.record_id, one.part or ""))


def digest(members: Sequence[Member]) -> str:
    """Return the digest of members in their order."""
    return sha256("\n".join(one.line for one in members))


def value_of(metric: Metric, members: Sequence[Member], part: str = "") -> int | None:
    """Return the figure that members make, of a part or of all; None of what is no sum of records."""
    if metric.kind not in (MetricKind.FLOW, MetricKind.STOCK):
        return None
    chosen = [one for one in members if not part or one.part == part]
    if metric.counts_persons:
        return len({one.person for one in chosen} - {None})
    return sum(one.weight for one in chosen)


def pairs(before: Iterable[Member], now: Iterable[Member]) -> list[Pair]:
    """Return the records that differ between two sets, in their order."""
    was, stands = by_record(before), by_record(now)
    return [
        Pair(before=one(was.get(key)), now=one(stands.get(key)))
        for key in sorted(was.keys() | stands.keys())
        if was.get(key) != stands.get(key)
    ]


def by_record(members: Iterable[Member]) -> dict[tuple[str, int], list[Member]]:
    """Return members by their record."""
    found: dict[tuple[str, int], list[Member]] = defaultdict(list)
    for member in members:
        found[member.key].append(member)
    return dict(found)


def one(lines: list[Member] | None) -> Member | None:
    """Return the line that stands for a record."""
    return lines[0] if lines else None


def how(pair: Pair, *, entered_late: bool, voided: bool) -> How:
    """Return in which way a record differs."""
    if pair.before is None:
        return How.LATE if entered_late else How.JOINED
    if pair.now is None:
        return How.VOIDED if voided else How.LEFT
    return How.PERSON if pair.only_person else How.CHANGED


def sha256(text: str) -> str:
    """Return the digest of a text in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
