"""Taking a hand-over back: what it did is undone exactly, what somebody decided since stays."""

from sqlalchemy import select, update

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.handing_back import Back
from app.cases.handover_models import Handover, HandoverCase
from app.cases.handover_operations import queue_up
from app.cases.handover_queries import get_handover
from app.cases.handover_return_queries import what_returns
from app.cases.models import CaseOffice
from app.drafts.keeping import pass_on_drafts
from app.drafts.sealing import Keyring
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError

UNDONE = N_("この引き継ぎはもう取り消されています。")
NOTHING_BACK = N_("戻せるものがありません。どれも、引き継ぎのあとに変わっています。")


def undo_handover(*, actor: Actor, handover_id: int, ring: Keyring | None = None) -> Back:
    """Give back what is as the hand-over left it, and return what became of each case and draft.

    Raises:
        NotFound: no hand-over of this office.
        DomainError: it was undone before, or nothing is as it left it.
    """
    queue_up(actor)
    made = get_handover(actor=actor, handover_id=handover_id)
    db.session.refresh(made)
    if made.undone_at is not None:
        raise DomainError(UNDONE)
    back = what_returns(made, lock=True)
    if not back.returning and not back.drafts_returning:
        raise DomainError(NOTHING_BACK)
    return_cases(made, [one.case_id for one in back.returning])
    if made.from_account_id is not None and ring is not None:
        pass_on_drafts(
            draft_ids=[one.draft_id for one in back.drafts_returning],
            to_account_id=made.from_account_id,
            ring=ring,
        )
    made.undone_at, made.undone_by = clock.now(), actor.id
    record(
        actor=actor,
        action="handover.undone",
        subject="handover",
        subject_id=made.id,
        details={
            "to": made.from_account_id,
            "count": len(back.returning),
            "left": len(back.staying),
            "drafts": len(back.drafts_returning),
        },
    )
    db.session.flush()
    return back


def return_cases(made: Handover, case_ids: list[int]) -> None:
    """Put in charge who was before, since when they were: so that an earlier hand-over can be undone, too."""
    former = (
        select(HandoverCase.former_since)
        .where(HandoverCase.handover_id == made.id, HandoverCase.case_id == CaseOffice.case_id)
        .scalar_subquery()
    )
    for start in range(0, len(case_ids), 500):
        db.session.execute(
            update(CaseOffice)
            .where(
                CaseOffice.office_id == made.office_id,
                CaseOffice.case_id.in_(case_ids[start : start + 500]),
            )
            .values(counsellor_id=made.from_account_id, in_charge_since=former)
            .execution_options(synchronize_session="fetch")
        )
