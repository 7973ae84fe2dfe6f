"""The power is cut while people save: what the disk had not confirmed is lost, what was called saved is not.

The cut is a copy of database and log in which the log ends where the disk last confirmed it, then goes on
with some, damaged, or none of the rest, as a disk leaves it. Checkpoints come often, so some cuts fall there.
"""

import os
import random
import shutil
import sqlite3
import threading
import time
from contextlib import closing

import pytest

from app.audit.trail import record
from app.foundation import durability, engines
from app.foundation.db import db
from app.foundation.engines import lock_of
from app.foundation.transaction import transaction
from tests.factories import make_actor

CUTS = int(os.environ.get("POWER_CUTS", "12"))
WRITERS = 4
LOG_HEADER = 32
SECTOR = 512


class Disk:
    """A slow disk that remembers how much of which log it has confirmed."""

    def __init__(self) -> None:
        self.ask, self.confirmed = durability.ask_disk, (b"", 0)

    def __call__(self, file: int) -> None:
        asked_for = generation_of(file), os.fstat(file).st_size
        time.sleep(0.004)
        self.ask(file)
        self.confirmed = asked_for

    def certain(self, generation: bytes) -> int:
        """Return how many bytes of a log survive; SQLite has confirmed the header of one just begun."""
        known, size = self.confirmed
        return size if known == generation else LOG_HEADER


def generation_of(file: int) -> bytes:
    """Return the salt that a log is given each time it begins anew."""
    return os.pread(file, 8, 16)


def cut(disk, database, folder, chance):
    """Copy what a power cut at this moment leaves, while nobody is in mid-commit."""
    copy = folder / "cut.sqlite3"
    log = copy.with_name(copy.name + "-wal")
    shutil.copyfile(database, copy)
    content = database.with_name(database.name + "-wal").read_bytes()
    certain = min(disk.certain(content[16:24]), len(content))
    rest = content[certain : certain + chance.randrange(len(content) - certain + 1)]
    if rest and chance.random() < 0.5:
        hole = chance.randrange(len(rest))
        rest = rest[:hole] + bytes(SECTOR) + rest[hole + SECTOR :]
    log.write_bytes(content[:certain] + rest)
    return copy, len(content) - certain


def found_in(copy):
    """Return what a database holds when it is opened after the cut; it must be sound."""
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        entries = database.execute("SELECT id, subject_id, previous, digest FROM audit_entry ORDER BY id")
        rows = entries.fetchall()
        head = database.execute("SELECT entry_id, digest FROM audit_head").fetchone()
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert all(after[2] == before[3] for before, after in zip(rows, rows[1:], strict=False))
    assert head == (rows[-1][0], rows[-1][3])
    return {row[1] for row in rows}


class Desk:
    """People who save without a pause, each only once the save before was confirmed."""

    def __init__(self, app, actor) -> None:
        self.app, self.actor, self.saved = app, actor, []
        self.is_over = threading.Event()
        self.failures: list[BaseException] = []

    def save(self, name: str) -> None:
        with self.app.app_context(), transaction():
            record(actor=self.actor, action="case.closed", subject="case", subject_id=name)
        self.saved.append(name)

    def work(self, person: int) -> None:
        try:
            number = 0
            while not self.is_over.is_set():
                number += 1
                self.save(f"{person}-{number}")
        except BaseException as failure:
            self.failures.append(failure)


@pytest.fixture
def desk(app, db_session, monkeypatch):
    monkeypatch.setattr(engines, "WAL_BYTES_BEFORE_CHECKPOINT", 96 * 1024)
    actor = make_actor()
    db_session.commit()
    db_session.remove()
    return Desk(app, actor)


def test_what_was_called_saved_survives_a_power_cut(app, database, desk, monkeypatch, tmp_path):
    disk = Disk()
    monkeypatch.setattr(durability, "ask_disk", disk)
    desk.save("first")
    people = [threading.Thread(target=desk.work, args=(person,)) for person in range(WRITERS)]
    for one in people:
        one.start()
    chance, at_stake, generations = random.Random(20260401), 0, set()
    try:
        for _ in range(CUTS):
            time.sleep(chance.random() / 20)
            called_saved, copy, uncertain, generation = after_a_cut(disk, database, desk, tmp_path, chance)
            at_stake += uncertain
            generations.add(generation)
            assert called_saved <= found_in(copy)
    finally:
        desk.is_over.set()
        for one in people:
            one.join(timeout=20)
        with app.app_context():
            db.session.remove()
    assert not desk.failures
    # Or nothing was tried: commits that the disk had not confirmed, and logs begun anew.
    assert at_stake
    assert len(generations) > 1


def after_a_cut(disk, database, desk, folder, chance):
    """Cut the power; return what had been called saved by then, the copy, and how much was uncertain."""
    lock = lock_of(str(database.file))
    with lock.threads:  # nobody commits or checkpoints meanwhile; who waits for the disk goes on waiting
        called_saved = set(desk.saved)
        copy, uncertain = cut(disk, database.file, folder, chance)
        log = os.open(f"{database.file}-wal", os.O_RDONLY)
        generation = generation_of(log)
        os.close(log)
    return called_saved, copy, uncertain, generation
