"""Loading: once, all or nothing, never over real records, the same again, on any day of the year."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import Table, func, select

from app.access.permissions import Role
from app.accounts.models import Account
from app.audit.models import AuditEntry
from app.cases.models import Case, Consultation
from app.demo.models import SampleMark
from app.demo.staff import ACCOUNTS, DEMO_PASSWORD, list_demo_accounts
from app.foundation.db import db
from app.foundation.errors import DomainError
from app.referrals import lifecycle
from app.referrals.models import ReferralMove
from app.referrals.queries import histories
from app.referrals.vocabulary import State
from tests.demo.conftest import load
from tests.factories import make_case

SMALL = 0.04
# Passwords are salted; ids are the database's own business, and so is the chain that names them.
UNLIKE = {"id", "password_hash"}
# Their rows name moments, random stamps, or the ids that this database happened to give.
CHAINED = {"audit_entry", "audit_head", "waiting_stamp", "year_edition"}
# Kept by triggers from the records compared here, by ids that this database happened to give.
CHAINED |= {"person_support", "person_year", "referral_stay"}


def rows_of(table: Table) -> list[str]:
    columns = [column for column in table.columns if column.name not in UNLIKE and not column.foreign_keys]
    return sorted(repr(tuple(row)) for row in db.session.execute(select(*columns))) if columns else []


def digest() -> dict[str, str]:
    return {
        name: hashlib.sha256("\n".join(rows_of(table)).encode()).hexdigest()
        for name, table in db.metadata.tables.items()
        if name not in CHAINED
    }


def last_states() -> set[State]:
    every = histories(db.session.scalars(select(ReferralMove.referral_id).distinct()))
    return {lifecycle.state_of(moves) for moves in every.values()}


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_second_loading_changes_nothing(sample):
    before, entries = digest(), count(AuditEntry)
    assert load(sample) is False
    assert (digest(), count(AuditEntry)) == (before, entries)


@pytest.mark.both_databases
def test_two_loadings_of_one_day_are_the_same(app, database, db_session):
    assert load(app, scale=SMALL)
    first = digest()
    db_session.remove()
    database.reset()
    assert load(app, scale=SMALL)
    assert digest() == first


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 1),
        date(2027, 3, 31),
        date(2028, 2, 29),
        date(2027, 1, 2),
        date(2026, 8, 15),
        date(2027, 5, 1),
        date(2030, 4, 6),
    ],
)
def test_the_sample_can_be_loaded_on_any_day(app, db_session, day):
    assert load(app, day=day, scale=SMALL)
    newest = db.session.scalar(select(func.max(Consultation.held_on)))
    assert newest <= day
    assert (day - newest).days <= 14
    assert last_states() == set(State)


def test_a_database_with_real_records_is_left_alone(app, db_session):
    make_case()
    db_session.commit()
    with pytest.raises(DomainError):
        load(app, scale=SMALL)
    assert (count(Case), count(SampleMark), count(Consultation)) == (1, 0, 0)


def test_a_taken_login_name_is_left_alone(app, db_session):
    from tests.factories import make_account

    make_account(Role.ADMINISTRATOR, login_name="kanri")
    db_session.commit()
    with pytest.raises(DomainError) as refused:
        load(app, scale=SMALL)
    assert "kanri" in refused.value.text(str)
    assert count(SampleMark) == 0


def test_a_loading_that_breaks_off_leaves_nothing(app, db_session):
    class PowerCutError(Exception):
        pass

    weeks = []

    def cut(monday):
        weeks.append(monday)
        if len(weeks) == 60:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        load(app, scale=SMALL, told=cut)
    assert (count(Case), count(Account), count(SampleMark)) == (0, 0, 0)
    assert load(app, scale=SMALL)


def test_there_is_an_account_for_every_role(sample):
    assert {one.role for one in list_demo_accounts()} == set(Role)
    names = set(db.session.scalars(select(Account.login_name).where(Account.is_active)))
    assert {one.login_name for one in ACCOUNTS} <= names


def test_without_the_sample_no_account_is_offered(app, db_session):
    assert list(list_demo_accounts()) == []


@pytest.mark.parametrize(
    "login_name", ["soudan1", "kakaricho", "keikaku", "shozoku", "kikan", "kansa", "kanri"]
)
def test_every_role_can_sign_in_with_the_shown_password(sample, login_name):
    client = sample.test_client()
    answer = client.post("/sign-in", data={"login_name": login_name, "password": DEMO_PASSWORD})
    assert answer.status_code == 302
