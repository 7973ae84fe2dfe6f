"""Traces of who worked when: they serve a month, then only the trail of changes tells of it."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete

from app.accounts.models import AccountSession
from app.drafts.models import Submission
from app.foundation.db import change

KEPT_FOR: Final = timedelta(days=30)
"""Longer than any session, and than any form that could still be sent a second time (drafts last 7 days)."""


def purge_traces(*, now: datetime) -> int:
    """Remove sessions that were begun, and forms that were saved, a month ago; return how many."""
    before = now - KEPT_FOR
    sessions = change(delete(AccountSession).where(AccountSession.started_at <= before))
    return sessions + change(delete(Submission).where(Submission.made_at <= before))
