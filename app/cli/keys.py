"""``flask keys``: the card pepper on paper, its exchange, and how many cards wait for the exchange."""

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.cases.queries import count_live_cards
from app.privacy import case_code
from app.privacy.key_sheet import sheet_of
from config import add_pepper

group = AppGroup("keys", help="The pepper without which no card opens its case.")


@group.command("recovery-sheet")
def recovery_sheet() -> None:
    """Print every card pepper as lines to be locked away; config.py restore-pepper reads them back.

    Whoever holds the sheet and a copy of the database can try out codes. Print it without storing it.
    """
    settings = current_app.config["SHIRUBE"]
    click.echo(_("カードの鍵の復旧用紙。鍵のかかる場所に、データベースの控えとは別に保管してください。"))
    for number, pepper in enumerate((settings.card_pepper, *settings.former_peppers), start=1):
        click.echo(_("%(number)s本目の鍵　識別 %(key)s", number=number, key=case_code.key_id(pepper)))
        click.echo("\n".join(sheet_of(pepper)))


@group.command("new-pepper")
def new_pepper() -> None:
    """Hash cards under a new pepper from the next start on; each card changes over when it is shown next."""
    path = add_pepper(current_app.config["SHIRUBE"].instance)
    click.echo(
        _("新しい鍵を加えました。サーバーを起動しなおし、復旧用紙を印刷しなおしてください。"), err=True
    )
    click.echo(str(path))


@group.command("cards")
def cards() -> None:
    """Print, for each pepper, how many cards in use are hashed under it; the first is the present one."""
    settings = current_app.config["SHIRUBE"]
    counted = count_live_cards()
    for pepper in (settings.card_pepper, *settings.former_peppers):
        key = case_code.key_id(pepper)
        click.echo(f"{key}\t{counted.pop(key, 0)}")
    without_key = _("鍵がありません")
    for key, count in sorted(counted.items()):
        click.echo(f"{key}\t{count}\t{without_key}", err=True)
