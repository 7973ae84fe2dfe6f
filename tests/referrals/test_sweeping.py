"""Silences note themselves: due days against a table written by hand, once, late and twice."""

from datetime import date

import pytest
import time_machine

from app.accounts.passwords import hash_of
from app.foundation.fiscal_year import fiscal_year_of
from app.kpi import counts
from app.kpi.metrics import get_metric
from app.kpi.period import Period
from app.referrals import correction_operations, sweeping
from app.referrals.correction_operations import Extension
from app.referrals.queries import list_moves
from app.referrals.vocabulary import ExtensionReason, State
from app.windows.closed_day_operations import add_closed_day
from app.windows.models import WindowVersion
from tests import factories

pytestmark = pytest.mark.both_databases

# Sent on → last day for an answer within ten working days → last of five days of grace. Counted on paper,
# with 祝日, 12/29–1/3 and weekends struck out.
BY_HAND = [
    # New Year
    (date(2025, 12, 17), date(2026, 1, 7), date(2026, 1, 15)),
    (date(2025, 12, 24), date(2026, 1, 15), date(2026, 1, 22)),
    (date(2025, 12, 26), date(2026, 1, 19), date(2026, 1, 26)),
    # Golden Week with its substitute holiday
    (date(2025, 4, 18), date(2025, 5, 7), date(2025, 5, 14)),
    (date(2025, 4, 25), date(2025, 5, 14), date(2025, 5, 21)),
    # over the end of the fiscal year
    (date(2026, 3, 16), date(2026, 3, 31), date(2026, 4, 7)),
    (date(2026, 3, 17), date(2026, 4, 1), date(2026, 4, 8)),
    (date(2026, 3, 31), date(2026, 4, 14), date(2026, 4, 21)),
    # three holidays in a row in September
    (date(2026, 9, 11), date(2026, 9, 30), date(2026, 10, 7)),
]
# Days to answer and of grace as a window says them: sent on → last day for an answer → last day of grace.
BY_WINDOW = [
    (date(2025, 12, 26), 2, 0, date(2026, 1, 6), date(2026, 1, 6)),
    (date(2025, 4, 28), 3, 10, date(2025, 5, 2), date(2025, 5, 20)),
    (date(2026, 3, 30), 1, 1, date(2026, 3, 31), date(2026, 4, 1)),
    (date(2026, 3, 31), 1, 0, date(2026, 4, 1), date(2026, 4, 1)),
]


def morning(day):
    """Stand at nine o'clock in Japan on a day."""
    return time_machine.travel(f"{day.isoformat()}T00:00:00+00:00", tick=False)


def sent(world, day):
    return factories.make_referral(world.case, world.version, sent_on=day, office=world.office)


def day_after(day):
    return date.fromordinal(day.toordinal() + 1)


@pytest.mark.parametrize(("sent_on", "due", "grace"), BY_HAND)
def test_a_silence_is_noted_on_the_day_after_grace_and_not_before(world, sent_on, due, grace):
    referral = sent(world, sent_on)
    with morning(due):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 0
    with morning(grace):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 0
    with morning(day_after(grace)):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 1
    newest = list_moves(referral_id=referral.id)[-1]
    assert (newest.to_state, newest.happened_on) == (State.NO_RESPONSE, day_after(grace))
    assert newest.entered_by is None


@pytest.mark.parametrize(("sent_on", "response_days", "grace_days", "due", "last"), BY_WINDOW)
def test_each_window_has_its_own_days_to_answer_and_of_grace(
    world, sent_on, response_days, grace_days, due, last
):
    _window, version = factories.make_window(response_days=response_days, grace_days=grace_days)
    referral = factories.make_referral(world.case, version, sent_on=sent_on, office=world.office)
    for day in {due, last}:
        with morning(day):
            assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 0
    with morning(day_after(last)):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 1
    newest = list_moves(referral_id=referral.id)[-1]
    assert (newest.to_state, newest.happened_on) == (State.NO_RESPONSE, day_after(last))


def test_another_grace_holds_for_what_is_sent_from_then_on(world):
    sent_on, _due, grace = BY_HAND[0]
    referral = sent(world, sent_on)
    said = {one.name: getattr(world.version, one.name) for one in WindowVersion.__table__.columns}
    factories.add(WindowVersion(**said | {"id": None, "number": 2, "grace_days": 0}))
    with morning(grace):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 0
    with morning(day_after(grace)):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 1
    assert list_moves(referral_id=referral.id)[-1].happened_on == day_after(grace)


@pytest.mark.parametrize(("sent_on", "due", "_grace"), BY_HAND)
def test_an_answer_is_in_time_up_to_the_due_day_of_the_table(world, sent_on, due, _grace):
    period = Period.of(fiscal_year_of(sent_on), today=date(2027, 3, 31))
    for answered_on, share in ((due, 1.0), (day_after(due), 0.5)):
        facts = {"happened_on": answered_on, "number": 2, "from_state": State.SENT}
        factories.make_move(sent(world, sent_on), State.ACCEPTED, **facts)
        assert counts.value(get_metric("answered_in_time"), period).value == share


def test_run_late_it_names_the_same_day_and_run_twice_it_finds_nothing(world):
    sent_on, _due, grace = BY_HAND[0]
    referral = sent(world, sent_on)
    with morning(date(2026, 6, 1)):
        assert [sweeping.sweep(actor=sweeping.BY_ITSELF) for _run in range(2)] == [1, 0]
    assert list_moves(referral_id=referral.id)[-1].happened_on == day_after(grace)


def test_a_silence_at_the_end_of_march_belongs_to_the_year_of_its_day_however_late_it_is_noted(world):
    # Due on 17 March, grace to 25 March (the 20th is a holiday), silent on the 26th.
    referral = sent(world, date(2026, 3, 3))
    with morning(date(2026, 4, 10)):
        sweeping.sweep(actor=sweeping.BY_ITSELF)
    newest = list_moves(referral_id=referral.id)[-1]
    assert (newest.happened_on, newest.fiscal_year) == (date(2026, 3, 26), 2025)


def test_the_city_s_own_closed_day_moves_the_deadline(world):
    sent_on, _due, grace = BY_HAND[5]
    referral = sent(world, sent_on)
    with morning(sent_on):
        add_closed_day(actor=world.desk, day=date(2026, 3, 25), reason="庁舎の停電")
    with morning(day_after(grace)):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 0
    with morning(date(2026, 4, 9)):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 1
    assert list_moves(referral_id=referral.id)[-1].happened_on == date(2026, 4, 9)


def test_an_extension_is_waited_for_and_has_its_own_grace(world):
    sent_on, due, grace = BY_HAND[7]
    referral = sent(world, sent_on)
    with morning(due):
        correction_operations.extend_deadline(
            actor=world.desk,
            reference=referral.reference,
            wanted=Extension(due_on=date(2026, 4, 24), reason=ExtensionReason.APPOINTMENT),
            expected_number=1,
        )
    with morning(day_after(grace)):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 0
    # Five working days after 24 April: 27, 28, 30 April, 1 and 7 May; 29 April and 3–6 May are holidays.
    with morning(date(2026, 5, 7)):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 0
    with morning(date(2026, 5, 8)):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 1


def test_an_answered_or_withdrawn_referral_is_never_silent(world):
    for state in (State.ACCEPTED, State.WITHDRAWN, State.VOID):
        referral = sent(world, BY_HAND[0][0])
        factories.make_move(referral, state, happened_on=BY_HAND[0][1], number=2, from_state=State.SENT)
    with morning(date(2026, 6, 1)):
        assert sweeping.sweep(actor=sweeping.BY_ITSELF) == 0


def test_the_command_says_last_how_many_it_changed(app, world, db_session):
    sent(world, BY_HAND[0][0])
    db_session.commit()
    with morning(date(2026, 6, 1)):
        runner = app.test_cli_runner()
        said = [runner.invoke(args=["referrals", "sweep"]).output.splitlines()[-1] for _run in range(2)]
    assert said == ["1", "0"]


def test_the_first_sign_in_after_the_grace_notes_the_silence(client, world, db_session):
    referral = sent(world, BY_HAND[0][0])
    account = factories.make_account(office=world.office, password_hash=hash_of("wooden kettle marble"))
    db_session.commit()
    typed = {"login_name": account.login_name, "password": "wooden kettle marble"}
    with morning(date(2026, 6, 1)):
        assert client.post("/sign-in", data=typed).status_code == 302
    db_session.expire_all()
    assert list_moves(referral_id=referral.id)[-1].to_state is State.NO_RESPONSE
