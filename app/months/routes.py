"""Pages of the monthly reports: the months of an office, one report, its files, writing and closing."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.foundation.transaction import transaction
from app.kpi import wording
from app.kpi.pages import known_years
from app.months import operations, queries
from app.months import report as month_report
from app.months.forms import CloseForm, MonthFilters, MonthForm
from app.months.pages import aimed_at, month_heading, office_of, record_links
from app.months.paper import paper_of
from app.months.workbook import write_month
from app.printing.monthly import monthly
from app.web.answers import pdf_answer
from app.web.filters import locale
from app.web.forms import render_form
from app.web.notices import say

blueprint = Blueprint("months", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.context_processor
def words() -> dict[str, object]:
    """Offer the wording of figures to this package's templates."""
    return {
        "wording": wording,
        "Lateness": month_report.Lateness,
        "aimed_at": aimed_at,
        "month_heading": partial(month_heading, locale=locale()),
    }


@blueprint.get("/months")
@requires(Permission.FIGURES_READ)
def index() -> Any:
    """List the months of an office with their reports."""
    this_year = fiscal_year_of(clock.today())
    offices = queries.list_report_offices()
    own = office_of(current_actor(), offices)
    filters = MonthFilters(request.args, data={"office": own, "year": this_year})
    filters.offer([(one.id, one.name) for one in offices], known_years(this_year))
    sound = filters.validate()
    office_id, year = (filters.office.data, filters.year.data) if sound else (own, this_year)
    return render_template(
        "months/index.html",
        filters=filters,
        office_id=office_id,
        rows=queries.list_months(office_id, year) if office_id else [],
        may_close=may_close(current_actor(), office_id),
    )


@blueprint.get("/months/<int:office_id>/<int:fiscal_year>/<int:month>")
@requires(Permission.FIGURES_READ)
def show(office_id: int, fiscal_year: int, month: int) -> Any:
    """Show a month's report."""
    place = queries.get_place(office_id, fiscal_year, month)
    kept = queries.find_month(office_id, fiscal_year, month)
    report = queries.get_report(place)
    actor = current_actor()
    return render_template(
        "months/show.html",
        report=report,
        here={"office_id": office_id, "fiscal_year": fiscal_year, "month": month},
        digest=kept.digest if kept else None,
        links=record_links(report, actor),
        may_close=may_close(actor, office_id),
    )


@blueprint.get("/months/<int:office_id>/<int:fiscal_year>/<int:month>.<any(pdf,xlsx,json):ending>")
@requires(Permission.FIGURES_READ)
def file(office_id: int, fiscal_year: int, month: int, ending: str) -> Any:
    """Hand out a month's report as paper, workbook or data."""
    report = queries.get_report(queries.get_place(office_id, fiscal_year, month))
    kept = queries.find_month(office_id, fiscal_year, month)
    name = f"month-{fiscal_year}-{month:02}"
    if ending == "pdf":
        return pdf_answer(monthly(paper_of(report, kept.digest or "" if kept else "")), name)
    content = write_month(report) if ending == "xlsx" else month_report.write(report).encode()
    answer = Response(content, content_type=XLSX if ending == "xlsx" else "application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


@blueprint.route("/months/<int:office_id>/<int:fiscal_year>/<int:month>/note", methods=["GET", "POST"])
@requires(Permission.MONTH_CLOSE)
def note(office_id: int, fiscal_year: int, month: int) -> Any:
    """Write the notes and the document number of a report."""
    place = own_place(office_id, fiscal_year, month)
    kept = queries.find_month(office_id, fiscal_year, month)
    form = MonthForm(obj=kept)
    back = url_for("months.show", office_id=office_id, fiscal_year=fiscal_year, month=month)
    if form.validate_on_submit():
        try:
            with transaction():
                operations.write_note(
                    actor=current_actor(),
                    place=place,
                    note=form.note.data or "",
                    document_number=form.document_number.data or "",
                    version=form.version.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("月報に書き入れました。"))
            return redirect(back)
    return render_form("months/note.html", form, place=place, back=back)


@blueprint.route("/months/<int:office_id>/<int:fiscal_year>/<int:month>/close", methods=["GET", "POST"])
@requires(Permission.MONTH_CLOSE)
def close(office_id: int, fiscal_year: int, month: int) -> Any:
    """Close a month: its report is kept and does not change any more."""
    place = own_place(office_id, fiscal_year, month)
    back = url_for("months.show", office_id=office_id, fiscal_year=fiscal_year, month=month)
    form = CloseForm()
    if form.validate_on_submit():
        try:
            with transaction():
                operations.close_month(actor=current_actor(), place=place)
        except DomainError as error:
            form.show(error)
        else:
            say(_("%(month)s月を締めました。月報は、このまま印刷できます。", month=month))
            return redirect(back)
    return render_form(
        "months/close.html",
        form,
        place=place,
        report=queries.get_report(place),
        is_first=not queries.has_closed(office_id),
        back=back,
    )


def own_place(office_id: int, fiscal_year: int, month: int) -> queries.Place:
    """Return a month of the own office; raises NotFound for any other."""
    if current_actor().office_id != office_id:
        raise NotFound
    return queries.get_place(office_id, fiscal_year, month)


def may_close(actor: Actor, office_id: int | None) -> bool:
    """Tell whether somebody closes the months of an office."""
    return actor.may(Permission.MONTH_CLOSE) and actor.office_id == office_id
