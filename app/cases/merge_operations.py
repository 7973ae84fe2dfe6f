"""Merging two cases of one person, and undoing it: pointers move, records never."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.merge_queries import get_merge, list_edges
from app.cases.merging import path_of, pointers
from app.cases.models import Case, CaseMerge
from app.cases.operations import own_case
from app.cases.queries import get_case_by_id, list_case_ids
from app.cases.vocabulary import MergeReason
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError

SAME = N_("同じ相談者です。もう一つの相談番号を確かめてください。")
MERGING = 0x5368697275626531
"""Key of the advisory lock under which merges follow each other on PostgreSQL; SQLite has one writer."""


def merge_cases(*, actor: Actor, case_id: int, into_id: int, reason: MergeReason) -> CaseMerge:
    """Let the person of one case be the person of another from now on, in every year that is not frozen.

    Cases merged earlier into the first follow. No record moves.

    Raises:
        NotFound: a case that this office may not know of.
        DomainError: both are one person already, or the first was opened at another office.
    """
    wait_for_other_merges()
    case = own_case(actor=actor, case_id=case_id)
    into = get_case_by_id(actor=actor, case_id=into_id)
    if case.id == into.id:
        raise DomainError(SAME, field="number")
    before = {one.id: one.merged_into_id for one in lock_cases([case.id, into.id])}
    merge = CaseMerge(
        case_id=case.id,
        into_id=into.id,
        previous_into_id=None,
        reason=reason,
        merged_at=clock.now(),
        merged_by=actor.id,
    )
    db.session.add(merge)
    db.session.flush()
    merge.part_of_id = merge.id
    for follower, former in before.items():
        if former == case.id:
            db.session.add(carried(merge, follower))
    db.session.flush()
    point(before)
    note(actor, "case.merged", merge, case, into)
    return merge


def undo_merge(*, actor: Actor, merge_id: int) -> Case:
    """Take a merge back: every pointer stands again as if it had never been made; later merges stay.

    What was recorded in the meantime stays with the case under which it was recorded.

    Raises:
        NotFound: no merge, or one of cases that other offices opened.
        DomainError: it was undone before.
    """
    wait_for_other_merges()
    merge, case, into = get_merge(actor=actor, merge_id=merge_id)
    touched = {one.id: one.merged_into_id for one in lock_cases([case.id])}
    finish(actor, [merge])
    db.session.flush()
    point(touched)
    finish(actor, left_behind(touched))
    note(actor, "case.merge_undone", merge, case, into)
    db.session.flush()
    return case


def wait_for_other_merges() -> None:
    """Let merges follow each other, as each moves the pointers of every case of a person."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(MERGING)))


def lock_cases(case_ids: Iterable[int]) -> Sequence[Case]:
    """Return every case of these persons as it stands now, locked."""
    ids = {one for case_id in case_ids for one in list_case_ids(case_id=case_id)}
    return db.session.scalars(
        select(Case)
        .where(Case.id.in_(ids))
        .order_by(Case.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def point(case_ids: Iterable[int]) -> None:
    """Set the pointers of these cases to where the merges that stand lead."""
    ids = list(case_ids)
    standing = pointers(ids, list_edges(ids))
    for case in db.session.scalars(select(Case).where(Case.id.in_(ids)).order_by(Case.id)):
        if case.merged_into_id != standing[case.id]:
            case.merged_into_id = standing[case.id]
    db.session.flush()


def carried(merge: CaseMerge, case_id: int) -> CaseMerge:
    """Return the note that a case merged earlier followed the one it was merged into."""
    return CaseMerge(
        case_id=case_id,
        into_id=merge.into_id,
        previous_into_id=merge.case_id,
        part_of_id=merge.id,
        reason=merge.reason,
        merged_at=merge.merged_at,
        merged_by=merge.merged_by,
    )


def left_behind(case_ids: Iterable[int]) -> list[CaseMerge]:
    """Return the notes of followers that no longer follow, since a merge on their way was undone."""
    ids = list(case_ids)
    edges = dict(list_edges(ids))
    carried_rows = db.session.scalars(
        select(CaseMerge).where(
            CaseMerge.case_id.in_(ids), CaseMerge.part_of_id != CaseMerge.id, CaseMerge.undone_at.is_(None)
        )
    )
    return [one for one in carried_rows if one.into_id not in path_of(one.case_id, edges)]


def finish(actor: Actor, merges: Iterable[CaseMerge]) -> None:
    """Mark merges as undone."""
    for merge in merges:
        merge.undone_at, merge.undone_by = clock.now(), actor.id


def note(actor: Actor, action: str, merge: CaseMerge, case: Case, into: Case) -> None:
    """Note in the trail which number was joined to which, and why."""
    record(
        actor=actor,
        action=action,
        subject="case",
        subject_id=case.number,
        details={"into": into.number, "reason": merge.reason.value},
    )
