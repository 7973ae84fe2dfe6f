"""Events of cases, registrations and consultations as calls of the operations that the screens use."""

from collections.abc import Sequence

from app.access.actor import Actor
from app.cases.consultation_operations import change_consultation, record_consultations, void_consultation
from app.cases.entries import NewCase, NewConsultation
from app.cases.operations import close_case, open_cases, reissue_card, show_card
from app.cases.registration_operations import (
    NewRegistration,
    end_registration,
    register,
    renew,
    void_registration,
)
from app.cases.vocabulary import ReissueReason, VoidReason
from app.demo.book import Book
from app.demo.story import (
    CardLost,
    CardShown,
    Closing,
    Leaving,
    Opening,
    Registering,
    Renewing,
    Visit,
    VisitCorrected,
    VisitVoided,
)
from app.privacy import case_code


def open_all(book: Book, actor: Actor, events: Sequence[Opening]) -> None:
    """Open cases and hand cards over."""
    codes = [case_code.generate(book.rng.randbytes) for _event in events]
    new = [
        NewCase(opened_on=event.day, code=code, gender=event.person.gender)
        for event, code in zip(events, codes, strict=True)
    ]
    cases = open_cases(actor=actor, pepper=book.pepper, new=new, draw=book.rng.randrange)
    for event, case, code in zip(events, cases, codes, strict=True):
        book.cases[event.person.key], book.cards[event.person.key] = case.id, code


def reissue(book: Book, actor: Actor, events: Sequence[CardLost]) -> None:
    """Hand new cards over."""
    for event in events:
        code = case_code.generate(book.rng.randbytes)
        reissue_card(
            actor=actor,
            case_id=book.cases[event.person.key],
            pepper=book.pepper,
            code=code,
            reason=ReissueReason.LOST,
        )
        book.cards[event.person.key] = code


def show(book: Book, actor: Actor, events: Sequence[CardShown]) -> None:
    """Show cards at another office."""
    for event in events:
        show_card(actor=actor, pepper=book.pepper, typed=book.cards[event.person.key])


def register_all(book: Book, actor: Actor, events: Sequence[Registering]) -> None:
    """Register members."""
    new = [
        NewRegistration(case_id=book.cases[event.person.key], starts_on=event.starts_on) for event in events
    ]
    for event, made in zip(events, register(actor=actor, new=new), strict=True):
        book.registrations[event.person.key] = made.id


def renew_all(book: Book, actor: Actor, events: Sequence[Renewing]) -> None:
    """Renew registrations."""
    for event in events:
        former = book.registrations[event.person.key]
        made = renew(actor=actor, registration_id=former, on=event.day)
        book.registrations[event.person.key] = made.id


def leave_all(book: Book, actor: Actor, events: Sequence[Leaving]) -> None:
    """End registrations, or take back what was entered in error."""
    for event in events:
        key = book.registrations[event.person.key]
        if event.in_error:
            void_registration(actor=actor, registration_id=key, reason=VoidReason.WRONG_CASE)
        else:
            end_registration(actor=actor, registration_id=key, ends_on=event.day)


def log_all(book: Book, actor: Actor, events: Sequence[Visit]) -> None:
    """Log consultations."""
    new = [consultation_of(book, event) for event in events]
    for event, made in zip(events, record_consultations(actor=actor, new=new), strict=True):
        book.visits[event.key] = made


def consultation_of(book: Book, event: Visit, *, minutes: int | None = None) -> NewConsultation:
    """Return what is entered of a consultation."""
    person = event.person
    return NewConsultation(
        case_id=None if event.nameless else book.cases[person.key],
        programme=event.programme,
        kind=event.kind,
        held_on=event.day,
        headcount=event.headcount,
        minutes=minutes or event.minutes,
        channel=event.channel,
        source=event.source,
        source_other=event.source_other,
        assistance=person.assistance,
        age_band=person.age_band,
        household=person.household,
        household_other=person.household_other,
        target_group=person.target_group,
        other_groups=person.other_groups,
        single_parent=person.single_parent,
        topic=event.topic,
        other_topics=event.other_topics,
        memo=event.memo,
    )


def correct_all(book: Book, actor: Actor, events: Sequence[VisitCorrected]) -> None:
    """Put consultations right."""
    for event in events:
        change_consultation(
            actor=actor,
            consultation_id=book.visits[event.visit.key],
            version=None,
            entry=consultation_of(book, event.visit, minutes=event.minutes),
        )


def void_visits(book: Book, actor: Actor, events: Sequence[VisitVoided]) -> None:
    """Take back consultations that did not take place."""
    for event in events:
        void_consultation(
            actor=actor,
            consultation_id=book.visits[event.visit],
            version=None,
            reason=VoidReason.DID_NOT_HAPPEN,
        )


def close_all(book: Book, actor: Actor, events: Sequence[Closing]) -> None:
    """Close cases."""
    for event in events:
        close_case(
            actor=actor, case_id=book.cases[event.person.key], closed_on=event.day, reason=event.reason
        )
