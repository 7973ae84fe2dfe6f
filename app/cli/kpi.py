"""flask kpi: the plan's table, for a screen, a spreadsheet or another program."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.foundation import clock
from app.foundation import fiscal_year as years
from app.foundation.errors import DomainError
from app.kpi.exports.files import FORMATS, write
from app.kpi.exports.long_form import write_codes
from app.kpi.reports import get_table
from app.kpi.vocabulary import TableSource

group = AppGroup("kpi", help="Figures and the plan's table.")
OUTPUT = click.Path(path_type=Path, dir_okay=False, writable=True)


@group.command("table")
@click.option("--fiscal-year", "year", help="2012, 平成24年度 or H24; by default the running one.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--output", type=OUTPUT, help="A file to write; by default standard output.")
@click.option(
    "--source",
    type=click.Choice([one.value for one in TableSource]),
    help="Figures from records, or as they were published; by default published where they were.",
)
def table(year: str | None, form: str, output: Path | None, source: str | None) -> None:
    """Print the plan's table of a fiscal year: results of the year, targets of the next two."""
    try:
        fiscal_year = years.parse(year) if year else years.fiscal_year_of(clock.today())
        found = get_table(fiscal_year, TableSource.find(source))
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    put(write(found, form, "ja"), output, binary=form == "xlsx")


@group.command("codes")
@click.option("--output", type=OUTPUT, help="A file to write; by default standard output.")
def codes(output: Path | None) -> None:
    """Print the code table of the CSV: what its columns and codes mean."""
    put(write_codes(), output)


def put(content: bytes, output: Path | None, binary: bool = False) -> None:
    """Write bytes, so that the terminal's own encoding changes nothing."""
    if output is None:
        if binary and sys.stdout.isatty():
            raise click.ClickException(_("ファイルの中身は端末に表示できません。--output を付けてください。"))
        click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise click.ClickException(
            _("%(file)s に書けません（%(reason)s）。", file=str(output), reason=error.strerror or "")
        ) from None
    click.echo(_("%(file)s に書きました。", file=str(output)), err=True)
