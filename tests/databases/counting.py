"""Counting the statements that a page sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from app.foundation.db import db


@contextmanager
def counted_statements(app: Flask) -> Iterator[list[str]]:
    """Collect every statement of the block, BEGIN and the like left out."""
    found: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
