"""Accounts, sessions and counters on both databases."""

import threading

import pytest
from sqlalchemy import select

from app.access.permissions import Role
from app.access.throttle import Throttle
from app.accounts import attempts, operations, queries, sessions
from app.accounts.attempts import Counter, TooManyAttempts
from app.accounts.models import Account, AccountSession
from app.audit.models import AuditEntry
from app.foundation.db import db
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from tests import factories

pytestmark = pytest.mark.both_databases
PASSWORD = "wooden kettle marble"


@pytest.fixture
def administrator(db_session):
    actor = factories.actor_of(factories.make_account(Role.ADMINISTRATOR))
    db_session.commit()
    return actor


def create(actor, **more) -> Account:
    given = {
        "login_name": "soudan1",
        "label": "相談員1",
        "role": Role.AUDITOR,
        "office_id": None,
        "password": PASSWORD,
    }
    with transaction():
        return operations.create_account(actor=actor, **(given | more))[0]


def test_an_account_is_made_changed_and_written_to_the_trail(db_session, administrator):
    account = create(administrator)
    with transaction():
        operations.edit_account(
            actor=administrator,
            account_id=account.id,
            version=account.version,
            login_name="soudan1",
            label="監査1",
            role=Role.AUDITOR,
            office_id=None,
            is_active=False,
        )
    acts = db_session.execute(select(AuditEntry.action, AuditEntry.details).order_by(AuditEntry.id)).all()
    assert [one.action for one in acts] == ["account.created", "account.changed"]
    assert acts[1].details == '{"before":{"is_active":true,"label":"相談員1"}}'


def test_neither_password_nor_hash_nor_key_stands_in_the_trail(db_session, administrator):
    account = create(administrator)
    with transaction():
        key = sessions.sign_in(account_id=account.id, password=PASSWORD)
    with transaction():
        shown = operations.reset_password(actor=administrator, account_id=account.id)
    trail = "".join(db_session.scalars(select(AuditEntry.details)))
    for secret in (PASSWORD, key, shown, "argon2", queries.hash_of_key(key)):
        assert secret not in trail


def test_a_taken_name_is_refused_and_leaves_the_transaction_usable(db_session, administrator):
    create(administrator)
    with transaction():
        with pytest.raises(DomainError) as refused:
            operations.create_account(
                actor=administrator, login_name="Soudan1", label="x", role=Role.AUDITOR, office_id=None
            )
        assert refused.value.field == "login_name"
    assert queries.count_accounts() == 2


def test_two_administrators_cannot_leave_at_the_same_moment(app, db_session, administrator):
    accounts = [create(administrator, login_name=f"admin{n}", role=Role.ADMINISTRATOR) for n in range(2)]
    db_session.get(Account, administrator.id).is_active = False
    db_session.commit()
    facts = [(one.id, one.version, one.login_name) for one in accounts]
    start, refused = threading.Barrier(2), []

    def leave(account_id: int, version: int, login_name: str) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    operations.edit_account(
                        actor=administrator,
                        account_id=account_id,
                        version=version,
                        login_name=login_name,
                        label="管理者",
                        role=Role.ADMINISTRATOR,
                        office_id=None,
                        is_active=False,
                    )
            except DomainError as error:
                refused.append(error)
            db.session.remove()

    threads = [threading.Thread(target=leave, args=one) for one in facts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db_session.rollback()
    assert len(refused) == 1
    assert queries.count_accounts(Role.ADMINISTRATOR) == 1


def test_ending_sessions_leaves_those_of_others(db_session, administrator):
    first, second = create(administrator), create(administrator, login_name="soudan2")
    with transaction():
        keys = [sessions.begin(account_id=one.id) for one in (first, first, second)]
    with transaction():
        assert operations.end_sessions(actor=administrator, account_id=first.id) == 2
    assert [queries.find_visit(key) is not None for key in keys] == [False, False, True]


def test_a_key_is_found_by_its_hash_only(db_session, administrator):
    account = create(administrator)
    with transaction():
        key = sessions.begin(account_id=account.id)
    visit = queries.find_visit(key)
    assert visit is not None
    assert visit.actor.id == account.id
    assert queries.find_visit(db_session.scalar(select(AccountSession.key_hash))) is None


def test_a_burst_of_attempts_cannot_overtake_the_count(app, db_session):
    counter = Counter(key_hash="a" * 64, throttle=Throttle(free=5))
    start, outcomes = threading.Barrier(12), []

    def attempt() -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    attempts.reserve([counter])
                outcomes.append("tried")
            except TooManyAttempts:
                outcomes.append("wait")
            db.session.remove()

    threads = [threading.Thread(target=attempt) for _one in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["tried"] * 5 + ["wait"] * 7


def test_a_good_attempt_is_taken_back_from_the_shared_counters(db_session):
    own, shared = (Counter(key_hash=letter * 64, throttle=Throttle(free=5)) for letter in "ab")
    for _one in range(20):
        with transaction():
            attempts.reserve([own, shared])
        with transaction():
            attempts.succeed([own, shared], clear=own.key_hash)
    with transaction():
        assert attempts.reserve([own, shared]) == 0
