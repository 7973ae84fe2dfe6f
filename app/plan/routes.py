"""Pages of the plan register: all measures, one measure, a year's results and targets to fill in."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation import fiscal_year as years
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.plan import forms, operations, queries, wording
from app.plan import results as naming
from app.plan import targets as targets_of_plan
from app.web.filters import locale
from app.web.forms import render_form
from app.web.notices import say

blueprint = Blueprint("plan", __name__)


@blueprint.context_processor
def words() -> dict[str, object]:
    """Offer the wording of figures to this package's templates."""
    return {
        "result_words": wording.result_words,
        "target_words": wording.target_words,
        "figure_field": naming.figure_field,
        "text_field": naming.text_field,
        "source_field": naming.source_field,
    }


@blueprint.get("/plan/measures")
@requires(Permission.PLAN_READ)
def measures() -> Any:
    """List every measure of the plan by policy and theme."""
    year = this_year()
    plan = queries.find_plan(year)
    register = queries.get_register(year) if plan else None
    return render_template("plan/measures.html", register=register, year=year)


@blueprint.route("/plan/results/<int:fiscal_year>", methods=["GET", "POST"])
@requires(Permission.RESULT_WRITE)
def results(fiscal_year: int) -> Any:
    """Fill in a year's reported figures and texts."""
    actor = current_actor()
    sheets = queries.list_sheets(actor, fiscal_year)
    unlocked = [one for one in sheets if not one.is_locked]
    form = forms.results_form(unlocked)
    is_open = queries.takes_results(actor, fiscal_year, this_year())
    if form.validate_on_submit():
        try:
            with transaction():
                changed = operations.enter_results(
                    actor=actor,
                    fiscal_year=fiscal_year,
                    entries=forms.result_entries(form, unlocked),
                    texts=forms.text_entries(form, unlocked),
                )
        except DomainError as error:
            form.show(error)
        else:
            tell(changed, years.label(fiscal_year, locale()))
            return redirect(url_for("plan.results", fiscal_year=fiscal_year))
    shown = around(fiscal_year) | {"is_open": is_open, "is_frozen": queries.is_frozen(fiscal_year)}
    return render_form("plan/results.html", form, sheets=sheets, **shown)


@blueprint.route("/plan/targets/<int:fiscal_year>", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE)
def targets(fiscal_year: int) -> Any:
    """Set the targets of a year, or of two years at once."""
    sheets = queries.list_target_sheets(fiscal_year)
    form = forms.targets_form(sheets, fiscal_year)
    if form.validate_on_submit():
        try:
            with transaction():
                changed = targets_of_plan.set_targets(
                    actor=current_actor(),
                    first=fiscal_year,
                    last=form["last"].data,
                    entries=forms.target_entries(form, sheets),
                    texts=forms.text_entries(form, sheets),
                )
        except DomainError as error:
            form.show(error)
        else:
            tell(changed, years.label(fiscal_year, locale()))
            return redirect(url_for("plan.targets", fiscal_year=fiscal_year))
    return render_form("plan/targets.html", form, sheets=sheets, **around(fiscal_year))


def this_year() -> int:
    """Return the running fiscal year."""
    return years.fiscal_year_of(clock.today())


def around(fiscal_year: int) -> dict[str, object]:
    """Return what leads from a year's page to those of the years beside it."""
    return {
        "fiscal_year": fiscal_year,
        "year": this_year(),
        "before": fiscal_year - 1 if queries.find_plan(fiscal_year - 1) else None,
    }


def tell(changed: int, year: str) -> None:
    """Say on the next page what was saved."""
    if changed:
        say(_("%(year)sの%(count)s項目を保存しました。", year=year, count=changed))
    else:
        say(_("変わったところはありません。"), kind="info")
