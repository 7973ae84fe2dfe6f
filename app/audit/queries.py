"""Reading the trail: entries by day, actor, action and subject; the head; the check of the whole chain."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select

from app.audit.chain import GENESIS, Fault, Link, faults_of
from app.audit.models import AuditEntry, AuditHead
from app.foundation import clock
from app.foundation.db import Coded, db
from app.privacy.pii import Kind, Override

PAGE_SIZE: Final = 50
AT_ONCE: Final = 2000
# Kind of record, its table and the column of its name, where records are known by keys.
KEYED: Final = (
    ("indicator", "indicator", "label"),
    ("part", "indicator_part", "label"),
    ("plan", "plan", "title"),
)
# Where a subject is not called like its table, or a detail not like its column.
TABLES: Final = {"case": "case_record"}
# Codes of which no column is made.
ENUMERATIONS: Final[dict[str, type[StrEnum]]] = {"identity_kinds": Kind, "identity_reason": Override}
SAME_CODES: Final = {"other_topics": "topic", "other_groups": "target_group"}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries a reader asks for; None is any."""

    since: date | None = None
    until: date | None = None
    actor_label: str | None = None
    action: str | None = None
    subject: str | None = None
    subject_id: str | None = None
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class Head:
    """The newest entry: its number (0 for none) and digest."""

    number: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a check of the chain found."""

    entries: int
    head: str
    faults: Sequence[Fault]


def list_entries(wanted: Wanted, *, limit: int = PAGE_SIZE) -> Sequence[AuditEntry]:
    """Return the newest entries that fit, those before ``wanted.before`` (pages by key, not by offset)."""
    found = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    for column, value in (
        (AuditEntry.actor_label, wanted.actor_label),
        (AuditEntry.action, wanted.action),
        (AuditEntry.subject, wanted.subject),
        (AuditEntry.subject_id, wanted.subject_id),
    ):
        if value is not None:
            found = found.where(column == value)
    if wanted.before is not None:
        found = found.where(AuditEntry.id < wanted.before)
    if wanted.since is not None:
        found = found.where(AuditEntry.at >= start_of(wanted.since))
    if wanted.until is not None:
        found = found.where(AuditEntry.at < start_of(wanted.until + timedelta(days=1)))
    return db.session.scalars(found).all()


def find_last_change(subject: str, subject_id: object) -> AuditEntry | None:
    """Return who last did something with a record, and when; None for a record without a name."""
    if not subject:
        return None
    return db.session.scalar(
        select(AuditEntry)
        .where(
            AuditEntry.subject == subject,
            AuditEntry.subject_id == str(subject_id),
            AuditEntry.action.not_like("account.sign%"),
            AuditEntry.action.not_like("identity.%"),
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )


def start_of(day: date) -> datetime:
    """Return the moment at which a day begins in Japan."""
    return datetime.combine(day, time.min, tzinfo=clock.TOKYO)


def details_of(entry: AuditEntry) -> Mapping[str, Any]:
    """Return what an entry says beyond its action."""
    read: Mapping[str, Any] = json.loads(entry.details)
    return read


def get_head() -> Head:
    """Return the head; number 0 and the genesis digest when nothing was recorded."""
    row = db.session.execute(select(AuditHead.entry_id, AuditHead.digest)).one_or_none()
    if row is None:
        return Head(number=0, digest=GENESIS)
    return Head(number=row.entry_id or 0, digest=row.digest)


def verify(*, kept: str | None = None) -> Report:
    """Check every entry, the stored head, and that the trail still holds the digest kept elsewhere."""
    head = get_head()
    seen = 0

    def counted() -> Iterator[Link]:
        nonlocal seen
        for link in links():
            seen += 1
            yield link

    faults = list(faults_of(counted(), head=(head.number, head.digest), kept=kept))
    return Report(entries=seen, head=head.digest, faults=faults)


def links() -> Iterator[Link]:
    """Yield the chain as it is stored, in the order of its numbers, a few thousand at a time."""
    last = None
    while True:
        chunk = select(AuditEntry.__table__).order_by(AuditEntry.id).limit(AT_ONCE)
        rows = db.session.execute(chunk if last is None else chunk.where(AuditEntry.id > last)).all()
        for row in rows:
            fields = dict(row._mapping)
            number, digest = fields.pop("id"), fields.pop("digest")
            yield Link(number=number, digest=digest, fields=fields)
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id


def enumeration_of(subject: str, name: str) -> type[StrEnum] | None:
    """Return the list of codes behind a value: from the subject's own column, else from one of that name.

    The trail lies below the packages whose records it keeps, so it reads the tables, not their code.
    """
    if name in ENUMERATIONS:
        return ENUMERATIONS[name]
    tables = db.metadata.tables
    own = tables.get(TABLES.get(subject, subject))
    name = SAME_CODES.get(name, name)
    for table in [own, *tables.values()] if own is not None else tables.values():
        for column in table.columns:
            if isinstance(column.type, Coded) and (
                column.name == name or (table is own and column.name.endswith(f"_{name}"))
            ):
                return column.type.enumeration
    return None


def subject_names() -> dict[tuple[str, str], tuple[str, str]]:
    """Return the names of what the plan keeps under a key, by kind and key, in Japanese and English."""
    tables = db.metadata.tables
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for subject, source, named in KEYED:
        table = tables[source]
        columns = (table.c.key, table.c[named], table.c[f"{named}_en"])
        found |= {
            (subject, row[0]): (row[1], row[2] or row[1]) for row in db.session.execute(select(*columns))
        }
    return found


def office_names() -> dict[int, tuple[str, str]]:
    """Return the offices' names in Japanese and English by id."""
    office = db.metadata.tables["office"]
    rows = db.session.execute(select(office.c.id, office.c.name, office.c.name_en))
    return {row.id: (row.name, row.name_en) for row in rows}
