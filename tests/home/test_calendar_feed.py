"""Calendar addresses: shown once, ended at will, telling counts only; whatever is wrong, one answer."""

import io
import logging
import re
from datetime import date

import pytest
import time_machine
from sqlalchemy import select, text

from app.access.permissions import Role
from app.accounts import passwords
from app.audit.models import AuditEntry
from app.cases.models import CaseOffice
from app.foundation.db import db
from app.home.calendar_operations import MOST
from app.home.models import CalendarToken
from tests.factories import make_account, make_case, make_office, make_placement, sign_in
from tests.home.test_calendar import events_of, read_strictly

NOW = "2025-06-20T03:00:00+00:00"
WRONG = "A" * 43


@pytest.fixture
def office(db_session):
    return make_office()


@pytest.fixture
def account(client, office):
    with time_machine.travel(NOW, tick=False):
        yield sign_in(client, office=office)


def address_in(page: str) -> str:
    return re.search(r"http://localhost(/calendar/[\w-]+\.ics[^<]*)", page).group(1).strip()


@pytest.fixture
def address(client, account):
    return address_in(client.post("/account/calendar").text)


@pytest.fixture
def outside(app):
    """Return a calendar program: no cookies, nobody signed in."""
    return app.test_client(use_cookies=False)


def with_checks(office, account, count):
    cases = [make_case(office) for _n in range(count)]
    for case in cases:
        db.session.get(CaseOffice, (case.id, office.id)).counsellor_id = account.id
        make_placement(case, started_on=date(2025, 5, 30))
    db.session.commit()
    return cases


def test_the_address_is_shown_once_and_only_its_hash_is_kept(client, address, db_session):
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    assert token not in client.get("/account/calendar").text
    assert "無効にする" in client.get("/account/calendar").text
    row = db.session.scalars(select(CalendarToken)).one()
    assert token not in " ".join(str(value) for value in vars(row).values())
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "calendar.made")).one()
    assert token not in str(entry.details)


def test_the_calendar_tells_how_many_and_nothing_else(outside, address, office, account):
    cases = with_checks(office, account, 2)
    answer = outside.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers
    (event,) = events_of(answer.data)
    assert read_strictly(answer.data)["VEVENT"][0]["SUMMARY"] == event["SUMMARY"] == "定着確認の期限 2件"
    assert event["DTSTART;VALUE=DATE"] == "20250630"
    assert event["URL"] == "http://localhost/today?whose=mine"
    words = answer.data.decode()
    assert not [one for one in (*(case.number for case in cases), account.label, office.name) if one in words]


def test_with_nothing_due_the_answer_is_still_a_calendar(outside, address):
    answer = outside.get(address)
    assert answer.status_code == 200
    assert "VEVENT" not in read_strictly(answer.data)


def test_reading_again_gives_the_same_ids(outside, address, office, account):
    with_checks(office, account, 1)
    first, again = (events_of(outside.get(address).data) for _n in range(2))
    assert [one["UID"] for one in first] == [one["UID"] for one in again]
    assert len({one["UID"] for one in first}) == len(first) == 1


def test_an_address_made_in_english_speaks_english(client, outside, office, account):
    with_checks(office, account, 1)
    client.set_cookie("lang", "en")
    page = client.post("/account/calendar").text
    (event,) = events_of(outside.get(address_in(page)).data)
    assert event["SUMMARY"].isascii()


def revoke(client, account):
    made = db.session.scalars(select(CalendarToken)).one()
    client.post(f"/account/calendar/{made.id}/revoke")


def deactivate(client, account):
    account.is_active = False
    db.session.commit()


def move_to_the_plan_desk(client, account):
    account.role = Role.PLAN_DESK
    db.session.commit()


def administrate(client, account, path, **data):
    administrator = client.application.test_client()
    with time_machine.travel(NOW, tick=False):
        sign_in(administrator, make_account(role=Role.ADMINISTRATOR))
        assert administrator.post(f"/accounts/{account.id}{path}", data=data).status_code in (200, 302)


def reset_the_password(client, account):
    administrate(client, account, "/password")


def sign_out_everywhere(client, account):
    administrate(client, account, "/sessions/end")


def take_out_of_use_and_back(client, account):
    form = {"login_name": account.login_name, "label": account.label, "role": account.role.value}
    form |= {"office": account.office_id, "version": account.version}
    administrate(client, account, "", **form)
    db.session.expire_all()
    administrate(client, account, "", **form | {"version": account.version, "is_active": "1"})
    db.session.expire_all()
    assert account.is_active


ENDS = [
    revoke,
    deactivate,
    move_to_the_plan_desk,
    reset_the_password,
    sign_out_everywhere,
    take_out_of_use_and_back,
]


@pytest.mark.parametrize("end", ENDS)
def test_an_address_that_opens_nothing_answers_as_an_unknown_one(client, outside, address, account, end):
    assert outside.get(address).status_code == 200
    end(client, account)
    db.session.expire_all()
    refused, unknown = outside.get(address), outside.get(f"/calendar/{WRONG}.ics")
    assert refused.status_code == unknown.status_code == 404
    assert refused.data == unknown.data
    assert dict(refused.headers) == dict(unknown.headers)


def test_an_own_new_password_ends_the_own_addresses_and_no_colleagues(
    client, outside, app, address, office, account, db_session
):
    colleague = app.test_client()
    sign_in(colleague, make_account(office=office))
    others = address_in(colleague.post("/account/calendar").text)
    account.password_hash = passwords.hash_of("correct horse battery")
    db_session.commit()
    new = {"password": "wooden kettle marble", "again": "wooden kettle marble"}
    answer = client.post(
        "/account/password", data={"current": "correct horse battery"} | new, follow_redirects=True
    )
    assert "予定表のアドレス" in answer.text
    assert outside.get(address).status_code == 404
    assert outside.get(others).status_code == 200
    ended = select(AuditEntry).where(AuditEntry.action == "calendar.revoked")
    assert [one.actor_id for one in db.session.scalars(ended)] == [account.id]


def test_guessing_is_slowed_and_asking_for_an_ended_address_is_no_guess(client, outside, address, account):
    made = client.post("/account/calendar").text
    revoke_id = db.session.scalars(select(CalendarToken.id).order_by(CalendarToken.id)).first()
    client.post(f"/account/calendar/{revoke_id}/revoke")
    for _n in range(30):
        assert outside.get(address).status_code == 404
    live = address_in(made)
    assert outside.get(live).status_code == 200
    for _n in range(30):
        assert outside.get(f"/calendar/{WRONG}.ics").status_code == 404
    assert outside.get(live).status_code == 404, "whoever guesses has to wait, even when the guess is right"


def test_only_so_many_addresses_are_in_use_at_once(client, account):
    for _n in range(MOST):
        assert client.post("/account/calendar").status_code == 200
    assert "アドレスを作る" not in client.get("/account/calendar").text
    refused = client.post("/account/calendar")
    assert refused.status_code == 422
    assert "5件まで" in refused.text


def test_a_colleagues_address_cannot_be_ended(client, address, office, account):
    made = db.session.scalars(select(CalendarToken)).one()
    sign_in(client, make_account(office=office))
    assert client.post(f"/account/calendar/{made.id}/revoke").status_code == 404
    db.session.refresh(made)
    assert made.revoked_at is None


def test_no_log_hears_of_the_token(app, outside, address, monkeypatch):
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    logging.getLogger().addHandler(handler)
    app.logger.addHandler(handler)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("app.home.calendar_routes.list_due_days", lambda **_asked: 1 / 0)
    try:
        assert outside.get(address).status_code == 500
    finally:
        logging.getLogger().removeHandler(handler)
        app.logger.removeHandler(handler)
    assert "/calendar/…" in said.getvalue()
    assert token not in said.getvalue()


@pytest.mark.both_databases
def test_no_table_holds_the_token(client, address, db_session):
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    for table in db.metadata.sorted_tables:
        rows = db.session.execute(text(f'SELECT * FROM "{table.name}"')).all()
        assert token not in str(rows), table.name
