"""flask feed: the public pages as a site of files."""

from pathlib import Path

import click
from flask.cli import AppGroup
from flask.globals import app_ctx
from flask_babel import gettext as _

from app.feed.site import export_site
from app.foundation.errors import DomainError

group = AppGroup("feed", help="What the public sees.")


@group.command("export-site")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--base-url",
    default="",
    help="Address at which the site will stand, for open data and search engines; else SHIRUBE_PUBLIC_URL.",
)
def export_site_command(folder: Path, base_url: str) -> None:
    """Write the public pages into FOLDER, for a web host; an earlier site there is replaced as a whole."""
    app = app_ctx.app
    address = base_url or app.config["SHIRUBE"].public_url
    try:
        count = export_site(app, folder, base_url=address)
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    click.echo(_("%(folder)sに%(count)sファイルのサイトを書き出しました。", folder=folder, count=count))
