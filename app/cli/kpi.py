"""flask kpi: the plan's table, for a screen, a spreadsheet or another program."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.permissions import Role
from app.accounts.queries import find_by_login_name
from app.foundation import clock
from app.foundation import fiscal_year as years
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.kpi import notation
from app.kpi.exports.files import FORMATS, write
from app.kpi.exports.long_form import write_codes
from app.kpi.handbook import write_handbook
from app.kpi.vocabulary import TableSource
from app.plan.register import IndicatorView
from app.publication.figures import SYMBOL, Showing
from app.publication.gate import Line, preview, release
from app.years.freezing_changes import TextChange
from app.years.freezing_operations import freeze
from app.years.freezing_restatements import Difference, decide, list_differences, propose
from app.years.reports import get_table

group = AppGroup("kpi", help="Figures and the plan's table.")
OUTPUT = click.Path(path_type=Path, dir_okay=False, writable=True)
YEAR = click.option("--fiscal-year", "year", required=True, help="2012, 平成24年度 or H24.")
BY_ITSELF = Actor(id=None, label="flask kpi", role=Role.PLAN_DESK, office_id=None)


@group.command("table")
@click.option("--fiscal-year", "year", help="2012, 平成24年度 or H24; by default the running one.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--output", type=OUTPUT, help="A file to write; by default standard output.")
@click.option(
    "--source",
    type=click.Choice([one.value for one in TableSource]),
    help="Figures from records, frozen, or as published; by default published or frozen where they were.",
)
@click.option("--edition", type=click.IntRange(min=1), help="Of a frozen year: 1 is the freeze itself.")
def table(year: str | None, form: str, output: Path | None, source: str | None, edition: int | None) -> None:
    """Print the plan's table of a fiscal year: results of the year, targets of the next two."""
    try:
        fiscal_year = years.parse(year) if year else years.fiscal_year_of(clock.today())
        found = get_table(fiscal_year, TableSource.find(source), edition)
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    put(write(found, form, "ja"), output, binary=form in ("xlsx", "pdf"))


@group.command("codes")
@click.option("--output", type=OUTPUT, help="A file to write; by default standard output.")
def codes(output: Path | None) -> None:
    """Print the code table of the CSV: what its columns and codes mean."""
    put(write_codes(), output)


@group.command("handbook")
@click.option("--output", type=OUTPUT, help="A file to write; by default standard output.")
def handbook(output: Path | None) -> None:
    """Print the KPI handbook: what each figure counts, what not, an example and the source."""
    put(write_handbook().encode(), output)


@group.command("freeze")
@YEAR
@click.option("--with-missing", is_flag=True, help="Freeze although departments have not reported all.")
def freeze_year(year: str, with_missing: bool) -> None:
    """Settle a year's figures; the last line is how many were settled, 0 where they stood before."""
    fiscal_year = fiscal_year_from(year)
    try:
        with transaction():
            done = freeze(
                actor=BY_ITSELF, fiscal_year=fiscal_year, with_missing=with_missing, progress=show_progress
            )
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    if not done.changed:
        click.echo(_("すでに確定しています（第%(number)s版）。", number=done.edition), err=True)
    click.echo(done.changed)


@group.command("restate")
@YEAR
@click.option("--reason", help="Why the settled figures change; without it they are only compared.")
@click.option("--by", "proposer", help="Login name of the plan desk's account that proposes it.")
@click.option("--approved-by", "approver", help="Login name of another account; without it nothing changes.")
@click.option(
    "--indicator",
    "chosen",
    multiple=True,
    help="Its key, text__2_6 for a measure's words; by default all that differ.",
)
def restate_year(
    year: str, reason: str | None, proposer: str | None, approver: str | None, chosen: tuple[str, ...]
) -> None:
    """Say what differs from the settled figures, propose to restate it, approve it.

    The last line is how many figures were restated.
    """
    fiscal_year = fiscal_year_from(year)
    try:
        changes = list_differences(fiscal_year)
        for one in changes:
            click.echo(said(one), err=True)
        keys = chosen or tuple(sorted({one.key for one in changes}))
        click.echo(restated(fiscal_year, keys, reason, proposer, approver) if reason and keys else 0)
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None


def restated(
    fiscal_year: int, keys: tuple[str, ...], reason: str, proposer: str | None, approver: str | None
) -> int:
    """Propose and, with an approver, approve; return how many figures changed."""
    with transaction():
        propose(actor=actor_of(proposer, "--by"), fiscal_year=fiscal_year, chosen=keys, reason=reason)
        if approver is None:
            click.echo(_("訂正を提案しました。ほかの人が承認すると、訂正後の値になります。"), err=True)
            return 0
        return decide(
            actor=actor_of(approver, "--approved-by"), fiscal_year=fiscal_year, approve=True
        ).changed


@group.command("release")
@YEAR
@click.option("--by", "releaser", help="Login name of the plan desk's account that releases it.")
@click.option("--dry-run", is_flag=True, help="Show what would leave, and release nothing.")
def release_year(year: str, releaser: str | None, dry_run: bool) -> None:
    """Let a frozen year's figures out through the gate; the last line is how many are withheld."""
    fiscal_year, threshold = fiscal_year_from(year), current_app.config["SHIRUBE"].threshold
    try:
        found = preview(fiscal_year, threshold)
        for line in found.lines:
            click.echo(leaving(line), err=True)
        if not dry_run:
            with transaction():
                release(
                    actor=actor_of(releaser, "--by") if releaser else BY_ITSELF,
                    fiscal_year=fiscal_year,
                    threshold=threshold,
                    seen=found.digest,
                )
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    click.echo(found.count(Showing.WITHHELD, Showing.TAKEN))


def leaving(line: Line) -> str:
    """Return one figure as it leaves: 2-6 就職件数 53 公表する."""
    figure = line.figure
    number = notation.NOT_APPLICABLE.ja if figure.value is None else f"{figure.value:.{figure.decimals}f}"
    value = SYMBOL if figure.is_suppressed else figure.word or number
    name = f"・{figure.label.ja}" if figure.part else figure.label.ja
    return f"{figure.measure} {name} {value} {figure.showing.label('ja')}"


def actor_of(login_name: str | None, option: str) -> Actor:
    """Return the person in whose name it is done; the rules are those of the pages."""
    found = find_by_login_name(login_name) if login_name else None
    if found is None or not found.is_active:
        raise click.UsageError(_("%(option)s に、使用中の利用者名を入れてください。", option=option))
    return Actor(id=found.id, label=found.label, role=found.role, office_id=found.office_id)


def said(change: Difference) -> str:
    """Return one difference: 2-6 就職件数：確定53件、いまの記録では54件."""
    if isinstance(change, TextChange):
        before, now = (notation.in_line(one, "ja") for one in (change.before, change.now))
        return _(
            "%(code)s 実績のことば：確定「%(before)s」、いま「%(now)s」",
            code=change.measure.code,
            before=before,
            now=now,
        )
    return _(
        "%(code)s %(title)s：確定 %(before)s、いまの記録では %(now)s（違う記録 %(count)s件）",
        code=change.measure.code,
        title=change.before.label.ja,
        before=notation.figure_words(change.before, "ja"),
        now=notation.figure_words(change.now, "ja"),
        count=len(change.pairs),
    )


def show_progress(done: int, of: int, indicator: IndicatorView) -> None:
    """Say how far it is."""
    click.echo(f"{done}/{of} {indicator.label.ja}", err=True)


def fiscal_year_from(text: str) -> int:
    """Return the fiscal year that a text names."""
    try:
        return years.parse(text)
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None


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
