"""Who is in charge of a case at an office (担当), and when the person is next to be contacted."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import Select, Update, bindparam, case, func, or_, select, update
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.accounts.queries import list_colleagues
from app.audit.trail import record
from app.cases.models import Case, CaseOffice
from app.cases.operations import own_office
from app.cases.queries import get_case_by_id, is_place, of_one_person, of_person, of_persons, person_id
from app.foundation import clock
from app.foundation.db import UtcDateTime, db, send, table_of
from app.foundation.errors import N_, DomainError, NotFound
from app.foundation.prepared import Prepared

FARTHEST_CONTACT = timedelta(days=400)


@lru_cache
def one_present() -> Prepared:
    """Return the statement of ``was_there`` for one person, as every entry sends it."""
    return Prepared(presence(of_one_person(bindparam("case"))))


def presence(persons: Select[int]) -> Update:
    """Return the statement of ``was_there``."""
    place = table_of(CaseOffice).c
    is_free, is_settled = place.counsellor_id.is_(None), place.next_contact_on <= bindparam("day")
    return (
        update(table_of(CaseOffice))
        .where(
            place.case_id.in_(persons),
            place.office_id == bindparam("office"),
            or_(is_free, is_settled),
            is_place(),
        )
        .values(
            counsellor_id=func.coalesce(place.counsellor_id, bindparam("actor")),
            in_charge_since=case((is_free, bindparam("now", type_=UtcDateTime)), else_=place.in_charge_since),
            next_contact_on=case((is_settled, None), else_=place.next_contact_on),
        )
    )


def was_there(*, actor: Actor, case_ids: Collection[int], day: date) -> None:
    """Note that persons were at the desk: whoever records it takes charge where nobody at this office is.

    What was agreed for that day or before is forgotten: nothing of it is left to do.
    """
    if actor.id is None or not case_ids:
        return
    ids = list(case_ids)
    known = {"office": actor.office_id, "actor": actor.id, "day": day, "now": clock.now()}
    if len(ids) == 1:
        changed = one_present().send({"case": ids[0], **known})
    else:
        several = presence(of_persons(bindparam("cases", expanding=True)))
        changed = send(several, {"cases": ids, **known}).rowcount
    if changed and db.session.registry.has():
        for place in db.session.identity_map.values():
            if isinstance(place, CaseOffice):
                db.session.expire(place)


def take_charge(*, actor: Actor, case_ids: Collection[int]) -> None:
    """Put somebody in charge of the cases of which nobody at this office is; contacts agreed stay."""
    was_there(actor=actor, case_ids=case_ids, day=date.min)


def get_place(*, actor: Actor, case_id: int) -> CaseOffice:
    """Return what the actor's office has to do with a case.

    Raises:
        NotFound: the office may not know of it.
    """
    case = get_case_by_id(actor=actor, case_id=case_id)
    place = db.session.scalar(
        select(CaseOffice)
        .where(
            of_person(CaseOffice.case_id, case.id),
            CaseOffice.office_id == own_office(actor),
            is_place(),
        )
        .with_for_update()
    )
    if place is None:
        raise NotFound
    return place


def assign(*, actor: Actor, case_id: int, counsellor_id: int | None) -> CaseOffice:
    """Put a colleague in charge of a case at the own office, or nobody: then its tasks are the office's.

    Raises:
        NotFound: the office may not know of the case.
        DomainError: at ``counsellor_id``: nobody of this office's desk.
    """
    place = get_place(actor=actor, case_id=case_id)
    require_colleague(actor=actor, account_id=counsellor_id)
    before = put_in_charge(place, counsellor_id)
    record(
        actor=actor,
        action="case.assigned",
        subject="case",
        subject_id=get_case_by_id(actor=actor, case_id=case_id).number,
        details={"before": before, "after": counsellor_id},
    )
    db.session.flush()
    return place


def put_in_charge(place: CaseOffice, counsellor_id: int | None) -> int | None:
    """Write who is in charge, and return who was; since when stays where nobody else takes over."""
    before = place.counsellor_id
    if before != counsellor_id:
        place.counsellor_id, place.in_charge_since = counsellor_id, clock.now()
    return before


def assign_all(*, actor: Actor, case_ids: Collection[int], counsellor_id: int | None) -> int:
    """Put one colleague in charge of the persons behind many cases, and return of how many that is news.

    Raises:
        DomainError: at ``counsellor_id``: nobody of this office's desk.
    """
    require_colleague(actor=actor, account_id=counsellor_id)
    found = db.session.execute(
        select(CaseOffice, Case.number)
        .join(one := aliased(Case), one.id == CaseOffice.case_id)
        .join(Case, Case.id == person_id(one))
        .where(
            CaseOffice.case_id.in_(of_persons(case_ids)),
            CaseOffice.office_id == own_office(actor),
            is_place(),
        )
        .with_for_update(of=CaseOffice)
    ).all()
    changing = [(place, number) for place, number in found if place.counsellor_id != counsellor_id]
    for place, number in changing:
        before = put_in_charge(place, counsellor_id)
        record(
            actor=actor,
            action="case.assigned",
            subject="case",
            subject_id=number,
            details={"before": before, "after": counsellor_id},
        )
    db.session.flush()
    return len(changing)


def require_colleague(*, actor: Actor, account_id: int | None) -> None:
    """Refuse an account that does not work at the desk of the actor's office.

    Raises:
        DomainError: at ``counsellor_id``.
    """
    if account_id is None:
        return
    if account_id not in {one.id for one in list_colleagues(office_id=actor.office_id)}:
        raise DomainError(N_("この課の相談員から選んでください。"), field="counsellor_id")


def set_next_contact(*, actor: Actor, case_id: int, day: date | None) -> CaseOffice:
    """Say when the person is next to be contacted, or that nothing is agreed.

    Raises:
        NotFound: the office may not know of the case.
        DomainError: at ``next_contact_on``: a day that has passed, or further away than a year or so.
    """
    place = get_place(actor=actor, case_id=case_id)
    if day is not None:
        today = clock.today()
        if day < today:
            raise DomainError(N_("今日からあとの日を入力してください。"), field="next_contact_on")
        if day > today + FARTHEST_CONTACT:
            raise DomainError(N_("1年以上先の日は入力できません。"), field="next_contact_on")
    place.next_contact_on = day
    record(
        actor=actor,
        action="case.next_contact",
        subject="case",
        subject_id=get_case_by_id(actor=actor, case_id=case_id).number,
        details={"after": day},
    )
    db.session.flush()
    return place
