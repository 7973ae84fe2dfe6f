"""Events of guidance, referrals and jobs as calls of the operations that the screens use."""

from collections.abc import Sequence

from app.access.actor import Actor
from app.cases.vocabulary import VoidReason
from app.demo.book import Book
from app.demo.story import Check, CheckMoved, ConsentBack, Guiding, Job, JobVoided, Moving, Sending
from app.demo.work import detail
from app.guidance.operations import NewGuidance, record_guidance
from app.placements.check_operations import move_due, record_checks
from app.placements.entries import NewCheck, NewDue, NewPlacement
from app.placements.operations import record_placements, void_placement
from app.referrals.entries import NewMove, NewReferral
from app.referrals.move_operations import move_referrals
from app.referrals.operations import send_referrals, withdraw_consent


def guide_all(book: Book, actor: Actor, events: Sequence[Guiding]) -> None:
    """Record which windows were named."""
    new = [
        NewGuidance(
            consultation_id=book.visits[event.visit.key],
            case_id=None if event.visit.nameless else book.cases[event.visit.person.key],
            window_id=book.windows[event.window],
            given_on=event.day,
            target_group=event.visit.person.target_group,
            found=book.guide.found_for(event.visit),
        )
        for event in events
    ]
    record_guidance(actor=actor, new=new)


def send_all(book: Book, actor: Actor, events: Sequence[Sending]) -> None:
    """Send referrals."""
    new = [
        NewReferral(
            case_id=book.cases[event.person.key],
            window_id=book.windows[event.window],
            asked=event.asked,
            asked_other=event.asked_other,
            sent_on=event.day,
            consent_on=event.consent_on,
            consent_form=event.consent_form,
            consultation_id=None if event.visit is None else book.visits[event.visit],
        )
        for event in events
    ]
    sent = send_referrals(actor=actor, new=new, draw=book.rng.randrange)
    for event, referral in zip(events, sent, strict=True):
        book.referrals[event.key], book.references[event.key] = referral.id, referral.reference


def move_all(book: Book, actor: Actor, events: Sequence[Moving]) -> None:
    """Move referrals on."""
    new = [
        NewMove(
            referral_id=book.referrals[event.referral],
            to=event.to,
            happened_on=event.day,
            channel=event.channel,
            code=event.code,
        )
        for event in events
    ]
    move_referrals(actor=actor, new=new)


def take_consents_back(book: Book, actor: Actor, events: Sequence[ConsentBack]) -> None:
    """Take consents back."""
    for event in events:
        withdraw_consent(actor=actor, reference=book.references[event.referral], withdrawn_on=event.day)


def place_all(book: Book, actor: Actor, events: Sequence[Job]) -> None:
    """Record jobs."""
    new = [
        NewPlacement(
            case_id=book.cases[event.person.key],
            programme=event.programme,
            kind=event.kind,
            offered_on=event.offered_on,
            started_on=event.started_on,
            reported_on=event.day,
            assistance=event.assistance,
            target_group=event.person.target_group,
            hours=event.hours,
            contract=event.contract,
            posting=event.posting,
            referral_id=None if event.referral is None else book.referrals[event.referral],
            **vars(detail(event.key, event.hours)),
        )
        for event in events
    ]
    for event, made in zip(events, record_placements(actor=actor, new=new), strict=True):
        book.jobs[event.key] = made.id


def void_jobs(book: Book, actor: Actor, events: Sequence[JobVoided]) -> None:
    """Take back jobs that were entered in error."""
    for event in events:
        void_placement(
            actor=actor, placement_id=book.jobs[event.job], version=None, reason=VoidReason.WRONG_CASE
        )


def move_checks(book: Book, actor: Actor, events: Sequence[CheckMoved]) -> None:
    """Set other days for retention checks."""
    for event in events:
        new = NewDue(
            placement_id=book.jobs[event.job],
            months=event.months,
            due_on=event.due_on,
            due_reason=event.reason,
        )
        move_due(actor=actor, new=new)


def check_all(book: Book, actor: Actor, events: Sequence[Check]) -> None:
    """Record retention checks."""
    new = [
        NewCheck(
            placement_id=book.jobs[event.job],
            months=event.months,
            checked_on=event.day,
            outcome=event.outcome,
            channel=event.channel,
            left_reason=event.left_reason,
        )
        for event in events
    ]
    record_checks(actor=actor, new=new)
