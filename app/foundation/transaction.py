"""The one way to change the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.foundation.db import OPEN_CHANGE, db
from app.foundation.engines import WRITE_OPTION, checkpoint_if_large, lock_of
from app.foundation.errors import CHANGED_MEANWHILE, Conflict

before_commit: list[Callable[[Session], None]] = []


@contextmanager
def transaction() -> Iterator[None]:
    """Run one change: all of it is committed at the end, or nothing when an exception leaves the block.

    The read snapshot of the request so far is left first, so the change sees the newest state.

    Raises:
        Conflict: another process changed a record that this change had read.
        RuntimeError: a transaction is open already (operations flush, they never open one).
    """
    session = db.session()
    if OPEN_CHANGE in session.info:
        raise RuntimeError("a transaction is open already")
    session.rollback()
    engine = session.get_bind().engine
    database = engine.url.database if engine.dialect.name == "sqlite" else None
    with lock_of(database) if database else nullcontext():
        try:
            session.info[OPEN_CHANGE] = session.connection(execution_options={WRITE_OPTION: True})
            yield
            session.flush()
            for step in before_commit:
                step(session)
            session.commit()
            if database:
                checkpoint_if_large(db.engine)
        except StaleDataError:
            # Another process changed the row between our read and our write (PostgreSQL lets both begin).
            session.rollback()
            raise Conflict(CHANGED_MEANWHILE) from None
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop(OPEN_CHANGE, None)
