"""flask plan: the plan register."""

from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.permissions import Role
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.plan.loading import load_plan
from app.plan.plan_file import read_plan

BUNDLED = Path(__file__).resolve().parents[1] / "plan" / "data" / "kokubunji-2007.toml"

group = AppGroup("plan", help="The plan register.")


@group.command("load")
@click.option(
    "--file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=BUNDLED,
    help="A plan file (TOML); by default the one that comes with Shirube.",
)
def load(file: Path) -> None:
    """Load a plan with its measures, published figures and targets; running it again changes nothing."""
    actor = Actor(id=None, label="flask plan load", role=Role.PLAN_DESK, office_id=None)
    try:
        facts = read_plan(file.read_text(encoding="utf-8-sig"))
        click.echo(_("%(file)s を読みました。", file=file.name), err=True)
        with transaction():
            changes = load_plan(actor=actor, facts=facts)
    except UnicodeDecodeError:
        raise click.ClickException(_("%(file)s は UTF-8 で書かれていません。", file=file.name)) from None
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    named = {"title": facts.plan.title.ja, "measures": len(facts.measures)}
    if changes:
        click.echo(
            _(
                "「%(title)s」を登録しました（事業 %(measures)s、変わった行 %(rows)s）。",
                rows=changes.total(),
                **named,
            )
        )
    else:
        click.echo(_("「%(title)s」（事業 %(measures)s）は登録済みです。何も変わりません。", **named))
