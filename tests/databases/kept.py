"""The databases of one test worker, each made when it is first asked for."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tests.databases.postgresql import PostgresqlDatabase, PostgresqlMissingError, PostgresqlServer
from tests.databases.sqlite import SqliteDatabase

POSTGRESQL = "postgresql"


class Databases:
    """Databases by name: "postgresql", or any other name for a SQLite of its own ("sqlite", "browser")."""

    def __init__(self, make_folder: Callable[[str], Path]) -> None:
        self._make_folder = make_folder
        self._made: dict[str, SqliteDatabase | PostgresqlDatabase] = {}
        self._missing: PostgresqlMissingError | None = None
        self._closing = ExitStack()

    def get(self, name: str) -> SqliteDatabase | PostgresqlDatabase:
        """Return a database; PostgresqlMissingError when this machine cannot have it."""
        if name not in self._made:
            database = (
                self._make_postgresql() if name == POSTGRESQL else SqliteDatabase(self._make_folder(name))
            )
            self._closing.callback(database.close)
            self._made[name] = database
        return self._made[name]

    def close(self) -> None:
        """Let go of them all."""
        self._closing.close()

    def _make_postgresql(self) -> PostgresqlDatabase:
        if self._missing:
            raise self._missing
        try:
            server = PostgresqlServer()
        except PostgresqlMissingError as reason:
            self._missing = reason
            raise
        self._closing.callback(server.stop)
        return PostgresqlDatabase(server, self._make_folder(POSTGRESQL))
