"""``flask demo``: the sample city."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.demo.loading import load_sample
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction

group = AppGroup("demo", help="The sample city: invented records of FY2012 and of the last years.")


@group.command("load")
def load() -> None:
    """Load the sample city (見本データ) into a database that holds no records yet.

    FY2012 yields exactly the published figures; two full years and the running one up to today follow. The
    years between hold no records. Running it again changes nothing.
    """
    try:
        with transaction(), progress() as told:
            loaded = load_sample(pepper=current_app.config["SHIRUBE"].card_pepper, told=told)
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    if loaded:
        click.echo(_("見本データを入れました。"))
    else:
        click.echo(_("見本データはすでに入っています。何も変わりません。"))


@contextmanager
def progress() -> Iterator[Callable[[date], None]]:
    """Give what to call week by week: on a terminal it says how far it is, elsewhere it is silent."""
    weeks = 0
    on_terminal = sys.stderr.isatty()

    def told(monday: date) -> None:
        nonlocal weeks
        weeks += 1
        if on_terminal:
            line = _("見本データ %(weeks)s週目（%(month)s）", weeks=weeks, month=f"{monday:%Y-%m}")
            click.echo(f"\r{line}", err=True, nl=False)

    try:
        yield told
    finally:
        if on_terminal and weeks:
            click.echo(err=True)
