"""What was committed to SQLite lies on the disk before anybody is told so (docs/decisions/0010).

SQLite itself writes the log without waiting for the disk (synchronous=NORMAL). Whoever wrote waits here,
after the write lock was let go: one thread asks the disk, for all whose commit was done before it asked.
"""

import logging
import os
import threading

log = logging.getLogger(__name__)


class DiskFailedError(RuntimeError):
    """The disk would not confirm what was committed: nothing may be called saved any more."""


def ask_disk(file: int) -> None:
    """Wait until the content of a file is on the disk."""
    getattr(os, "fdatasync", os.fsync)(file)


class WriteAheadLog:
    """The log beside a database: how many commits it has taken, and how many of them are on the disk."""

    def __init__(self, database: str) -> None:
        self.path = os.path.realpath(database) + "-wal"
        # Two locks: who counts holds the write lock, and must not wait for who waits for the disk.
        self.counting, self.changed = threading.Lock(), threading.Condition()
        # What a process before this one committed may not be on the disk: the first to come sees to it.
        self.committed, self.confirmed = 1, 0
        self.is_asking = False
        self.failure: OSError | None = None
        self.file: int | None = None

    def size(self) -> int:
        """Return how many bytes the log has."""
        try:
            return os.stat(self.path).st_size
        except FileNotFoundError:
            return 0

    def note_commit(self) -> None:
        """Count a commit that is done."""
        with self.counting:
            self.committed += 1

    def require_trusted(self) -> None:
        """Refuse to go on writing after the disk has failed.

        Raises:
            DiskFailedError: it has. Asking again would prove nothing: Linux forgets what it could not write.
        """
        if self.failure is not None:
            raise DiskFailedError("the disk failed; look at it before Shirube is started again")

    def wait_for_disk(self, place: int) -> None:
        """Wait until this many commits are on the disk.

        Raises:
            DiskFailedError: the disk would not confirm it.
        """
        with self.changed:
            while self.confirmed < place:
                self.require_trusted()
                if self.is_asking:
                    self.changed.wait()
                else:
                    self.confirm()

    def confirm(self) -> None:
        """Ask the disk for everybody, as the one thread that does; ``changed`` is held, but not meanwhile."""
        self.is_asking, place = True, self.committed
        self.changed.release()
        failure = None
        try:
            self.sync()
        except OSError as error:
            failure = error
        finally:
            self.changed.acquire()
            self.is_asking = False
            self.changed.notify_all()
        if failure is None:
            self.confirmed = place
        else:
            self.failure = failure
            log.critical("The disk did not confirm what was saved (%s). Nothing is saved any more.", failure)

    def sync(self) -> None:
        """Wait until the log as it is now is on the disk; OSError when the disk fails."""
        try:
            self.open_newest()
        except FileNotFoundError:
            return  # the last connection has closed: SQLite has synced the log, folded it in and removed it
        if self.file is not None:
            ask_disk(self.file)

    def open_newest(self) -> None:
        """Open the log, unless the one that is open is still it.

        It stays open, so that Linux tells this descriptor of every write that failed since. SQLite holds no
        locks on the log, so opening and closing it beside SQLite does no harm (with the database it would).
        """
        there = os.stat(self.path)
        if self.file is not None:
            if os.path.samestat(os.fstat(self.file), there):
                return
            os.close(self.file)
            self.file = None
        self.file = os.open(self.path, os.O_RDONLY)
        folder = os.open(os.path.dirname(self.path), os.O_RDONLY)
        try:
            os.fsync(folder)  # a new file is found after a power cut only when its folder is on the disk, too
        finally:
            os.close(folder)
