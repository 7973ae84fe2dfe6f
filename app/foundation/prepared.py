"""Statements that every save sends: compiled once for each kind of database, then run by its driver.

SQLAlchemy's own way takes ten times as long as the statement itself, and the processor's time of a save is
what its person waits for beside the disk (docs/decisions/0010). What a statement says stays SQLAlchemy's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, CursorResult, Delete, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError

from app.foundation.db import open_connection

Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class Ready:
    """A statement as one kind of database takes it."""

    sql: str
    named: bool
    """Whether the driver takes values by name (psycopg), not in order (sqlite3)."""
    fixed: Mapping[str, Any]
    """What the statement itself says, as in a LIMIT."""
    binds: Sequence[tuple[str, Convert]]
    results: Sequence[Convert]

    def bind(self, values: Mapping[str, Any]) -> Any:
        """Return the values as the driver takes them; KeyError when one is missing."""
        if self.fixed:
            values = {**self.fixed, **values}
        if self.named:
            return {key: values[key] if change is None else change(values[key]) for key, change in self.binds}
        return [values[key] if change is None else change(values[key]) for key, change in self.binds]

    def read(self, row: Iterable[Any]) -> tuple[Any, ...]:
        """Return a row with the values that its columns stand for."""
        pairs = zip(row, self.results, strict=True)
        return tuple([value if change is None else change(value) for value, change in pairs])


def made_ready(statement: Select | Insert | Update | Delete, columns: list[str], dialect: Dialect) -> Ready:
    """Compile a statement; ``columns`` are what an INSERT is given.

    Raises:
        ValueError: it has an IN of any length or a default made in Python, which SQLAlchemy's way fills in.
    """
    made = statement.compile(dialect=dialect, column_keys=columns if isinstance(statement, Insert) else None)
    if made.insert_prefetch or made.update_prefetch or any(bind.expanding for bind in made.bind_names):
        raise ValueError(f"cannot be prepared: {made.string}")
    binds = {name: bind for bind, name in made.bind_names.items()}
    to_driver = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()
    }
    names = list(to_driver) if made.positiontup is None else made.positiontup
    returned = () if statement.exported_columns is None else statement.exported_columns
    return Ready(
        sql=made.string,
        named=made.positiontup is None,
        fixed={name: bind.value for name, bind in binds.items() if not bind.required},
        binds=tuple((name, to_driver[name]) for name in names),
        results=tuple(
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in returned
        ),
    )


class Prepared:
    """A statement with named values, built once where it is defined and compiled when it is first sent.

    An INSERT is always given the same columns. As with ``db.send``, objects already loaded are not told, and
    what the session holds unflushed is not sent first.
    """

    def __init__(self, statement: Select | Insert | Update | Delete) -> None:
        self.statement = statement
        self.ready: dict[str, Ready] = {}

    def rows(self, **values: object) -> list[tuple[Any, ...]]:
        """Return what a SELECT, or a RETURNING, answers."""
        connection = open_connection()
        ready = self.ready_for(connection.dialect, values)
        cursor = run(connection, ready.sql, ready.bind(values))
        return [ready.read(row) for row in cursor.fetchall()]

    def row(self, **values: object) -> tuple[Any, ...] | None:
        """Return the only row, or the first one."""
        found = self.rows(**values)
        return found[0] if found else None

    def send(self, values: Mapping[str, Any]) -> int:
        """Make a change; return how many rows it changed."""
        connection = open_connection()
        ready = self.ready_for(connection.dialect, values)
        count: int = run(connection, ready.sql, ready.bind(values)).rowcount
        return count

    def send_many(self, rows: Sequence[Mapping[str, Any]]) -> CursorResult[Any]:
        """Make a change with each of many sets of values, in the batches that SQLAlchemy makes of them."""
        return open_connection().execute(self.statement, rows)

    def ready_for(self, dialect: Dialect, values: Mapping[str, Any]) -> Ready:
        """Return the statement as this kind of database takes it."""
        found = self.ready.get(dialect.name)
        if found is None:
            found = self.ready[dialect.name] = made_ready(self.statement, list(values), dialect)
        return found


def run(connection: Connection, sql: str, values: Any) -> Any:
    """Run a statement in the transaction that is open; an error of the driver is raised as SQLAlchemy's."""
    cursor = connection.connection.cursor()
    heard = connection.engine.dispatch.before_cursor_execute
    if heard:  # by whoever counts what is sent
        heard(connection, cursor, sql, values, None, False)
    try:
        cursor.execute(sql, values)
    except connection.dialect.loaded_dbapi.Error as error:
        base = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(sql, None, error, base, dialect=connection.dialect) from error
    return cursor
