"""Whether the database fits this version of the program."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from app.foundation.db import db

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


class SchemaError(RuntimeError):
    """The database is older or newer than the program; the message says what to do."""


def scripts() -> ScriptDirectory:
    """Return the numbered migrations."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def require_current_schema(app: Flask) -> None:
    """Refuse to start on a database that this program would misread.

    Raises:
        SchemaError: it is older (script/setup brings it up to date) or newer (a newer Shirube is needed).
    """
    with app.app_context(), db.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    known = scripts()
    head = known.get_current_head()
    if found == head:
        return
    if found is None or found in {script.revision for script in known.walk_revisions()}:
        raise SchemaError(
            f"The database is at schema {found or 'none'}, this program needs {head}. "
            "Make a backup and run script/setup, which brings it up to date."
        )
    raise SchemaError(
        f"The database is at schema {found}, which is newer than this program ({head}). "
        "Start the newer program, or restore the backup that belongs to this one."
    )
