"""Who fails again and again waits; who works next door does not."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.access.throttle import Throttle
from app.accounts import passwords
from app.accounts.models import Attempt
from app.foundation.db import db
from tests import factories

PASSWORD = "correct horse battery"
WAIT = "続けて失敗したため"
START = "2026-06-01T09:00:00+09:00"
HOME = "192.0.2.1"
ELSEWHERE = "198.51.100.7"


@pytest.fixture
def colleague(app, monkeypatch):
    """Make an account whose passwords are compared in no time: argon2 is tried elsewhere."""
    monkeypatch.setattr(passwords, "matches", lambda kept, typed: kept is not None and typed == PASSWORD)
    monkeypatch.setattr(passwords, "needs_rehash", lambda kept: False)
    with app.app_context():
        factories.make_account(office=factories.make_office(), login_name="soudan1")
        db.session.commit()


def attempt(client, password, address=HOME, login_name="soudan1"):
    """Return "in", "wrong" or "wait"."""
    answer = client.post(
        "/sign-in",
        data={"login_name": login_name, "password": password},
        environ_overrides={"REMOTE_ADDR": address},
    )
    if answer.status_code == 302:
        client.post("/sign-out", environ_overrides={"REMOTE_ADDR": address})
        return "in"
    return "wait" if WAIT in answer.get_data(as_text=True) else "wrong"


def test_the_fifth_failure_is_followed_by_a_minute_of_waiting(client, colleague):
    with time_machine.travel(START, tick=False) as traveller:
        assert [attempt(client, "guess") for _one in range(6)] == ["wrong"] * 5 + ["wait"]
        assert attempt(client, PASSWORD) == "wait"
        traveller.shift(timedelta(minutes=1))
        assert attempt(client, PASSWORD) == "in"


def test_waits_grow_to_a_quarter_of_an_hour_and_trying_while_waiting_adds_nothing(client, colleague):
    with time_machine.travel(START, tick=False) as traveller:
        for _one in range(5):
            attempt(client, "guess")
        for minutes in (1, 2, 4, 8, 15, 15, 15):
            traveller.shift(timedelta(minutes=minutes, seconds=-1))
            assert attempt(client, "guess") == "wait"
            traveller.shift(timedelta(seconds=1))
            assert attempt(client, "guess") == "wrong"


def test_success_clears_the_failures_before_it(client, colleague):
    with time_machine.travel(START, tick=False):
        for _round in range(4):
            assert [attempt(client, "guess") for _one in range(4)] == ["wrong"] * 4
            assert attempt(client, PASSWORD) == "in"


def test_an_attacker_elsewhere_does_not_keep_out_a_colleague_at_the_usual_browser(client, app, colleague):
    attacker = app.test_client()
    with time_machine.travel(START, tick=False) as traveller:
        assert attempt(client, PASSWORD) == "in"
        for _one in range(60):
            attempt(attacker, "guess", address=ELSEWHERE)
            traveller.shift(timedelta(minutes=16))
        for host in range(40):
            attempt(attacker, "guess", address=f"203.0.113.{host}")
        assert attempt(attacker, PASSWORD, address="203.0.113.99") == "wait"
        assert attempt(client, PASSWORD) == "in"


def test_an_attacker_at_the_same_address_does_not_either(client, app, colleague):
    attacker = app.test_client()
    with time_machine.travel(START, tick=False):
        assert attempt(client, PASSWORD) == "in"
        assert [attempt(attacker, "guess") for _one in range(6)][-1] == "wait"
        assert attempt(client, PASSWORD) == "in"


def test_a_made_up_browser_mark_is_no_way_around_the_wait(client, colleague):
    with time_machine.travel(START, tick=False):
        answers = []
        for number in range(6):
            client.set_cookie("browser", f"made-up-{number}")
            answers.append(attempt(client, "guess"))
        assert answers[-1] == "wait"


def test_many_names_from_one_address_wait_too(client, colleague):
    with time_machine.travel(START, tick=False):
        answers = [attempt(client, "guess", login_name=f"name{number}") for number in range(51)]
        assert answers[49:] == ["wrong", "wait"]
        assert attempt(client, PASSWORD, address=ELSEWHERE) == "in"


def test_an_unknown_name_waits_like_a_known_one(client, colleague):
    with time_machine.travel(START, tick=False):
        assert [attempt(client, "guess", login_name="nobody") for _one in range(6)][-1] == "wait"


def test_no_name_and_no_address_stands_in_the_counters(client, colleague, db_session):
    attempt(client, "guess")
    kept = db_session.scalars(select(Attempt.key_hash)).all()
    assert len(kept) == 3
    assert all(len(one) == 64 and "soudan1" not in one and HOME not in one for one in kept)


def test_counters_that_no_longer_count_are_deleted(client, colleague, db_session):
    with time_machine.travel(START, tick=False) as traveller:
        for number in range(3):
            attempt(client, "guess", login_name=f"name{number}")
        traveller.shift(timedelta(days=2))
        attempt(client, PASSWORD)
    # What is left is the browser in which somebody signed in well.
    assert db_session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_a_day_later_the_first_attempts_are_free_again():
    last = datetime(2026, 6, 1, tzinfo=UTC)
    throttle = Throttle(free=5)
    assert throttle.remaining(count=9, last_at=last, now=last + timedelta(minutes=14)) == timedelta(minutes=1)
    assert throttle.remaining(count=9, last_at=last, now=last + timedelta(days=1)) == timedelta(0)
