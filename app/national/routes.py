"""Pages of the figures that the city owes to the state: how they stand, and the counts to report."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError, Forbidden, NotFound
from app.foundation.fiscal_year import EARLIEST, fiscal_year_of
from app.foundation.transaction import transaction
from app.kpi.period import Period
from app.national import operations, queries
from app.national.forms import CountsForm
from app.web.forms import render_form
from app.web.notices import say

blueprint = Blueprint("national", __name__)


@blueprint.get("/national-figures", defaults={"fiscal_year": None})
@blueprint.get("/national-figures/<int:fiscal_year>")
@requires(Permission.FIGURES_READ)
def show(fiscal_year: int | None) -> Any:
    """Show the national figures of a year with how they are reckoned."""
    year, this_year = checked(fiscal_year), fiscal_year_of(clock.today())
    reports = queries.list_reports(year)
    return render_template(
        "national/show.html",
        year=year,
        years=[one for one in (year - 1, year + 1) if EARLIEST <= one <= this_year],
        period=Period.of(year, today=clock.today()),
        rates=queries.get_rates(year, clock.today()),
        explain=queries.explain,
        reports=reports,
        excluded=queries.excluded(reports[0]) if reports else [],
        may_enter=operations.may_enter(actor=current_actor()),
    )


@blueprint.route("/national-figures/<int:fiscal_year>/counts", methods=["GET", "POST"])
@requires(Permission.NATIONAL_WRITE)
def enter(fiscal_year: int) -> Any:
    """Enter the counts of a year; a correction keeps what stood before."""
    year, actor = checked(fiscal_year), current_actor()
    if not operations.may_enter(actor=actor):
        raise Forbidden
    known = queries.find_report(year)
    form = CountsForm(obj=known, version=known.number if known else 0)
    if form.validate_on_submit():
        try:
            with transaction():
                operations.enter_counts(actor=actor, fiscal_year=year, reported=reported_in(form))
        except DomainError as error:
            form.show(error)
        else:
            say(_("報告する数を保存しました。"))
            return redirect(url_for("national.show", fiscal_year=year))
    return render_form("national/enter.html", form, year=year, known=known)


def reported_in(form: CountsForm) -> operations.Reported:
    """Return what a form reports."""
    return operations.Reported(
        as_of=form.as_of.data,
        values={name: form[name].data for name in queries.COUNTS},
        source=form.source.data or "",
        sure=form.sure.data,
        seen=form.version.data or 0,
    )


def checked(fiscal_year: int | None) -> int:
    """Return a year that has begun, by default the running one; raises NotFound for any other."""
    this_year = fiscal_year_of(clock.today())
    year = this_year if fiscal_year is None else fiscal_year
    if not EARLIEST <= year <= this_year:
        raise NotFound
    return year
