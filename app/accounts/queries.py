"""Reads of accounts and sessions."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission, Role, allows
from app.accounts.lifetime import is_live
from app.accounts.models import Account, AccountSession
from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import NotFound
from app.foundation.prepared import Prepared
from app.windows.models import Office
from app.windows.vocabulary import OfficeKind

# Without an office an actor would be limited by none (access.Actor), so these roles never go without.
WITHOUT_OFFICE = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})

# Asked for every page of the two lists.
AT_DESK = Prepared(
    select(Account.id, Account.label)
    .where(
        Account.office_id == bindparam("office"),
        Account.is_active,
        or_(*(Account.role == role for role in Role if allows(role, Permission.CASE_WRITE))),
    )
    .order_by(Account.label, Account.id)
)
# Asked for every page.
VISIT = Prepared(
    select(
        AccountSession.id,
        AccountSession.started_at,
        AccountSession.seen_at,
        AccountSession.ended_at,
        Account.id,
        Account.label,
        Account.role,
        Account.office_id,
        Account.must_change_password,
        Office.name,
        Office.name_en,
    )
    .join(Account, Account.id == AccountSession.account_id)
    .outerjoin(Office, Office.id == Account.office_id)
    .where(AccountSession.key_hash == bindparam("key_hash"), Account.is_active)
)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Who is at the screen: the actor, the office in both languages, and the session it came with."""

    actor: Actor
    office_name: str | None
    office_name_en: str | None
    must_change_password: bool
    session_id: int
    seen_at: datetime


def hash_of_key(key: str) -> str:
    """Return what is kept of a session's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def find_visit(key: str) -> Visit | None:
    """Return who belongs to a session's key, None when it opens nothing any more."""
    now = clock.now()
    row = VISIT.row(key_hash=hash_of_key(key))
    if row is None:
        return None
    session_id, started_at, seen_at, ended_at, *who, must_change_password, name, name_en = row
    actor = Actor(**dict(zip(("id", "label", "role", "office_id"), who, strict=True)))
    if actor.office_id is None and actor.role not in WITHOUT_OFFICE:
        return None
    if not is_live(started_at=started_at, seen_at=seen_at, ended_at=ended_at, now=now):
        return None
    return Visit(
        actor=actor,
        office_name=name,
        office_name_en=name_en,
        must_change_password=must_change_password,
        session_id=session_id,
        seen_at=seen_at,
    )


def find_lapsed(key: str) -> Actor | None:
    """Return whose session has run out by itself; None for one that somebody ended, or that still lives.

    Nothing may be shown on its strength: it only says to whom something written belongs.
    """
    row = db.session.execute(
        select(AccountSession.started_at, AccountSession.seen_at, AccountSession.ended_at, Account)
        .join(Account, Account.id == AccountSession.account_id)
        .where(AccountSession.key_hash == hash_of_key(key), Account.is_active)
    ).one_or_none()
    if row is None or row.ended_at is not None:
        return None
    if is_live(started_at=row.started_at, seen_at=row.seen_at, ended_at=None, now=clock.now()):
        return None
    account = row.Account
    return Actor(id=account.id, label=account.label, role=account.role, office_id=account.office_id)


def find_by_login_name(login_name: str) -> Account | None:
    """Return the account with this name for signing in."""
    return db.session.scalar(select(Account).where(Account.login_name == login_name))


def get_account(account_id: int) -> Account:
    """Return an account with its office; raises NotFound."""
    account = db.session.scalar(
        select(Account).where(Account.id == account_id).options(joinedload(Account.office))
    )
    if account is None:
        raise NotFound
    return account


def list_accounts() -> Sequence[Account]:
    """Return every account with its office: those in use first, by office and name."""
    return db.session.scalars(
        select(Account)
        .outerjoin(Account.office)
        .options(joinedload(Account.office))
        .order_by(Account.is_active.desc(), Office.id, Account.login_name)
    ).all()


def list_colleagues(*, office_id: int | None) -> Sequence[Account]:
    """Return who works at the desk of an office and has an account in use, by name as others see it."""
    at_desk = [role for role in Role if allows(role, Permission.CASE_WRITE)]
    return db.session.scalars(
        select(Account)
        .where(Account.office_id == office_id, Account.is_active, Account.role.in_(at_desk))
        .order_by(Account.label, Account.id)
    ).all()


def list_at_desk(*, actor: Actor) -> list[tuple[int, str]]:
    """Return id and label of who works at the desk of the actor's office, as lists are narrowed by them."""
    return [(account_id, label) for account_id, label in AT_DESK.rows(office=actor.office_id)]


def list_by_ids(account_ids: Collection[int]) -> Sequence[Account]:
    """Return these accounts, in use or not, by name as others see it."""
    chosen = select(Account).where(Account.id.in_(account_ids)).order_by(Account.label, Account.id)
    return db.session.scalars(chosen).all()


def labels_of(account_ids: Collection[int]) -> dict[int, str]:
    """Return by id how others see these accounts, in use or not."""
    rows = db.session.execute(select(Account.id, Account.label).where(Account.id.in_(account_ids)))
    return {account_id: label for account_id, label in rows}


def count_accounts(role: Role | None = None) -> int:
    """Count the accounts in use, all or those of a role."""
    counted = select(func.count()).select_from(Account).where(Account.is_active)
    return db.session.scalar(counted if role is None else counted.where(Account.role == role)) or 0


def last_seen() -> dict[int, datetime]:
    """Return per account the moment it was last at a page."""
    rows = db.session.execute(
        select(AccountSession.account_id, func.max(AccountSession.seen_at)).group_by(
            AccountSession.account_id
        )
    )
    return {account_id: moment for account_id, moment in rows}


def list_offices(kind: OfficeKind | None = None) -> Sequence[Office]:
    """Return the offices in which an account may stand."""
    found = select(Office).order_by(Office.kind.desc(), Office.id)
    return db.session.scalars(found if kind is None else found.where(Office.kind == kind)).all()


def kind_of_office(office_id: int) -> OfficeKind | None:
    """Return the kind of an office, None when there is none with this id."""
    return db.session.scalar(select(Office.kind).where(Office.id == office_id))
