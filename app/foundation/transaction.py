"""The one way to change the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import Connection
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.foundation.db import db, open_change
from app.foundation.engines import checkpoint_if_large, lock_of
from app.foundation.errors import CHANGED_MEANWHILE, Conflict

before_commit: list[Callable[[Session], None]] = []
after_giving_up: list[Callable[[Session], None]] = []


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
    session = db.session()
    session.rollback()
    engine = db.engine
    lock = lock_of(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    with lock or nullcontext():
        with engine.connect() as connection:
            connection.begin()
            open_change.set(connection)
            try:
                yield
                complete(session, connection)
            except StaleDataError:
                # Another process changed the row between our read and our write (PostgreSQL lets both begin).
                give_up(session)
                raise Conflict(CHANGED_MEANWHILE) from None
            except BaseException:
                give_up(session)
                raise
            finally:
                open_change.set(None)
        if lock:
            checkpoint_if_large(engine, lock)


def complete(session: Session, connection: Connection) -> None:
    """Do what is done last in every change, and commit it."""
    session.flush()
    for step in before_commit:
        step(session)
    if session.in_transaction():
        session.commit()
    connection.commit()


def give_up(session: Session) -> None:
    """Forget what the change has done so far; its connection is rolled back when it is given back."""
    session.rollback()
    for step in after_giving_up:
        step(session)
