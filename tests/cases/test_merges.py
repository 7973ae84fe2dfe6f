"""Two cases of one person become one by a pointer; undoing is exact, in whatever order."""

from datetime import date

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.cases import operations
from app.cases.charge_operations import take_charge
from app.cases.consultation_queries import count_consultations, list_consultations
from app.cases.entries import NewCase
from app.cases.handover_queries import list_in_charge
from app.cases.list_queries import count_cases, list_cases
from app.cases.merge_operations import merge_cases, undo_merge
from app.cases.merge_queries import get_merge, list_merges
from app.cases.models import Case, CaseMerge, CaseOffice
from app.cases.queries import get_case
from app.cases.registration_queries import has_overlap, list_registrations
from app.cases.vocabulary import MergeReason, ReissueReason, SeenBy
from app.foundation import clock
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.privacy import case_code
from tests import factories

pytestmark = pytest.mark.both_databases

PEPPER = b"p" * 48
REASON = MergeReason.PAPER_FILE
DAY = date(2025, 6, 2)


@pytest.fixture
def office(db_session):
    return factories.make_office()


@pytest.fixture
def actor(office):
    return factories.make_actor(Role.SUPERVISOR, office)


@pytest.fixture
def cases(office):
    return [factories.make_case(office) for _ in range(4)]


def merge(actor, case, into):
    return merge_cases(actor=actor, case_id=case.id, into_id=into.id, reason=REASON)


def pointers(cases):
    return [case.merged_into_id and [one.id for one in cases].index(case.merged_into_id) for case in cases]


def see(case, office):
    """Let an office know of a case as after its card was shown there."""
    factories.add(CaseOffice(case_id=case.id, office_id=office.id, seen_by=SeenBy.CARD, since=clock.now()))


def test_a_merge_moves_a_pointer_and_no_record(actor, cases):
    one, other = cases[:2]
    held = factories.make_consultation(one)
    merge(actor, one, other)
    assert (one.merged_into_id, other.merged_into_id) == (other.id, None)
    assert held.case_id == one.id


def test_the_old_number_leads_to_the_case_that_is_left(actor, cases):
    one, other = cases[:2]
    merge(actor, one, other)
    assert get_case(actor=actor, number=one.number).id == other.id


def test_both_histories_are_read_as_one(actor, cases):
    one, other = cases[:2]
    held = [factories.make_consultation(case) for case in (one, other)]
    merge(actor, one, other)
    for case in (one, other):
        found = list_consultations(actor=actor, case_id=case.id)
        assert {each.id for each in found} == {each.id for each in held}
        assert count_consultations(actor=actor, case_id=case.id) == 2


def test_the_card_of_either_opens_the_case_that_is_left(db_session, actor):
    codes = [case_code.derive(PEPPER, seed * 16) for seed in "ab"]
    new = [NewCase(opened_on=DAY, code=code) for code in codes]
    one, other = operations.open_cases(actor=actor, pepper=PEPPER, new=new)
    merge(actor, one, other)
    for code in codes:
        assert operations.show_card(actor=actor, pepper=PEPPER, typed=code).id == other.id


def test_a_new_card_after_a_merge_kills_the_cards_of_both(db_session, actor):
    codes = [case_code.derive(PEPPER, seed * 16) for seed in "abc"]
    new = [NewCase(opened_on=DAY, code=code) for code in codes[:2]]
    one, other = operations.open_cases(actor=actor, pepper=PEPPER, new=new)
    merge(actor, one, other)
    operations.reissue_card(
        actor=actor, case_id=one.id, pepper=PEPPER, code=codes[2], reason=ReissueReason.LOST
    )
    assert operations.show_card(actor=actor, pepper=PEPPER, typed=codes[2]).id == other.id
    for code in codes[:2]:
        with pytest.raises(DomainError, match="登録されていません"):
            operations.show_card(actor=actor, pepper=PEPPER, typed=code)


def test_an_office_that_knew_only_the_merged_case_sees_the_person_and_its_own_records_alone(actor, cases):
    one, other = cases[:2]
    elsewhere = factories.make_office()
    see(one, elsewhere)
    colleague = factories.make_actor(office=elsewhere)
    theirs = factories.make_consultation(one, office=elsewhere)
    factories.make_consultation(other)
    merge(actor, one, other)
    assert get_case(actor=colleague, number=one.number).id == other.id
    assert [each.id for each in list_consultations(actor=colleague, case_id=other.id)] == [theirs.id]
    assert [row.number for row in list_cases(actor=colleague, state="open", offset=0, limit=9)] == [
        other.number
    ]


def test_undoing_takes_back_what_a_merge_let_an_office_see(actor, cases):
    one, other = cases[:2]
    elsewhere = factories.make_office()
    see(one, elsewhere)
    colleague = factories.make_actor(office=elsewhere)
    made = merge(actor, one, other)
    undo_merge(actor=actor, merge_id=made.id)
    assert get_case(actor=colleague, number=one.number).id == one.id
    with pytest.raises(NotFound):
        get_case(actor=colleague, number=other.number)


def test_the_list_names_a_person_once_with_all_consultations(actor, cases):
    one, other = cases[:2]
    factories.make_consultation(one, held_on=date(2025, 6, 9))
    factories.make_consultation(other)
    before = count_cases(actor=actor, state="open")
    merge(actor, one, other)
    rows = list_cases(actor=actor, state="open", offset=0, limit=9)
    assert count_cases(actor=actor, state="open") == len(rows) == before - 1
    (row,) = [row for row in rows if row.consultations]
    assert (row.number, row.consultations, row.last_held_on) == (other.number, 2, date(2025, 6, 9))


def test_registrations_of_both_are_one_persons(actor, cases):
    one, other = cases[:2]
    factories.make_registration(one)
    merge(actor, one, other)
    assert len(list_registrations(actor=actor, case_id=other.id)) == 1
    assert has_overlap(case_id=other.id, first=DAY, last=DAY)


def test_cases_merged_before_follow(actor, cases):
    a, b, c, _d = cases
    merge(actor, a, b)
    merge(actor, b, c)
    assert pointers(cases) == [2, 2, None, None]


def test_undoing_the_last_merge_brings_back_exactly_what_stood_before_it(actor, cases):
    a, b, c, _d = cases
    merge(actor, a, b)
    last = merge(actor, b, c)
    undo_merge(actor=actor, merge_id=last.id)
    assert pointers(cases) == [1, None, None, None]


def test_undoing_an_earlier_merge_leaves_the_later_one(actor, cases, db_session):
    a, b, c, _d = cases
    first = merge(actor, a, b)
    last = merge(actor, b, c)
    undo_merge(actor=actor, merge_id=first.id)
    assert pointers(cases) == [None, 2, None, None]
    undo_merge(actor=actor, merge_id=last.id)
    assert pointers(cases) == [None, None, None, None]
    assert not db_session.scalars(select(CaseMerge).where(CaseMerge.undone_at.is_(None))).all()


def test_what_was_undone_can_be_merged_again(actor, cases):
    one, other = cases[:2]
    undo_merge(actor=actor, merge_id=merge(actor, one, other).id)
    merge(actor, other, one)
    assert pointers(cases) == [None, 0, None, None]


def test_a_merge_is_undone_once(actor, cases):
    made = merge(actor, *cases[:2])
    undo_merge(actor=actor, merge_id=made.id)
    with pytest.raises(DomainError, match="もう取り消されています"):
        undo_merge(actor=actor, merge_id=made.id)


def test_one_person_is_not_merged_with_itself(actor, cases):
    a, b = cases[:2]
    merge(actor, a, b)
    with pytest.raises(DomainError, match="同じ相談者"):
        merge(actor, b, a)


def test_a_case_of_another_office_is_neither_merged_nor_a_target(actor, cases):
    foreign = factories.make_case()
    with pytest.raises(NotFound):
        merge(actor, cases[0], foreign)
    with pytest.raises(NotFound):
        merge(actor, foreign, cases[0])


def test_a_case_that_only_showed_its_card_here_is_a_target_and_no_more(actor, office, cases):
    foreign = factories.make_case()
    see(foreign, office)
    with pytest.raises(DomainError, match="ほかの課で開かれました"):
        merge(actor, foreign, cases[0])
    merge(actor, cases[0], foreign)
    assert cases[0].merged_into_id == foreign.id


def test_an_office_that_opened_neither_case_does_not_undo(actor, cases):
    made = merge(actor, *cases[:2])
    elsewhere = factories.make_office()
    see(cases[0], elsewhere)
    stranger = factories.make_actor(Role.SUPERVISOR, elsewhere)
    with pytest.raises(NotFound):
        undo_merge(actor=stranger, merge_id=made.id)
    assert [row.may_undo for row in list_merges(actor=stranger, case_id=cases[1].id)] == [False]


def test_the_trail_tells_who_joined_which_numbers_and_why(actor, cases, db_session):
    one, other = cases[:2]
    ids = one.id, other.id
    db_session.commit()
    with transaction():
        made = merge_cases(actor=actor, case_id=ids[0], into_id=ids[1], reason=REASON).id
    with transaction():
        undo_merge(actor=actor, merge_id=made)
    done = db_session.scalars(select(AuditEntry).where(AuditEntry.action.like("case.merge%"))).all()
    assert [entry.action for entry in done] == ["case.merged", "case.merge_undone"]
    assert all(entry.subject_id == one.number and other.number in entry.details for entry in done)
    assert REASON.value in done[0].details


def test_the_history_names_every_merge_once_newest_first(actor, cases):
    a, b, c, _d = cases
    first = merge(actor, a, b)
    merge(actor, b, c)
    undo_merge(actor=actor, merge_id=first.id)
    told = [(row.number, row.into, row.undone_at is None) for row in list_merges(actor=actor, case_id=c.id)]
    assert told == [(b.number, c.number, True), (a.number, b.number, False)]


def test_a_merge_that_stands_is_found_with_both_cases(actor, cases):
    made = merge(actor, *cases[:2])
    found, case, into = get_merge(actor=actor, merge_id=made.id)
    assert (found.id, case.id, into.id) == (made.id, cases[0].id, cases[1].id)
    assert isinstance(case, Case)


def in_charge(case, office, account):
    place = factories.db.session.get(CaseOffice, (case.id, office.id))
    place.counsellor_id = account.id
    factories.db.session.flush()


def test_a_person_has_one_colleague_in_charge_that_of_the_case_left(actor, office, cases):
    one, other = cases[:2]
    here, there = (factories.make_account(office=office) for _ in range(2))
    in_charge(one, office, here)
    in_charge(other, office, there)
    made = merge(actor, one, other)
    assert list_in_charge(actor=actor, account_id=here.id) == []
    assert [each.number for each in list_in_charge(actor=actor, account_id=there.id)] == [other.number]
    undo_merge(actor=actor, merge_id=made.id)
    assert [each.number for each in list_in_charge(actor=actor, account_id=here.id)] == [one.number]


def test_where_only_the_merged_case_was_known_its_colleague_stays_in_charge(actor, cases):
    one, other = cases[:2]
    elsewhere = factories.make_office()
    see(one, elsewhere)
    colleague = factories.make_account(office=elsewhere)
    in_charge(one, elsewhere, colleague)
    merge(actor, one, other)
    found = list_in_charge(actor=factories.actor_of(colleague), account_id=colleague.id)
    assert [each.number for each in found] == [other.number]


def test_whoever_records_for_a_merged_person_takes_charge_where_nobody_is(actor, cases):
    one, other = cases[:2]
    elsewhere = factories.make_office()
    see(one, elsewhere)
    colleague = factories.make_account(office=elsewhere)
    merge(actor, one, other)
    take_charge(actor=factories.actor_of(colleague), case_ids=[other.id])
    assert [
        each.number for each in list_in_charge(actor=factories.actor_of(colleague), account_id=colleague.id)
    ] == [other.number]


def test_a_case_without_number_waits_in_its_list_until_it_is_merged(actor, cases):
    one, other = cases[:2]
    one.is_number_unknown = True
    factories.db.session.flush()

    def waiting():
        return [row.number for row in list_cases(actor=actor, state="number_unknown", offset=0, limit=9)]

    assert waiting() == [one.number]
    assert count_cases(actor=actor, state="number_unknown") == 1
    made = merge(actor, one, other)
    assert waiting() == []
    undo_merge(actor=actor, merge_id=made.id)
    assert waiting() == [one.number]
