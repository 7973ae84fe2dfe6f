"""Up to which day an entry comes late: into a month that the office has closed, or a year that is frozen."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.access.actor import Actor
from app.foundation.fiscal_year import last_day
from app.months.queries import next_to_close
from app.publication.queries import list_frozen_years


@dataclass(frozen=True, kw_only=True)
class LateUntil:
    """The last day of the closed months, and that of the frozen years; None where there is none."""

    closed: date | None
    frozen: date | None


def find_late_days(*, actor: Actor) -> LateUntil:
    """Return until which days an entry of the actor's office is a late one."""
    following = None if actor.office_id is None else next_to_close(actor.office_id)
    frozen = list_frozen_years()
    return LateUntil(
        closed=following - timedelta(days=1) if following else None,
        frozen=last_day(max(frozen)) if frozen else None,
    )
