"""One-time answer links: which can still be used, and what the desk sees of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.cases.queries import get_person
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import NotFound
from app.referrals.lifecycle import OPEN, Mover, allowed_moves, state_of
from app.referrals.link_models import AnswerLink
from app.referrals.link_tokens import hash_of, is_ours
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import histories
from app.referrals.vocabulary import LinkState, State

ANSWERS = (State.ACCEPTED, State.DECLINED, State.MET, State.ENDED)
"""What can be said by a link."""


@dataclass(frozen=True, kw_only=True)
class LinkRow:
    """A link as the desk sees it; the link itself cannot be shown again."""

    id: int
    issued_at: datetime
    issued_by: str | None
    last_on: date
    state: LinkState


@dataclass(frozen=True, kw_only=True)
class OpenLink:
    """A link that can be used now, with what its page may show."""

    link: AnswerLink
    referral: Referral
    number: int
    offered: tuple[State, ...]


def state_of_link(link: AnswerLink, referral: Referral, history: Sequence[ReferralMove]) -> LinkState:
    """Return whether a link can be used; what closes a referral ends its links for good.

    Asked when it is used, so that nothing that closes a referral can forget its links. A referral that was
    closed after the link was made stays closed to it, even if that move is taken back.
    """
    if link.used_at is not None:
        return LinkState.USED
    closed = any(move.to_state not in OPEN and move.entered_at >= link.issued_at for move in history)
    gone = referral.consent.withdrawn_on or get_person(case_id=referral.case_id).closed_on
    if link.revoked_at is not None or closed or gone:
        return LinkState.REVOKED
    if link.expires_at <= clock.now():
        return LinkState.EXPIRED
    return LinkState.OPEN if answers_by_link(history) else LinkState.REVOKED


def answers_by_link(history: Sequence[ReferralMove]) -> tuple[State, ...]:
    """Return what a window may say by a link now."""
    edges = allowed_moves(state_of(history), Mover.PARTNER)
    return tuple(edge.to for edge in edges if edge.to in ANSWERS)


def get_open_link(*, secret: str, token: str) -> OpenLink:
    """Return the link that somebody holds.

    Raises:
        NotFound: whatever the reason is that it cannot be used; nobody is told which.
    """
    if not is_ours(secret, token):
        raise NotFound
    found = db.session.execute(
        select(AnswerLink, Referral)
        .join(Referral, Referral.id == AnswerLink.referral_id)
        .where(AnswerLink.token_hash == hash_of(token))
        .options(joinedload(Referral.consent), joinedload(Referral.case), joinedload(Referral.window_version))
    ).one_or_none()
    if found is None:
        raise NotFound
    link, referral = found
    history = histories([referral.id])[referral.id]
    if state_of_link(link, referral, history) is not LinkState.OPEN:
        raise NotFound
    return OpenLink(link=link, referral=referral, number=history[-1].number, offered=answers_by_link(history))


def list_links(*, referral: Referral) -> list[LinkRow]:
    """List the links of a referral that the caller was allowed to get, newest first."""
    rows = db.session.execute(
        select(AnswerLink, Account.label)
        .outerjoin(Account, Account.id == AnswerLink.issued_by)
        .where(AnswerLink.referral_id == referral.id)
        .order_by(AnswerLink.id.desc())
    ).all()
    history = histories([referral.id])[referral.id] if rows else []
    return [
        LinkRow(
            id=link.id,
            issued_at=link.issued_at,
            issued_by=label,
            last_on=clock.day_of(link.expires_at - timedelta(seconds=1)),
            state=state_of_link(link, referral, history),
        )
        for link, label in rows
    ]
