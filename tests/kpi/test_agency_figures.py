"""How an agency answers: in time, late, not at all; each figure from rows that the page leads to."""

from datetime import UTC, date, datetime, time

import pytest

from app.foundation import clock
from app.kpi import agency_figures
from app.kpi.counts import breakdown, high
from app.kpi.metrics import METRICS
from app.kpi.period import EVERYTHING, Period
from app.kpi.vocabulary import By, Punctual
from app.referrals.models import ReferralExtension
from app.referrals.vocabulary import DeclineCode, ExtensionReason, State
from app.windows.closed_day_models import CityClosedDay
from tests.factories import add, make_case, make_move, make_office, make_referral, make_window, sign_in
from tests.kpi.counting import figure, value

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("db_session")]

FRIDAY = date(2012, 4, 27)
"""Before Golden Week: five working days later is 9 May (30 April, 3 and 4 May are holidays)."""


@pytest.fixture
def version():
    return make_window(make_office(), response_days=5)[1]


def parts(key):
    found = breakdown(METRICS[key], Period.of(2012, today=clock.today()), By.PART)
    return {part: figure.n for part, figure in found.items()}


def referral(version, *moves, sent_on=FRIDAY):
    made = make_referral(make_case(), version, sent_on=sent_on)
    before = State.SENT
    for number, (to, day, *code) in enumerate(moves, start=2):
        make_move(made, to, happened_on=day, number=number, from_state=before, code=code[0] if code else None)
        before = to
    return made


def extended(referral, due_on, *, on, number=1):
    """Grant a later day, at noon of a day."""
    add(
        ReferralExtension(
            referral_id=referral.id,
            move_number=number,
            due_on=due_on,
            reason=ExtensionReason.WINDOW_ASKED,
            reason_other="",
            entered_at=datetime.combine(on, time(3), UTC),
        )
    )


def test_an_answer_on_the_promised_day_is_in_time_and_a_day_later_is_late(version):
    referral(version, (State.ACCEPTED, date(2012, 5, 9)))
    assert value("answered_in_time") == 1.0
    referral(version, (State.DECLINED, date(2012, 5, 10), DeclineCode.FULL.value))
    referral(version)
    assert parts("answered_in_time") == {
        Punctual.IN_TIME: 1,
        Punctual.LATE: 1,
        Punctual.SILENT: 1,
    }
    assert figure("answered_in_time").value == pytest.approx(1 / 3)


def test_a_closed_day_of_the_city_and_an_extension_leave_more_time(version):
    late = referral(version, (State.ACCEPTED, date(2012, 5, 10)))
    assert value("answered_in_time") == 0
    add(CityClosedDay(day=date(2012, 5, 8), reason="休業", entered_at=clock.now()))
    assert value("answered_in_time") == 1.0
    later = referral(version, (State.ACCEPTED, date(2012, 6, 1)))
    assert value("answered_in_time") == 0.5
    extended(later, date(2012, 6, 1), on=date(2012, 5, 30))
    assert value("answered_in_time") == 1.0
    assert late.id != later.id


def test_a_day_granted_after_the_answer_had_come_makes_no_late_answer_punctual(version):
    late = referral(version, (State.ACCEPTED, date(2012, 5, 15)))
    extended(late, date(2012, 6, 1), on=date(2012, 5, 16))
    assert value("answered_in_time") == 0
    extended(late, date(2012, 5, 25), on=date(2012, 5, 15))
    assert value("answered_in_time") == 1.0


def test_an_extension_counts_that_was_granted_after_a_wrong_answer_was_taken_back(version):
    late = referral(version, (State.ACCEPTED, date(2012, 5, 1)))
    back = make_move(late, State.SENT, happened_on=FRIDAY, number=3, from_state=State.ACCEPTED)
    back.corrects_number = 2
    make_move(late, State.ACCEPTED, happened_on=date(2012, 5, 31), number=4, from_state=State.SENT)
    assert value("answered_in_time") == 0
    extended(late, date(2012, 6, 1), on=date(2012, 5, 8), number=3)
    assert value("answered_in_time") == 1.0


def test_what_was_withdrawn_before_an_answer_or_is_not_due_is_not_judged(version):
    referral(version, (State.WITHDRAWN, date(2012, 5, 1)))
    assert figure("answered_in_time").n == 0
    running = Period.of(2026, today=clock.today())
    referral(version, sent_on=date(2026, 11, 18))
    (line,) = agency_figures.get_answers(running, EVERYTHING)
    assert (line.sent, line.in_time.n, line.in_time.value) == (1, 0, None)


def test_an_answer_long_after_the_year_is_late(version):
    referral(version, (State.ACCEPTED, date(2015, 1, 8)))
    assert parts("answered_in_time") == {Punctual.LATE: 1}


def test_nine_in_ten_answers_lie_within_the_high_value():
    assert [high(list(range(1, n + 1))) for n in (1, 2, 9, 10, 11, 20)] == [1, 2, 9, 9, 10, 18]


def test_a_silence_counts_although_it_was_answered_later_and_a_taken_back_job_does_not(version):
    referral(version, (State.NO_RESPONSE, date(2012, 5, 17)), (State.ACCEPTED, date(2012, 6, 1)))
    referral(version, (State.PLACED, date(2012, 6, 1)))
    referral(version, (State.PLACED, date(2012, 6, 1)), (State.SUPPORTING, date(2012, 6, 8)))
    assert (value("referrals_silent"), value("referrals_placed")) == (1, 1)


def test_an_agencys_line_holds_every_figure_with_its_n(version):
    referral(version, (State.MET, date(2012, 5, 1)))
    referral(version, (State.DECLINED, date(2012, 5, 7), DeclineCode.WRONG_WINDOW.value))
    referral(version, (State.DECLINED, date(2012, 5, 7), DeclineCode.FULL.value))
    referral(version, (State.NO_RESPONSE, date(2012, 5, 17)))
    referral(version, (State.WITHDRAWN, date(2012, 5, 1)))
    (line,) = agency_figures.get_answers(Period.of(2012, today=clock.today()), EVERYTHING)
    assert (line.sent, line.answered, line.waiting, line.withdrawn) == (5, 3, 1, 1)
    assert (line.met, line.placed, line.silent, line.reach) == (1, 0, 1, 0.2)
    assert line.declined == {DeclineCode.FULL: 1, DeclineCode.WRONG_WINDOW: 1}
    assert (line.days.value, line.days.n, line.days_90.value, line.days_90.n) == (3, 3, 3, 3)
    assert (line.in_time.value, line.in_time.n) == (0.75, 4)


def test_the_page_says_n_and_leads_every_figure_to_its_rows(client, version, db_session):
    referral(version, (State.DECLINED, date(2012, 5, 7), DeclineCode.FULL.value))
    agency = version.window.office_id
    db_session.commit()
    sign_in(client)
    page = client.get("/agencies/figures/2012").text
    for address in (
        f"/figures/referrals_sent/2012?agency={agency}&amp;part=answered",
        f"/figures/referrals_declined/2012?agency={agency}&amp;part=full",
        f"/figures/response_days_90/2012?agency={agency}",
        f"/figures/answered_in_time/2012?agency={agency}",
        f"/figures/referrals_silent/2012?agency={agency}",
        f"/figures/referrals_placed/2012?agency={agency}",
    ):
        assert f'href="{address}"' in page, address
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert "n = 1" in page


def test_the_last_twelve_months_reach_into_the_year_before_and_no_further(client, version, db_session):
    # Today is 20 November 2026: the year began on the 21st of the November before.
    for sent_on in (date(2025, 11, 20), date(2025, 11, 21), date(2026, 4, 1), date(2026, 11, 20)):
        referral(version, sent_on=sent_on)
    referral(version, (State.ACCEPTED, date(2026, 1, 15)), sent_on=date(2026, 1, 8))
    (line,) = agency_figures.get_answers(Period.lately(today=clock.today()), EVERYTHING)
    assert (line.sent, line.answered, line.days.n, line.in_time.n) == (4, 1, 1, 3)
    db_session.commit()
    sign_in(client)
    page = client.get("/agencies/figures").text
    span = f"since=2025-11-21&amp;until=2026-11-20&amp;agency={line.agency_id}"
    assert f'<a href="/figures/referrals_sent/2026?{span}">4</a>' in page
    rows = client.get(f"/figures/referrals_sent/2026?{span}".replace("&amp;", "&")).text
    assert rows.count("記録なし") >= 4
    assert "令和7年11月21日（金）から令和8年11月20日（金）までを数えています" in rows
    assert "令和7年11月20日" not in rows
    assert f'href="/figures/referrals_sent/2026?agency={line.agency_id}"' in rows


def test_a_first_day_after_the_last_narrows_nothing(client, version, db_session):
    referral(version, sent_on=date(2026, 4, 2))
    db_session.commit()
    sign_in(client)
    for since in ("2027-01-01", "1800-01-01", "x"):
        assert client.get(f"/figures/referrals_sent/2026?since={since}").status_code == 200


def test_nothing_sent_reads_as_nothing_to_judge(client, db_session):
    sign_in(client)
    assert "この条件に合う紹介はまだありません" in client.get("/agencies/figures/2012").text
    assert value("answered_in_time") is None
    assert value("response_days_90") is None
