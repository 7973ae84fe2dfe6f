"""Runs the numbered migrations on the application's own engine; never imports a model."""

from contextlib import nullcontext

from alembic import context
from flask import current_app

from app.foundation.db import db
from app.foundation.engines import WRITE_OPTION, lock_of


def run() -> None:
    """Bring the schema up to date in one transaction."""
    engine = current_app.extensions["migrate"].db.engine
    lock = lock_of(engine.url.database) if engine.dialect.name == "sqlite" else nullcontext()
    with lock, engine.connect() as connection:
        writing = connection.execution_options(**{WRITE_OPTION: True})
        context.configure(
            connection=writing,
            target_metadata=db.metadata,
            compare_type=True,
            render_as_batch=False,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
