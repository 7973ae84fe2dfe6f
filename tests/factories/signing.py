"""Signing a test client in, without the half second that a password would cost."""

from contextlib import nullcontext

from flask import has_app_context
from flask.testing import FlaskClient

from app.access.permissions import Role
from app.accounts import queries, sessions
from app.accounts.models import Account
from app.foundation.db import db
from app.windows.models import Office


def sign_in(
    client: FlaskClient,
    account: Account | None = None,
    *,
    role: Role = Role.COUNSELLOR,
    office: Office | None = None,
) -> Account:
    """Sign a client in as an account, or as a new one of this role and office; return the account.

    Works with and without an application context of the test's own (fixture ``db_session``).
    """
    from tests.factories import make_account, make_office

    # In the context of a test that holds one: its rows may not be committed yet.
    with nullcontext() if has_app_context() else client.application.app_context():
        if account is None:
            needs_office = role not in queries.WITHOUT_OFFICE
            account = make_account(role, office or (make_office() if needs_office else None))
        key = sessions.begin(account_id=account.id)
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie["_user_id"] = key
        cookie["_fresh"] = True
    return account
