"""The one way to change the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import cast

from sqlalchemy import Connection
from sqlalchemy.orm.exc import StaleDataError

from app.foundation.db import Change, JoiningSession, db, open_change
from app.foundation.engines import WRITE_OPTION, checkpoint_if_large, lock_of
from app.foundation.errors import CHANGED_MEANWHILE, Conflict

before_commit: list[Callable[[], None]] = []


@contextmanager
def transaction() -> Iterator[None]:
    """Run one change: all of it is committed at the end, or nothing when an exception leaves the block.

    The read snapshot of the request so far is left first, so the change sees the newest state. The session
    joins the change's connection when something asks it; what is prepared (prepared.py) never does.

    Raises:
        Conflict: another process changed a record that this change had read.
        RuntimeError: a transaction is open already (operations flush, they never open one).
    """
    if open_change.get() is not None:
        raise RuntimeError("a transaction is open already")
    if db.session.registry.has():
        db.session.rollback()
    engine = db.engine
    lock = lock_of(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    with lock or nullcontext():
        with engine.connect() as connection:
            connection.execution_options(**{WRITE_OPTION: True}).begin()
            begin(Change(connection))
            try:
                yield
                complete(connection)
            except StaleDataError:
                # Another process changed the row between our read and our write (PostgreSQL lets both begin).
                give_up()
                raise Conflict(CHANGED_MEANWHILE) from None
            except BaseException:
                give_up()
                raise
            finally:
                open_change.set(None)
        if lock:
            checkpoint_if_large(engine, lock)


def begin(change: Change) -> None:
    """Let the session of this context, should there be one, take part in a change."""
    open_change.set(change)
    if db.session.registry.has():
        cast("JoiningSession", db.session()).joins = change


def complete(connection: Connection) -> None:
    """Do what is done last in every change, and commit it."""
    if db.session.registry.has():
        db.session.flush()
    for step in before_commit:
        step()
    if db.session.registry.has():
        db.session.commit()
    connection.commit()


def give_up() -> None:
    """Let the session forget what was done; the connection is rolled back when it is given back."""
    if db.session.registry.has():
        db.session.rollback()
