"""Connection rules of SQLite and PostgreSQL.

SQLite 3.7.0–3.51.2 can corrupt a database when one connection resets the write-ahead log while another
writes (fixed in 3.51.3). Debian 12 ships 3.40.1, so automatic checkpoints are off, and one file lock stands
around BEGIN … COMMIT of every writer, around checkpoints and around closing, for server and commands alike.

A commit does not wait for the disk while others wait for the lock; who leaves the lock does (durability.py).
"""

import fcntl
import logging
import os
import sqlite3
import threading
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from app.foundation.durability import DiskFailedError, WriteAheadLog

BUSY_MILLISECONDS = 15_000
WAL_BYTES_BEFORE_CHECKPOINT = 4 * 1024 * 1024
WRITE_OPTION = "shirube_write"
SQLITE_RULES = {
    "foreign_keys": 1,
    "busy_timeout": BUSY_MILLISECONDS,
    "synchronous": 1,  # NORMAL: the log is synced by durability.py, for all who wrote meanwhile at once
    "secure_delete": 1,
    "wal_autocheckpoint": 0,
    "journal_mode": "wal",
    # 8 MiB for each thread's connection, where 2 MiB made every list read its tables from the disk again.
    "cache_size": -8 * 1024,
}
log = logging.getLogger(__name__)


class WriteLock:
    """A lock between threads and processes that one thread may take again while it holds it.

    Whoever leaves it waits until all that was committed so far is on the disk: what they wrote, and what
    somebody else wrote and they have seen.
    """

    def __init__(self, database: str) -> None:
        self.path = database + ".lock"
        self.log = WriteAheadLog(database)
        self.threads = threading.RLock()
        self.owner: int | None = None
        self.depth = 0
        self.file = -1

    def __enter__(self) -> "WriteLock":
        """Wait until nobody else writes, checkpoints or closes."""
        self.threads.acquire()
        if self.depth == 0:
            try:
                self.file = lock_file(self.path)
            except BaseException:
                self.threads.release()
                raise
            self.owner = threading.get_ident()
        self.depth += 1
        return self

    def __exit__(self, *_exception: object) -> None:
        """Let the next one in, then wait for the disk; DiskFailedError when it fails."""
        self.depth -= 1
        is_left, place = self.depth == 0, self.log.committed
        if is_left:
            self.owner = None
            os.close(self.file)
        self.threads.release()
        if is_left:
            self.log.wait_for_disk(place)

    def note_commit(self) -> None:
        """Count a commit; one that was made without the lock waits for the disk here."""
        self.log.note_commit()
        if self.owner != threading.get_ident():
            self.log.wait_for_disk(self.log.committed)


def lock_file(path: str) -> int:
    """Return the descriptor of a file that no other process holds; closing it lets go."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
    except BaseException:
        os.close(file)
        raise
    return file


locks: dict[str, WriteLock] = {}
locks_guard = threading.RLock()  # again by the same thread, when a connection is closed as garbage meanwhile


def lock_of(path: str) -> WriteLock:
    """Return this process's lock of a database file."""
    with locks_guard:
        if path not in locks:
            locks[path] = WriteLock(path)
        return locks[path]


def sqlite_connection_class(path: str) -> type[sqlite3.Connection]:
    """Return a connection class that counts commits and closes, which may checkpoint, under the lock."""

    class LockedConnection(sqlite3.Connection):
        def commit(self) -> None:
            try:
                super().commit()
            finally:
                lock_of(path).note_commit()

        def close(self) -> None:
            # Who saved was told of a failed disk; closing must still be possible.
            with suppress(DiskFailedError), lock_of(path):
                super().close()

    return LockedConnection


def normalise_url(url: str) -> str:
    """Name the driver where a plain PostgreSQL address was given."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def engine_options(url: str) -> dict[str, Any]:
    """Return the options with which an engine of this address is made."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return {"pool_pre_ping": True}
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("Shirube needs a database file: one in memory is lost with its connection")
    return {
        "connect_args": {
            "check_same_thread": False,
            "timeout": BUSY_MILLISECONDS / 1000,
            # Pages and saves together send more than the 128 it would keep; to read one anew costs 0.2 ms.
            "cached_statements": 512,
            "factory": sqlite_connection_class(parsed.database),
        }
    }


def apply_rules(engine: Engine) -> None:
    """Attach the rules of its kind to an engine."""
    if engine.dialect.name != "sqlite":
        return
    log.info("SQLite %s", sqlite3.sqlite_version)
    event.listen(engine, "connect", set_and_assert_rules)
    event.listen(engine, "begin", begin_explicitly)


def set_and_assert_rules(connection: sqlite3.Connection, _record: object) -> None:
    """Set each rule on a new connection and make sure that it holds."""
    connection.isolation_level = None  # BEGIN is ours, see begin_explicitly
    for rule, wanted in SQLITE_RULES.items():
        connection.execute(f"PRAGMA {rule} = {wanted}").fetchall()
        found = connection.execute(f"PRAGMA {rule}").fetchone()[0]
        if found != wanted:
            raise RuntimeError(f"SQLite would not set {rule} to {wanted}: it is {found}")


def begin_explicitly(connection: Connection) -> None:
    """Writers take the write lock at once: a reader that turns writer late would fail with BUSY_SNAPSHOT."""
    writes = connection.get_execution_options().get(WRITE_OPTION)
    if writes:
        require_working_disk(connection.engine)
    statement = "BEGIN IMMEDIATE" if writes else "BEGIN"
    try:
        # Every page begins here: past SQLAlchemy, whose way takes several times as long as the statement.
        connection.connection.cursor().execute(statement)
    except sqlite3.OperationalError as error:
        raise OperationalError(statement, None, error) from error


def require_working_disk(engine: Engine) -> None:
    """Refuse when this process has seen the disk of a SQLite database fail.

    Raises:
        DiskFailedError: it has.
    """
    if engine.dialect.name == "sqlite" and engine.url.database:
        lock_of(engine.url.database).log.require_trusted()


def checkpoint_if_large(engine: Engine, lock: WriteLock) -> None:
    """Fold a large write-ahead log into the database; the caller holds the write lock."""
    if lock.log.size() > WAL_BYTES_BEFORE_CHECKPOINT:
        checkpoint(engine, patience=0)


def checkpoint(engine: Engine, *, patience: int = BUSY_MILLISECONDS) -> bool:
    """Fold the write-ahead log into the database and empty it; False while somebody still reads in it.

    ``patience`` is how many milliseconds it waits for that reader. After a save it must be none: everybody
    who wants to save would wait with it.
    """
    raw = engine.raw_connection()
    cursor = raw.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout = {patience}")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        raw.close()
    return not busy


def forget_deleted(engine: Engine) -> bool:
    """Let nothing of what was deleted stay behind in the write-ahead log; False while somebody reads in it.

    SQLite writes zeros over deleted rows (secure_delete), but the log still holds what stood there before.
    PostgreSQL frees and reuses the room by itself.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return True
    with lock_of(engine.url.database):
        return checkpoint(engine)
