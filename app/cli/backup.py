"""``flask backup``: a copy of the database that can be given back, without keys, drafts and sessions."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import DomainError
from app.upkeep.backup import LEFT_OUT, make_backup, verify_backup

group = AppGroup("backup", help="Backups of the database (SQLite).")


@group.command("make")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def make(folder: Path) -> None:
    """Make and check a backup in FOLDER while the server runs; the last line is its file."""
    url = db.engine.url
    if url.get_backend_name() != "sqlite":
        without = " ".join(f"--exclude-table-data={table}" for table in LEFT_OUT)
        raise click.ClickException(
            _(
                "PostgreSQL の控えは pg_dump で作ります：pg_dump --format=custom %(without)s --file=… "
                "（docs/backup.md）",
                without=without,
            )
        )
    try:
        made = make_backup(
            database=Path(url.database or ""),
            folder=folder,
            instance=current_app.config["SHIRUBE"].instance,
            now=clock.to_tokyo(clock.now()),
        )
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {error.strerror}") from None
    click.echo(
        _(
            "控えを作り、もとと一致することを確かめました（表 %(tables)s、行 %(rows)s）。",
            tables=made.tables,
            rows=made.rows,
        ),
        err=True,
    )
    click.echo(str(made.file))


@group.command("verify")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def verify(file: Path) -> None:
    """Check that a backup is whole and still holds every row that it held when it was made."""
    try:
        found = verify_backup(file=file)
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    click.echo(
        _(
            "控えは完全です（表 %(tables)s、行 %(rows)s、版 %(schema)s）。",
            tables=found.tables,
            rows=found.rows,
            schema=found.schema,
        )
    )
