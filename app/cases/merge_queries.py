"""Reading merges: what stands, what was undone, and which cases are one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.accounts.models import Account
from app.cases.merging import Edge
from app.cases.models import Case, CaseMerge, CaseOffice
from app.cases.queries import list_case_ids, person_id, visible_to
from app.cases.vocabulary import MergeReason
from app.foundation.db import db
from app.foundation.errors import N_, DomainError, NotFound

UNDONE = N_("この統合は、もう取り消されています。")


@dataclass(frozen=True, kw_only=True)
class MergeRow:
    """One merge as the page of a person shows it."""

    id: int
    number: str
    into: str
    reason: MergeReason
    merged_at: datetime
    merged_by: str | None
    undone_at: datetime | None
    undone_by: str | None
    may_undo: bool


def list_edges(case_ids: Iterable[int]) -> list[Edge]:
    """List the merges that stand among some cases; what was only carried along is none of its own."""
    rows = db.session.execute(
        select(CaseMerge.case_id, CaseMerge.into_id).where(
            CaseMerge.case_id.in_(list(case_ids)),
            CaseMerge.part_of_id == CaseMerge.id,
            CaseMerge.undone_at.is_(None),
        )
    )
    return [Edge(row.case_id, row.into_id) for row in rows]


def list_merges(*, actor: Actor, case_id: int) -> list[MergeRow]:
    """List the merges that made a person's cases one, and those that were undone, newest first.

    An office hears of those that joined a number it knows: who was only shown one card learns no other one.
    """
    case, into = aliased(Case), aliased(Case)
    merged_by, undone_by = aliased(Account), aliased(Account)
    ids = list_case_ids(case_id=case_id)
    rows = db.session.execute(
        select(CaseMerge, case, into, merged_by.label, undone_by.label)
        .join(case, case.id == CaseMerge.case_id)
        .join(into, into.id == CaseMerge.into_id)
        .outerjoin(merged_by, merged_by.id == CaseMerge.merged_by)
        .outerjoin(undone_by, undone_by.id == CaseMerge.undone_by)
        .where(
            CaseMerge.part_of_id == CaseMerge.id,
            or_(CaseMerge.case_id.in_(ids), CaseMerge.into_id.in_(ids)),
            concerns(actor, case, into),
        )
        .order_by(CaseMerge.id.desc())
    )
    return [
        MergeRow(
            id=merge.id,
            number=one.number,
            into=other.number,
            reason=merge.reason,
            merged_at=merge.merged_at,
            merged_by=by,
            undone_at=merge.undone_at,
            undone_by=undone,
            may_undo=merge.undone_at is None and holds_stub(actor, one, other),
        )
        for merge, one, other, by, undone in rows
    ]


def concerns(actor: Actor, case: type[Case], into: type[Case]) -> ColumnElement[bool]:
    """Return the condition that a merge is an office's business.

    The office opened one of both, or a number that it knew leads elsewhere while the merge stands.
    """
    if actor.office_id is None:
        return case.id.is_not(None)
    knew = exists().where(CaseOffice.case_id == case.id, CaseOffice.office_id == actor.office_id)
    opened = or_(case.office_id == actor.office_id, into.office_id == actor.office_id)
    return or_(opened, CaseMerge.undone_at.is_(None) & knew)


def holds_stub(actor: Actor, *cases: Case) -> bool:
    """Tell whether the actor's office opened one of these cases; commands are not limited."""
    return actor.office_id is None or actor.office_id in {case.office_id for case in cases}


def get_merge(*, actor: Actor, merge_id: int) -> tuple[CaseMerge, Case, Case]:
    """Return a merge that stands, of a person whom the actor's office knows, with both cases.

    Raises:
        NotFound: there is none, or the office opened neither case.
        DomainError: it was undone before.
    """
    case, into, person = aliased(Case), aliased(Case), Case
    found = db.session.execute(
        select(CaseMerge, case, into)
        .join(case, case.id == CaseMerge.case_id)
        .join(into, into.id == CaseMerge.into_id)
        .join(person, person.id == person_id(case))
        .where(
            CaseMerge.id == merge_id,
            CaseMerge.part_of_id == CaseMerge.id,
            visible_to(actor),
        )
    ).one_or_none()
    if found is None or not holds_stub(actor, found[1], found[2]):
        raise NotFound
    if found[0].undone_at is not None:
        raise DomainError(UNDONE)
    return found[0], found[1], found[2]
