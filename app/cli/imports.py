"""flask import: directories that others wrote."""

from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.permissions import Role
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.windows import operations
from app.windows.hsds import read_hsds
from app.windows.operations import Loaded

group = AppGroup("import", help="Files that others wrote.")


class DryRun(Exception):
    """Ends a transaction without keeping anything."""


@group.command("hsds")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--apply", "keep", is_flag=True, help="Keep the result; without it only says what would be done."
)
def hsds(file: Path, keep: bool) -> None:
    """Read windows from an Open Referral HSDS 3 file (JSON) as new, unverified versions."""
    try:
        done = bring_in(file, keep=keep)
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    for key in done.kept:
        click.echo(_("%(key)s は職員が入力したため、そのままにしました。", key=key), err=True)
    said = {"offices": done.offices, "windows": done.windows, "versions": done.versions}
    if keep:
        click.echo(_("取り込みました：課・機関 %(offices)s、窓口 %(windows)s、版 %(versions)s。", **said))
    else:
        click.echo(
            _("取り込むと加わるもの：課・機関 %(offices)s、窓口 %(windows)s、版 %(versions)s。", **said)
        )
        click.echo(_("何も変えていません。取り込むには --apply をつけてください。"))


def bring_in(file: Path, *, keep: bool) -> Loaded:
    """Bring the file in, or try to and take it back; DomainError says what is wrong with it."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(
            _("%(file)sを読めません（%(reason)s）。", file=file, reason=error)
        ) from None
    directory = read_hsds(text)
    actor = Actor(id=None, label="flask import hsds", role=Role.ADMINISTRATOR, office_id=None)
    try:
        with transaction():
            done = operations.load_directory(
                actor=actor, offices=directory.offices, windows=directory.windows
            )
            if not keep:
                raise DryRun
    except DryRun:
        pass
    return done
