"""What was done with some records, read from the trail: acts of which no table of their own is kept."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, select

from app.audit.models import AuditEntry
from app.foundation.db import read

# Asked for every page of a board: built once, and read past the ORM.
ACTS: Final = (
    select(AuditEntry.subject_id, AuditEntry.at, AuditEntry.actor_label, AuditEntry.details)
    .where(
        AuditEntry.subject == bindparam("subject"),
        AuditEntry.subject_id.in_(bindparam("ids", expanding=True)),
        AuditEntry.action == bindparam("action"),
    )
    .order_by(AuditEntry.id)
)


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act: when, by whom, and what the trail keeps of it in codes."""

    at: datetime
    who: str
    details: dict[str, Any]


def list_acts(*, action: str, subject: str, subject_ids: Collection[str]) -> dict[str, list[Act]]:
    """Return the acts of one kind by record, oldest first; the caller was allowed to see the records."""
    found: dict[str, list[Act]] = {}
    if not subject_ids:
        return found
    for record, at, who, details in read(ACTS, action=action, subject=subject, ids=list(subject_ids)).all():
        found.setdefault(record, []).append(Act(at=at, who=who, details=json.loads(details)))
    return found
