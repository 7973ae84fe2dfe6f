"""The commands of accounts, as a script calls them."""

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.accounts.models import Account
from tests import factories

GOOD = {"SHIRUBE_ADMIN_PASSWORD": "wooden kettle marble"}


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *words, **options: runner.invoke(args=["accounts", *words], **options)


def test_the_first_administrator_can_sign_in_with_the_password_of_the_environment(run, client):
    assert run("exists").exit_code == 1
    made = run("create-administrator", env=GOOD)
    assert made.exit_code == 0, made.output
    answer = client.post("/sign-in", data={"login_name": "admin", "password": "wooden kettle marble"})
    assert answer.status_code == 302
    assert client.get("/accounts").status_code == 200
    assert run("exists", "--role", "administrator").exit_code == 0
    assert run("exists", "--role", "auditor").exit_code == 1


def test_it_can_be_run_again(run, db_session):
    assert [run("create-administrator", env=GOOD).exit_code for _one in range(2)] == [0, 0]
    assert len(db_session.scalars(select(Account.id)).all()) == 1


def test_a_weak_password_is_refused(run, db_session):
    refused = run("create-administrator", env={"SHIRUBE_ADMIN_PASSWORD": "kokubunji2026"})
    assert refused.exit_code != 0
    assert db_session.scalars(select(Account.id)).all() == []


def test_without_a_terminal_nothing_is_asked(run):
    refused = run("create-administrator", env={"SHIRUBE_ADMIN_PASSWORD": None})
    assert refused.exit_code != 0
    assert "Set SHIRUBE_ADMIN_PASSWORD" in refused.output


def test_list_and_count_show_who_is_there(run, db_session):
    office = factories.make_office(key="welfare")
    factories.make_account(Role.SUPERVISOR, office, login_name="kakari")
    factories.make_account(Role.AUDITOR, login_name="kansa", is_active=False)
    db_session.commit()
    assert run("list").output.splitlines() == [
        "kakari\tsupervisor\twelfare\tactive",
        "kansa\tauditor\t-\tinactive",
    ]
    assert run("count").output == "1\n"
    assert run("count", "--role", "auditor").output == "0\n"
