"""Taking a wrong move back: a new entry with its reason, the old one stays, and neither counts."""

from datetime import date

import pytest

from app.followup.board_queries import list_open
from app.foundation.errors import Conflict, DomainError, NotFound
from app.kpi import counts
from app.kpi.metrics import get_metric
from app.kpi.period import Period
from app.referrals.correction_operations import (
    LONGEST_EXTENSION,
    MOST_EXTENSIONS,
    Extension,
    correct_move,
    extend_deadline,
)
from app.referrals.deadlines import working_day_after
from app.referrals.entries import NewMove
from app.referrals.filling import referral_page
from app.referrals.move_operations import move_referrals
from app.referrals.operations import void_referral, withdraw_consent
from app.referrals.queries import list_history
from app.referrals.sweeping import list_silent
from app.referrals.vocabulary import (
    AnswerChannel,
    CorrectionCode,
    DeclineCode,
    ExtensionReason,
    State,
    VoidCode,
)
from tests import factories
from tests.factories.world import TODAY

pytestmark = pytest.mark.both_databases
SENT_ON = date(2025, 6, 2)


@pytest.fixture
def referral(world):
    return factories.make_referral(world.case, world.version, sent_on=SENT_ON, office=world.office)


def moved(world, referral, to, day, **more):
    entry = NewMove(referral_id=referral.id, to=to, happened_on=day, channel=AnswerChannel.PHONE, **more)
    return move_referrals(actor=world.desk, new=[entry])[0]


def corrected(world, referral, **more):
    facts = {"code": CorrectionCode.WRONG_STATE, "code_other": "", "expected_number": None} | more
    return correct_move(actor=world.desk, reference=referral.reference, **facts)


def figure(key):
    return counts.value(get_metric(key), Period.of(2025, today=TODAY)).value


def test_the_referral_stands_again_where_it_stood_since_the_day_it_came_there(world, referral):
    moved(world, referral, State.ACCEPTED, date(2025, 6, 5))
    moved(world, referral, State.MET, date(2025, 6, 12))
    corrected(world, referral)
    row = list_open(actor=world.desk)[0]
    assert (row.state, row.since) == (State.ACCEPTED, date(2025, 6, 5))


def test_both_entries_stay_readable_and_say_why(world, referral):
    moved(world, referral, State.DECLINED, date(2025, 6, 5), code=DeclineCode.FULL)
    corrected(world, referral, code=CorrectionCode.WRONG_REFERRAL)
    history = list_history(referral_id=referral.id)
    assert [(row.to_state, row.taken_back, row.corrects_number, row.code) for row in history] == [
        (State.SENT, False, None, None),
        (State.DECLINED, True, None, DeclineCode.FULL),
        (State.SENT, False, 2, CorrectionCode.WRONG_REFERRAL),
    ]


def test_a_meeting_taken_back_leaves_the_figure_and_a_new_one_counts_once(world, referral):
    moved(world, referral, State.MET, date(2025, 6, 12))
    assert figure("referrals_met") == 1
    corrected(world, referral, code=CorrectionCode.WRONG_DAY)
    assert figure("referrals_met") == 0
    moved(world, referral, State.MET, date(2025, 6, 10))
    assert figure("referrals_met") == 1
    assert figure("referrals_sent") == 1


def test_the_day_of_a_move_taken_back_bounds_no_later_one(world, referral):
    moved(world, referral, State.ACCEPTED, date(2025, 6, 30))
    corrected(world, referral, code=CorrectionCode.WRONG_DAY)
    assert moved(world, referral, State.ACCEPTED, date(2025, 6, 4)).happened_on == date(2025, 6, 4)


def test_several_moves_are_taken_back_one_after_the_other(world, referral):
    moved(world, referral, State.ACCEPTED, date(2025, 6, 5))
    moved(world, referral, State.MET, date(2025, 6, 12))
    assert [corrected(world, referral).corrects_number for _one in range(2)] == [3, 2]
    with pytest.raises(DomainError):
        corrected(world, referral)


def test_a_wrong_refusal_opens_the_referral_again_but_a_void_one_stays_void(world, referral):
    moved(world, referral, State.DECLINED, date(2025, 6, 5), code=DeclineCode.FULL)
    corrected(world, referral)
    assert referral_page(actor=world.desk, reference=referral.reference).state is State.SENT
    void_referral(actor=world.desk, reference=referral.reference, code=VoidCode.DUPLICATE)
    with pytest.raises(DomainError):
        corrected(world, referral)


def test_a_withdrawal_with_the_consent_is_not_taken_back(world, referral):
    withdraw_consent(actor=world.desk, reference=referral.reference, withdrawn_on=TODAY)
    with pytest.raises(DomainError, match="同意"):
        corrected(world, referral)


def test_of_two_who_correct_at_once_the_second_is_told(world, referral):
    moved(world, referral, State.ACCEPTED, date(2025, 6, 5))
    corrected(world, referral, expected_number=2)
    with pytest.raises(Conflict):
        corrected(world, referral, expected_number=2)


def test_another_office_and_the_window_itself_cannot_correct(world, referral):
    moved(world, referral, State.ACCEPTED, date(2025, 6, 5))
    for stranger in (factories.make_actor(), world.partner):
        with pytest.raises(NotFound):
            correct_move(
                actor=stranger,
                reference=referral.reference,
                code=CorrectionCode.OTHER,
                code_other="",
                expected_number=None,
            )


def extended(world, referral, day, **more):
    wanted = Extension(due_on=day, reason=ExtensionReason.WINDOW_ASKED)
    return extend_deadline(
        actor=world.desk, reference=referral.reference, wanted=wanted, expected_number=None, **more
    )


def due_of(world):
    return list_open(actor=world.desk)[0].due_on


def test_an_extension_moves_the_due_day_until_the_next_move(world, referral):
    extended(world, referral, date(2025, 7, 31))
    assert due_of(world) == date(2025, 7, 31)
    moved(world, referral, State.ACCEPTED, TODAY)
    assert due_of(world) == working_day_after(TODAY, 10)


def test_an_extension_holds_again_when_the_next_move_is_taken_back(world, referral):
    extended(world, referral, date(2025, 7, 31))
    moved(world, referral, State.ACCEPTED, TODAY)
    corrected(world, referral)
    assert due_of(world) == date(2025, 7, 31)
    assert list_silent(actor=world.desk, today=date(2025, 7, 31)) == []


def test_extensions_are_few(world, referral):
    days = [working_day_after(TODAY, 5 * (one + 1)) for one in range(MOST_EXTENSIONS + 1)]
    for day in days[:-1]:
        extended(world, referral, day)
    with pytest.raises(DomainError, match=str(MOST_EXTENSIONS)):
        extended(world, referral, days[-1])
    assert due_of(world) == days[-2]


@pytest.mark.parametrize("day", [TODAY, date(2025, 6, 16), working_day_after(TODAY, LONGEST_EXTENSION + 1)])
def test_an_extension_leads_forward_and_not_too_far(world, referral, day):
    with pytest.raises(DomainError) as refused:
        extended(world, referral, day)
    assert refused.value.field == "due_on"


def test_what_is_closed_has_no_deadline_to_extend(world, referral):
    moved(world, referral, State.DECLINED, date(2025, 6, 5), code=DeclineCode.FULL)
    with pytest.raises(DomainError):
        extended(world, referral, date(2025, 7, 31))


def test_nothing_is_opened_again_without_consent(world, referral):
    moved(world, referral, State.DECLINED, date(2025, 6, 5), code=DeclineCode.FULL)
    withdraw_consent(actor=world.desk, reference=referral.reference, withdrawn_on=TODAY)
    with pytest.raises(DomainError, match="同意"):
        corrected(world, referral)


def test_a_job_taken_back_after_the_consent_was_leaves_the_referral_withdrawn(world, referral):
    from app.referrals.entries import Placing
    from app.referrals.move_operations import mark_placed, unmark_placed

    found = Placing(referral_id=referral.id, case_id=world.case.id, placed_on=date(2025, 6, 20))
    mark_placed(actor=world.desk, placed=[found])
    withdraw_consent(actor=world.desk, reference=referral.reference, withdrawn_on=TODAY)
    unmark_placed(actor=world.desk, referral_ids=[referral.id])
    assert list_open(actor=world.desk) == []
    last = list_history(referral_id=referral.id)[-1]
    assert (last.to_state, last.code.value) == (State.WITHDRAWN, "consent_withdrawn")
