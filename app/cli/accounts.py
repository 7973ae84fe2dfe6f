"""``flask accounts``: the first administrator, and what a script asks about accounts."""

import os
import sys
from collections.abc import Callable

import click
from flask.cli import AppGroup
from flask_babel import force_locale, gettext

from app.access.actor import Actor
from app.access.permissions import Role
from app.accounts import operations, queries
from app.accounts.passwords import require_acceptable
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction

group = AppGroup("accounts", help="Accounts of staff and partner agencies.")
COMMAND = Actor(id=None, label="flask accounts", role=Role.ADMINISTRATOR, office_id=None)
PASSWORD_VARIABLE = "SHIRUBE_ADMIN_PASSWORD"  # noqa: S105 - a variable's name
USUAL_NAME = "admin"
ROLES = click.Choice([role.value for role in Role])


@group.command("create-administrator")
@click.option("--login-name", help="Name for signing in; asked for on a terminal, else admin.")
@click.option("--label", default="管理者", show_default=True, help="Name that the trail shows.")
def create_administrator(login_name: str | None, label: str) -> None:
    """Make an administrator; an administrator of this name who is there already is left alone.

    The password comes from SHIRUBE_ADMIN_PASSWORD, else it is asked for on a terminal, until it will do.
    """
    login_name = login_name or ask_for_login_name()
    found = queries.find_by_login_name(operations.read_login_name(login_name))
    if found is not None and found.role is Role.ADMINISTRATOR and found.is_active:
        click.echo(f"{found.login_name} is an administrator already.", err=True)
        return
    password = os.environ.get(PASSWORD_VARIABLE) or ask_for_password(login_name)
    try:
        with transaction():
            account, _password = operations.create_account(
                actor=COMMAND,
                login_name=login_name,
                label=label,
                role=Role.ADMINISTRATOR,
                office_id=None,
                password=password,
                must_change_password=False,
            )
    except DomainError as error:
        with force_locale("en"):
            raise click.ClickException(error.text(gettext)) from None
    click.echo(f"made the administrator {account.login_name}")


def ask_for_login_name() -> str:
    """Ask on a terminal for the name to sign in with; the usual one is offered, and taken elsewhere."""
    if os.environ.get(PASSWORD_VARIABLE) or not sys.stdin.isatty():
        return USUAL_NAME
    return str(click.prompt("Name for signing in", default=USUAL_NAME, value_proc=told(read_free_name)))


def read_free_name(typed: str) -> str:
    """Return a login name as it is stored.

    Raises:
        DomainError: it cannot be one.
    """
    name = operations.read_login_name(typed)
    operations.require_login_name(name)
    return name


def ask_for_password(login_name: str) -> str:
    """Ask on a terminal until the password will do; elsewhere say how to give it."""
    if not sys.stdin.isatty():
        raise click.ClickException(f"No terminal to ask on. Set {PASSWORD_VARIABLE} (12 characters or more).")

    def acceptable(typed: str) -> str:
        require_acceptable(typed, login_name=login_name)
        return typed

    return str(
        click.prompt(
            "Password (12 characters or more)",
            hide_input=True,
            confirmation_prompt="The same password again",
            value_proc=told(acceptable),
        )
    )


def told(check: Callable[[str], str]) -> Callable[[str], str]:
    """Turn a broken rule into the sentence after which the terminal asks again."""

    def checked(typed: str) -> str:
        try:
            return check(typed)
        except DomainError as error:
            with force_locale("en"):
                raise click.UsageError(error.text(gettext)) from None

    return checked


@group.command("list")
def list_accounts() -> None:
    """Print login name, role, office and state of every account, tab-separated."""
    for account in queries.list_accounts():
        office = account.office.key if account.office else "-"
        state = "active" if account.is_active else "inactive"
        click.echo("\t".join((account.login_name, account.role.value, office, state)))


@group.command("count")
@click.option("--role", type=ROLES, help="Only accounts of this role.")
def count(role: str | None) -> None:
    """Print how many accounts are in use."""
    click.echo(queries.count_accounts(Role.find(role)))


@group.command("exists")
@click.option("--role", type=ROLES, help="Only accounts of this role.")
def exists(role: str | None) -> None:
    """Exit with 0 when there is an account in use, else with 1; print nothing."""
    if not queries.count_accounts(Role.find(role)):
        raise SystemExit(1)
