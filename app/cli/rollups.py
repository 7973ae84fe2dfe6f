"""flask rollups: the sums that the database keeps, compared with the records and made anew."""

import sys

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.permissions import Role
from app.foundation.transaction import transaction
from app.kpi import course_rollups, rollups

group = AppGroup("rollups", help="Sums that the database keeps itself.")
BY_ITSELF = Actor(id=None, label="flask rollups", role=Role.ADMINISTRATOR, office_id=None)


@group.command("check")
def check() -> None:
    """Compare what is kept with the records; the last line is how many are wrong, the exit code then 1."""
    wrong, astray = rollups.compare(), course_rollups.compare()
    for one in wrong[:20]:
        click.echo(
            _(
                "%(day)s（所属 %(office)s、%(group)s）：集計 %(kept)s、記録 %(counted)s",
                day=one.held_on.isoformat(),
                office=one.office_id,
                group=one.target_group or _("不明"),
                kept="/".join(str(part) for part in one.kept),
                counted="/".join(str(part) for part in one.counted),
            ),
            err=True,
        )
    for other in astray[:20]:
        click.echo(
            f"{other.table} {words(other.key)}: {words(other.kept)} / {words(other.counted)}", err=True
        )
    click.echo(len(wrong) + len(astray))
    sys.exit(1 if wrong or astray else 0)


def words(values: tuple[object, ...] | None) -> str:
    """Return the values of a row in one word; a dash where there is no row."""
    return "–" if values is None else ",".join("" if one is None else str(one) for one in values)


@group.command("rebuild")
def rebuild() -> None:
    """Make the sums anew from the records; the last line is how many were wrong."""
    with transaction():
        wrong = rollups.rebuild(actor=BY_ITSELF)
    click.echo(wrong)
