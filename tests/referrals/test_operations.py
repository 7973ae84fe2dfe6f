"""Sending, moving, taking back: each rule in words, on both databases."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.audit.trail import PENDING
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, NotFound
from app.referrals.entries import NewMove, NewReferral, Placing
from app.referrals.lifecycle import EDGES, Mover, state_of
from app.referrals.models import Consent, Referral, ReferralMove
from app.referrals.move_operations import mark_placed, move_referrals, unmark_placed
from app.referrals.operations import draw_references, send_referrals, void_referral, withdraw_consent
from app.referrals.queries import list_history, list_moves, list_placeable
from app.referrals.vocabulary import (
    AnswerChannel,
    Asked,
    ConsentForm,
    DeclineCode,
    EndCode,
    State,
    VoidCode,
    WithdrawCode,
)
from tests import factories

pytestmark = pytest.mark.both_databases
SENT_ON = date(2025, 6, 2)
TODAY = date(2025, 7, 15)


def wish(world, **more):
    facts = {
        "case_id": world.case.id,
        "window_id": world.window.id,
        "asked": Asked.JOB_SEARCH,
        "sent_on": SENT_ON,
        "consent_on": SENT_ON,
        "consent_form": ConsentForm.ORAL,
    }
    return NewReferral(**(facts | more))


def send(world, **more):
    return send_referrals(actor=world.desk, new=[wish(world, **more)])[0]


def moved(world, referral, to, day, *, actor=None, **more):
    more.setdefault("channel", AnswerChannel.PHONE)
    entry = NewMove(referral_id=referral.id, to=State(to), happened_on=date(2025, 6, day), **more)
    return move_referrals(actor=actor or world.desk, new=[entry])[0]


def states(referral):
    return [move.to_state.value for move in list_moves(referral_id=referral.id)]


def test_a_referral_begins_with_its_sending_and_keeps_the_window_of_that_day(world):
    referral = send(world)
    assert states(referral) == ["sent"]
    assert referral.window_version_id == world.version.id
    assert referral.consent.given_on == SENT_ON
    assert referral.reference != world.case.number
    assert db.session.get(Referral, referral.id).counsellor_id == world.desk.id


def test_sending_is_noted_in_the_trail_without_the_typed_text(world):
    referral = send(world, asked=Asked.OTHER, asked_other="手話通訳の手配")
    notes = db.session().info[PENDING]
    assert [note.action for note in notes] == ["referral.sent"]
    assert notes[0].subject_id == referral.reference
    assert "手話" not in notes[0].details


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("sent_on", {"sent_on": TODAY + timedelta(days=1)}),
        ("sent_on", {"sent_on": date(2025, 3, 31), "consent_on": date(2025, 3, 31)}),
        ("consent_on", {"consent_on": SENT_ON + timedelta(days=1)}),
        ("asked_other", {"asked_other": "あ" * 10_000}),
        ("asked_other", {"asked_other": "電話は090-1234-5678です"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, field, more):
    with pytest.raises(DomainError) as refused:
        send(world, **more)
    assert refused.value.field == field
    assert db.session.scalar(select(Consent.id)) is None


def test_a_window_that_was_closed_on_the_day_cannot_be_named(world):
    closed, _version = factories.make_window(world.agency, valid_to=SENT_ON - timedelta(days=1))
    with pytest.raises(DomainError) as refused:
        send(world, window_id=closed.id)
    assert refused.value.field == "window_id"
    with pytest.raises(DomainError):
        send(world, window_id=987654)


def test_rare_characters_stay_as_they_were_typed(world):
    assert send(world, asked=Asked.OTHER, asked_other="𠮷の㈱の件").asked_other == "𠮷の㈱の件"


def test_no_referral_for_a_closed_case_nor_for_a_foreign_one(world):
    world.case.closed_on = date(2025, 6, 30)
    with pytest.raises(DomainError, match="終了"):
        send(world)
    foreign = factories.make_case()
    with pytest.raises(NotFound):
        send(world, case_id=foreign.id)


def test_a_batch_gives_each_referral_its_own_reference(world):
    sent = send_referrals(actor=world.desk, new=[wish(world)] * 3)
    assert len({one.reference for one in sent}) == 3
    assert all(states(one) == ["sent"] for one in sent)


def test_a_reference_in_use_is_drawn_again(world):
    taken = send(world).reference
    number = int(taken.replace("-", "")) - 100_000
    draws = iter([number, number, 7])
    assert draw_references(1, draw=lambda _span: next(draws)) == ["1000-07"]


def test_the_whole_way_is_recorded_with_day_channel_and_actor(world):
    referral = send(world)
    moved(world, referral, "accepted", 5)
    moved(world, referral, "met", 10, actor=world.partner)
    rows = list_history(referral_id=referral.id)
    assert [(row.to_state.value, row.happened_on.day, row.channel) for row in rows] == [
        ("sent", 2, None),
        ("accepted", 5, AnswerChannel.PHONE),
        ("met", 10, AnswerChannel.SYSTEM),
    ]
    assert [row.entered_by for row in rows] == [world.desk.label, world.desk.label, world.partner.label]


def test_a_step_without_record_is_a_gap_unless_an_earlier_entry_holds_it(world):
    referral = send(world)
    moved(world, referral, "met", 10)
    mark_placed(actor=world.desk, placed=[placing(world, referral, 20)])
    gaps = {
        row.to_state.value: [one.value for one in row.skipped]
        for row in list_history(referral_id=referral.id)
    }
    assert gaps == {"sent": [], "met": ["accepted"], "placed": ["supporting"]}


def placing(world, referral, day):
    return Placing(referral_id=referral.id, case_id=world.case.id, placed_on=date(2025, 6, day))


def test_an_illegal_move_is_refused_and_nothing_is_written(world):
    referral = send(world)
    with pytest.raises(DomainError) as refused:
        moved(world, referral, "supporting", 5)
    assert refused.value.field == "to"
    with pytest.raises(DomainError):
        moved(world, referral, "placed", 5)
    assert states(referral) == ["sent"]


@pytest.mark.parametrize(
    ("field", "to", "more"),
    [
        ("channel", "accepted", {"channel": None}),
        ("declined_code", "declined", {}),
        ("declined_code", "declined", {"code": EndCode.MOVED_AWAY}),
        ("withdrawn_code", "withdrawn", {}),
        ("code_other", "declined", {"code": DeclineCode.OTHER, "code_other": "長" * 61}),
    ],
)
def test_each_move_asks_for_what_belongs_to_it(world, field, to, more):
    referral = send(world)
    with pytest.raises(DomainError) as refused:
        moved(world, referral, to, 5, **more)
    assert refused.value.field == field


def test_declining_keeps_its_code(world):
    referral = send(world)
    moved(world, referral, "declined", 5, code=DeclineCode.WRONG_WINDOW, code_other="対象の年齢が違った")
    last = list_history(referral_id=referral.id)[-1]
    assert (last.code, last.code_other) == (DeclineCode.WRONG_WINDOW, "対象の年齢が違った")


def test_a_move_lies_neither_in_the_future_nor_before_the_sending(world):
    referral = send(world)
    for day in (date(2025, 7, 16), date(2025, 6, 1)):
        with pytest.raises(DomainError) as refused:
            move_referrals(
                actor=world.desk,
                new=[
                    NewMove(
                        referral_id=referral.id, to=State.ACCEPTED, happened_on=day, channel=AnswerChannel.FAX
                    )
                ],
            )
        assert refused.value.field == "happened_on"


def test_a_silence_is_noted_only_after_deadline_and_grace_and_a_late_answer_is_taken(world):
    referral = send(world)
    with pytest.raises(DomainError, match="2025/6/23"):
        moved(world, referral, "no_response", 23)
    moved(world, referral, "no_response", 24)
    moved(world, referral, "accepted", 20)
    assert states(referral) == ["sent", "no_response", "accepted"]


def test_whoever_comes_second_is_told_and_changes_nothing(world):
    referral = send(world)
    moved(world, referral, "accepted", 5, expected_number=1)
    with pytest.raises(Conflict):
        moved(world, referral, "met", 6, expected_number=1)
    assert states(referral) == ["sent", "accepted"]


def test_two_moves_at_the_same_moment_meet_at_the_number(world, monkeypatch):
    referral = send(world)
    seen = list(list_moves(referral_id=referral.id))
    moved(world, referral, "accepted", 5)
    monkeypatch.setattr("app.referrals.move_operations.histories", lambda _ids: {referral.id: list(seen)})
    with pytest.raises(Conflict):
        moved(world, referral, "met", 6)
    assert states(referral) == ["sent", "accepted"]


def test_only_sender_and_addressee_can_move_a_referral(world):
    referral = send(world)
    for stranger in (factories.make_actor(), factories.make_actor(Role.PARTNER)):
        with pytest.raises(NotFound):
            moved(world, referral, "accepted", 5, actor=stranger)
    with pytest.raises(DomainError):
        moved(world, referral, "withdrawn", 5, actor=world.partner, code=WithdrawCode.PERSON_WISH)


def test_a_void_referral_is_gone_for_its_addressee_and_ends_all_moves(world):
    referral = send(world)
    void_referral(actor=world.desk, reference=referral.reference, code=VoidCode.WRONG_CASE)
    assert states(referral) == ["sent", "void"]
    with pytest.raises(NotFound):
        moved(world, referral, "accepted", 5, actor=world.partner)
    with pytest.raises(DomainError):
        moved(world, referral, "accepted", 5)
    with pytest.raises(DomainError):
        void_referral(actor=world.desk, reference=referral.reference, code=VoidCode.WRONG_CASE)


def test_withdrawn_consent_closes_what_is_open_and_hides_it_from_the_addressee(world):
    referral = send(world)
    moved(world, referral, "accepted", 5)
    withdraw_consent(actor=world.desk, reference=referral.reference, withdrawn_on=date(2025, 6, 9))
    last = list_history(referral_id=referral.id)[-1]
    assert (last.to_state, last.code, last.happened_on.day) == (
        State.WITHDRAWN,
        WithdrawCode.CONSENT_WITHDRAWN,
        9,
    )
    with pytest.raises(NotFound):
        moved(world, referral, "met", 10, actor=world.partner)
    with pytest.raises(DomainError, match="もう撤回"):
        withdraw_consent(actor=world.desk, reference=referral.reference, withdrawn_on=TODAY)


def test_withdrawn_consent_leaves_closed_referrals_as_they_are(world):
    referral = send(world)
    moved(world, referral, "declined", 5, code=DeclineCode.FULL)
    assert withdraw_consent(actor=world.desk, reference=referral.reference, withdrawn_on=TODAY) == []
    assert states(referral) == ["sent", "declined"]


def test_consent_is_not_withdrawn_before_it_was_given_nor_tomorrow(world):
    referral = send(world)
    for day in (SENT_ON - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(DomainError) as refused:
            withdraw_consent(actor=world.desk, reference=referral.reference, withdrawn_on=day)
        assert refused.value.field == "withdrawn_on"


def test_placed_comes_and_goes_with_its_placement(world):
    referral = send(world)
    assert [one.id for one in list_placeable(actor=world.desk, case_id=world.case.id)] == [referral.id]
    mark_placed(actor=world.desk, placed=[placing(world, referral, 20)])
    assert list_placeable(actor=world.desk, case_id=world.case.id) == []
    unmark_placed(actor=world.desk, referral_ids=[referral.id])
    unmark_placed(actor=world.desk, referral_ids=[referral.id])
    assert states(referral) == ["sent", "placed", "supporting"]
    mark_placed(actor=world.desk, placed=[placing(world, referral, 12)])
    assert states(referral)[-1] == "placed"


def test_a_job_cannot_come_from_another_persons_or_a_declined_referral(world):
    referral = send(world)
    other = factories.make_case(world.office)
    with pytest.raises(NotFound):
        mark_placed(
            actor=world.desk,
            placed=[Placing(referral_id=referral.id, case_id=other.id, placed_on=SENT_ON)],
        )
    moved(world, referral, "declined", 5, code=DeclineCode.FULL)
    with pytest.raises(DomainError) as refused:
        mark_placed(actor=world.desk, placed=[placing(world, referral, 20)])
    assert refused.value.field == "referral_id"
    with pytest.raises(NotFound):
        mark_placed(actor=world.partner, placed=[placing(world, referral, 20)])


def test_random_histories_through_the_operations_equal_a_naive_reckoning(world):
    chance = random.Random(20250715)
    for _ in range(25):
        referral, naive, day = send(world), ["sent"], 2
        for _ in range(8):
            to, actor = chance.choice(list(State)), chance.choice([world.desk, world.partner])
            mover = Mover.PARTNER if actor is world.partner else Mover.DESK
            day = min(30, day + chance.randint(0, 4))
            legal = any(
                edge.origin.value == naive[-1] and edge.to is to and mover in edge.who for edge in EDGES
            )
            codes = {State.DECLINED: DeclineCode.FULL, State.ENDED: EndCode.OTHER}
            codes |= {State.WITHDRAWN: WithdrawCode.OTHER, State.VOID: VoidCode.NOT_SENT}
            try:
                moved(world, referral, to, day, actor=actor, code=codes.get(to))
            except DomainError:
                assert (
                    not legal or to is State.NO_RESPONSE or (mover is Mover.PARTNER and naive[-1] == "void")
                )
            else:
                assert legal
                naive.append(to.value)
        assert states(referral) == naive
        assert state_of(list_moves(referral_id=referral.id)).value == naive[-1]
    numbers = db.session.scalars(
        select(ReferralMove.number).order_by(ReferralMove.referral_id, ReferralMove.number)
    )
    runs = [number for number in numbers if number == 1]
    assert len(runs) == 25
