"""Recording how long jobs last (定着確認)."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.access.actor import Actor
from app.audit.trail import record
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, Conflict, NotFound
from app.placements.entries import NewCheck, check_retention
from app.placements.models import RetentionCheck
from app.placements.queries import checks_of, placements_by_id


def record_checks(*, actor: Actor, new: Sequence[NewCheck]) -> list[RetentionCheck]:
    """Record retention checks; one that is there already is corrected when its version is named.

    Raises:
        NotFound: a placement that is not this office's.
        Conflict: somebody else recorded or changed the same check.
        DomainError: a rule is broken, at the field concerned.
    """
    ids, today = [entry.placement_id for entry in new], clock.today()
    placements, known = placements_by_id(actor=actor, ids=ids), checks_of(ids)
    checks = []
    for entry in new:
        placement = placements.get(entry.placement_id)
        if placement is None:
            raise NotFound
        check = known.get((entry.placement_id, entry.months))
        check_retention(entry, kind=placement.kind, started_on=placement.started_on, today=today, kept=check)
        if (None if check is None else check.version) != entry.version:
            raise Conflict(CHANGED_MEANWHILE)
        checks.append(write_check(actor, check, entry))
        known[entry.placement_id, entry.months] = checks[-1]
    try:
        with db.session.begin_nested():
            db.session.add_all(checks)
    except (IntegrityError, StaleDataError):
        raise Conflict(CHANGED_MEANWHILE) from None
    return checks


def write_check(actor: Actor, check: RetentionCheck | None, entry: NewCheck) -> RetentionCheck:
    """Return the record of a check with what is said now; the trail keeps what it said before."""
    before = None
    if check is None:
        check = RetentionCheck(
            placement_id=entry.placement_id,
            months=entry.months,
            entered_at=clock.now(),
            entered_by=actor.id,
        )
    else:
        before = {name: getattr(check, name) for name in ("checked_on", "outcome", "channel")}
    check.checked_on, check.outcome, check.channel = entry.checked_on, entry.outcome, entry.channel
    record(
        actor=actor,
        action="retention.changed" if before else "retention.recorded",
        subject="placement",
        subject_id=entry.placement_id,
        details={"months": entry.months, "outcome": entry.outcome, "before": before},
    )
    return check
