"""The numbered migrations make exactly the tables that the models describe, forth and back."""

import re
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from app.foundation.db import db
from app.windows import queries
from app.windows.facts import WindowFacts
from tests.databases.application import make_application


def differences(connection: sa.Connection) -> list[str]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return [str(one) for one in compare_metadata(context, db.metadata)]


def checks_of_models(dialect: sa.Dialect) -> set[tuple[str, str]]:
    """Return (table, name) of the CHECK constraints that this engine shall have."""
    found = set()
    for table in db.metadata.sorted_tables:
        for constraint in table.constraints:
            if isinstance(constraint, sa.CheckConstraint) and constraint.name:
                only_for = getattr(constraint, "_ddl_if", None)
                if only_for is None or only_for.dialect == dialect.name:
                    found.add((table.name, str(constraint.name)))
    return found


def checks_of_database(connection: sa.Connection) -> set[tuple[str, str]]:
    inspector = sa.inspect(connection)
    return {
        (table, str(one["name"]))
        for table in inspector.get_table_names()
        for one in inspector.get_check_constraints(table)
    }


@pytest.mark.both_databases
def test_the_head_of_the_migrations_is_what_the_models_say(app):
    with app.app_context(), db.engine.connect() as connection:
        assert differences(connection) == []
        assert checks_of_database(connection) == checks_of_models(connection.dialect)


def shape(connection: sa.Connection) -> dict[str, object]:
    inspector = sa.inspect(connection)
    return {
        table: (
            sorted((one["name"], str(one["type"]), one["nullable"]) for one in inspector.get_columns(table)),
            sorted(one["name"] or "" for one in inspector.get_indexes(table)),
            sorted(one["name"] or "" for one in inspector.get_foreign_keys(table)),
            sorted(str(one["name"]) for one in inspector.get_check_constraints(table)),
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


@pytest.fixture
def fresh(database, databases, tmp_path):
    """Return an application on a database of its own, so that the shared one keeps its tables."""
    if database.name == "sqlite":
        url = f"sqlite:///{tmp_path / 'migrated.sqlite3'}"
    else:
        database.server.execute("CREATE DATABASE migrated")
        url = database.server.url("migrated")
    application = make_application(instance=tmp_path, database_url=url)
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()
    if database.name != "sqlite":
        database.server.execute("DROP DATABASE migrated")


@pytest.mark.both_databases
def test_up_down_and_up_again_ends_where_it_began(fresh, project):
    folder = str(project / "migrations")
    with fresh.app_context():
        with db.engine.connect() as connection:
            before = shape(connection)
        flask_migrate.downgrade(directory=folder, revision="base")
        with db.engine.connect() as connection:
            assert shape(connection) == {}
        flask_migrate.upgrade(directory=folder)
        with db.engine.connect() as connection:
            assert shape(connection) == before
            assert differences(connection) == []


OLD_ROWS = (
    """INSERT INTO office (id, key, kind, name, name_en) VALUES (1, 'north', 'agency', '北の家', 'N')""",
    """INSERT INTO "window" (id, key, office_id, position) VALUES (1, 'north', 1, 1)""",
    """INSERT INTO window_version (window_id, number, name, name_en, kana, former_names, services,
       services_en, eligibility, eligibility_en, note, note_en, address, telephone, response_days,
       recorded_at) VALUES (1, 1, '北の窓口', 'North Desk', '', '', '', '', '', '', '', '', '', '', 10,
       '2026-04-01 00:00:00+00')""",
)


@pytest.mark.both_databases
def test_a_window_of_the_first_schema_says_nothing_of_what_was_added_later(fresh, project):
    folder = str(project / "migrations")
    with fresh.app_context():
        flask_migrate.downgrade(directory=folder, revision="0001")
        with db.engine.begin() as connection:
            for statement in OLD_ROWS:
                connection.execute(sa.text(statement))
        flask_migrate.upgrade(directory=folder)

        facts = queries.list_versions(1)[0].facts
        db.session.remove()
        flask_migrate.downgrade(directory=folder, revision="0001")
        with db.engine.connect() as connection:
            kept = connection.execute(sa.text("SELECT name FROM window_version")).scalars().all()

    assert facts == WindowFacts(name="北の窓口", name_en="North Desk")
    assert kept == ["北の窓口"]


def test_migrations_are_numbered_without_gaps_and_know_no_model(project):
    files = sorted((Path(project) / "migrations" / "versions").glob("*.py"))
    numbers = [re.match(r"(\d{4})_[a-z0-9_]+\.py", file.name) for file in files]
    assert [int(one.group(1)) for one in numbers if one] == list(range(1, len(files) + 1))
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(from|import) app\b", text, re.MULTILINE), file.name
        assert "def downgrade" in text, file.name
