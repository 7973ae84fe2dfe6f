"""``flask accounts``: the first administrator, and what a script asks about accounts."""

import os
import sys

import click
from flask.cli import AppGroup
from flask_babel import force_locale, gettext

from app.access.actor import Actor
from app.access.permissions import Role
from app.accounts import operations, queries
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction

group = AppGroup("accounts", help="Accounts of staff and partner agencies.")
COMMAND = Actor(id=None, label="flask accounts", role=Role.ADMINISTRATOR, office_id=None)
PASSWORD_VARIABLE = "SHIRUBE_ADMIN_PASSWORD"  # noqa: S105 - a variable's name
ROLES = click.Choice([role.value for role in Role])


@group.command("create-administrator")
@click.option("--login-name", default="admin", show_default=True, help="Name for signing in.")
@click.option("--label", default="管理者", show_default=True, help="Name that the trail shows.")
def create_administrator(login_name: str, label: str) -> None:
    """Make an administrator; an administrator of this name who is there already is left alone.

    The password comes from SHIRUBE_ADMIN_PASSWORD, else it is asked for on a terminal.
    """
    found = queries.find_by_login_name(operations.read_login_name(login_name))
    if found is not None and found.role is Role.ADMINISTRATOR and found.is_active:
        click.echo(f"{found.login_name} is an administrator already.", err=True)
        return
    password = os.environ.get(PASSWORD_VARIABLE) or ask_for_password()
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


def ask_for_password() -> str:
    """Ask on a terminal; elsewhere say how to give it."""
    if not sys.stdin.isatty():
        raise click.ClickException(f"No terminal to ask on. Set {PASSWORD_VARIABLE} (12 characters or more).")
    return str(click.prompt("Password (12 characters or more)", hide_input=True, confirmation_prompt=True))


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
