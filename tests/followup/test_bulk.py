"""One thing done with many referrals: what cannot be done is named, what changed since is left alone."""

from datetime import date

import pytest

from app.cases.models import CaseOffice
from app.followup.bulk import Wanted
from app.followup.bulk_operations import do_all, preview, print_all, undo_all, with_extension
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.referrals.correction_operations import Extension
from app.referrals.lifecycle import effective, state_of
from app.referrals.models import ReferralMove
from app.referrals.queries import list_moves
from app.referrals.vocabulary import BulkKind, ExtensionReason, State, WithdrawCode
from tests import factories
from tests.factories.world import TODAY

pytestmark = pytest.mark.both_databases


def make(world, *states, sent_on=date(2025, 6, 2), case=None):
    referral = factories.make_referral(case or world.case, world.version, sent_on=sent_on)
    before = State.SENT
    for number, to in enumerate(states, start=2):
        factories.make_move(referral, State(to), happened_on=sent_on, number=number, from_state=before)
        before = State(to)
    return referral


def wanted(kind, **more):
    return Wanted(kind=kind, today=clock.today(), **more)


def seen(*referrals):
    return {one.reference: len(list_moves(referral_id=one.id)) for one in referrals}


def do(world, kind, *referrals, extension=None, **more):
    db.session.commit()
    with transaction():
        return do_all(
            actor=world.desk, seen=seen(*referrals), wanted=wanted(kind, **more), extension=extension
        )


def state(referral):
    return state_of(effective(list_moves(referral_id=referral.id)))


def test_silences_are_noted_on_their_own_day_and_young_or_answered_ones_are_named(world):
    old, older = make(world), make(world, sent_on=date(2025, 5, 1))
    young, answered = make(world, sent_on=date(2025, 7, 14)), make(world, "accepted")
    became = do(world, BulkKind.SILENT, old, older, young, answered)
    assert {reference for reference, _number in became.done} == {old.reference, older.reference}
    assert {line.reference for line in became.refused} == {young.reference, answered.reference}
    days = [list_moves(referral_id=one.id)[-1].happened_on for one in (old, older)]
    assert days == [date(2025, 6, 24), date(2025, 5, 27)], "15 working days on, whenever it is noted"
    assert (state(young), state(answered)) == (State.SENT, State.ACCEPTED)


def test_those_that_moved_since_the_preview_are_named_and_left_alone(world):
    still, moved = make(world), make(world)
    db.session.commit()
    shown = seen(still, moved)
    factories.make_move(moved, State.ACCEPTED, happened_on=TODAY, number=2, from_state=State.SENT)
    db.session.commit()
    with transaction():
        became = do_all(
            actor=world.desk,
            seen=shown,
            wanted=wanted(BulkKind.WITHDRAW, happened_on=TODAY, code=WithdrawCode.SITUATION_CHANGED),
        )
    assert [reference for reference, _number in became.done] == [still.reference]
    assert [line.reference for line in became.changed] == [moved.reference]
    assert (state(still), state(moved)) == (State.WITHDRAWN, State.ACCEPTED)


def test_what_was_withdrawn_together_is_taken_back_together_except_what_moved_on(world):
    first, second = make(world), make(world, "accepted")
    code = {"happened_on": TODAY, "code": WithdrawCode.PERSON_WISH}
    became = do(world, BulkKind.WITHDRAW, first, second, **code)
    assert len(became.done) == 2
    with transaction():
        undone = undo_all(actor=world.desk, seen=dict(became.done) | {second.reference: 2})
    assert [reference for reference, _number in undone.done] == [first.reference]
    assert [line.reference for line in undone.changed] == [second.reference]
    assert (state(first), state(second)) == (State.SENT, State.WITHDRAWN)
    assert len(list_moves(referral_id=first.id)) == 3, "both entries stay readable"


def test_a_withdrawal_of_consent_is_not_done_in_bulk(world):
    one = make(world)
    became = do(world, BulkKind.WITHDRAW, one, happened_on=TODAY, code=WithdrawCode.CONSENT_WITHDRAWN)
    assert (became.done, [line.reference for line in became.refused]) == ((), [one.reference])


def test_a_deadline_is_extended_for_those_that_wait_for_less(world):
    waiting, ended = make(world, sent_on=date(2025, 7, 10)), make(world, "accepted", "ended")
    extension = Extension(due_on=date(2025, 8, 20), reason=ExtensionReason.WINDOW_ASKED)
    became = do(world, BulkKind.EXTEND, waiting, ended, extension=extension)
    assert [reference for reference, _number in became.done] == [waiting.reference]
    (line,) = preview(actor=world.desk, references=[waiting.reference], wanted=wanted(BulkKind.EXTEND))
    assert line.picked.facts.due_on == date(2025, 8, 20)


def test_a_preview_without_a_day_names_what_can_not_be_extended_whichever_it_is(world):
    waiting, silent = make(world, sent_on=date(2025, 7, 10)), make(world, "no_response")
    asked = with_extension(wanted(BulkKind.EXTEND), None)
    lines = preview(actor=world.desk, references=[waiting.reference, silent.reference], wanted=asked)
    assert [line.problem is None for line in lines] == [True, False]


def test_another_colleague_is_put_in_charge_of_the_cases(world):
    colleague = factories.make_account(office=world.office)
    one, same_person = make(world), make(world)
    became = do(world, BulkKind.ASSIGN, one, same_person, counsellor_id=colleague.id)
    assert len(became.done) == 2
    assert db.session.get(CaseOffice, (world.case.id, world.office.id)).counsellor_id == colleague.id
    again = do(world, BulkKind.ASSIGN, one, counsellor_id=colleague.id)
    assert [line.reference for line in again.refused] == [one.reference]
    stranger = factories.make_account()
    with pytest.raises(DomainError):
        do(world, BulkKind.ASSIGN, one, counsellor_id=stranger.id)


def test_slips_are_printed_for_all_with_consent(world):
    one, without = make(world), make(world)
    without.consent.withdrawn_on = TODAY
    db.session.commit()
    with transaction():
        papers = print_all(actor=world.desk, seen=seen(one, without))
    assert [paper.reference for paper in papers] == [one.reference]
    with transaction(), pytest.raises(DomainError):
        print_all(actor=world.desk, seen=seen(without))


def test_another_offices_referral_is_not_there(world):
    foreign = factories.make_referral(factories.make_case(), sent_on=date(2025, 6, 2))
    became = do(world, BulkKind.SILENT, foreign)
    assert (became.done, became.changed, became.refused) == ((), (), ())
    assert state(foreign) is State.SENT


KINDS = {
    BulkKind.SILENT: {},
    BulkKind.WITHDRAW: {"happened_on": TODAY, "code": WithdrawCode.PERSON_WISH},
    BulkKind.EXTEND: {},
}


@pytest.mark.parametrize("kind", KINDS)
def test_two_hundred_take_as_many_statements_as_two(world, count_statements, kind):
    extension = Extension(due_on=date(2025, 8, 20), reason=ExtensionReason.WINDOW_ASKED)
    sent = []
    for count in (1, 2, 200):
        referrals = [make(world) for _one in range(count)]
        db.session.commit()
        shown = dict.fromkeys([one.reference for one in referrals], 1)
        db.session.expire_all()
        with count_statements() as statements, transaction():
            became = do_all(
                actor=world.desk,
                seen=shown,
                wanted=wanted(kind, **KINDS[kind]),
                extension=extension if kind is BulkKind.EXTEND else None,
            )
        assert len(became.done) == count
        # Rows are inserted in portions, which is the driver's own affair.
        sent.append([one for one in statements if not one.startswith("INSERT")])
    # The very first change of a database makes the head of the trail.
    assert len(sent[1]) == len(sent[2])
    assert db.session.query(ReferralMove).count() >= 203
