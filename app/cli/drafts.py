"""``flask drafts``: what is being written and not saved yet."""

from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.drafts import keeping
from app.drafts.queries import KEPT_FOR
from app.drafts.sealing import ring_of
from app.foundation import clock
from app.foundation.db import db
from app.foundation.engines import forget_deleted
from app.foundation.transaction import transaction
from config import add_draft_key

group = AppGroup("drafts", help="Drafts of forms, sealed and kept for seven days.")


@group.command("purge")
@click.option("--all", "everything", is_flag=True, help="Purge every draft, also those being written now.")
def purge(everything: bool) -> None:
    """Delete drafts older than seven days and those whose key is gone; the last line is their number."""
    age = timedelta(0) if everything else KEPT_FOR
    with transaction():
        gone = keeping.purge_drafts(
            before=clock.now() - age, ring=ring_of(current_app.config["SHIRUBE"].draft_key)
        )
    if not forget_deleted(db.engine):
        click.echo(_("読み取り中の画面があるため、書きこみの控え（WAL）には、まだ残っています。"), err=True)
    click.echo(str(gone))


@group.command("new-key")
def new_key() -> None:
    """Seal drafts under a new key from the next start on; the former ones still open what they sealed."""
    path = add_draft_key(current_app.config["SHIRUBE"].instance)
    click.echo(_("新しい鍵を加えました。サーバーを起動しなおすと使われます。"), err=True)
    click.echo(str(path))
