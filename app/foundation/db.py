"""The database: metadata with named constraints, column types, and the rules of each engine."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVarTuple, cast

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import (
    CheckConstraint,
    Connection,
    CursorResult,
    DateTime,
    Delete,
    Dialect,
    Engine,
    Insert,
    MetaData,
    Select,
    String,
    Table,
    Update,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

Columns = TypeVarTuple("Columns")

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table's parent; names each constraint, so that errors and migrations can refer to it."""

    metadata = MetaData(naming_convention=NAMES)


@dataclass(slots=True)
class Change:
    """A change on its way: its connection, and what is kept of it until it is committed or given up."""

    connection: Connection
    info: dict[str, Any] = field(default_factory=dict)


open_change: ContextVar[Change | None] = ContextVar("shirube_open_change", default=None)
"""The change that ``transaction()`` has begun."""


class JoiningSession(Session):
    """A session that takes part in the change of its context, and else begins transactions of its own."""

    def __init__(self, *about: Any, **more: Any) -> None:
        super().__init__(*about, **more)
        self.joins = open_change.get()

    def get_bind(self, *about: Any, **more: Any) -> Engine | Connection:
        """Return what statements go by."""
        change = open_change.get()
        if change is not None and self.joins is change:
            return change.connection
        return super().get_bind(*about, **more)


# Objects stay usable after a commit: pages are rendered from them, and a new read would cost a query each.
db = SQLAlchemy(model_class=Base, session_options={"class_": JoiningSession, "expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def read(statement: Select[*Columns], **values: object) -> CursorResult[*Columns]:
    """Run a statement past the ORM, for plain rows of lists; what the session holds unflushed is not seen."""
    return db.session.connection().execute(statement, values)


def open_connection() -> Connection:
    """Return the connection of the transaction that is open, begun here when there is none."""
    change = open_change.get()
    return db.session().connection() if change is None else change.connection


def table_of(model: type[Base]) -> Table:
    """Return the table of a model, for statements that go past the ORM."""
    return cast("Table", model.__table__)


def send(
    statement: Insert | Update | Delete, values: dict[str, Any] | list[dict[str, Any]]
) -> CursorResult[Any]:
    """Run a change past the ORM, where it is made often: the statement is built once, the values come along.

    Objects already loaded are not told, and what the session holds unflushed is not sent first.
    """
    return db.session.connection().execute(statement, values)


def change(statement: Update | Delete) -> int:
    """Run an UPDATE or DELETE; return how many rows it changed. Objects already loaded are not told."""
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[*tuple[Any, ...]]", done).rowcount


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; naive values are refused, since nobody could say which zone they mean."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """Return what writes a moment; for SQLite in one step, since every record of a save bears one."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)
        return lambda value: moment_as_text(self.process_bind_param(value, dialect))

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware moment, also from SQLite, which keeps no zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def moment_as_text(value: datetime | None) -> str | None:
    """Write a moment in UTC as SQLAlchemy writes it for SQLite, at a third of the cost."""
    return None if value is None else value.replace(tzinfo=None).isoformat(" ", "microseconds")


class Codes(dict[StrEnum | str | None, str | None]):
    """The codes of an enumeration by its members and by themselves; ValueError for any other."""

    def __init__(self, enumeration: type[StrEnum]) -> None:
        super().__init__({member.value: member.value for member in enumeration})
        self[None], self.enumeration = None, enumeration

    def __missing__(self, code: StrEnum | str | None) -> str:
        """Refuse it as the enumeration does."""
        raise ValueError(f"{code!r} is not a valid {self.enumeration.__name__}")


class Coded(TypeDecorator[StrEnum]):
    """An enumeration stored as its code; retired values can still be read (they are never deleted)."""

    impl = String(40)
    cache_ok = True

    def __init__(self, enumeration: type[StrEnum]) -> None:
        super().__init__()
        self.enumeration = enumeration

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """Store the code; a code outside the enumeration raises ValueError."""
        if type(value) is self.enumeration:
            return value.value
        return None if value is None else self.enumeration(value).value

    def bind_processor(self, dialect: Dialect) -> Callable[[StrEnum | str | None], str | None]:
        """Return what writes a member as its code: one look-up, since a save writes a dozen of them."""
        return Codes(self.enumeration).__getitem__

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], StrEnum | None]:
        """Return what reads a code as its member: one look-up, since lists read very many of them."""
        members: dict[str | None, StrEnum | None] = {None: None}
        members |= {member.value: member for member in self.enumeration}
        return members.__getitem__


FISCAL_YEAR_CHECKS = {
    # Compared as text in SQLite, where a day is 'YYYY-MM-DD'.
    "sqlite": "{day} >= {year} || '-04-01' AND {day} < ({year} + 1) || '-04-01'",
    "postgresql": "{day} >= make_date({year}, 4, 1) AND {day} < make_date({year} + 1, 4, 1)",
}


def fiscal_year_checks(day: str, year: str = "fiscal_year") -> list[CheckConstraint]:
    """Return constraints that keep a plain fiscal-year column true to its day (one per engine).

    A plain column, not a generated one: SQLite uses it in a covering index.
    """
    return [
        CheckConstraint(rule.format(day=day, year=year), name=f"{year}_of_{day}").ddl_if(dialect=dialect)
        for dialect, rule in FISCAL_YEAR_CHECKS.items()
    ]
