"""Recording how long jobs last (定着確認)."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.access.actor import Actor
from app.audit.trail import record
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, NotFound
from app.foundation.working_days import add_working_days
from app.placements.due_queries import list_moved
from app.placements.entries import NewCheck, NewDue, check_due, check_retention
from app.placements.models import RetentionCheck, RetentionDue
from app.placements.queries import checks_of, get_placement, placements_by_id
from app.placements.retention import MILESTONES
from app.placements.vocabulary import CheckOutcome, PlacementKind
from app.windows.closed_day_queries import closed_days

CODED: Final = ("checked_on", "outcome", "channel", "left_reason")
ASKED_ALREADY: Final = N_("この確認は、もう記録されています。期日は変えられません。")


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
        check_retention(
            entry,
            kind=placement.kind,
            started_on=placement.started_on,
            today=today,
            known=outcomes_of(known, entry.placement_id),
            kept=check,
        )
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


def outcomes_of(
    known: Mapping[tuple[int, int], RetentionCheck], placement_id: int
) -> dict[int, CheckOutcome]:
    """Return what is known of one job, by months."""
    found = ((months, known.get((placement_id, months))) for months in MILESTONES)
    return {months: check.outcome for months, check in found if check is not None}


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
        before = {name: getattr(check, name) for name in CODED}
    for name in (*CODED, "left_other"):
        setattr(check, name, getattr(entry, name))
    record(
        actor=actor,
        action="retention.changed" if before else "retention.recorded",
        subject="placement",
        subject_id=entry.placement_id,
        details={"months": entry.months, **after_of(entry), **({"before": before} if before else {})},
    )
    return check


def after_of(entry: NewCheck) -> dict[str, object]:
    """Return what the trail says of a check: codes, and why somebody left where they did."""
    told: dict[str, object] = {"outcome": entry.outcome}
    return told if entry.left_reason is None else told | {"left_reason": entry.left_reason}


def move_due(*, actor: Actor, new: NewDue) -> RetentionDue:
    """Set another day for a check that is still to be made; on a day off, the next working day.

    Raises:
        NotFound: no new job of this office.
        Conflict: somebody else moved it meanwhile.
        DomainError: it was made, or the day is out of reach; at the field concerned.
    """
    placement = get_placement(actor=actor, placement_id=new.placement_id)
    if placement.kind is not PlacementKind.NEW or new.months not in MILESTONES:
        raise NotFound
    if (placement.id, new.months) in checks_of([placement.id]):
        raise DomainError(ASKED_ALREADY)
    closed, before = closed_days(), list_moved(placement_id=placement.id).get(new.months, [])
    if len(before) != (new.moves or 0):
        raise Conflict(CHANGED_MEANWHILE)
    check_due(new, started_on=placement.started_on, closed=closed)
    moved = RetentionDue(
        placement_id=placement.id,
        months=new.months,
        due_on=add_working_days(new.due_on, 0, closed),
        due_reason=new.due_reason,
        due_other=new.due_other,
        entered_at=clock.now(),
        entered_by=actor.id,
    )
    db.session.add(moved)
    db.session.flush()
    record(
        actor=actor,
        action="retention.moved",
        subject="placement",
        subject_id=placement.id,
        details={
            "months": new.months,
            "due_on": moved.due_on,
            "due_reason": new.due_reason,
            **({"before": {"due_on": before[-1].due_on}} if before else {}),
        },
    )
    return moved
