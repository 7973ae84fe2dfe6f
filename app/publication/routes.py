"""Pages of publication: what leaves of a frozen year, what an attacker would learn, who approved what."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation import fiscal_year as years
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.kpi import notation
from app.kpi.pages import checked
from app.plan.wording import unit_words
from app.publication import exact, pages
from app.publication.figures import SYMBOL, Showing
from app.publication.forms import ExactForm
from app.publication.gate import get_published, preview, release
from app.web.filters import locale
from app.web.forms import render_form
from app.web.notices import say

blueprint = Blueprint("publication", __name__)


@blueprint.context_processor
def words() -> dict[str, object]:
    """Offer the wording of figures to this package's templates."""
    return {"notation": notation, "Showing": Showing, "SYMBOL": SYMBOL, "unit_words": unit_words}


def threshold() -> int:
    """Return below which count a figure is small: the setting of this house."""
    return int(current_app.config["SHIRUBE"].threshold)


@blueprint.get("/publication")
@requires(Permission.RELEASE_APPROVE)
def index() -> Any:
    """List frozen years, releases, and the figures that may leave exactly."""
    return render_template(
        "publication/index.html",
        years=pages.list_years(),
        releases=pages.list_lines(),
        exact=exact.list_lines(current_actor()),
        threshold=threshold(),
    )


@blueprint.get("/publication/<int:fiscal_year>")
@requires(Permission.RELEASE_APPROVE)
def year(fiscal_year: int) -> Any:
    """Show what a release would let out, and what an attacker would learn of it."""
    found = preview(checked(fiscal_year), threshold())
    return render_template(
        "publication/year.html",
        preview=found,
        fiscal_year=fiscal_year,
        texts=pages.texts_with_numbers(found.table),
    )


@blueprint.post("/publication/<int:fiscal_year>/release")
@requires(Permission.RELEASE_WRITE)
def let_out(fiscal_year: int) -> Any:
    """Release what was seen."""
    try:
        with transaction():
            made = release(
                actor=current_actor(),
                fiscal_year=checked(fiscal_year),
                threshold=threshold(),
                seen=request.form.get("seen", ""),
            )
            number = made.number
    except DomainError as error:
        if error.status in (403, 404):
            raise
        say(error.text(_), kind="error")
        return redirect(url_for("publication.year", fiscal_year=fiscal_year))
    label = years.label(fiscal_year, locale())
    say(_("%(year)sの実績を公表しました（第%(number)s回）。", year=label, number=number))
    return redirect(url_for("publication.shown", fiscal_year=fiscal_year, number=number))


@blueprint.get("/publication/<int:fiscal_year>/releases/<int:number>")
@requires(Permission.RELEASE_APPROVE)
def shown(fiscal_year: int, number: int) -> Any:
    """Show a release as it left."""
    found = get_published(checked(fiscal_year), number)
    if found is None:
        raise NotFound
    return render_template(
        "publication/release.html",
        release=found,
        line=next(one for one in pages.list_lines(fiscal_year) if one.number == number),
        withheld=pages.withheld(found.figures),
    )


@blueprint.route("/publication/exact", methods=["GET", "POST"])
@requires(Permission.RELEASE_WRITE)
def propose() -> Any:
    """Propose that a figure leaves exactly."""
    form = ExactForm()
    form.offer(exact.list_candidates(years.fiscal_year_of(clock.today())))
    if form.validate_on_submit():
        try:
            with transaction():
                exact.propose_exact(
                    actor=current_actor(), indicator=form.indicator.data, reason=form.reason.data
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("正確な数の公表を提案しました。ほかの人が承認すると、次の公表から使います。"))
            return redirect(url_for("publication.index"))
    return render_form("publication/exact.html", form)


@blueprint.post("/publication/exact/<int:exact_id>/decision")
@requires(Permission.RELEASE_APPROVE)
def decision(exact_id: int) -> Any:
    """Approve an exception, or end it."""
    version, act = request.form.get("version", type=int), request.form.get("act")
    if version is None or act not in ("approve", "end"):
        raise NotFound
    change = exact.approve_exact if act == "approve" else exact.end_exact
    try:
        with transaction():
            change(actor=current_actor(), exact_id=exact_id, version=version)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        say(error.text(_), kind="error")
    else:
        say(_("正確な数の公表を承認しました。") if act == "approve" else _("正確な数の公表を終えました。"))
    return redirect(url_for("publication.index"))
