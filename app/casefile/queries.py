"""What one office may see of a case, as events in time."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.cases.consultation_queries import list_consultations, list_topics
from app.cases.merge_queries import list_merges
from app.cases.models import Case
from app.cases.queries import of_person, own_records
from app.cases.registration_queries import list_registrations
from app.foundation import clock
from app.foundation.db import db
from app.guidance.models import Guidance
from app.placements.models import Placement, RetentionCheck
from app.referrals.models import Consent, Referral, ReferralMove
from app.referrals.queries import addressed_to
from app.windows.models import Window, WindowVersion


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened on a day; ``record`` is what it happened to, ``beside`` what goes with it."""

    day: date
    rank: int
    kind: str
    record: Any
    beside: Any = None


def timeline(*, actor: Actor, case: Case) -> list[Event]:
    """Return the events of a case that the actor's office may see, newest first.

    An office sees its own records and the referrals addressed to it.
    """
    events = [Event(day=case.opened_on, rank=0, kind="opened", record=case)]
    if case.closed_on is not None:
        events.append(Event(day=case.closed_on, rank=9, kind="closed", record=case))
    events += consultation_events(actor=actor, case=case)
    events += referral_events(actor=actor, case=case)
    events += placement_events(actor=actor, case=case)
    events += [
        Event(day=one.starts_on, rank=2, kind="registration", record=one)
        for one in list_registrations(actor=actor, case_id=case.id)
    ]
    events += merge_events(actor=actor, case=case)
    return sorted(events, key=lambda event: (event.day, event.rank, event.record.id), reverse=True)


def merge_events(*, actor: Actor, case: Case) -> list[Event]:
    """Return the merges that stand: from that day on two numbers are one person."""
    return [
        Event(day=clock.day_of(one.merged_at), rank=8, kind="merged", record=one)
        for one in list_merges(actor=actor, case_id=case.id)
        if one.undone_at is None
    ]


def consultation_events(*, actor: Actor, case: Case) -> list[Event]:
    """Return the consultations with their topics and the windows named in them."""
    consultations = list_consultations(actor=actor, case_id=case.id)
    ids = [one.id for one in consultations]
    topics = list_topics(consultation_ids=ids)
    named = db.session.execute(
        select(Guidance.consultation_id, WindowVersion.name, WindowVersion.name_en)
        .join(WindowVersion, WindowVersion.id == Guidance.window_version_id)
        .where(Guidance.consultation_id.in_(ids), Guidance.voided_at.is_(None))
    )
    windows = {row.consultation_id: (row.name, row.name_en) for row in named}
    return [
        Event(
            day=one.held_on,
            rank=3,
            kind="consultation",
            record=one,
            beside={"topics": topics.get(one.id, ()), "window": windows.get(one.id)},
        )
        for one in consultations
    ]


def list_referrals(*, actor: Actor, case: Case) -> list[Referral]:
    """Return the referrals that the actor's office sent, or that were sent to its windows."""
    return list(
        db.session.scalars(
            select(Referral)
            .join(Window, Window.id == Referral.window_id)
            .join(Consent, Consent.id == Referral.consent_id)
            .where(
                of_person(Referral.case_id, case.id),
                or_(own_records(actor, Referral.office_id), addressed_to(actor)),
            )
            .options(joinedload(Referral.window_version), joinedload(Referral.office))
        )
    )


def referral_events(*, actor: Actor, case: Case) -> list[Event]:
    """Return every move of the referrals, each an event of its own day."""
    referrals = {one.id: one for one in list_referrals(actor=actor, case=case)}
    moves = db.session.scalars(
        select(ReferralMove)
        .where(ReferralMove.referral_id.in_(referrals))
        .order_by(ReferralMove.referral_id, ReferralMove.number)
    )
    return [
        Event(
            day=move.happened_on,
            rank=4,
            kind="referral",
            record=move,
            beside=referrals[move.referral_id],
        )
        for move in moves
    ]


def placement_events(*, actor: Actor, case: Case) -> list[Event]:
    """Return the placements and the checks of how long they last."""
    placements = list(
        db.session.scalars(
            select(Placement).where(
                of_person(Placement.case_id, case.id),
                Placement.voided_at.is_(None),
                own_records(actor, Placement.office_id),
            )
        )
    )
    checks = db.session.scalars(
        select(RetentionCheck).where(RetentionCheck.placement_id.in_([one.id for one in placements]))
    )
    return [Event(day=one.started_on, rank=6, kind="placement", record=one) for one in placements] + [
        Event(day=one.checked_on, rank=7, kind="check", record=one) for one in checks
    ]
