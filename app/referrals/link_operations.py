"""Making, revoking and using a one-time answer link (回答リンク)."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select, update

from app.access.actor import Actor
from app.access.permissions import Role
from app.cases.operations import when_closed
from app.cases.queries import get_person
from app.foundation import clock
from app.foundation.db import change, db
from app.foundation.errors import N_, DomainError, NotFound
from app.foundation.fiscal_year import day_label
from app.foundation.labels import LabelledEnum
from app.referrals.deadlines import due_day, working_day_after
from app.referrals.entries import NewMove
from app.referrals.lifecycle import state_of
from app.referrals.link_models import AnswerLink
from app.referrals.link_queries import answers_by_link, get_open_link
from app.referrals.link_tokens import draw_token, hash_of
from app.referrals.models import Referral, ReferralMove
from app.referrals.move_operations import move_referrals, note
from app.referrals.queries import find_extended_to, get_referral, histories
from app.referrals.vocabulary import AnswerChannel, State
from app.windows.closed_day_queries import closed_days

BY_LINK = Actor(id=None, label="回答リンク", role=Role.SUPERVISOR, office_id=None)
"""Whoever holds the link: nobody's account."""
LEAST: Final = 3
LONGEST: Final = timedelta(days=60)
NO_LINK = N_("この紹介には、いま回答リンクを作れません。同意、相談者の終了、いまの状態を確かめてください。")


@dataclass(frozen=True, kw_only=True)
class LinkAnswer:
    """What was said by a link."""

    to: State
    happened_on: date
    code: LabelledEnum | None
    expected_number: int | None


def issue_link(
    *, actor: Actor, reference: str, secret: str, random_bytes: Callable[[int], bytes] = secrets.token_bytes
) -> tuple[AnswerLink, str]:
    """Make a link and return it with its token, which is shown once; an earlier link of the referral ends.

    Raises:
        NotFound: no referral of this office.
        DomainError: nothing can be answered, or the consent was taken back.
    """
    referral = get_referral(actor=actor, reference=reference)
    history = histories([referral.id])[referral.id]
    person = get_person(case_id=referral.case_id)
    if referral.consent.withdrawn_on or person.closed_on or not answers_by_link(history):
        raise DomainError(NO_LINK)
    revoke_open(referral_id=referral.id)
    token = draw_token(secret, random_bytes)
    link = AnswerLink(
        referral_id=referral.id,
        token_hash=hash_of(token),
        issued_at=clock.now(),
        issued_by=actor.id,
        expires_at=end_of(last_day(referral, history)),
    )
    db.session.add(link)
    db.session.flush()
    note(actor, "referral.link_made", referral, {"link": link.id, "expires_at": link.expires_at.isoformat()})
    return link, token


def last_day(referral: Referral, history: list[ReferralMove]) -> date:
    """Return the last day of a link: that of the answer and its grace, at most sixty days from now.

    Three working days are left in any case, where a window has less grace than that.
    """
    newest, closed, today = history[-1], closed_days(), clock.today()
    due = due_day(
        state_of(history),
        newest.happened_on,
        referral.window_version.response_days,
        closed=closed,
        extended_to=find_extended_to(referral_id=referral.id, number=newest.number),
    )
    grace = max(referral.window_version.grace_days, LEAST)
    return min(working_day_after(max(due or today, today), grace, closed), today + LONGEST)


def last_of(link: AnswerLink) -> date:
    """Return the last day on which a link can be used."""
    return clock.day_of(link.expires_at - timedelta(seconds=1))


def mail_of(address: str, last: date) -> str:
    """Return what the office may send to the window: in Japanese, and nothing that tells of anybody."""
    return (
        "国分寺市の就労支援の担当です。\n"
        "お送りした紹介について、次のリンクからお返事をお願いいたします。サインインは要りません。\n\n"
        f"{address}\n\n"
        f"このリンクは一度だけ、{day_label(last)}まで使えます。\n"
        "氏名など、ご本人が分かることは、返信にも書かないでください。"
    )


def end_of(day: date) -> datetime:
    """Return the moment at which a day ends in Japan."""
    return datetime.combine(day + timedelta(days=1), time(), clock.TOKYO)


def revoke_open(*, referral_id: int, link_id: int | None = None) -> int:
    """End the unused links of a referral, or one of them; return how many there were."""
    ending = update(AnswerLink).where(
        AnswerLink.referral_id == referral_id,
        AnswerLink.used_at.is_(None),
        AnswerLink.revoked_at.is_(None),
    )
    if link_id is not None:
        ending = ending.where(AnswerLink.id == link_id)
    return change(ending.values(revoked_at=clock.now()))


def revoke_of_cases(case_ids: Sequence[int]) -> None:
    """End the unused links of a person who is closed: reopening brings none of them back."""
    theirs = select(Referral.id).where(Referral.case_id.in_(case_ids))
    change(
        update(AnswerLink)
        .where(
            AnswerLink.referral_id.in_(theirs), AnswerLink.used_at.is_(None), AnswerLink.revoked_at.is_(None)
        )
        .values(revoked_at=clock.now())
    )


when_closed.append(revoke_of_cases)


def revoke_link(*, actor: Actor, reference: str, link_id: int) -> None:
    """End a link.

    Raises:
        NotFound: no referral of this office, or none of its unused links.
    """
    referral = get_referral(actor=actor, reference=reference)
    if not revoke_open(referral_id=referral.id, link_id=link_id):
        raise NotFound
    note(actor, "referral.link_revoked", referral, {"link": link_id})


def answer_by_link(*, secret: str, token: str, said: LinkAnswer) -> None:
    """Record what the holder of a link says, and use the link up.

    Raises:
        NotFound: the link cannot be used, for whatever reason.
        Conflict: somebody else was faster.
        DomainError: at ``to``, ``happened_on`` or ``<state>_code``.
    """
    found = get_open_link(secret=secret, token=token)
    if said.to not in found.offered:
        raise NotFound
    using = update(AnswerLink).where(
        AnswerLink.id == found.link.id, AnswerLink.used_at.is_(None), AnswerLink.revoked_at.is_(None)
    )
    # Of two who use it at one moment the second finds it used.
    if not change(using.values(used_at=clock.now())):
        raise NotFound
    move_referrals(
        actor=BY_LINK,
        new=[
            NewMove(
                referral_id=found.referral.id,
                to=said.to,
                happened_on=said.happened_on,
                channel=AnswerChannel.SYSTEM,
                code=said.code,
                expected_number=said.expected_number,
            )
        ],
    )
