"""Forged, replayed and malformed requests."""

import re

import pytest

from app.access.permissions import Role
from app.web.headers import HEADERS
from tests import factories

PASSWORD = "correct horse battery"


@pytest.fixture
def account(app):
    from app.accounts import passwords
    from app.foundation.db import db

    with app.app_context():
        made = factories.make_account(
            office=factories.make_office(), login_name="soudan1", password_hash=passwords.hash_of(PASSWORD)
        )
        db.session.commit()
        return made


def token_in(answer) -> str:
    return re.search(
        r'name="csrf_token" (?:type="hidden" )?value="([^"]+)"', answer.get_data(as_text=True)
    ).group(1)


# A public question that is answered and forgotten: it signs nobody in and stores nothing; and a page that no
# session opens: its link is a secret of its own (tests/attacks/test_answer_links.py).
WITHOUT_TOKEN = {"feed.finder", "links.answer"}


def posts(app) -> list[str]:
    addresses = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint not in WITHOUT_TOKEN:
            values = {name: _sample(converter) for name, converter in rule._converters.items()}
            found.append(addresses.build(rule.endpoint, values, method="POST"))
    return found


def _sample(converter) -> object:
    from werkzeug.routing import AnyConverter, IntegerConverter

    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 2012 if isinstance(converter, IntegerConverter) else "9999-99"


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.PLAN_DESK, Role.PARTNER, Role.ADMINISTRATOR], ids=str)
def test_no_form_is_taken_without_its_token(client, app, csrf_protection, role):
    factories.sign_in(client, role=role)
    for address in posts(app):
        for forged in ({}, {"csrf_token": "forged"}):
            answer = client.post(address, data=forged)
            assert answer.status_code == 400, address
            assert "もう一度送ってください" in answer.get_data(as_text=True)
    assert client.get("/account/password").status_code == 200, "signed out by a forged post"


def test_the_page_about_a_missing_token_keeps_the_menu_of_whoever_is_signed_in(client, csrf_protection):
    factories.sign_in(client, role=Role.AUDITOR)
    page = client.post("/sign-out").get_data(as_text=True)
    assert "操作の記録" in page


def test_a_token_of_another_visitor_is_not_taken(client, app, account, csrf_protection):
    other = app.test_client()
    stolen = token_in(other.get("/sign-in"))
    client.get("/sign-in")
    data = {"login_name": "soudan1", "password": PASSWORD, "csrf_token": stolen}
    assert client.post("/sign-in", data=data).status_code == 400


def test_the_right_token_is_taken(client, account, csrf_protection):
    token = token_in(client.get("/sign-in"))
    data = {"login_name": "soudan1", "password": PASSWORD, "csrf_token": token}
    assert client.post("/sign-in", data=data).status_code == 302


def test_signing_in_gives_a_new_token_and_keeps_nothing_planted_before(client, account):
    with client.session_transaction() as planted:
        planted["_user_id"] = "a key that an attacker knows"
        planted["csrf_token"] = "planted"
        planted["left_over"] = "planted"
    client.post("/sign-in", data={"login_name": "soudan1", "password": PASSWORD})
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != "a key that an attacker knows"
        assert "left_over" not in cookie
        assert cookie.get("csrf_token") != "planted"


def test_each_sign_in_has_a_key_of_its_own(client, app, account):
    keys = set()
    for _one in range(3):
        visitor = app.test_client()
        visitor.post("/sign-in", data={"login_name": "soudan1", "password": PASSWORD})
        with visitor.session_transaction() as cookie:
            keys.add(cookie["_user_id"])
    assert len(keys) == 3


@pytest.mark.parametrize("key", ["", "x", "'; DROP TABLE account; --", "a" * 5000, "\u0000", "鍵"])
def test_a_made_up_key_opens_nothing(client, key):
    with client.session_transaction() as cookie:
        cookie["_user_id"] = key
    assert client.get("/account/password").status_code == 302


def test_a_cookie_with_a_broken_signature_opens_nothing(client, account):
    factories.sign_in(client, account)
    kept = client.get_cookie("shirube").value
    client.set_cookie("shirube", kept[:-2] + ("AA" if kept[-2:] != "AA" else "BB"))
    assert client.get("/account/password").status_code == 302


OUTSIDE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/%0d%0aSet-Cookie:x=1\r\nX: y",
    "http:evil.example",
    "///evil.example",
    " //evil.example",
    "/\t/evil.example",
    "data:text/html,x",
]


@pytest.mark.parametrize("target", OUTSIDE)
def test_signing_in_never_leads_to_another_site(client, account, target):
    answer = client.post(
        "/sign-in", query_string={"next": target}, data={"login_name": "soudan1", "password": PASSWORD}
    )
    assert answer.status_code == 302
    assert re.fullmatch(r"/(?![/\\]).*", answer.location), answer.location
    assert "evil" not in answer.location


@pytest.mark.parametrize("target", OUTSIDE)
def test_neither_does_the_switch_of_languages(client, target):
    answer = client.get("/language/en", query_string={"next": target})
    assert "evil" not in answer.location
    assert answer.location.startswith("/")


def test_cookies_are_for_this_site_only_and_out_of_the_reach_of_scripts(client, account):
    answer = client.post("/sign-in", data={"login_name": "soudan1", "password": PASSWORD})
    cookies = {one.partition("=")[0]: one for one in answer.headers.getlist("Set-Cookie")}
    assert set(cookies) == {"shirube", "browser"}
    for cookie in cookies.values():
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
    assert "Expires" not in cookies["shirube"], "the session outlives the browser"


def test_cookies_stay_on_https_where_the_server_has_it(client, app, account, monkeypatch):
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    answer = client.post("/sign-in", data={"login_name": "soudan1", "password": PASSWORD})
    assert all("Secure" in one for one in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/sign-in"),
        ("GET", "/"),
        ("GET", "/nowhere"),
        ("GET", "/healthz"),
        ("POST", "/healthz"),
        ("GET", "/accounts"),
        ("GET", "/static/css/base.css"),
        ("GET", "/static/nothing.css"),
        ("GET", "/static/../config.py"),
        ("DELETE", "/sign-in"),
        ("POST", "/sign-out"),
    ],
)
def test_every_answer_carries_the_headers(client, method, path):
    answer = client.open(path, method=method)
    answer.close()
    assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Cache-Control" in answer.headers
    assert "Werkzeug" not in answer.headers.get("Server", "")


def test_pages_are_kept_by_nobody(client):
    factories.sign_in(client)
    assert client.get("/account/password").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("number", [0, 2**31 - 1, 2**31, 2**63, 10**30])
def test_no_number_in_an_address_breaks_a_page(client, app, db_session, number):
    from werkzeug.routing import IntegerConverter

    with_numbers = [
        rule
        for rule in app.url_map.iter_rules()
        if any(isinstance(one, IntegerConverter) for one in rule._converters.values())
    ]
    assert with_numbers
    for role in (Role.COUNSELLOR, Role.PLAN_DESK, Role.ADMINISTRATOR):
        factories.sign_in(client, role=role)
        for rule in with_numbers:
            path = re.sub(r"<int[^>]*>", str(number), rule.rule)
            path = re.sub(r"<[^>]*>", "9999-99", path)
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert client.open(path, method=method).status_code < 500, (method, path)


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "CONNECT"])
def test_unusual_methods_are_refused(client, method):
    assert client.open("/sign-in", method=method).status_code == 405


def test_a_form_that_is_too_large_is_refused_before_it_is_read(client):
    answer = client.post("/sign-in", data={"login_name": "x" * 400_000, "password": "y"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "text", ["\u0000", "𠮷" * 10_000, "<script>alert(1)</script>", "%(minutes)s %s {{ 7*7 }}", "\ud7ff"]
)
def test_odd_texts_at_the_door_are_answered_with_a_sentence(client, account, text):
    answer = client.post("/sign-in", data={"login_name": text, "password": text})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.get_data(as_text=True)
    assert "49" not in re.findall(r"value=\"([^\"]*)\"", answer.get_data(as_text=True))


def test_the_page_of_the_door_names_no_account(client, account):
    assert "soudan1" not in client.get("/sign-in").get_data(as_text=True)
