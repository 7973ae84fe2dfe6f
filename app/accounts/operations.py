"""Changes of accounts; a change of role, office, use or password ends the sessions that relied on it."""

import re
import unicodedata
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.access.actor import Actor
from app.access.permissions import Role
from app.accounts import passwords, queries, sessions
from app.accounts.models import Account
from app.audit import trail
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import N_, Conflict, DomainError
from app.windows.vocabulary import OfficeKind

LOGIN_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
CHANGED: Final = N_("この利用者は、ほかの画面で変わっています。開きなおして、新しい内容を確かめてください。")
TAKEN: Final = N_("この利用者名は、すでに使われています。")


def read_login_name(typed: str) -> str:
    """Return a login name as it is stored: narrow letters, small."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def create_account(
    *,
    actor: Actor,
    login_name: str,
    label: str,
    role: Role,
    office_id: int | None,
    password: str | None = None,
    must_change_password: bool = True,
) -> tuple[Account, str]:
    """Make an account; return it with its password, a one-time one unless one was given.

    Raises:
        DomainError: the name cannot be used or is taken, the office does not fit, the password is weak.
    """
    login_name = read_login_name(login_name)
    require_login_name(login_name)
    require_fitting_office(role=role, office_id=office_id)
    if password is not None:
        passwords.require_acceptable(password, login_name=login_name)
    chosen = password or passwords.make_one_time_password()
    account = Account(
        login_name=login_name,
        label=label,
        role=role,
        office_id=office_id,
        password_hash=passwords.hash_of(chosen),
        is_active=True,
        must_change_password=must_change_password,
        created_at=clock.now(),
    )
    add_or_refuse(account)
    note(actor, account, action="account.created", role=role, office_id=office_id)
    return account, chosen


def add_or_refuse(account: Account) -> None:
    """Insert an account; a name that is taken is said at its field."""
    if queries.find_by_login_name(account.login_name) is not None:
        raise DomainError(TAKEN, field="login_name")
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError:
        raise DomainError(TAKEN, field="login_name") from None


def edit_account(
    *,
    actor: Actor,
    account_id: int,
    version: int | None,
    login_name: str,
    label: str,
    role: Role,
    office_id: int | None,
    is_active: bool,
) -> Account:
    """Change an account; the trail keeps what stood before.

    Raises:
        NotFound: there is no such account.
        Conflict: it changed since the page was shown.
        DomainError: see create_account; or it is the last administrator.
    """
    account = queries.get_account(account_id)
    if version != account.version:
        raise Conflict(CHANGED)
    login_name = read_login_name(login_name)
    require_login_name(login_name)
    require_fitting_office(role=role, office_id=office_id)
    if account.role is Role.ADMINISTRATOR and not (role is Role.ADMINISTRATOR and is_active):
        require_another_administrator(account)
    new: dict[str, object] = {
        "login_name": login_name,
        "label": label,
        "role": role,
        "office_id": office_id,
        "is_active": is_active,
    }
    before = {name: getattr(account, name) for name, value in new.items() if getattr(account, name) != value}
    if not before:
        return account
    change(account, new)
    if before.keys() & {"role", "office_id", "is_active"}:
        sessions.end_all(actor=actor, account_id=account.id)
    note(actor, account, action="account.changed", before=before)
    return account


def change(account: Account, new: dict[str, object]) -> None:
    """Write new values; a name that is taken is said at its field."""
    if new["login_name"] != account.login_name:
        taken = queries.find_by_login_name(str(new["login_name"]))
        if taken is not None:
            raise DomainError(TAKEN, field="login_name")
    for name, value in new.items():
        setattr(account, name, value)
    try:
        db.session.flush()
    except IntegrityError:
        raise DomainError(TAKEN, field="login_name") from None


def change_password(*, actor: Actor, current: str, password: str, again: str) -> str:
    """Replace the own password and end every session; return the key of the one that goes on.

    Raises:
        DomainError: the current one does not fit, the new one is weak, or the two do not agree.
    """
    account = queries.get_account(actor.id or 0)
    if not passwords.matches(account.password_hash, current):
        raise DomainError(N_("今のパスワードが違います。"), field="current")
    if password != again:
        raise DomainError(N_("新しいパスワードが二つの欄で違います。"), field="again")
    if password == current:
        raise DomainError(N_("今とは違うパスワードにしてください。"), field="password")
    passwords.require_acceptable(password, login_name=account.login_name)
    account.password_hash = passwords.hash_of(password)
    account.must_change_password = False
    sessions.end_all(actor=actor, account_id=account.id)
    note(actor, account, action="account.password_changed")
    return sessions.begin(account_id=account.id)


def reset_password(*, actor: Actor, account_id: int, password: str | None = None) -> str:
    """Set and return a one-time password, which its holder replaces at the next sign-in.

    Raises:
        NotFound: there is no such account.
    """
    account = queries.get_account(account_id)
    if password is not None:
        passwords.require_acceptable(password, login_name=account.login_name)
    chosen = password or passwords.make_one_time_password()
    account.password_hash = passwords.hash_of(chosen)
    account.must_change_password = True
    sessions.end_all(actor=actor, account_id=account.id)
    note(actor, account, action="account.password_reset")
    return chosen


def end_sessions(*, actor: Actor, account_id: int) -> int:
    """Sign an account out everywhere; return how many sessions ended.

    Raises:
        NotFound: there is no such account.
    """
    account = queries.get_account(account_id)
    ended = sessions.end_all(actor=actor, account_id=account.id)
    note(actor, account, action="account.sessions_ended", count=ended)
    return ended


def require_login_name(login_name: str) -> None:
    """Refuse a login name that cannot be typed on every keyboard."""
    if not LOGIN_NAME.fullmatch(login_name):
        raise DomainError(
            N_("利用者名は、英小文字・数字・「.」「-」「_」で3文字以上40文字までにしてください。"),
            field="login_name",
        )


def require_fitting_office(*, role: Role, office_id: int | None) -> None:
    """Refuse a role whose view no office would limit, and a partner inside the city hall."""
    kind = queries.kind_of_office(office_id) if office_id is not None else None
    if kind is None and (office_id is not None or role not in queries.WITHOUT_OFFICE):
        raise DomainError(N_("この役割には所属が必要です。所属を選んでください。"), field="office")
    if role is Role.PARTNER and kind is not OfficeKind.AGENCY:
        raise DomainError(N_("関係機関の利用者には、関係機関の所属を選んでください。"), field="office")


def require_another_administrator(account: Account) -> None:
    """Keep one administrator who can let the others in (rows are locked: two cannot leave at once)."""
    others = db.session.scalars(
        select(Account.id)
        .where(Account.role == Role.ADMINISTRATOR, Account.is_active)
        .order_by(Account.id)
        .with_for_update()
    ).all()
    if set(others) <= {account.id}:
        raise DomainError(N_("最後の管理者です。ほかに管理者をつくってから変えてください。"), field="role")


def note(actor: Actor, account: Account, *, action: str, **details: object) -> None:
    """Record an act on an account."""
    trail.record(actor=actor, action=action, subject="account", subject_id=account.id, details=details)
