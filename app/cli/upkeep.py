"""flask upkeep: what a timer does with what has served its time."""

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.permissions import Role
from app.cases.note_operations import purge_texts
from app.foundation import clock
from app.foundation.db import db
from app.foundation.engines import forget_deleted
from app.foundation.transaction import transaction

group = AppGroup("upkeep", help="Removing what has served its time.")
BY_ITSELF = Actor(id=None, label="flask upkeep", role=Role.ADMINISTRATOR, office_id=None)


@group.command("purge-texts")
def purge() -> None:
    """Remove notes and memos of cases that closed 90 days ago; the last line is their number."""
    with transaction():
        gone = purge_texts(actor=BY_ITSELF, today=clock.today())
    if not forget_deleted(db.engine):
        click.echo(_("読み取り中の画面があるため、書きこみの控え（WAL）には、まだ残っています。"), err=True)
    click.echo(gone)
