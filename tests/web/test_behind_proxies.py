"""Behind proxies the client's address is what the nearest of them wrote, and nobody else's word."""

import pytest
from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app import create_app
from app.web import proxies
from config import ConfigurationError, Settings, read_proxies

PROXY, CLIENT, FORGED = "127.0.0.1", "192.0.2.7", "198.51.100.9"


def asked_from(count, forwarded):
    """Return the address that a request seems to come from."""
    app = Flask(__name__)
    app.add_url_rule("/", "address", lambda: str(request.remote_addr))
    proxies.trust(app, count)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return app.test_client().get("/", headers=headers, environ_overrides={"REMOTE_ADDR": PROXY}).text


def test_without_the_setting_the_header_is_not_read():
    assert asked_from(0, CLIENT) == PROXY


def test_behind_one_proxy_the_address_is_the_one_that_it_wrote():
    assert asked_from(1, CLIENT) == CLIENT


def test_what_a_client_wrote_itself_is_not_believed():
    assert asked_from(1, f"{FORGED}, {CLIENT}") == CLIENT


def test_behind_two_proxies_the_address_is_the_one_that_the_first_wrote():
    assert asked_from(2, f"{FORGED}, {CLIENT}, 10.0.0.1") == CLIENT


def test_fewer_addresses_than_proxies_say_nothing():
    assert asked_from(2, CLIENT) == PROXY


def test_a_request_without_the_header_comes_from_the_proxy():
    assert asked_from(1, "") == PROXY


def test_host_and_scheme_are_nobodys_word():
    app = Flask(__name__)
    app.add_url_rule("/", "root", lambda: request.url_root)
    proxies.trust(app, 1)
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/x"}
    assert app.test_client().get("/", headers=headers).text == "http://localhost/"


@pytest.mark.parametrize(("text", "count"), [("0", 0), ("1", 1), ("9", 9)])
def test_the_number_of_proxies_is_read(text, count):
    assert read_proxies(text) == count


@pytest.mark.parametrize("text", ["-1", "10", "one", "１", "1.0", " "])
def test_a_number_of_proxies_that_is_none_is_refused_with_a_sentence(text):
    with pytest.raises(ConfigurationError, match="SHIRUBE_PROXIES"):
        read_proxies(text)


@pytest.mark.parametrize("count", [0, 1])
def test_the_application_trusts_as_many_proxies_as_it_was_told(tmp_path, count):
    settings = Settings(
        instance=tmp_path,
        database_url=f"sqlite:///{tmp_path}/none.sqlite3",
        secret_key="s" * 40,
        card_pepper=b"p" * 40,
        draft_key=b"d" * 40,
        proxies=count,
    )
    assert isinstance(create_app(settings).wsgi_app, ProxyFix) is bool(count)
