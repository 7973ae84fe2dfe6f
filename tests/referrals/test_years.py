"""Figures of a year that is over: what happened then stays counted, what was entered in error never was."""

import json
from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.foundation.transaction import transaction
from app.kpi import counts
from app.kpi.metrics import get_metric
from app.kpi.period import Period
from app.referrals.entries import NewMove
from app.referrals.move_operations import move_referrals
from app.referrals.operations import void_referral, withdraw_consent
from app.referrals.vocabulary import AnswerChannel, DeclineCode, State, VoidCode, WithdrawCode
from tests import factories

pytestmark = pytest.mark.both_databases
NEXT_YEAR = date(2026, 6, 1)


@pytest.fixture
def met(world, db_session):
    """Return a referral sent and met in the fiscal year 2025."""
    made = factories.make_referral(world.case, world.version, sent_on=date(2026, 2, 2), office=world.office)
    factories.make_move(made, State.MET, happened_on=date(2026, 3, 30), number=2, from_state=State.SENT)
    db_session.commit()
    return made


@pytest.fixture(autouse=True)
def next_year():
    with time_machine.travel("2026-06-01T01:00:00+00:00", tick=False):
        yield


def figures(fiscal_year):
    period = Period.of(fiscal_year, today=NEXT_YEAR)
    keys = ("referrals_sent", "referrals_met", "response_days")
    return tuple(counts.value(get_metric(key), period).value for key in keys)


def test_a_meeting_of_last_year_stays_counted_when_the_referral_is_withdrawn_this_year(world, met):
    before = figures(2025)
    assert before[:2] == (1, 1)
    with transaction():
        entry = NewMove(
            referral_id=met.id, to=State.WITHDRAWN, happened_on=NEXT_YEAR, code=WithdrawCode.MOVED_AWAY
        )
        move_referrals(actor=world.desk, new=[entry])
    assert figures(2025) == before
    assert figures(2026) == (0, 0, None)


def test_it_stays_counted_when_the_consent_is_taken_back_this_year(world, met):
    before = figures(2025)
    with transaction():
        withdraw_consent(actor=world.desk, reference=met.reference, withdrawn_on=NEXT_YEAR)
    assert figures(2025) == before


def test_a_meeting_counts_in_its_own_year_and_not_in_that_of_the_sending(world, db_session):
    sent = factories.make_referral(world.case, world.version, sent_on=date(2026, 3, 31), office=world.office)
    db_session.commit()
    with transaction():
        entry = NewMove(
            referral_id=sent.id, to=State.MET, happened_on=date(2026, 4, 1), channel=AnswerChannel.PHONE
        )
        move_referrals(actor=world.desk, new=[entry])
    assert figures(2025) == (1, 0, 1)
    assert figures(2026) == (0, 1, None)


def test_an_entry_in_error_leaves_every_count_of_every_year_and_the_trail_says_so(world, met, db_session):
    with transaction():
        void_referral(actor=world.desk, reference=met.reference, code=VoidCode.WRONG_CASE)
    assert figures(2025) == (0, 0, None)
    assert figures(2026) == (0, 0, None)
    noted = db_session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    said = json.loads(noted.details)
    assert (noted.action, noted.subject_id) == ("referral.moved", met.reference)
    assert (said["to"], said["code"]) == ("void", "wrong_case")
    assert noted.actor_id == world.desk.id


def test_a_wrong_refusal_that_was_taken_back_is_no_wrong_window(world, db_session):
    from app.kpi.vocabulary import By
    from app.referrals.correction_operations import correct_move
    from app.referrals.vocabulary import CorrectionCode

    sent = factories.make_referral(world.case, world.version, sent_on=date(2026, 4, 1), office=world.office)
    db_session.commit()
    refused = {"to": State.DECLINED, "code": DeclineCode.WRONG_WINDOW}
    for facts in (refused, {"to": State.ACCEPTED}):
        with transaction():
            entry = NewMove(
                referral_id=sent.id, happened_on=date(2026, 4, 3), channel=AnswerChannel.PHONE, **facts
            )
            move_referrals(actor=world.desk, new=[entry])
        if facts is refused:
            with transaction():
                correct_move(
                    actor=world.desk,
                    reference=sent.reference,
                    code=CorrectionCode.WRONG_REFERRAL,
                    code_other="",
                    expected_number=2,
                )
    parts = counts.breakdown(get_metric("wrong_window_rate"), Period.of(2026, today=NEXT_YEAR), By.PART)
    assert {key: one.n for key, one in parts.items()} == {"otherwise": 1}
