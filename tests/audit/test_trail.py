"""Recording: what is written with a change, and what is not when the change is undone."""

import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.audit import queries, trail
from app.audit.models import AuditEntry
from app.foundation.db import db
from app.foundation.transaction import transaction
from tests import factories

pytestmark = pytest.mark.both_databases


def note(subject_id: object) -> None:
    trail.record(
        actor=factories.system_actor(), action="office.change", subject="office", subject_id=str(subject_id)
    )


def noted() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.subject_id).order_by(AuditEntry.id)))


def undone() -> None:
    with transaction():
        note("lost")
        raise ZeroDivisionError


def undone_savepoint() -> None:
    with db.session.begin_nested():
        note("inside")
        factories.make_office(key="taken")


def test_a_change_and_its_entry_are_kept_or_lost_together(db_session):
    with transaction():
        factories.make_office(key="kept")
        note("kept")
    with pytest.raises(ZeroDivisionError):
        undone()
    with transaction():
        note("later")
    assert noted() == ["kept", "later"]


def test_a_savepoint_that_is_undone_takes_only_its_own_notes_with_it(db_session):
    factories.make_office(key="taken")
    db_session.commit()
    with transaction():
        note("before")
        with pytest.raises(IntegrityError):
            undone_savepoint()
        note("after")
    assert noted() == ["before", "after"]


def test_entries_of_one_transaction_are_numbered_without_gaps_and_in_order(db_session):
    with transaction():
        for number in range(3):
            note(number)
    with transaction():
        note(3)
    assert noted() == ["0", "1", "2", "3"]
    assert not queries.verify().faults


def test_writers_at_the_same_time_make_one_chain(app, database):
    start = threading.Barrier(4)
    failed = []

    def work(name: int) -> None:
        with app.app_context():
            start.wait()
            for number in range(5):
                try:
                    with transaction():
                        note(f"{name}-{number}")
                except Exception as error:
                    failed.append(error)
            db.session.remove()

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with app.app_context():
        report = queries.verify()
        assert (report.entries, report.faults) == (20, [])
        assert db.session.scalar(select(func.max(AuditEntry.id))) == 20
