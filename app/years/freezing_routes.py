"""Pages of a fiscal year: its calendar, its freeze, what the records say since, and restatements."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import fiscal_year as years
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.kpi import drilldown, notation, wording
from app.kpi.pages import checked
from app.plan.period_operations import set_days
from app.plan.period_queries import get_calendar
from app.web.filters import locale
from app.web.forms import render_form
from app.web.notices import say
from app.web.pagination import PAGE_SIZE, Page, offset_of, page_number
from app.years import freezing_pages
from app.years.freezing_changes import list_record_changes
from app.years.freezing_forms import DaysForm, FreezeForm, RestatementForm
from app.years.freezing_operations import Done, freeze
from app.years.freezing_restatements import decide, list_differences, propose, withdraw

blueprint = Blueprint("freezing", __name__)
MOST_RECORDS = 200


@blueprint.context_processor
def words() -> dict[str, object]:
    """Offer the wording of figures to this package's templates."""
    return {"notation": notation, "wording": wording}


@blueprint.get("/plan/years/<int:fiscal_year>")
@requires(Permission.YEAR_APPROVE)
def year(fiscal_year: int) -> Any:
    """Show where a fiscal year stands: its days, its editions, what the records say since."""
    actor = current_actor()
    found = freezing_pages.get_year_page(checked(fiscal_year), actor.id)
    frozen_at = found.editions[-1].made_at if found.editions else None
    return render_template(
        "freezing/year.html",
        year=found,
        fiscal_year=fiscal_year,
        names=drilldown.get_names(),
        records={
            one.key: list_record_changes(one.pairs, frozen_at=frozen_at, actor=actor, limit=MOST_RECORDS)
            for one in found.changes
            if frozen_at
        },
        most=MOST_RECORDS,
    )


@blueprint.route("/plan/years/<int:fiscal_year>/days", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE)
def days(fiscal_year: int) -> Any:
    """Set the days of a fiscal year."""
    calendar = get_calendar(checked(fiscal_year))
    form = DaysForm(obj=calendar, of=("fiscal_year", fiscal_year))
    if form.validate_on_submit():
        try:
            with transaction():
                set_days(
                    actor=current_actor(),
                    fiscal_year=fiscal_year,
                    days=(form.entry_deadline.data, form.submission_deadline.data, form.freeze_on.data),
                    version=form.version.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("%(year)sの日程を保存しました。", year=years.label(fiscal_year, locale())))
            return redirect(url_for("freezing.year", fiscal_year=fiscal_year))
    return render_form("freezing/days.html", form, calendar=calendar, fiscal_year=fiscal_year)


@blueprint.route("/plan/years/<int:fiscal_year>/freeze", methods=["GET", "POST"])
@requires(Permission.YEAR_FREEZE)
def settle(fiscal_year: int) -> Any:
    """Show what would be frozen, and freeze it."""
    table = freezing_pages.get_preview(checked(fiscal_year))
    missing = freezing_pages.list_missing(table)
    form = FreezeForm()
    form.fit(len(missing))
    if form.validate_on_submit():
        try:
            with transaction():
                done = freeze(
                    actor=current_actor(),
                    fiscal_year=fiscal_year,
                    with_missing=bool(missing) and form.with_missing.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            tell(done, years.label(fiscal_year, locale()))
            return redirect(url_for("freezing.year", fiscal_year=fiscal_year))
    return render_form(
        "freezing/freeze.html",
        form,
        table=table,
        missing=missing,
        calendar=get_calendar(fiscal_year),
        fiscal_year=fiscal_year,
    )


@blueprint.route("/plan/years/<int:fiscal_year>/restatement", methods=["GET", "POST"])
@requires(Permission.YEAR_FREEZE)
def restate(fiscal_year: int) -> Any:
    """Propose to restate figures that read otherwise now."""
    changes = list_differences(checked(fiscal_year))
    form = RestatementForm()
    form.offer(changes)
    if form.validate_on_submit():
        try:
            with transaction():
                propose(
                    actor=current_actor(),
                    fiscal_year=fiscal_year,
                    chosen=form.chosen.data,
                    reason=form.reason.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("訂正を提案しました。ほかの人が承認すると、訂正後の値になります。"))
            return redirect(url_for("freezing.year", fiscal_year=fiscal_year))
    return render_form("freezing/restate.html", form, changes=changes, fiscal_year=fiscal_year)


@blueprint.post("/plan/years/<int:fiscal_year>/restatement/decision")
@requires(Permission.YEAR_APPROVE)
def decision(fiscal_year: int) -> Any:
    """Approve a restatement, or refuse it."""
    version = request.form.get("version", type=int)
    approve = request.form.get("act") == "approve"
    if version is None or request.form.get("act") not in ("approve", "refuse"):
        raise NotFound
    try:
        with transaction():
            done = decide(
                actor=current_actor(), fiscal_year=checked(fiscal_year), approve=approve, version=version
            )
    except DomainError as error:
        if error.status in (403, 404):
            raise
        say(error.text(_), kind="error")
    else:
        tell_decision(approve, done)
    return redirect(url_for("freezing.year", fiscal_year=fiscal_year))


@blueprint.post("/plan/years/<int:fiscal_year>/restatement/withdrawal")
@requires(Permission.YEAR_FREEZE)
def take_back(fiscal_year: int) -> Any:
    """Take the own proposal back."""
    with transaction():
        withdraw(actor=current_actor(), fiscal_year=checked(fiscal_year))
    say(_("訂正の提案を取り下げました。確定値は変わっていません。"))
    return redirect(url_for("freezing.year", fiscal_year=fiscal_year))


@blueprint.get("/plan/years/<int:fiscal_year>/figures/<string:key>")
@requires(Permission.FIGURES_READ)
def figure(fiscal_year: int, key: str) -> Any:
    """Show one frozen figure: its value in each edition, what the records say now, the records counted."""
    edition = request.args.get("edition", type=int)
    found = freezing_pages.get_frozen_page(checked(fiscal_year), key, edition)
    number, actor = page_number(request.args), current_actor()
    offset = offset_of(number)
    pairs = found.changes[0].pairs if found.changes else ()
    return render_template(
        "freezing/figure.html",
        found=found,
        fiscal_year=fiscal_year,
        records=list_record_changes(pairs, frozen_at=found.frozen_at, actor=actor, limit=MOST_RECORDS),
        most=MOST_RECORDS,
        page=Page.of(found.members[offset : offset + PAGE_SIZE], total=len(found.members), number=number),
    )


def tell(done: Done, year: str) -> None:
    """Say what came of a freeze."""
    if done.changed:
        say(_("%(year)sの%(count)s個の値を確定しました。", year=year, count=done.changed))
    else:
        say(_("%(year)sは、すでに確定しています。何も変わっていません。", year=year), kind="info")


def tell_decision(approved: bool, done: Done) -> None:
    """Say what came of a restatement."""
    if approved:
        say(_("訂正を承認しました。第%(number)s版になりました。", number=done.edition))
    else:
        say(_("訂正を差し戻しました。確定値は変わっていません。"), kind="info")
