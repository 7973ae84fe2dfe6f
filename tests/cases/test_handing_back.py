"""Taking a hand-over back after something happened in between: exact, or said case by case why not."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from app.accounts.models import Account
from app.cases import charge_operations as charges
from app.cases.handing_back import Stays
from app.cases.handover_operations import give_out, hand_over
from app.cases.handover_queries import list_in_charge
from app.cases.handover_return_operations import undo_handover
from app.cases.handover_return_queries import what_returns
from app.cases.models import Case
from app.cases.operations import close_case
from app.cases.vocabulary import CloseReason
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import DomainError
from tests.cases.test_handover import RING, draft_of, drafts_with
from tests.factories import make_actor, make_case, make_office

pytestmark = pytest.mark.both_databases


@pytest.fixture
def time():
    """Let every act come at a moment of its own."""
    with time_machine.travel("2026-04-01T01:00:00+00:00", tick=False) as traveller:
        yield lambda: traveller.shift(timedelta(minutes=1))


@pytest.fixture
def desk(db_session, time):
    office = make_office(name="生活福祉課")
    boss, leaving, coming, third = (make_actor(office=office) for _one in range(4))
    cases = [make_case(office) for _one in range(3)]
    charges.take_charge(actor=leaving, case_ids=[case.id for case in cases])
    time()
    return SimpleNamespace(
        office=office, boss=boss, leaving=leaving, coming=coming, third=third, ids=[one.id for one in cases]
    )


@pytest.fixture
def pass_on(desk, time):
    """Hand everything of one colleague to another, and let a minute pass."""

    def hand(origin, to, **more):
        ids = {one.case_id for one in list_in_charge(actor=desk.boss, account_id=origin.id)}
        made = hand_over(
            actor=desk.boss, from_account_id=origin.id, to=dict.fromkeys(ids, to.id), ring=RING, **more
        )
        time()
        return made

    return hand


def undo(desk, made):
    return undo_handover(actor=desk.boss, handover_id=made.id, ring=RING)


def held_by(desk, actor):
    return {one.case_id for one in list_in_charge(actor=desk.boss, account_id=actor.id, with_closed=True)}


def why(back):
    return [one.stays for one in [*back.cases, *back.drafts]]


def test_hand_overs_in_a_row_are_taken_back_one_after_the_other(desk, pass_on):
    first, second = pass_on(desk.leaving, desk.coming), pass_on(desk.coming, desk.third)
    assert why(what_returns(first)) == [Stays.MOVED_ON] * 3
    assert len(undo(desk, second).returning) == 3
    assert len(undo(desk, first).returning) == 3
    assert held_by(desk, desk.leaving) == set(desk.ids)


def test_who_got_a_case_again_by_a_later_decision_keeps_it(desk, pass_on):
    first = pass_on(desk.leaving, desk.coming)
    pass_on(desk.coming, desk.third)
    pass_on(desk.third, desk.coming)
    with pytest.raises(DomainError, match="戻せるものがありません"):
        undo(desk, first)
    assert held_by(desk, desk.coming) == set(desk.ids)
    assert first.undone_at is None


def test_who_was_put_in_charge_by_hand_and_back_keeps_the_case(desk, pass_on, time):
    made = pass_on(desk.leaving, desk.coming)
    for actor in (None, desk.coming):
        charges.assign(actor=desk.boss, case_id=desk.ids[0], counsellor_id=actor and actor.id)
        time()
    back = undo(desk, made)
    assert [one.case_id for one in back.staying] == desk.ids[:1]
    assert held_by(desk, desk.coming) == set(desk.ids[:1])


def test_saying_once_more_who_is_in_charge_changes_nothing(desk, pass_on):
    made = pass_on(desk.leaving, desk.coming)
    charges.assign(actor=desk.boss, case_id=desk.ids[0], counsellor_id=desk.coming.id)
    assert len(undo(desk, made).returning) == 3


def test_a_case_that_closed_meanwhile_goes_back_and_stays_closed(desk, pass_on):
    made = pass_on(desk.leaving, desk.coming)
    close_case(actor=desk.coming, case_id=desk.ids[0], closed_on=date(2026, 4, 1), reason=CloseReason.OTHER)
    back = undo(desk, made)
    assert [(one.case_id, one.closed) for one in back.returning if one.closed] == [(desk.ids[0], True)]
    assert held_by(desk, desk.leaving) == set(desk.ids)


def test_a_merged_case_goes_back_behind_its_merge_and_leaves_the_person_alone(desk, pass_on):
    made = pass_on(desk.leaving, desk.coming)
    kept = make_case(desk.office)
    charges.take_charge(actor=desk.third, case_ids=[kept.id])
    merge(desk.ids[0], kept.id)
    back = undo(desk, made)
    assert [(one.case_id, one.number) for one in back.returning if one.merged] == [(desk.ids[0], kept.number)]
    assert held_by(desk, desk.third) == {kept.id}
    merge(desk.ids[0], None)
    assert held_by(desk, desk.leaving) == set(desk.ids)


def merge(case_id, into_id):
    db.session.get(Case, case_id).merged_into_id = into_id
    db.session.flush()


def test_a_draft_comes_back_as_it_was(desk, pass_on):
    form = draft_of(desk.leaving)
    made = pass_on(desk.leaving, desk.coming, drafts={form: desk.coming.id})
    assert why(undo(desk, made)) == [None] * 4
    assert drafts_with(desk.leaving) == {form: ["書きかけ"]}


def test_a_draft_that_was_written_on_stays_with_whoever_wrote(desk, pass_on):
    form = draft_of(desk.leaving)
    made = pass_on(desk.leaving, desk.coming, drafts={form: desk.coming.id})
    assert draft_of(desk.coming, memo="書きかけ、つづき") == form
    back = undo(desk, made)
    assert [(one.draft_id, one.stays) for one in back.drafts] == [(form, Stays.WRITTEN_ON)]
    assert drafts_with(desk.coming) == {form: ["書きかけ、つづき"]}


def test_a_draft_does_not_follow_a_colleague_to_another_office(desk, pass_on):
    form = draft_of(desk.leaving)
    made = pass_on(desk.leaving, desk.coming, drafts={form: desk.coming.id})
    db.session.get(Account, desk.leaving.id).office_id = make_office().id
    db.session.flush()
    back = undo(desk, made)
    assert [one.stays for one in back.drafts] == [Stays.ELSEWHERE]
    assert held_by(desk, desk.leaving) == set(desk.ids)
    assert set(drafts_with(desk.coming)) == {form}


def test_a_receiver_whose_account_is_out_of_use_keeps_nothing(desk, pass_on):
    made = pass_on(desk.leaving, desk.coming)
    db.session.get(Account, desk.coming.id).is_active = False
    db.session.flush()
    assert len(undo(desk, made).returning) == 3
    assert held_by(desk, desk.leaving) == set(desk.ids)


def test_a_draft_past_its_time_is_gone(desk, pass_on):
    form = draft_of(desk.leaving)
    made = pass_on(desk.leaving, desk.coming, drafts={form: desk.coming.id})
    with time_machine.travel(clock.now() + timedelta(days=7), tick=False):
        assert [one.stays for one in what_returns(made).drafts] == [Stays.GONE]


def test_what_nobody_had_goes_back_to_nobody(desk, time):
    for one in desk.ids:
        charges.assign(actor=desk.boss, case_id=one, counsellor_id=None)
    time()
    made = give_out(actor=desk.boss, to=dict.fromkeys(desk.ids, desk.coming.id))
    time()
    charges.assign(actor=desk.boss, case_id=desk.ids[0], counsellor_id=desk.third.id)
    back = undo(desk, made)
    assert [one.case_id for one in back.staying] == desk.ids[:1]
    nobodys = list_in_charge(actor=desk.boss, account_id=None)
    assert {one.case_id for one in nobodys} == set(desk.ids[1:])
    with pytest.raises(DomainError, match="もう取り消されています"):
        undo(desk, made)
