"""What one office may see of a case, as events in time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.cases.charge_queries import find_place
from app.cases.consultation_queries import list_consultations, list_topics
from app.cases.merge_queries import list_merges
from app.cases.models import Case
from app.cases.queries import of_person, own_records
from app.cases.registration_queries import list_registrations
from app.cases.vocabulary import SeenBy
from app.foundation import clock
from app.foundation.db import db
from app.guidance.models import Guidance
from app.placements.models import Placement, RetentionCheck
from app.referrals.models import Consent, Referral, ReferralMove
from app.referrals.queries import addressed_to
from app.windows.models import Window, WindowVersion

ENTERED: Final = frozenset({"consultation", "referral", "placement", "check", "registration"})
"""Kinds of events that somebody entered as a record of its own."""


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
    events = [first_event(actor=actor, case=case)]
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


def first_event(*, actor: Actor, case: Case) -> Event:
    """Return how it began for the actor's office: it opened the case, or the card was shown there.

    When somebody first came to another office is that office's.
    """
    if case.office_id == actor.office_id or actor.office_id is None:
        return Event(day=case.opened_on, rank=0, kind="opened", record=case)
    place = find_place(actor=actor, case_id=case.id)
    if place.seen_by is SeenBy.OPENING:
        own = db.session.get_one(Case, place.case_id)
        return Event(day=own.opened_on, rank=0, kind="opened", record=own)
    return Event(day=clock.day_of(place.since), rank=0, kind="seen", record=case)


def recorded_since(*, actor: Actor, case: Case, moment: datetime) -> list[tuple[Event, str]]:
    """Return what the actor's office entered for a person since a moment, with the number it stands under."""
    found = [
        (event, event.beside.case_id if event.kind == "referral" else case_id_of(event))
        for event in timeline(actor=actor, case=case)
        if event.kind in ENTERED and event.record.entered_at > moment
    ]
    ids = {case_id for _event, case_id in found}
    rows = db.session.execute(select(Case.id, Case.number).where(Case.id.in_(ids)))
    numbers = {case_id: number for case_id, number in rows}
    return [(event, numbers[case_id]) for event, case_id in found]


def case_id_of(event: Event) -> int:
    """Return the case under which a record stands; a check stands under that of its job."""
    record = event.record.placement if event.kind == "check" else event.record
    return int(record.case_id)


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
