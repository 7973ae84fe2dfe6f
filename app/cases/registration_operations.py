"""Registering at the centre, renewing, ending early, taking back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.entries import check_day
from app.cases.models import Case, Registration
from app.cases.operations import own_office, require_version
from app.cases.queries import programme_of, visible_case_ids
from app.cases.registration import last_day_of_registration
from app.cases.registration_queries import get_registration, has_overlap
from app.cases.vocabulary import RegistrationKind, VoidReason
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, DomainError, NotFound
from app.situation.programme import Programme

REGISTERED = N_("この期間には、もう登録があります。更新を使ってください。")
RENEWED = N_("この登録は、もう更新されています。")


@dataclass(frozen=True, kw_only=True)
class NewRegistration:
    """A person registers at the centre from this day on, for one year."""

    case_id: int
    starts_on: date
    kind: RegistrationKind = RegistrationKind.NEW


def register(*, actor: Actor, new: Sequence[NewRegistration]) -> list[Registration]:
    """Register persons at the centre, each valid to the day before the anniversary.

    Raises:
        NotFound: a case that this office may not know of.
        DomainError: this office is not the centre, or a registration of these days is there already.
    """
    office_id = own_office(actor)
    if programme_of(actor=actor) is not Programme.CENTRE:
        raise DomainError(N_("登録は、障害者就労支援センターだけが行います。"))
    ids = [entry.case_id for entry in new]
    lock_cases(ids)
    cases = visible_case_ids(actor=actor, ids=ids)
    made = []
    for entry in new:
        if entry.case_id not in cases:
            raise NotFound
        ends_on = last_day_of_registration(entry.starts_on)
        if entry.kind is RegistrationKind.NEW:
            check_day(entry.starts_on, today=clock.today(), field="starts_on")
        if has_overlap(case_id=entry.case_id, first=entry.starts_on, last=ends_on):
            words = RENEWED if entry.kind is RegistrationKind.RENEWAL else REGISTERED
            raise DomainError(words, field="starts_on")
        registration = Registration(
            case_id=entry.case_id,
            office_id=office_id,
            kind=entry.kind,
            starts_on=entry.starts_on,
            ends_on=ends_on,
            entered_at=clock.now(),
            entered_by=actor.id,
        )
        db.session.add(registration)
        made.append(registration)
    db.session.flush()
    for registration in made:
        record(
            actor=actor,
            action="registration.made",
            subject="registration",
            subject_id=registration.id,
            details={"after": {"starts_on": registration.starts_on, "ends_on": registration.ends_on}},
        )
    return made


def lock_cases(ids: Sequence[int]) -> None:
    """Let registrations of one person wait for each other, so that none overlap (SQLite has one writer)."""
    db.session.execute(select(Case.id).where(Case.id.in_(ids)).order_by(Case.id).with_for_update())


def renew(*, actor: Actor, registration_id: int, on: date) -> Registration:
    """Continue a registration for a year from the day after its last; a lapsed one starts anew on ``on``.

    Raises:
        NotFound: no registration of this office.
        DomainError: it was renewed already, or more than three months early.
    """
    check_day(on, today=clock.today(), field="starts_on")
    former = get_registration(actor=actor, registration_id=registration_id)
    follows = former.ends_on + timedelta(days=1)
    if on < follows - timedelta(days=92):
        raise DomainError(N_("更新は、期限の3か月前からできます。"), field="starts_on")
    lapsed = on > follows
    entry = NewRegistration(
        case_id=former.case_id,
        starts_on=on if lapsed else follows,
        kind=RegistrationKind.NEW if lapsed else RegistrationKind.RENEWAL,
    )
    return register(actor=actor, new=[entry])[0]


def end_registration(
    *, actor: Actor, registration_id: int, ends_on: date, version: int | None = None
) -> Registration:
    """End a registration early; ``ends_on`` is its last day.

    Raises:
        NotFound: no registration of this office.
        Conflict: somebody else changed it meanwhile.
        DomainError: the day lies outside the registration.
    """
    registration = get_registration(actor=actor, registration_id=registration_id)
    require_version(registration.version, version)
    if not registration.starts_on <= ends_on <= registration.ends_on:
        raise DomainError(N_("登録の期間の中の日を入力してください。"), field="ends_on")
    before = registration.ends_on
    registration.ends_on = ends_on
    record(
        actor=actor,
        action="registration.ended",
        subject="registration",
        subject_id=registration.id,
        details={"before": {"ends_on": before}, "after": {"ends_on": ends_on}},
    )
    db.session.flush()
    return registration


def void_registration(
    *, actor: Actor, registration_id: int, reason: VoidReason, version: int | None = None
) -> Registration:
    """Take a registration out of every count.

    Raises:
        NotFound: no registration of this office.
        Conflict: somebody else changed it meanwhile.
    """
    registration = get_registration(actor=actor, registration_id=registration_id)
    require_version(registration.version, version)
    registration.voided_at, registration.void_reason = clock.now(), reason
    record(
        actor=actor,
        action="registration.voided",
        subject="registration",
        subject_id=registration.id,
        details={"reason": reason.value},
    )
    db.session.flush()
    return registration
