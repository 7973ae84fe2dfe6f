"""Changing cases and cards: opening, showing, re-issuing, closing, reopening."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import select, update

from app.access.actor import Actor
from app.audit.trail import record
from app.cases.entries import NewCase, check_day
from app.cases.models import Case, CaseCard, CaseOffice
from app.cases.queries import (
    find_card,
    get_case_by_id,
    get_person,
    is_opened_by,
    is_visible,
    list_case_ids,
)
from app.cases.vocabulary import CloseReason, ReissueReason, SeenBy
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, Forbidden
from app.privacy import case_code
from app.privacy.numbers import draw_number

Draw = Callable[[int], int]
# Filled by packages above: what ends for good, given the ids of all cases of the person who is closed.
when_closed: list[Callable[[Sequence[int]], object]] = []


def own_office(actor: Actor) -> int:
    """Return the office for which an actor records.

    Raises:
        Forbidden: the actor belongs to none.
    """
    if actor.office_id is None:
        raise Forbidden
    return actor.office_id


def require_version(found: int, expected: int | None) -> None:
    """Compare the version that a page showed with the one that is there.

    Raises:
        Conflict: somebody else saved in between.
    """
    if expected is not None and expected != found:
        raise Conflict(CHANGED_MEANWHILE)


def draw_free_numbers(count: int, *, draw: Draw) -> list[str]:
    """Draw random case numbers that no case bears."""
    chosen: set[str] = set()
    while len(chosen) < count:
        drawn = {draw_number(draw) for _ in range(min(count - len(chosen), 500))} - chosen
        chosen |= drawn - set(db.session.scalars(select(Case.number).where(Case.number.in_(drawn))))
    # In an order that tells nothing; a set's own order differs from process to process.
    return sorted(sorted(chosen), key=lambda number: draw(1 << 30))


def open_cases(
    *, actor: Actor, pepper: bytes, new: Sequence[NewCase], draw: Draw = secrets.randbelow
) -> list[Case]:
    """Open anonymous cases with their cards; only the keyed hash of a code is kept.

    Raises:
        DomainError: the day has not come or lies before the plan.
    """
    office_id, today, now = own_office(actor), clock.today(), clock.now()
    for entry in new:
        check_day(entry.opened_on, today=today, field="held_on")
    cases = [
        Case(
            number=number,
            office_id=office_id,
            opened_on=entry.opened_on,
            opened_by=actor.id,
            gender=entry.gender,
            is_number_unknown=entry.is_number_unknown,
            entered_at=now,
        )
        for number, entry in zip(draw_free_numbers(len(new), draw=draw), new, strict=True)
    ]
    db.session.add_all(cases)
    db.session.flush()
    for case, entry in zip(cases, new, strict=True):
        db.session.add(new_card(case, actor=actor, pepper=pepper, code=entry.code))
        place = CaseOffice(case_id=case.id, office_id=office_id, seen_by=SeenBy.OPENING, since=now)
        place.counsellor_id, place.in_charge_since = actor.id, now
        db.session.add(place)
        record(actor=actor, action="case.opened", subject="case", subject_id=case.number)
    db.session.flush()
    return cases


def new_card(case: Case, *, actor: Actor, pepper: bytes, code: str) -> CaseCard:
    """Return the record of a card, which holds the code's keyed hash and not the code."""
    return CaseCard(
        case_id=case.id,
        code_hash=case_code.keyed_hash(pepper, code),
        pepper_id=case_code.key_id(pepper),
        issued_at=clock.now(),
        issued_by=actor.id,
    )


def show_card(*, actor: Actor, pepper: bytes, typed: str, former: Sequence[bytes] = ()) -> Case:
    """Find the case of a card that a person shows; from then on this office sees the case, too.

    ``former`` are peppers that were exchanged: a card hashed under one of them is hashed anew here.

    Raises:
        DomainError: at ``card_code``: the code cannot be right, or no live card bears it.
    """
    code = case_code.parse(typed)
    card = find_card(pepper=pepper, code=code) or rehashed_card(pepper=pepper, former=former, code=code)
    if card is None:
        raise DomainError(
            N_("このカードの番号は登録されていません。再発行の前の古いカードかもしれません。"),
            field="card_code",
        )
    case, office_id = get_person(case_id=card.case_id), own_office(actor)
    if not is_visible(actor=actor, case_id=case.id):
        # On the card's own case: should a merge turn out wrong, this office keeps what the card showed.
        seen = CaseOffice(case_id=card.case_id, office_id=office_id, seen_by=SeenBy.CARD, since=clock.now())
        db.session.add(seen)
        record(actor=actor, action="case.shown_elsewhere", subject="case", subject_id=case.number)
    db.session.flush()
    return case


def rehashed_card(*, pepper: bytes, former: Sequence[bytes], code: str) -> CaseCard | None:
    """Find a card under an exchanged pepper, and keep its hash under the present one from now on."""
    for old in former:
        card = find_card(pepper=old, code=code)
        if card is not None:
            card.code_hash, card.pepper_id = case_code.keyed_hash(pepper, code), case_code.key_id(pepper)
            return card
    return None


def own_case(*, actor: Actor, case_id: int) -> Case:
    """Return a case that the actor's office opened: only there is it closed and its card replaced.

    After a merge every office that opened one of the person's cases may, as each holds a stub.

    Raises:
        NotFound: the office may not know of the case.
        DomainError: the office saw the card, but another one opened the case.
    """
    case = get_case_by_id(actor=actor, case_id=case_id)
    if actor.office_id is not None and not is_opened_by(office_id=actor.office_id, case_id=case.id):
        raise DomainError(
            N_("この相談者はほかの課で開かれました。終了、再開、カードの再発行は、その課でお願いします。")
        )
    return case


def reissue_card(*, actor: Actor, case_id: int, pepper: bytes, code: str, reason: ReissueReason) -> Case:
    """Give a person a new card; the old ones are dead at once, history and figures stay.

    Raises:
        NotFound: no case of this office.
        DomainError: the case was opened at another office, whose paper file must decide.
    """
    case = own_case(actor=actor, case_id=case_id)
    db.session.execute(
        update(CaseCard)
        .where(CaseCard.case_id.in_(list_case_ids(case_id=case.id)), CaseCard.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
    db.session.add(new_card(case, actor=actor, pepper=pepper, code=code))
    record(
        actor=actor,
        action="case.card_reissued",
        subject="case",
        subject_id=case.number,
        details={"reason": reason.value},
    )
    db.session.flush()
    return case


def close_case(
    *, actor: Actor, case_id: int, closed_on: date, reason: CloseReason, version: int | None = None
) -> Case:
    """Close a case with a coded reason.

    Raises:
        NotFound: no case of this office.
        Conflict: somebody else changed it meanwhile.
        DomainError: it is closed already, or the day cannot be.
    """
    case = own_case(actor=actor, case_id=case_id)
    require_version(case.version, version)
    if case.closed_on is not None:
        raise DomainError(N_("この相談者はもう終了しています。"))
    check_day(closed_on, today=clock.today(), field="closed_on")
    if closed_on < case.opened_on:
        raise DomainError(N_("開始の日より前の日には終了できません。"), field="closed_on")
    case.closed_on, case.close_reason = closed_on, reason
    for step in when_closed:
        step(list_case_ids(case_id=case.id))
    record(
        actor=actor,
        action="case.closed",
        subject="case",
        subject_id=case.number,
        details={"after": {"closed_on": closed_on, "close_reason": reason.value}},
    )
    db.session.flush()
    return case


def reopen_case(*, actor: Actor, case_id: int, version: int | None = None) -> Case:
    """Reopen a closed case.

    Raises:
        NotFound: no case of this office.
        Conflict: somebody else changed it meanwhile.
        DomainError: it is open.
    """
    case = own_case(actor=actor, case_id=case_id)
    require_version(case.version, version)
    if case.closed_on is None:
        raise DomainError(N_("この相談者は終了していません。"))
    before = {"closed_on": case.closed_on, "close_reason": case.close_reason}
    case.closed_on = case.close_reason = None
    record(
        actor=actor,
        action="case.reopened",
        subject="case",
        subject_id=case.number,
        details={"before": before},
    )
    db.session.flush()
    return case
