"""What was done with some records, read from the trail: acts of which no table of their own is kept."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.foundation.db import db


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act: when, by whom, and what the trail keeps of it in codes."""

    at: datetime
    who: str
    details: dict[str, Any]


def list_acts(*, action: str, subject: str, subject_ids: Collection[str]) -> dict[str, list[Act]]:
    """Return the acts of one kind by record, oldest first; the caller was allowed to see the records."""
    found: dict[str, list[Act]] = {}
    entries = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject == subject,
            AuditEntry.subject_id.in_(subject_ids),
            AuditEntry.action == action,
        )
        .order_by(AuditEntry.id)
    )
    for one in entries:
        act = Act(at=one.at, who=one.actor_label, details=json.loads(one.details))
        found.setdefault(one.subject_id, []).append(act)
    return found
