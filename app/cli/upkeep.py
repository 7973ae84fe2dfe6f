"""flask upkeep: what a timer does with what has served its time."""

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.permissions import Role
from app.foundation import clock
from app.foundation.db import db
from app.foundation.engines import forget_deleted
from app.foundation.transaction import transaction
from app.upkeep.texts import purge_texts
from app.upkeep.traces import purge_traces

group = AppGroup("upkeep", help="Removing what has served its time.")
BY_ITSELF = Actor(id=None, label="flask upkeep", role=Role.ADMINISTRATOR, office_id=None)


@group.command("purge-texts")
def texts() -> None:
    """Remove what was typed about people whose case closed 90 days ago; the last line counts the records."""
    with transaction():
        gone = purge_texts(actor=BY_ITSELF, today=clock.today())
    tell(gone)


@group.command("purge-traces")
def traces() -> None:
    """Remove sessions and keys of saved forms a month old; the last line is their number."""
    with transaction():
        gone = purge_traces(now=clock.now())
    tell(gone)


def tell(gone: int) -> None:
    """Let nothing of what went stay in the write-ahead log, and print how many records it was."""
    if not forget_deleted(db.engine):
        click.echo(_("読み取り中の画面があるため、書きこみの控え（WAL）には、まだ残っています。"), err=True)
    click.echo(gone)
