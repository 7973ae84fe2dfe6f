"""Connection rules of SQLite and PostgreSQL.

SQLite 3.7.0–3.51.2 can corrupt a database when one connection resets the write-ahead log while another
writes (fixed in 3.51.3). Debian 12 ships 3.40.1, so automatic checkpoints are off, and one file lock stands
around BEGIN … COMMIT of every writer, around checkpoints and around closing, for server and commands alike.
"""

import fcntl
import logging
import sqlite3
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url

BUSY_MILLISECONDS = 15_000
WAL_BYTES_BEFORE_CHECKPOINT = 4 * 1024 * 1024
WRITE_OPTION = "shirube_write"
SQLITE_RULES = {
    "foreign_keys": 1,
    "busy_timeout": BUSY_MILLISECONDS,
    "synchronous": 2,
    "secure_delete": 1,
    "wal_autocheckpoint": 0,
    "journal_mode": "wal",
    # 8 MiB for each thread's connection, where 2 MiB made every list read its tables from the disk again.
    "cache_size": -8 * 1024,
}
log = logging.getLogger(__name__)


class WriteLock:
    """A lock between threads and processes that one thread may take again while it holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.threads = threading.RLock()
        self.depth = 0
        self.file: Any = None

    def __enter__(self) -> "WriteLock":
        """Wait until nobody else writes, checkpoints or closes."""
        self.threads.acquire()
        if self.depth == 0:
            try:
                self.file = self.path.open("a")
                fcntl.flock(self.file, fcntl.LOCK_EX)
            except BaseException:
                self.threads.release()
                raise
        self.depth += 1
        return self

    def __exit__(self, *_exception: object) -> None:
        """Let the next one in."""
        self.depth -= 1
        if self.depth == 0:
            self.file.close()
        self.threads.release()


locks: dict[str, WriteLock] = {}
locks_guard = threading.Lock()


def lock_of(path: str) -> WriteLock:
    """Return this process's lock of a database file."""
    with locks_guard:
        return locks.setdefault(path, WriteLock(Path(path + ".lock")))


def sqlite_connection_class(path: str) -> type[sqlite3.Connection]:
    """Return a connection class whose close, which may checkpoint, waits for the lock."""

    class LockedConnection(sqlite3.Connection):
        def close(self) -> None:
            with lock_of(path):
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
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def checkpoint_if_large(engine: Engine) -> None:
    """Fold a large write-ahead log into the database; the caller holds the write lock."""
    wal = Path(f"{engine.url.database}-wal")
    if wal.exists() and wal.stat().st_size > WAL_BYTES_BEFORE_CHECKPOINT:
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
