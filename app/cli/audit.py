"""``flask audit``: the head of the trail, to be kept elsewhere, and the check against it."""

import click
from flask.cli import AppGroup

from app.audit import queries

group = AppGroup("audit", help="The audit trail and its chain.")


@group.command("head")
def head() -> None:
    """Print number and digest of the newest entry; keep them outside this machine."""
    found = queries.get_head()
    click.echo(f"{found.number} {found.digest}")


@group.command("verify")
@click.option("--head", "kept", metavar="DIGEST", help="A digest that `flask audit head` printed earlier.")
def verify(kept: str | None) -> None:
    """Check every entry of the chain; with --head also that the trail still contains that entry.

    Without --head an edit, a removed or a moved entry is found; only a kept head shows that the end
    was cut off, or the whole chain written anew.
    """
    report = queries.verify(kept=kept.strip().split()[-1].lower() if kept and kept.strip() else None)
    for fault in report.faults:
        click.echo(fault, err=True)
    if report.faults:
        raise click.ClickException(f"The trail was tampered with: {len(report.faults)} faults.")
    click.echo(f"{report.entries} entries, chain intact, head {report.head}")
    if kept is None:
        click.echo("Compared with no kept head: a cut tail would not show. Use --head DIGEST.", err=True)
