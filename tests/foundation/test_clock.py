"""Moments are UTC, days are Japanese."""

import time
from datetime import UTC, date, datetime

import pytest
import time_machine

from app.foundation import clock
from app.foundation.fiscal_year import fiscal_year_of

ZONES = ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Tokyo"]


@pytest.fixture(params=ZONES)
def server_zone(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("moment", "day", "fiscal_year"),
    [
        (datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC), date(2026, 3, 31), 2025),
        (datetime(2026, 3, 31, 15, 0, 0, tzinfo=UTC), date(2026, 4, 1), 2026),
    ],
)
def test_midnight_in_japan_turns_day_and_fiscal_year_in_every_server_zone(
    server_zone, moment, day, fiscal_year
):
    with time_machine.travel(moment, tick=False):
        assert clock.now() == moment
        assert clock.now().tzinfo is UTC
        assert clock.today() == day
        assert fiscal_year_of(clock.today()) == fiscal_year


def test_tokyo_time_is_nine_hours_ahead_of_utc():
    moment = clock.to_tokyo(datetime(2026, 1, 1, 0, 0, tzinfo=UTC))
    assert (moment.hour, moment.utcoffset().total_seconds()) == (9, 9 * 3600)
    assert clock.day_of(datetime(2025, 12, 31, 15, 0, tzinfo=UTC)) == date(2026, 1, 1)


def test_a_moment_without_zone_is_refused_rather_than_guessed():
    naive = datetime(2026, 1, 1)
    with pytest.raises(ValueError, match="time zone"):
        clock.to_tokyo(naive)
    with pytest.raises(ValueError, match="time zone"), clock.standing_at(naive):
        pass


def test_the_clock_stands_inside_the_block_and_runs_again_after_an_error():
    moment = datetime(2013, 3, 31, 15, 0, tzinfo=UTC)
    with clock.standing_at(moment):
        assert clock.now() == moment
        assert clock.today() == date(2013, 4, 1)
    with pytest.raises(ValueError, match="zone"), clock.standing_at(moment):
        clock.to_tokyo(datetime(2026, 1, 1))
    assert clock.now() > datetime(2020, 1, 1, tzinfo=UTC)
