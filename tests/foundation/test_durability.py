"""Nobody is told "saved" before it is on the disk; who waits meanwhile shares the next answer of the disk."""

import errno
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.audit.trail import record
from app.foundation import durability
from app.foundation.db import db
from app.foundation.durability import DiskFailedError
from app.foundation.engines import checkpoint, lock_of, locks
from app.foundation.transaction import transaction
from tests.factories import make_actor

WRITERS = 8


class Disk:
    """A disk whose answers a test can count, delay and refuse."""

    def __init__(self) -> None:
        self.ask, self.asked, self.seconds, self.broken = durability.ask_disk, 0, 0.0, False
        self.may_answer = threading.Event()
        self.may_answer.set()

    def __call__(self, file: int) -> None:
        self.asked += 1
        assert self.may_answer.wait(timeout=20)
        time.sleep(self.seconds)
        if self.broken:
            raise OSError(errno.EIO, "Input/output error")
        self.ask(file)


@pytest.fixture
def disk(monkeypatch, app):
    disk = Disk()
    monkeypatch.setattr(durability, "ask_disk", disk)
    yield disk
    disk.may_answer.set()
    with app.app_context():
        locks.pop(db.engine.url.database, None)  # what a test broke is whole again for the next


@pytest.fixture
def save(app, db_session):
    """Return a call that saves one act in a transaction of its own, as a request does."""
    actor = make_actor()
    db_session.commit()
    db_session.remove()

    def save(subject_id=1):
        with app.app_context(), transaction():
            record(actor=actor, action="case.closed", subject="case", subject_id=subject_id)

    return save


@pytest.fixture
def shown_errors(app, client, monkeypatch):
    """Return a client that is shown errors as pages, as in production."""
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return client


def numbers_saved(app) -> int:
    with app.app_context():
        return len(db.session.scalars(select(AuditEntry.id)).all())


def test_a_save_asks_the_disk_once_and_only_then_is_done(save, disk):
    save()
    disk.asked = 0
    disk.may_answer.clear()
    saving = threading.Thread(target=save)
    saving.start()
    saving.join(timeout=0.3)
    assert saving.is_alive()
    disk.may_answer.set()
    saving.join(timeout=20)
    assert not saving.is_alive()
    assert disk.asked == 1


def test_others_write_while_the_disk_is_asked(app, save, disk):
    save()
    disk.may_answer.clear()
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(save), pool.submit(save)]
        until = time.monotonic() + 20
        while numbers_saved(app) < 3 and time.monotonic() < until:
            time.sleep(0.01)
        assert numbers_saved(app) == 3  # both have committed
        assert not any(one.done() for one in waiting)  # and neither is told so
        disk.may_answer.set()
    assert [one.exception() for one in waiting] == [None, None]


def test_those_who_wait_share_one_answer(save, disk):
    save()
    disk.asked, disk.seconds = 0, 0.05
    with ThreadPoolExecutor(WRITERS) as pool:
        for one in [pool.submit(save) for _ in range(WRITERS * 5)]:
            one.result(timeout=30)
    assert disk.asked < WRITERS * 5 / 2


def test_who_finds_what_is_not_on_the_disk_yet_waits_for_it(app, save, disk):
    """The second of two equal posts makes nothing, but answers "saved" for the first."""
    save()
    disk.may_answer.clear()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(save)
        while numbers_saved(app) < 2:
            time.sleep(0.01)
        second = pool.submit(read_in_a_transaction_and_leave, app)
        time.sleep(0.2)
        assert not second.done()
        disk.may_answer.set()
        assert second.result(timeout=20) == 2
        first.result(timeout=20)


class AlreadyThereError(Exception):
    """The record was made before."""


def read_in_a_transaction_and_leave(app) -> int:
    found = 0
    with suppress(AlreadyThereError), app.app_context(), transaction():
        found = len(db.session.scalars(select(AuditEntry.id)).all())
        raise AlreadyThereError
    return found


def test_a_change_that_is_given_up_asks_nothing_of_the_disk(app, save, disk):
    save()
    disk.asked = 0
    assert read_in_a_transaction_and_leave(app) == 1
    assert disk.asked == 0


def test_the_first_to_leave_makes_sure_of_what_an_earlier_process_left(app, save, disk):
    save()
    with app.app_context():
        database = db.engine.url.database
    locks.pop(database)  # as in a process just started
    disk.asked = 0
    read_in_a_transaction_and_leave(app)
    assert disk.asked == 1


def test_a_commit_without_the_lock_is_on_the_disk_as_well(app, save, disk):
    save()
    disk.asked = 0
    with app.app_context():
        make_actor()
        db.session.commit()
    assert disk.asked == 1


@pytest.mark.parametrize("ends", ["log", "connections"])
def test_a_log_that_was_emptied_or_made_anew_is_asked_for_as_before(app, save, disk, ends):
    save()
    with app.app_context():
        if ends == "log":
            with lock_of(db.engine.url.database):
                assert checkpoint(db.engine)
        else:
            db.session.remove()
            db.engine.dispose()
    disk.asked = 0
    save()
    assert disk.asked == 1
    with app.app_context():
        path = db.engine.url.database
    asked_for = lock_of(path).log
    assert durability.os.path.samestat(durability.os.fstat(asked_for.file), durability.os.stat(path + "-wal"))


def test_after_the_disk_failed_nothing_is_called_saved_and_nothing_more_is_written(
    app, shown_errors, save, disk, caplog
):
    save()
    disk.broken = True
    with pytest.raises(DiskFailedError):
        save()
    assert "did not confirm" in caplog.text
    disk.broken = False  # a second answer of the same disk proves nothing
    before = numbers_saved(app)
    with pytest.raises(DiskFailedError):
        save()
    assert numbers_saved(app) == before
    assert shown_errors.get("/healthz").status_code == 500
    with app.app_context():
        db.session.remove()
        db.engine.dispose()  # closing is still possible


def test_the_page_of_a_save_that_the_disk_refused_does_not_say_saved(shown_errors, disk, save):
    save()
    disk.broken = True
    answer = shown_errors.post("/sign-in", data={"login_name": "nobody", "password": "x" * 12})
    assert answer.status_code == 500
    assert "保存しました" not in answer.text


def test_connections_leave_the_log_to_us_and_sync_it_at_checkpoints(app):
    with app.app_context():
        database = db.engine.url.database
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1  # NORMAL, not OFF
    with closing(sqlite3.connect(database)) as other:
        # Another program keeps its own rule (FULL): the rule is a connection's, not a file's.
        assert other.execute("PRAGMA synchronous").fetchone()[0] == 2
