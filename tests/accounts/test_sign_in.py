"""Signing in and out as the person at the screen sees it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.access.permissions import Role
from app.accounts import passwords
from app.accounts.models import Account, AccountSession
from app.foundation import clock
from app.foundation.db import db
from tests import factories

PASSWORD = "correct horse battery"
START = "2026-06-01T09:00:00+09:00"
WRONG = "利用者名かパスワードが違います。"


@pytest.fixture
def counsellor(app) -> Account:
    with app.app_context():
        account = factories.make_account(
            office=factories.make_office(name="生活福祉課"),
            login_name="soudan1",
            password_hash=passwords.hash_of(PASSWORD),
        )
        db.session.commit()
        return account


def post_sign_in(client, password=PASSWORD, login_name="soudan1", **more):
    return client.post("/sign-in", data={"login_name": login_name, "password": password}, **more)


def is_signed_in(client) -> bool:
    return client.get("/account/password").status_code == 200


def test_a_good_password_opens_the_pages_and_names_office_and_role(client, counsellor):
    answer = post_sign_in(client)
    assert answer.status_code == 302
    page = client.get("/account/password").get_data(as_text=True)
    assert f"生活福祉課・{Role.COUNSELLOR.ja}" in page


def test_the_login_name_may_be_typed_wide_or_in_capitals(client, counsellor):
    post_sign_in(client, login_name="ＳＯＵＤＡＮ１")
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("login_name", "password"),
    [("soudan1", "wrong password"), ("nobody", PASSWORD), ("soudan1", " " + PASSWORD)],
)
def test_a_failure_says_the_same_whether_or_not_the_account_exists(client, counsellor, login_name, password):
    answer = post_sign_in(client, password, login_name)
    assert answer.status_code == 422
    assert WRONG in answer.get_data(as_text=True)
    assert not is_signed_in(client)


def test_an_account_that_was_stopped_cannot_sign_in(client, counsellor, db_session):
    db_session.get(Account, counsellor.id).is_active = False
    assert WRONG in post_sign_in(client).get_data(as_text=True)


def test_an_unknown_name_costs_a_whole_password_check(client, counsellor, monkeypatch):
    checked = []
    real = passwords.HASHER.__class__.verify
    monkeypatch.setattr(
        passwords.HASHER.__class__, "verify", lambda self, *args: checked.append(args[0]) or real(self, *args)
    )
    post_sign_in(client, login_name="nobody")
    post_sign_in(client, "wrong password")
    assert [given.split("$")[:4] for given in checked] == [passwords.NOBODY.split("$")[:4]] * 2


def test_signing_in_leads_on_to_the_page_that_was_asked_for(client, counsellor):
    asked = client.get("/account/password?x=1")
    assert asked.location == "/sign-in?next=/account/password?x%3D1"
    assert (
        post_sign_in(client, query_string={"next": "/account/password?x=1"}).location
        == "/account/password?x=1"
    )


def test_an_old_hash_is_made_anew_at_sign_in(client, counsellor, db_session):
    from argon2 import PasswordHasher

    weaker = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    db_session.get(Account, counsellor.id).password_hash = weaker
    post_sign_in(client)
    assert not passwords.needs_rehash(db_session.get(Account, counsellor.id).password_hash)
    assert is_signed_in(client)


def test_signing_out_ends_the_session_so_that_a_kept_cookie_opens_nothing(client, counsellor):
    post_sign_in(client)
    kept = client.get_cookie("shirube").value
    client.post("/sign-out")
    client.set_cookie("shirube", kept)
    assert not is_signed_in(client)


def test_the_cookie_holds_a_key_that_the_database_does_not(client, counsellor, db_session):
    post_sign_in(client)
    with client.session_transaction() as cookie:
        assert set(cookie) <= {"_user_id", "_fresh", "csrf_token", "_flashes"}
        key = cookie["_user_id"]
    assert key not in db_session.scalars(select(AccountSession.key_hash)).all()


def test_a_session_ends_after_thirty_idle_minutes(client, counsellor):
    with time_machine.travel(START, tick=False) as traveller:
        post_sign_in(client)
        for _page in range(3):
            traveller.shift(timedelta(minutes=29))
            assert is_signed_in(client)
        traveller.shift(timedelta(minutes=31))
        assert not is_signed_in(client)


def test_a_session_ends_after_twelve_hours_however_busy(client, counsellor):
    with time_machine.travel(START, tick=False) as traveller:
        post_sign_in(client)
        for _page in range(35):
            traveller.shift(timedelta(minutes=20))
            assert is_signed_in(client)
        traveller.shift(timedelta(minutes=20))
        assert not is_signed_in(client)


def test_reading_pages_writes_at_most_once_a_minute(client, counsellor, db_session):
    with time_machine.travel(START, tick=False) as traveller:
        post_sign_in(client)
        began = clock.now()
        traveller.shift(timedelta(seconds=59))
        is_signed_in(client)
        assert db_session.scalar(select(AccountSession.seen_at)) == began
        traveller.shift(timedelta(seconds=1))
        is_signed_in(client)
        assert db_session.scalar(select(AccountSession.seen_at)) == began + timedelta(minutes=1)


def test_a_page_is_shown_even_when_the_moment_last_seen_cannot_be_written(client, counsellor, monkeypatch):
    from sqlalchemy.exc import OperationalError

    from app.accounts import sessions

    def fail(**_given):
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(sessions, "touch", fail)
    with time_machine.travel(START, tick=False) as traveller:
        post_sign_in(client)
        traveller.shift(timedelta(minutes=5))
        assert is_signed_in(client)


def test_an_expired_form_leads_to_sign_in_and_says_that_nothing_was_saved(client, counsellor):
    with time_machine.travel(START, tick=False) as traveller:
        post_sign_in(client)
        traveller.shift(timedelta(hours=1))
        answer = client.post("/account/password", data={"current": PASSWORD}, follow_redirects=True)
    assert answer.status_code == 200
    assert "保存していません" in answer.get_data(as_text=True)


def test_an_account_without_office_opens_nothing_unless_its_role_needs_none(client, app):
    with app.app_context():
        homeless = factories.make_account(Role.COUNSELLOR, None)
        factories.sign_in(client, homeless)
    assert not is_signed_in(client)


def test_the_sample_accounts_stand_on_the_page_only_where_the_server_runs_as_a_demonstration(
    client, app, monkeypatch
):
    from dataclasses import replace

    shown = {
        "login_name": "sample-desk",
        "role": Role.COUNSELLOR,
        "label": "相談員1",
        "password": "sample password",
    }
    monkeypatch.setitem(app.config, "SHIRUBE_DEMO_ACCOUNTS", lambda: [shown])
    assert "sample-desk" not in client.get("/sign-in").get_data(as_text=True)
    monkeypatch.setitem(app.config, "SHIRUBE", replace(app.config["SHIRUBE"], demo=True))
    assert "sample-desk" in client.get("/sign-in").get_data(as_text=True)


def test_whoever_comes_to_sign_in_begins_to_type_at_once(client):
    page = client.get("/sign-in").text
    field = page[page.index('name="login_name"') :]
    assert "autofocus" in field[: field.index(">")]
    assert page.count("autofocus") == 1
