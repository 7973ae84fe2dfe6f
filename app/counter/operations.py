"""Saving one entry: the person, the consultation, the window named, the referral, all or nothing."""

from dataclasses import dataclass
from datetime import date

from app.access.actor import Actor
from app.cases.consultation_operations import record_consultations
from app.cases.consultation_queries import find_alike
from app.cases.entries import NewCase, NewConsultation
from app.cases.operations import open_cases
from app.cases.queries import get_person_entered
from app.drafts.operations import claim, require_fresh
from app.foundation.errors import N_, DomainError
from app.guidance.kept import Found
from app.guidance.operations import NewGuidance, record_guidance
from app.privacy import case_code
from app.referrals.entries import NewReferral
from app.referrals.operations import send_referrals
from app.referrals.vocabulary import Asked, ConsentForm
from app.situation.vocabulary import Gender

PURPOSE = "consultation"
ALIKE = N_(
    "この方の同じ内容の相談が、この日にもう記録されています。別の相談なら「それでも記録する」に印をつけてください。"
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who was there: a case that the page found, a new person, or nobody with a case."""

    case_number: str = ""
    is_new: bool = False
    is_number_unknown: bool = False
    gender: Gender | None = None


@dataclass(frozen=True, kw_only=True)
class ReferralWish:
    """What a referral needs beside the consultation."""

    asked: Asked
    asked_other: str
    consent_form: ConsentForm


@dataclass(frozen=True, kw_only=True)
class Entry:
    """All that one entry says; ``consultation.case_id`` is filled in here.

    ``found`` is what guidance answered. An entry that names no window is no guidance: the figure counts
    windows named, and most consultations ask for none. Where nothing fits, the general window is named.
    ``confirmed`` says that it is not the consultation of the same day and topic recorded before.
    """

    person: Person
    consultation: NewConsultation
    window_id: int | None = None
    referral: ReferralWish | None = None
    found: Found | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class Met:
    """Whom an entry is of, when it is saved; all None of a person without a case."""

    case_id: int | None = None
    number: str | None = None
    closed_on: date | None = None
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What was made; ``code`` stands here once, for the card, and nowhere else."""

    consultation_id: int
    case_number: str | None
    code: str | None
    reference: str | None


def record_entry(*, actor: Actor, pepper: bytes, entry: Entry, submission_key: str) -> Recorded:
    """Save an entry.

    Raises:
        AlreadySaved: the same form was saved before; its subject is the consultation's id.
        DomainError: a rule is broken, at the field concerned; nothing is kept. ``confirmed`` questions what
            looks like the same consultation entered twice.
    """
    require_fresh(key=submission_key, actor=actor)
    met = resolve_person(actor=actor, pepper=pepper, entry=entry, submission_key=submission_key)
    case_id = met.case_id
    said = entry.consultation.of_case(case_id)
    if case_id is not None and met.code is None and not entry.confirmed and is_alike(actor, said):
        raise DomainError(ALIKE, field="confirmed")
    known = {} if case_id is None else {case_id: met.closed_on}
    (consultation_id,) = record_consultations(actor=actor, new=[said], known=known)
    if entry.window_id is not None:
        guidance = NewGuidance(
            consultation_id=consultation_id,
            case_id=case_id,
            window_id=entry.window_id,
            given_on=said.held_on,
            target_group=said.target_group,
            found=entry.found,
        )
        record_guidance(actor=actor, new=[guidance])
    reference = send_referral(actor=actor, entry=entry, case_id=case_id, consultation_id=consultation_id)
    claim(key=submission_key, actor=actor, purpose=PURPOSE, subject_id=consultation_id)
    return Recorded(
        consultation_id=consultation_id, case_number=met.number, code=met.code, reference=reference
    )


def is_alike(actor: Actor, said: NewConsultation) -> bool:
    """Tell whether a consultation of the same person, day, topic and kind is recorded already."""
    if said.case_id is None:
        return False
    found = find_alike(actor=actor, case_id=said.case_id, day=said.held_on, topic=said.topic, kind=said.kind)
    return found is not None


def resolve_person(*, actor: Actor, pepper: bytes, entry: Entry, submission_key: str) -> Met:
    """Return the case of the person, and the code when a card was made.

    The code of a new card is derived from the form's own key, so the same form sent twice shows the same
    card, although the database keeps neither the code nor the key.
    """
    person = entry.person
    if person.is_new:
        code = case_code.derive(pepper, submission_key)
        wanted = NewCase(
            opened_on=entry.consultation.held_on,
            code=code,
            gender=person.gender,
            is_number_unknown=person.is_number_unknown,
        )
        case = open_cases(actor=actor, pepper=pepper, new=[wanted])[0]
        return Met(case_id=case.id, number=case.number, code=code)
    if not person.case_number:
        return Met()
    case_id, number, closed_on = get_person_entered(actor=actor, number=person.case_number)
    return Met(case_id=case_id, number=number, closed_on=closed_on)


def send_referral(*, actor: Actor, entry: Entry, case_id: int | None, consultation_id: int) -> str | None:
    """Send the referral that the entry wishes, and return its reference."""
    wish = entry.referral
    if wish is None:
        return None
    if case_id is None or entry.window_id is None:
        raise DomainError(N_("紹介には、相談者の記録と窓口が要ります。"), field="refer")
    sent = send_referrals(
        actor=actor,
        new=[
            NewReferral(
                case_id=case_id,
                consultation_id=consultation_id,
                window_id=entry.window_id,
                sent_on=entry.consultation.held_on,
                asked=wish.asked,
                asked_other=wish.asked_other,
                consent_on=entry.consultation.held_on,
                consent_form=wish.consent_form,
            )
        ],
    )
    return sent[0].reference
