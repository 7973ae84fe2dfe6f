"""Recording jobs, correcting them, taking back what was entered in error."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm.exc import StaleDataError

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.operations import own_office, require_version
from app.cases.queries import visible_case_ids
from app.cases.vocabulary import VoidReason
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.placements.category import category_in
from app.placements.entries import CODED, COLUMNS, NewPlacement, check_near, check_placement
from app.placements.models import Placement
from app.placements.queries import first_consultations, get_placement, list_checks, new_jobs
from app.placements.retention import earliest_day
from app.placements.vocabulary import PlacementKind
from app.referrals.entries import Placing
from app.referrals.move_operations import mark_placed, unmark_placed

OTHER_CASE = N_("相談者は変えられません。取り違えたときは、誤入力として取り消してください。")
ONLY_NEW = N_("紹介とつなげられるのは、新規就職だけです。")
CHECKED_BEFORE = N_("定着確認の記録と合わなくなるため、この内容には変えられません。")


def record_placements(*, actor: Actor, new: Sequence[NewPlacement]) -> list[Placement]:
    """Record jobs of people of the actor's office; a single one is a batch of one.

    The referral that led to a new job moves to 就職 in the same transaction.

    Raises:
        NotFound: a case or referral that this office may not know of.
        DomainError: a rule is broken, at the field concerned; ``confirmed`` questions a likely duplicate.
    """
    own_office(actor)
    check_all(actor, new)
    placements = [placement_of(actor, entry) for entry in new]
    db.session.add_all(placements)
    db.session.flush()
    mark_placed(actor=actor, placed=[link for one in placements if (link := link_of(one)) is not None])
    for placement in placements:
        note(actor, "placement.recorded", placement, {"after": coded_values(placement)})
    return placements


def check_all(actor: Actor, new: Sequence[NewPlacement]) -> None:
    """Hold each job against the rules, the person's first consultation, and the jobs known so far."""
    today, ids = clock.today(), [entry.case_id for entry in new]
    cases = visible_case_ids(actor=actor, ids=ids)
    first, jobs = first_consultations(ids), new_jobs(ids)
    for entry in new:
        if entry.case_id not in cases:
            raise NotFound
        check_entry(entry, today=today, first_consultation=first.get(entry.case_id))
        known = jobs.setdefault(entry.case_id, [])
        check_near(entry, [day for _id, day in known])
        if entry.kind is PlacementKind.NEW:
            known.append((0, entry.started_on))


def check_entry(
    entry: NewPlacement,
    *,
    today: date,
    first_consultation: date | None,
    kept: Placement | None = None,
) -> None:
    """Hold one job against the rules, and its referral against its kind."""
    check_placement(entry, today=today, first_consultation=first_consultation, kept=kept)
    if entry.referral_id is not None and entry.kind is not PlacementKind.NEW:
        raise DomainError(ONLY_NEW, field="referral_id")


def placement_of(actor: Actor, entry: NewPlacement) -> Placement:
    """Return the record of a job."""
    placement = Placement(
        case_id=entry.case_id,
        office_id=own_office(actor),
        counsellor_id=actor.id,
        entered_at=clock.now(),
    )
    fill(placement, entry)
    return placement


def fill(placement: Placement, entry: NewPlacement) -> None:
    """Write what is said of a job, with the fiscal year and the category that follow from it."""
    for name in COLUMNS:
        setattr(placement, name, getattr(entry, name))
    placement.fiscal_year = fiscal_year_of(entry.started_on)
    placement.category = category_in(entry.programme, entry.assistance)


def link_of(placement: Placement) -> Placing | None:
    """Return what the placement says of a referral; only a new job is a 就職."""
    if placement.referral_id is None or placement.kind is not PlacementKind.NEW:
        return None
    return Placing(
        referral_id=placement.referral_id, case_id=placement.case_id, placed_on=placement.started_on
    )


def change_placement(
    *, actor: Actor, placement_id: int, version: int | None, entry: NewPlacement
) -> Placement:
    """Correct a job; the trail keeps what stood before, and the referral follows.

    Raises:
        NotFound: no placement of this office.
        Conflict: somebody else changed it meanwhile.
        DomainError: a rule is broken, at the field concerned.
    """
    placement = get_placement(actor=actor, placement_id=placement_id)
    require_version(placement.version, version)
    check_change(placement, entry)
    before, link = coded_values(placement), link_of(placement)
    fill(placement, entry)
    flush()
    following = link_of(placement)
    if following != link:
        unmark_placed(actor=actor, referral_ids=[link.referral_id] if link else [])
        mark_placed(actor=actor, placed=[following] if following else [])
    after = coded_values(placement)
    changed = {name: value for name, value in before.items() if after[name] != value}
    note(actor, "placement.changed", placement, {"before": changed})
    return placement


def check_change(placement: Placement, entry: NewPlacement) -> None:
    """Hold a correction against the rules and against what was recorded since."""
    if entry.case_id != placement.case_id:
        raise DomainError(OTHER_CASE)
    first = first_consultations([entry.case_id]).get(entry.case_id)
    check_entry(entry, today=clock.today(), first_consultation=first, kept=placement)
    stands, said = ((one.kind, one.started_on, one.why_separate) for one in (placement, entry))
    if stands == said:
        return
    jobs = new_jobs([entry.case_id]).get(entry.case_id, [])
    check_near(entry, [day for known_id, day in jobs if known_id != placement.id])
    for check in list_checks(placement_id=placement.id).values():
        if entry.kind is not PlacementKind.NEW:
            raise DomainError(CHECKED_BEFORE, field="kind")
        if check.checked_on < earliest_day(entry.started_on, check.months, check.outcome):
            raise DomainError(CHECKED_BEFORE, field="started_on")


def void_placement(*, actor: Actor, placement_id: int, version: int | None, reason: VoidReason) -> Placement:
    """Take a job out of every count; the referral that led to it goes back to 支援中.

    Raises:
        NotFound: no placement of this office.
        Conflict: somebody else changed it meanwhile.
    """
    placement = get_placement(actor=actor, placement_id=placement_id)
    require_version(placement.version, version)
    placement.voided_at, placement.void_reason = clock.now(), reason
    flush()
    link = link_of(placement)
    unmark_placed(actor=actor, referral_ids=[link.referral_id] if link else [])
    note(actor, "placement.voided", placement, {"before": coded_values(placement), "reason": reason})
    return placement


def coded_values(placement: Placement) -> dict[str, object]:
    """Return what the trail may keep of a job: codes and days."""
    return {name: getattr(placement, name) for name in (*CODED, "category")}


def note(actor: Actor, action: str, placement: Placement, details: dict[str, object]) -> None:
    """Note in the trail what was done with a placement."""
    record(actor=actor, action=action, subject="placement", subject_id=placement.id, details=details)


def flush() -> None:
    """Write what changed.

    Raises:
        Conflict: somebody else saved the same record in this very moment.
    """
    try:
        db.session.flush()
    except StaleDataError:
        raise Conflict(CHANGED_MEANWHILE) from None
