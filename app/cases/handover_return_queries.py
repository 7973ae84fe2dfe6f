"""What would come back if a hand-over were taken back: read once for the page and for the act itself.

A case comes back while it is with whom it was given to, since that very hand-over: who got it again by a
later decision keeps it. A draft comes back as it was: one that was written on belongs to whoever wrote.
"""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.cases.handing_back import Back, CaseBack, DraftBack, Stays
from app.cases.handover_models import Handover, HandoverCase, HandoverDraft
from app.cases.models import Case, CaseOffice
from app.cases.queries import person_id
from app.drafts.models import Draft
from app.drafts.queries import KEPT_FOR
from app.foundation import clock
from app.foundation.db import db


def what_returns(made: Handover, *, lock: bool = False) -> Back:
    """Return what becomes of each case and draft; with ``lock`` nobody changes them until the commit."""
    return Back(cases=cases_back(made, lock=lock), drafts=drafts_back(made, lock=lock))


def cases_back(made: Handover, *, lock: bool) -> list[CaseBack]:
    """Return the cases of a hand-over by the number of their person."""
    own, person = aliased(Case), aliased(Case)
    chosen = (
        select(
            HandoverCase.case_id,
            HandoverCase.to_account_id,
            CaseOffice.counsellor_id,
            CaseOffice.in_charge_since,
            own.merged_into_id,
            person.number,
            person.closed_on,
        )
        .join(
            CaseOffice,
            (CaseOffice.case_id == HandoverCase.case_id) & (CaseOffice.office_id == made.office_id),
        )
        .join(own, own.id == HandoverCase.case_id)
        .join(person, person.id == person_id(own))
        .where(HandoverCase.handover_id == made.id)
        .order_by(person.number)
    )
    if lock:
        chosen = chosen.with_for_update(of=CaseOffice)
    return [
        CaseBack(
            case_id=row.case_id,
            number=row.number,
            closed=row.closed_on is not None,
            merged=row.merged_into_id is not None,
            holder_id=row.counsellor_id,
            stays=None
            if (row.counsellor_id, row.in_charge_since) == (row.to_account_id, made.made_at)
            else Stays.MOVED_ON,
        )
        for row in db.session.execute(chosen)
    ]


def drafts_back(made: Handover, *, lock: bool) -> list[DraftBack]:
    """Return the drafts of a hand-over in the order in which they were begun."""
    given = db.session.execute(
        select(HandoverDraft.draft_id, HandoverDraft.to_account_id)
        .where(HandoverDraft.handover_id == made.id)
        .order_by(HandoverDraft.draft_id)
    ).all()
    ids = [draft_id for draft_id, _account_id in given]
    chosen = select(Draft).where(
        Draft.id.in_(ids), Draft.sealed != "", Draft.saved_at > clock.now() - KEPT_FOR
    )
    if lock:
        chosen = chosen.with_for_update()
    there = db.session.scalars(chosen.execution_options(populate_existing=True)).all()
    first = made.from_account_id
    at_office = db.session.scalar(select(Account.office_id).where(Account.id == first))
    begun = set(db.session.scalars(select(Draft.key_hash).where(Draft.account_id == first)))
    by_id = {one.id: one for one in there}
    return [
        DraftBack(
            draft_id=draft_id,
            purpose=by_id[draft_id].purpose if draft_id in by_id else None,
            holder_id=by_id[draft_id].account_id if draft_id in by_id else account_id,
            stays=why_draft_stays(
                made, account_id, by_id.get(draft_id), is_here=at_office == made.office_id, begun=begun
            ),
        )
        for draft_id, account_id in given
    ]


def why_draft_stays(
    made: Handover, account_id: int, draft: Draft | None, *, is_here: bool, begun: set[str]
) -> Stays | None:
    """Return why a draft stays, None when it goes back; what it says of a case is for this office only."""
    if draft is None:
        return Stays.GONE
    if draft.account_id != account_id:
        return Stays.MOVED_ON
    if draft.saved_at > made.made_at:
        return Stays.WRITTEN_ON
    if not is_here:
        return Stays.ELSEWHERE
    return Stays.BEGUN_AGAIN if draft.key_hash in begun else None
