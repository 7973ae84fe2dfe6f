"""Who works in the sample city: one account per role and counsellors enough for every office."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.access.actor import Actor
from app.access.permissions import Role
from app.accounts.operations import create_account
from app.accounts.queries import find_by_login_name
from app.demo.queries import sample_is_loaded
from app.foundation.errors import N_, DomainError
from app.windows.queries import get_office_by_key

# Shown on the sign-in page, and only there where the server runs with --demo on this machine.
DEMO_PASSWORD: Final = "himawari-no-komichi"  # noqa: S105 - not a secret
NAME_TAKEN: Final = N_(
    "利用者名「%(login_name)s」がすでに使われているため、見本データを入れられません。"
    "新しいデータベースでお試しください。"
)


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """One account of the sample city; ``office`` is an office's key, None where the role has none."""

    login_name: str
    label: str
    role: Role
    office: str | None = None
    password: str = DEMO_PASSWORD


def account(login_name: str, label: str, role: Role, office: str | None = None) -> DemoAccount:
    """Return one line of the table below."""
    return DemoAccount(login_name=login_name, label=label, role=role, office=office)


ACCOUNTS: Final = (
    account("soudan1", "相談員1", Role.COUNSELLOR, "life_welfare"),
    account("soudan2", "相談員2", Role.COUNSELLOR, "life_welfare"),
    account("kakaricho", "係長", Role.SUPERVISOR, "life_welfare"),
    account("shien1", "支援員1", Role.COUNSELLOR, "centre"),
    account("shien2", "支援員2", Role.COUNSELLOR, "centre"),
    account("shien3", "支援員3", Role.COUNSELLOR, "centre"),
    account("shocho", "所長", Role.SUPERVISOR, "centre"),
    account("annai1", "窓口案内1", Role.COUNSELLOR, "economy"),
    account("annai2", "窓口案内2", Role.COUNSELLOR, "economy"),
    account("keikaku", "計画担当", Role.PLAN_DESK, "economy"),
    account("shozoku", "障害者相談室 報告担当", Role.DEPARTMENT, "disability_advice"),
    account("bunka", "文化と人権課 報告担当", Role.DEPARTMENT, "culture_rights"),
    account("shokuin", "職員課 報告担当", Role.DEPARTMENT, "personnel"),
    account("kikan", "ハローワーク立川 担当", Role.PARTNER, "hello_work_tachikawa"),
    account("kikan2", "東京しごとセンター多摩 担当", Role.PARTNER, "tokyo_shigoto_tama"),
    account("kansa", "監査担当", Role.AUDITOR),
    account("kanri", "管理者", Role.ADMINISTRATOR),
)

Staff = dict[str, Actor]
"""Actors by login name."""


def list_demo_accounts() -> Sequence[DemoAccount]:
    """Return the accounts for the sign-in page; none where no sample data is loaded."""
    return ACCOUNTS if sample_is_loaded() else ()


def require_free_names() -> None:
    """Refuse to load where somebody bears one of the names already: DomainError."""
    for one in ACCOUNTS:
        if find_by_login_name(one.login_name) is not None:
            raise DomainError(NAME_TAKEN, login_name=one.login_name)


def create_staff(*, actor: Actor) -> Staff:
    """Make every account of the table and return who can act."""
    return {one.login_name: create_one(actor=actor, new=one) for one in ACCOUNTS}


def create_one(*, actor: Actor, new: DemoAccount) -> Actor:
    """Make one account."""
    office_id = get_office_by_key(new.office).id if new.office else None
    made, _password = create_account(
        actor=actor,
        login_name=new.login_name,
        label=new.label,
        role=new.role,
        office_id=office_id,
        password=new.password,
        must_change_password=False,
    )
    return Actor(id=made.id, label=made.label, role=made.role, office_id=made.office_id)
