"""The rows of open referrals: what the waiting list knows of them, and what is read for a page of it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.accounts.models import Account
from app.cases.models import Case, CaseOffice
from app.cases.queries import own_records, person_id
from app.followup.board import ReferralRow
from app.followup.waiting import Waiting
from app.foundation.db import read
from app.referrals.models import Referral
from app.referrals.queries import chunks
from app.referrals.vocabulary import Asked
from app.windows.models import WindowVersion


def rows_in_order(actor: Actor, waiting: Sequence[Waiting]) -> list[ReferralRow]:
    """Read the rows of some open referrals, in their order."""
    found: dict[int, Any] = {}
    for part in chunks(one.id for one in waiting):
        found |= {row[0]: row for row in read(records_by_id(actor), ids=part).all()}
    return [row_of(one, *found[one.id]) for one in waiting if one.id in found]


def row_of(
    waiting: Waiting,
    key: int,
    reference: str,
    case_number: str,
    window: str,
    window_en: str,
    asked: Asked,
    counsellor: str | None,
) -> ReferralRow:
    """Return the row of an open referral."""
    return ReferralRow(
        id=key,
        reference=reference,
        case_number=case_number,
        window=window,
        window_en=window_en,
        asked=asked,
        sent_on=waiting.sent_on,
        state=waiting.state,
        since=waiting.since,
        turn=waiting.turn,
        due_on=waiting.due_on,
        counsellor=counsellor,
        number=waiting.number,
    )


def in_charge(kept: type[CaseOffice], own: type[CaseOffice]) -> ColumnElement[Any]:
    """Return who is in charge of a case: of merged ones as the case that is left says."""
    return case((kept.case_id.is_not(None), kept.counsellor_id), else_=own.counsellor_id)


@lru_cache
def records_by_id(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Return the select of what is not known of open referrals, whose ids it takes as ``ids``."""
    of_record, kept, own = aliased(Case), aliased(CaseOffice), aliased(CaseOffice)
    return (
        select(
            Referral.id,
            Referral.reference,
            Case.number,
            WindowVersion.name,
            WindowVersion.name_en,
            Referral.asked,
            Account.label,
        )
        .join(of_record, of_record.id == Referral.case_id)
        .join(Case, Case.id == person_id(of_record))
        .join(WindowVersion, WindowVersion.id == Referral.window_version_id)
        .outerjoin(kept, and_(kept.case_id == Case.id, kept.office_id == Referral.office_id))
        .outerjoin(own, and_(own.case_id == of_record.id, own.office_id == Referral.office_id))
        .outerjoin(Account, Account.id == in_charge(kept, own))
        .where(own_records(actor, Referral.office_id), Referral.id.in_(bindparam("ids", expanding=True)))
    )
