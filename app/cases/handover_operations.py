"""Handing cases over when staff move (異動), and taking it back exactly."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.charge_operations import require_colleague
from app.cases.handover_models import Handover, HandoverCase
from app.cases.handover_queries import get_handover, list_in_charge
from app.cases.models import CaseOffice
from app.cases.operations import own_office
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError

CHANGED = N_(
    "この間に担当が変わった相談者があります（%(count)s人）。一覧を開きなおして、もう一度確かめてください。"
)
NOTHING = N_("引き継ぐ相談者を選んでください。")
UNDONE = N_("この引き継ぎはもう取り消されています。")


@dataclass(frozen=True, kw_only=True)
class Returned:
    """How many cases went back, and how many somebody had passed on in the meantime."""

    cases: int
    left: int


def hand_over(*, actor: Actor, from_account_id: int, to: Mapping[int, int]) -> Handover:
    """Give cases (by id) of one colleague to others; tasks and checks follow, the past stays as it was.

    Raises:
        DomainError: nothing was chosen, or somebody does not work at this office's desk.
        Conflict: a case is no longer with the colleague who hands over.
    """
    if not to:
        raise DomainError(NOTHING)
    for account_id in set(to.values()):
        require_colleague(actor=actor, account_id=account_id)
    office_id = own_office(actor)
    theirs = {one.case_id for one in list_in_charge(actor=actor, account_id=from_account_id)}
    gone = set(to) - theirs
    if gone:
        raise Conflict(CHANGED, count=len(gone))
    made = Handover(
        office_id=office_id, from_account_id=from_account_id, made_at=clock.now(), made_by=actor.id
    )
    db.session.add(made)
    db.session.flush()
    rows = [{"handover_id": made.id, "case_id": case, "to_account_id": who} for case, who in to.items()]
    db.session.execute(insert(HandoverCase), rows)
    for account_id in sorted(set(to.values())):
        cases = [case for case, who in to.items() if who == account_id]
        move_charge(office_id=office_id, cases=cases, origin=from_account_id, to=account_id)
    note(actor, "handover.made", made, to)
    return made


def move_charge(*, office_id: int, cases: list[int], origin: int, to: int) -> int:
    """Put another colleague in charge of those cases that are still with the first; return how many."""
    moved = 0
    for start in range(0, len(cases), 500):
        changed = db.session.scalars(
            update(CaseOffice)
            .where(
                CaseOffice.office_id == office_id,
                CaseOffice.case_id.in_(cases[start : start + 500]),
                CaseOffice.counsellor_id == origin,
            )
            .values(counsellor_id=to)
            .returning(CaseOffice.case_id)
            .execution_options(synchronize_session="fetch")
        )
        moved += len(changed.all())
    return moved


def note(actor: Actor, action: str, made: Handover, to: Mapping[int, int]) -> None:
    """Note in the trail how many cases went from whom to whom."""
    record(
        actor=actor,
        action=action,
        subject="handover",
        subject_id=made.id,
        details={
            "from": made.from_account_id,
            "to": {str(account_id): count for account_id, count in sorted(Counter(to.values()).items())},
        },
    )


def undo_handover(*, actor: Actor, handover_id: int) -> Returned:
    """Give everything back that is still with whom it was given to.

    Raises:
        NotFound: no hand-over of this office.
        DomainError: it was undone before.
    """
    made = get_handover(actor=actor, handover_id=handover_id)
    if made.undone_at is not None:
        raise DomainError(UNDONE)
    rows = db.session.execute(
        select(HandoverCase.case_id, HandoverCase.to_account_id).where(HandoverCase.handover_id == made.id)
    )
    given = {case_id: account_id for case_id, account_id in rows}
    back = 0
    for account_id in sorted(set(given.values())):
        cases = [case for case, who in given.items() if who == account_id]
        back += move_charge(office_id=made.office_id, cases=cases, origin=account_id, to=made.from_account_id)
    made.undone_at, made.undone_by = clock.now(), actor.id
    note(actor, "handover.undone", made, given)
    db.session.flush()
    return Returned(cases=back, left=len(given) - back)
