"""SQLite: a file, and copies of it to return to."""

import gc
import shutil
from pathlib import Path

from flask import Flask

from app.foundation.db import db
from tests.databases.application import make_application

EMPTY = "empty"


class SqliteDatabase:
    """One migrated SQLite file that can be put back as it was."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.file = folder / "shirube.sqlite3"
        self.app: Flask = make_application(instance=folder, database_url=f"sqlite:///{self.file}")
        self.keep(EMPTY)

    def keep(self, snapshot: str) -> None:
        """Keep the present content under a name."""
        self._release()
        shutil.copyfile(self.file, self._copy(snapshot))

    def has(self, snapshot: str) -> bool:
        """Tell whether a content was kept under this name."""
        return self._copy(snapshot).exists()

    def reset(self, snapshot: str = EMPTY) -> None:
        """Put a kept content back."""
        self._release()
        shutil.copyfile(self._copy(snapshot), self.file)

    def close(self) -> None:
        """Let go of the file."""
        self._release()

    def _copy(self, snapshot: str) -> Path:
        return self.file.with_name(f"{snapshot}.kept")

    def _release(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        # The last connection to close folds the log into the file; one that is left was leaked.
        wal = self.file.with_name(self.file.name + "-wal")
        if wal.exists():
            gc.collect()  # a connection that came back to a pool already let go is closed with that pool
        if wal.exists():
            raise RuntimeError(f"a test left a connection to {self.file} open")
