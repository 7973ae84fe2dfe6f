"""One change is whole or nothing; who was too late is told."""

import pytest
from sqlalchemy import text

from app.cases.models import Case
from app.foundation.db import db
from app.foundation.errors import Conflict
from app.foundation.transaction import transaction
from tests.factories import make_case

pytestmark = pytest.mark.both_databases


def open_a_case_and_fail() -> None:
    with transaction():
        make_case()
        raise ZeroDivisionError


def change_what_another_process_changes(number: str) -> None:
    """Change a case, while what another process would commit comes between our read and our write."""
    with transaction():
        case = db.session.query(Case).filter_by(number=number).one()
        db.session.execute(text("UPDATE case_record SET version = version + 1"))
        case.number = "9999-99"


def test_a_change_that_fails_leaves_nothing(db_session):
    with pytest.raises(ZeroDivisionError):
        open_a_case_and_fail()
    assert db_session.query(Case).count() == 0


def test_a_transaction_inside_another_is_refused(db_session):
    with pytest.raises(RuntimeError), transaction(), transaction():
        pass


def test_a_record_changed_by_another_process_in_between_is_a_conflict(db_session):
    with transaction():
        number = make_case().number
    with pytest.raises(Conflict, match="先に変えました"):
        change_what_another_process_changes(number)
    assert db_session.query(Case).one().number == number
