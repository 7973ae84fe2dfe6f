"""Who is in charge of a case, and handing cases over when staff move in April."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.accounts.models import Account
from app.audit.trail import noted
from app.cases import charge_operations as charges
from app.cases.handing_back import Stays
from app.cases.handover_operations import give_out, hand_over
from app.cases.handover_queries import (
    count_handed,
    count_handed_drafts,
    count_in_charge,
    list_handovers,
    list_in_charge,
)
from app.cases.handover_return_operations import undo_handover
from app.cases.handover_return_queries import what_returns
from app.cases.operations import close_case
from app.cases.vocabulary import CloseReason
from app.drafts.contents import Contents
from app.drafts.keeping import keep_draft
from app.drafts.queries import list_opened
from app.drafts.sealing import ring_of
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, NotFound
from tests import factories
from tests.factories import make_actor, make_case, make_office

pytestmark = pytest.mark.both_databases
RING = ring_of(b"a key of this test, long enough to be one")


@pytest.fixture
def desk(db_session):
    """Return an office with three colleagues and three cases, all with the first colleague."""
    office = make_office(name="生活福祉課")
    leaving, staying, coming = (make_actor(office=office) for _one in range(3))
    cases = [make_case(office) for _one in range(3)]
    charges.take_charge(actor=leaving, case_ids=[case.id for case in cases])
    return SimpleNamespace(
        office=office, cases=cases, leaving=leaving, staying=staying, coming=coming, ids=[c.id for c in cases]
    )


def held_by(desk, actor):
    return {one.case_id for one in list_in_charge(actor=desk.staying, account_id=actor.id)}


def test_whoever_records_first_is_in_charge_and_stays_so(desk):
    charges.take_charge(actor=desk.coming, case_ids=desk.ids)
    assert held_by(desk, desk.leaving) == set(desk.ids)
    assert held_by(desk, desk.coming) == set()


def test_each_office_has_its_own_person_in_charge(desk):
    other = make_actor()
    charges.take_charge(actor=other, case_ids=desk.ids)
    assert list_in_charge(actor=other, account_id=other.id) == []
    with pytest.raises(NotFound):
        charges.assign(actor=other, case_id=desk.ids[0], counsellor_id=other.id)


def test_only_the_desk_of_the_office_can_be_put_in_charge(desk):
    with pytest.raises(DomainError) as refused:
        charges.assign(actor=desk.staying, case_id=desk.ids[0], counsellor_id=make_actor().id)
    assert refused.value.field == "counsellor_id"
    charges.assign(actor=desk.staying, case_id=desk.ids[0], counsellor_id=None)
    assert count_in_charge(actor=desk.staying) == {None: 1, desk.leaving.id: 2}


def test_cases_go_to_several_colleagues_and_come_back_exactly(desk):
    first, second, third = desk.ids
    charges.assign(actor=desk.staying, case_id=third, counsellor_id=desk.staying.id)
    made = hand_over(
        actor=desk.staying,
        from_account_id=desk.leaving.id,
        to={first: desk.staying.id, second: desk.coming.id},
    )
    assert held_by(desk, desk.staying) == {first, third}
    assert held_by(desk, desk.coming) == {second}
    assert count_handed(handover_ids=[made.id]) == {made.id: {desk.staying.id: 1, desk.coming.id: 1}}
    back = undo_handover(actor=desk.staying, handover_id=made.id)
    assert (len(back.returning), len(back.staying)) == (2, 0)
    assert held_by(desk, desk.leaving) == {first, second}
    assert held_by(desk, desk.staying) == {third}


def test_what_was_passed_on_meanwhile_is_not_taken_from_its_new_counsellor(desk):
    made = hand_over(
        actor=desk.staying, from_account_id=desk.leaving.id, to=dict.fromkeys(desk.ids, desk.coming.id)
    )
    charges.assign(actor=desk.staying, case_id=desk.ids[0], counsellor_id=desk.staying.id)
    back = undo_handover(actor=desk.staying, handover_id=made.id)
    assert (len(back.returning), len(back.staying)) == (2, 1)
    assert [(one.case_id, one.stays) for one in back.staying] == [(desk.ids[0], Stays.MOVED_ON)]
    assert held_by(desk, desk.staying) == {desk.ids[0]}
    with pytest.raises(DomainError):
        undo_handover(actor=desk.staying, handover_id=made.id)


def test_a_case_that_changed_hands_since_the_preview_stops_the_whole_hand_over(desk):
    charges.assign(actor=desk.staying, case_id=desk.ids[0], counsellor_id=desk.staying.id)
    with pytest.raises(Conflict):
        hand_over(
            actor=desk.staying, from_account_id=desk.leaving.id, to=dict.fromkeys(desk.ids, desk.coming.id)
        )
    assert held_by(desk, desk.coming) == set()
    assert list_handovers(actor=desk.staying, limit=5) == []


def test_a_closed_case_is_nobody_s_work(desk):
    close_case(
        actor=desk.leaving, case_id=desk.ids[0], closed_on=clock.today(), reason=next(iter(CloseReason))
    )
    assert held_by(desk, desk.leaving) == set(desk.ids[1:])


@pytest.mark.parametrize("days", [-1, 500])
def test_the_next_contact_lies_ahead_and_within_a_year(desk, days):
    with pytest.raises(DomainError) as refused:
        charges.set_next_contact(
            actor=desk.staying, case_id=desk.ids[0], day=clock.today() + timedelta(days=days)
        )
    assert refused.value.field == "next_contact_on"


def test_the_next_contact_is_each_office_s_own(desk):
    day = clock.today() + timedelta(days=7)
    charges.set_next_contact(actor=desk.staying, case_id=desk.ids[0], day=day)
    assert charges.get_place(actor=desk.coming, case_id=desk.ids[0]).next_contact_on == day
    other = factories.make_actor()
    with pytest.raises(NotFound):
        charges.set_next_contact(actor=other, case_id=desk.ids[0], day=None)


def test_a_closed_case_goes_along_when_its_tasks_are_handed_over(desk):
    close_case(
        actor=desk.leaving, case_id=desk.ids[0], closed_on=clock.today(), reason=next(iter(CloseReason))
    )
    hand_over(actor=desk.staying, from_account_id=desk.leaving.id, to={desk.ids[0]: desk.coming.id})
    place = charges.get_place(actor=desk.staying, case_id=desk.ids[0])
    assert place.counsellor_id == desk.coming.id


def test_what_nobody_has_is_given_out_and_noted_case_by_case(desk):
    first, second, _third = desk.ids
    charges.assign(actor=desk.staying, case_id=first, counsellor_id=None)
    with pytest.raises(Conflict):
        give_out(actor=desk.staying, to={first: desk.coming.id, second: desk.coming.id})
    give_out(actor=desk.staying, to={first: desk.coming.id})
    assert held_by(desk, desk.coming) == {first}
    assert [note.action for note in noted()][-2:] == ["case.assigned", "handover.made"]


def test_whoever_hands_over_cannot_receive(desk):
    with pytest.raises(DomainError) as refused:
        hand_over(
            actor=desk.staying, from_account_id=desk.leaving.id, to={desk.ids[0]: desk.leaving.id}, ring=RING
        )
    assert refused.value.field == "receiver"


def draft_of(actor, memo="書きかけ", key="a" * 32, **more):
    contents = Contents(page="/counter", fields={"memo": [memo]})
    facts = {"purpose": "counter.record", "revision": None, "known": 0} | more
    return keep_draft(actor=actor, key=key, contents=contents, ring=RING, **facts).id


def drafts_with(actor):
    return {one.id: one.contents.fields["memo"] for one in list_opened(actor=actor, ring=RING)}


def test_drafts_alone_can_be_handed_over_and_an_own_note_never_is(desk):
    form, own_note = draft_of(desk.leaving), draft_of(desk.leaving, key="b" * 32, purpose="casefile.note")
    wanted = dict.fromkeys([form, own_note], desk.coming.id)
    made = hand_over(actor=desk.staying, from_account_id=desk.leaving.id, to={}, drafts=wanted, ring=RING)
    assert drafts_with(desk.coming) == {form: ["書きかけ"]}
    assert set(drafts_with(desk.leaving)) == {own_note}
    assert count_handed_drafts(handover_ids=[made.id]) == {made.id: 1}


def test_a_form_that_its_writer_went_on_with_is_not_overwritten_when_drafts_come_back(desk):
    form = draft_of(desk.leaving)
    made = hand_over(
        actor=desk.staying, from_account_id=desk.leaving.id, to={}, drafts={form: desk.coming.id}, ring=RING
    )
    newer = draft_of(desk.leaving, memo="つづき")
    (line,) = what_returns(made).drafts
    assert line.stays is Stays.BEGUN_AGAIN
    with pytest.raises(DomainError):
        undo_handover(actor=desk.staying, handover_id=made.id, ring=RING)
    assert drafts_with(desk.leaving) == {newer: ["つづき"]}
    assert drafts_with(desk.coming) == {form: ["書きかけ"]}


def test_drafts_saved_since_the_preview_leave_nothing_to_hand_over(desk):
    with pytest.raises(Conflict):
        hand_over(
            actor=desk.staying, from_account_id=desk.leaving.id, to={}, drafts={1: desk.coming.id}, ring=RING
        )


def test_whoever_works_elsewhere_by_now_has_taken_the_drafts_along(desk):
    form = draft_of(desk.leaving)
    db.session.get(Account, desk.leaving.id).office_id = make_office().id
    db.session.flush()
    hand_over(
        actor=desk.staying,
        from_account_id=desk.leaving.id,
        to=dict.fromkeys(desk.ids, desk.coming.id),
        drafts={form: desk.coming.id},
        ring=RING,
    )
    assert held_by(desk, desk.coming) == set(desk.ids)
    assert set(drafts_with(desk.leaving)) == {form}
