"""Cases are anonymous, cards open them, and a lost card is dead at once."""

from datetime import date

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.cases import operations
from app.cases.entries import NewCase
from app.cases.models import Case, CaseCard
from app.cases.queries import get_case
from app.cases.vocabulary import CloseReason, ReissueReason
from app.foundation.errors import Conflict, DomainError, NotFound
from app.foundation.transaction import transaction
from app.privacy import case_code
from tests.factories import make_actor, make_office

pytestmark = pytest.mark.both_databases

PEPPER = b"p" * 48
SEED = "0123456789abcdef"
CODE = case_code.derive(PEPPER, SEED)
OTHER_CODE = case_code.derive(PEPPER, SEED[::-1])
DAY = date(2025, 6, 2)


def open_one(actor, code=CODE) -> Case:
    return operations.open_cases(actor=actor, pepper=PEPPER, new=[NewCase(opened_on=DAY, code=code)])[0]


def test_the_card_code_is_nowhere_in_the_database(db_session):
    open_one(make_actor())
    card = db_session.scalars(select(CaseCard)).one()
    assert card.code_hash == case_code.keyed_hash(PEPPER, CODE)
    assert CODE not in repr(vars(card))


def test_a_card_shown_at_its_own_office_finds_the_case_however_it_is_typed(db_session):
    actor = make_actor()
    case = open_one(actor)
    typed = case_code.grouped(CODE).lower().replace("-", "ー")
    assert operations.show_card(actor=actor, pepper=PEPPER, typed=typed).number == case.number


def test_without_the_card_another_offices_case_answers_like_a_missing_one(db_session):
    case = open_one(make_actor())
    elsewhere = make_actor(office=make_office())
    with pytest.raises(NotFound) as foreign:
        get_case(actor=elsewhere, number=case.number)
    with pytest.raises(NotFound) as missing:
        get_case(actor=elsewhere, number="9999-99")
    assert str(foreign.value) == str(missing.value)


def test_a_card_shown_at_another_office_opens_the_same_case_there_and_is_logged(db_session):
    case = open_one(make_actor())
    elsewhere = make_actor(office=make_office())
    db_session.commit()
    with transaction():
        operations.show_card(actor=elsewhere, pepper=PEPPER, typed=CODE)
    assert get_case(actor=elsewhere, number=case.number).id == case.id
    logged = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "case.shown_elsewhere")).one()
    assert (logged.subject_id, logged.office_id) == (case.number, elsewhere.office_id)


def test_a_reissued_card_works_and_the_old_one_is_dead(db_session):
    actor = make_actor()
    case = open_one(actor)
    operations.reissue_card(
        actor=actor, case_id=case.id, pepper=PEPPER, code=OTHER_CODE, reason=ReissueReason.LOST
    )
    assert operations.show_card(actor=actor, pepper=PEPPER, typed=OTHER_CODE).id == case.id
    with pytest.raises(DomainError, match="登録されていません"):
        operations.show_card(actor=actor, pepper=PEPPER, typed=CODE)


def test_only_the_office_that_opened_a_case_gives_a_new_card(db_session):
    case = open_one(make_actor())
    elsewhere = make_actor(office=make_office())
    operations.show_card(actor=elsewhere, pepper=PEPPER, typed=CODE)
    with pytest.raises(DomainError, match="ほかの課で開かれました"):
        operations.reissue_card(
            actor=elsewhere, case_id=case.id, pepper=PEPPER, code=OTHER_CODE, reason=ReissueReason.LOST
        )


def test_only_the_office_that_opened_a_case_closes_it(db_session):
    case = open_one(make_actor())
    elsewhere = make_actor(office=make_office())
    operations.show_card(actor=elsewhere, pepper=PEPPER, typed=CODE)
    with pytest.raises(DomainError, match="ほかの課で開かれました"):
        operations.close_case(actor=elsewhere, case_id=case.id, closed_on=DAY, reason=CloseReason.OTHER)
    assert case.closed_on is None


def test_a_case_cannot_open_tomorrow(db_session):
    tomorrow = NewCase(opened_on=date(2099, 1, 1), code=CODE)
    with pytest.raises(DomainError, match="まだ来ていない日") as refused:
        operations.open_cases(actor=make_actor(), pepper=PEPPER, new=[tomorrow])
    assert refused.value.field == "held_on"


def test_a_case_is_closed_with_a_reason_and_reopened(db_session):
    actor = make_actor()
    case = open_one(actor)
    operations.close_case(
        actor=actor, case_id=case.id, closed_on=date(2025, 7, 1), reason=CloseReason.EMPLOYED
    )
    assert (case.closed_on, case.close_reason) == (date(2025, 7, 1), CloseReason.EMPLOYED)
    operations.reopen_case(actor=actor, case_id=case.id)
    assert case.closed_on is None


def test_a_case_is_not_closed_before_it_was_opened(db_session):
    actor = make_actor()
    case = open_one(actor)
    with pytest.raises(DomainError, match="開始の日より前"):
        operations.close_case(
            actor=actor, case_id=case.id, closed_on=date(2025, 6, 1), reason=CloseReason.OTHER
        )


def test_the_second_of_two_people_closing_a_case_is_told(db_session):
    actor = make_actor()
    case = open_one(actor)
    seen = case.version
    operations.close_case(actor=actor, case_id=case.id, closed_on=DAY, reason=CloseReason.OTHER, version=seen)
    with pytest.raises(Conflict):
        operations.close_case(
            actor=actor, case_id=case.id, closed_on=DAY, reason=CloseReason.EMPLOYED, version=seen
        )


def test_numbers_never_repeat_even_when_the_draw_does(db_session):
    drawn = iter([5, 5, 6, 0, 0, 0])
    actor = make_actor()
    new = [NewCase(opened_on=DAY, code=CODE), NewCase(opened_on=DAY, code=OTHER_CODE)]
    cases = operations.open_cases(actor=actor, pepper=PEPPER, new=new, draw=lambda _top: next(drawn, 0))
    assert len({case.number for case in cases}) == 2
