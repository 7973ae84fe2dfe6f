"""One change is whole or nothing; who was too late is told."""

from datetime import date

import pytest
from sqlalchemy import bindparam, text, update

from app.cases.models import Case
from app.foundation.db import db, table_of
from app.foundation.errors import Conflict
from app.foundation.prepared import Prepared
from app.foundation.transaction import transaction
from tests.factories import make_case

pytestmark = pytest.mark.both_databases

CLOSE = Prepared(
    update(table_of(Case))
    .where(table_of(Case).c.number == bindparam("wanted"))
    .values(closed_on=bindparam("day"))
)


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


def close_cases_and_fail(*numbers: str) -> None:
    """Change one case past the session and one by it, in one change that is given up."""
    with transaction():
        CLOSE.send({"wanted": numbers[0], "day": date(2026, 5, 1)})
        db.session.query(Case).filter_by(number=numbers[1]).one().closed_on = date(2026, 5, 1)
        db.session.flush()
        raise ZeroDivisionError


def test_what_the_session_does_and_what_goes_past_it_are_one_change(db_session):
    with transaction():
        numbers = [make_case().number, make_case().number]
    with pytest.raises(ZeroDivisionError):
        close_cases_and_fail(*numbers)
    assert [case.closed_on for case in db_session.query(Case)] == [None, None]
    with transaction():
        CLOSE.send({"wanted": numbers[0], "day": date(2026, 5, 2)})
        assert db.session.query(Case.closed_on).filter_by(number=numbers[0]).scalar() == date(2026, 5, 2)
    db_session.rollback()
    assert {case.closed_on for case in db_session.query(Case).populate_existing()} == {date(2026, 5, 2), None}


def test_a_session_of_another_context_takes_no_part_in_a_change(app, db_session):
    """As a test's own session beside the request that it sends."""
    outer = db_session()
    with app.app_context(), transaction():
        make_case()
        db.session.flush()
        assert db.session.query(Case).count() == 1
        assert outer.query(Case).count() == 0
    outer.rollback()
    assert outer.query(Case).count() == 1
