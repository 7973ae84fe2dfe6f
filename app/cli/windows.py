"""flask windows: the directory of counselling windows."""

from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.permissions import Role
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.windows.loading import load_directory

group = AppGroup("windows", help="The directory of counselling windows.")


@group.command("load")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    default=None,
    help="A directory file (TOML); by default the one that comes with Shirube.",
)
def load(file: Path | None) -> None:
    """Load offices and windows; what is there already stays, so it may be run again."""
    actor = Actor(id=None, label="flask windows load", role=Role.ADMINISTRATOR, office_id=None)
    try:
        with transaction():
            done = load_directory(actor=actor, file=file)
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    for key in done.kept:
        click.echo(_("%(key)s は職員が確認または編集したため、そのままにしました。", key=key), err=True)
    if done.offices or done.windows or done.versions:
        click.echo(
            _(
                "相談窓口を登録しました（課・機関 %(offices)s、窓口 %(windows)s、版 %(versions)s）。",
                offices=done.offices,
                windows=done.windows,
                versions=done.versions,
            )
        )
    else:
        click.echo(_("相談窓口は登録済みです。何も変わりません。"))
    if done.rules or done.scenarios:
        click.echo(
            _(
                "窓口案内のルールを登録しました（ルール %(rules)s、シナリオ %(scenarios)s）。",
                rules=done.rules,
                scenarios=done.scenarios,
            )
        )
