"""Replacing the own password, and the one-time password that asks for it."""

import pytest

from app.accounts import passwords
from app.accounts.models import Account
from app.foundation.db import db
from tests import factories

OLD = "correct horse battery"
NEW = "wooden kettle marble"


@pytest.fixture
def account(app) -> Account:
    with app.app_context():
        made = factories.make_account(
            office=factories.make_office(), login_name="soudan1", password_hash=passwords.hash_of(OLD)
        )
        db.session.commit()
        return made


def change(client, current=OLD, password=NEW, again=NEW):
    return client.post("/account/password", data={"current": current, "password": password, "again": again})


def can_sign_in(app, password) -> bool:
    answer = app.test_client().post("/sign-in", data={"login_name": "soudan1", "password": password})
    return answer.status_code == 302


def test_a_changed_password_ends_every_other_session_and_keeps_this_one(client, app, account):
    other = app.test_client()
    factories.sign_in(other, account)
    factories.sign_in(client, account)
    with client.session_transaction() as cookie:
        key_before = cookie["_user_id"]
    assert change(client).status_code == 302
    assert client.get("/account/password").status_code == 200
    assert other.get("/account/password").status_code == 302
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != key_before
    assert can_sign_in(app, NEW)
    assert not can_sign_in(app, OLD)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"current": "guess"}, "今のパスワードが違います。"),
        ({"again": "something else here"}, "新しいパスワードが二つの欄で違います。"),
        ({"password": "short", "again": "short"}, "パスワードは12文字以上にしてください。"),
        ({"password": "soudan1soudan1", "again": "soudan1soudan1"}, "推測されやすい"),
        ({"password": OLD, "again": OLD}, "今とは違うパスワードにしてください。"),
        ({"password": "x" * 201, "again": "x" * 201}, "200字まで"),
        ({"password": "", "again": ""}, "新しいパスワードを入力してください。"),
    ],
)
def test_what_cannot_be_taken_is_said_and_changes_nothing(client, app, account, given, sentence):
    factories.sign_in(client, account)
    answer = change(client, **given)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert can_sign_in(app, OLD)


def test_guessing_the_present_password_at_an_open_screen_has_to_wait(client, account):
    factories.sign_in(client, account)
    answers = [change(client, current="guess").get_data(as_text=True) for _one in range(6)]
    assert "今のパスワードが違います。" in answers[4]
    assert "続けて失敗したため" in answers[5]


def test_a_one_time_password_opens_nothing_but_the_change_of_it(client, db_session, account):
    db_session.get(Account, account.id).must_change_password = True
    factories.sign_in(client, account)
    assert client.get("/").location == "/account/password"
    assert "一度だけのもの" in client.get("/account/password").get_data(as_text=True)
    assert change(client).location == "/"
    assert client.get("/").location == client.get("/").location != "/sign-in"
    assert not db_session.get(Account, account.id).must_change_password
