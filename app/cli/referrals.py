"""flask referrals: what a timer does with referrals."""

from contextlib import suppress

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.foundation.errors import Conflict
from app.foundation.transaction import transaction
from app.referrals.sweeping import BY_ITSELF, sweep

ATTEMPTS = 3
group = AppGroup("referrals", help="Referrals and their deadlines.")


@group.command("sweep")
def sweep_command() -> None:
    """Note referrals without answer whose grace has passed as 応答なし; the last line is their number.

    To be run every morning by a timer; run twice or late it does no harm.
    """
    click.echo(swept())


def swept() -> int:
    """Sweep; should an answer come in meanwhile, look once more.

    Raises:
        ClickException: answers kept coming in; nothing was changed.
    """
    for _attempt in range(ATTEMPTS):
        with suppress(Conflict), transaction():
            return sweep(actor=BY_ITSELF)
    raise click.ClickException(_("ちょうど返事の入力がありました。もう一度実行してください。"))
