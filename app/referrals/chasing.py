"""催促: that a window was asked for its answer, kept in the trail so that two colleagues do not ask twice."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.access.actor import Actor
from app.accounts.models import Account
from app.audit.acts import list_acts
from app.foundation.db import db
from app.referrals.models import ReferralExtension
from app.referrals.move_operations import note
from app.referrals.queries import HistoryRow, get_referral
from app.referrals.vocabulary import AnswerChannel

CHASED = "referral.chased"


@dataclass(frozen=True, kw_only=True)
class Chased:
    """One 催促: when, by whom, by which channel."""

    at: datetime
    who: str
    channel: AnswerChannel | None


@dataclass(frozen=True, kw_only=True)
class Granted:
    """One extension of the due day: when, by whom, until when and why."""

    at: datetime
    who: str
    extension: ReferralExtension


def record_chased(*, actor: Actor, references: Sequence[str], channel: AnswerChannel) -> int:
    """Note that windows were asked for their answers, and return for how many referrals.

    Raises:
        NotFound: a referral that is not this office's; nothing is noted.
    """
    referrals = [get_referral(actor=actor, reference=one) for one in dict.fromkeys(references)]
    for referral in referrals:
        note(actor, CHASED, referral, {"channel": channel})
    return len(referrals)


def list_chased(*, references: Collection[str]) -> dict[str, list[Chased]]:
    """Return how referrals that the caller was allowed to see were chased, oldest first."""
    acts = list_acts(action=CHASED, subject="referral", subject_ids=references)
    return {
        reference: [
            Chased(at=one.at, who=one.who, channel=AnswerChannel.find(one.details.get("channel", "")))
            for one in found
        ]
        for reference, found in acts.items()
    }


def list_granted(*, referral_id: int) -> list[Granted]:
    """Return the extensions of a referral that the caller was allowed to see, oldest first."""
    rows = db.session.execute(
        select(ReferralExtension, Account.label)
        .outerjoin(Account, Account.id == ReferralExtension.entered_by)
        .where(ReferralExtension.referral_id == referral_id)
        .order_by(ReferralExtension.id)
    )
    return [Granted(at=one.entered_at, who=label or "", extension=one) for one, label in rows]


def list_beside(
    *, referral_id: int, reference: str, history: Sequence[HistoryRow]
) -> dict[int, list[Chased | Granted]]:
    """Return what happened beside the moves, by the number of the move after which it was entered."""
    found: list[Chased | Granted] = [
        *list_chased(references=[reference]).get(reference, []),
        *list_granted(referral_id=referral_id),
    ]
    beside: dict[int, list[Chased | Granted]] = {}
    for one in sorted(found, key=lambda one: one.at):
        before = [row.number for row in history if row.entered_at <= one.at]
        beside.setdefault(max(before, default=history[0].number), []).append(one)
    return beside
