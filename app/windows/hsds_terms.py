"""What Shirube and Open Referral HSDS 3 share: identifiers, and facts that HSDS has no field for; pure.

HSDS lets a publisher attach terms of an own taxonomy (``attributes``). Each fact here is written as such a
term and read back unchanged, so that a directory can travel as HSDS without loss.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5

from app.situation.situation import Language
from app.situation.vocabulary import TargetGroup, Topic
from app.windows.facts import WindowFacts
from app.windows.hours import WeeklyHours, closing_text, read_stored_closings
from app.windows.vocabulary import Appointment

TAXONOMY: Final = "shirube"
NAMESPACE: Final = UUID("5b9f1d6e-8f0b-5d0a-9c57-132144000001")
"""Identifiers are UUIDv5 in this namespace: the same entry has the same one on every machine, for good."""

KEY: Final = "key"
SUCCESSOR: Final = "successor"
KIND: Final = "kind"
PROGRAMME: Final = "programme"


def identifier(kind: str, *names: object) -> str:
    """Return the identifier of a thing of a kind, such as ("service", "hello_work_tachikawa")."""
    return str(uuid5(NAMESPACE, "/".join((kind, *map(str, names)))))


@dataclass(frozen=True, kw_only=True)
class Term:
    """How one fact is written as a text, and read back (ValueError or DomainError when it cannot)."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def member_of(kind: type[Any], code: str) -> Any:
    """Return the member stored under a code; ValueError when there is none."""
    return kind(code)


def coded_list(kind: type[Any]) -> Term:
    """Return how a tuple of coded values is written: their codes, parted by commas."""
    return Term(
        write=lambda members: ",".join(member.value for member in members),
        read=lambda text: tuple(kind(code.strip()) for code in text.split(",") if code.strip()),
    )


TEXT: Final = Term(write=str, read=str)
DAY: Final = Term(write=lambda day: day.isoformat() if day else "", read=date.fromisoformat)
TERMS: Final[Mapping[str, Term]] = {
    "kana": TEXT,
    "former_names": TEXT,
    "services_en": TEXT,
    "needs": coded_list(Topic),
    "serves": coded_list(TargetGroup),
    "target_groups": coded_list(TargetGroup),
    "eligibility_en": TEXT,
    "note_en": TEXT,
    "access": TEXT,
    "access_en": TEXT,
    "url": TEXT,
    "hours": Term(write=lambda hours: hours.text if hours else "", read=WeeklyHours.read),
    "closings": Term(
        write=lambda closings: "\n".join(map(closing_text, closings)), read=read_stored_closings
    ),
    "appointment": Term(write=lambda one: one.value, read=lambda code: member_of(Appointment, code)),
    "referral_from": TEXT,
    "referral_from_en": TEXT,
    "documents_en": TEXT,
    "languages": coded_list(Language),
    "fee_en": TEXT,
    "response_days": Term(write=str, read=int),
    "grace_days": Term(write=str, read=int),
    "valid_from": DAY,
    "valid_to": DAY,
    "source": TEXT,
}
"""Facts that HSDS has no field for, or whose field would lose something."""


def terms_of(facts: WindowFacts) -> dict[str, str]:
    """Return what must be attached to a service: every such fact that says something."""
    written = {name: term.write(getattr(facts, name)) for name, term in TERMS.items()}
    return {name: text for name, text in written.items() if text}
