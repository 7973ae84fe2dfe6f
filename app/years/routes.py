"""Pages and files of the plan's table, each figure leading to the rows behind it."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation.errors import NotFound
from app.kpi import notation, wording
from app.kpi.exports.files import FORMATS, file_name, find_format, write
from app.kpi.exports.long_form import write_codes
from app.kpi.pages import checked, known_years, this_year
from app.kpi.vocabulary import MARK_OF, SIGNS, TableSource
from app.plan.queries import find_plan
from app.web.filters import locale
from app.years.forms import TableFilters
from app.years.reports import get_table, sources_of

blueprint = Blueprint("years", __name__)


@blueprint.context_processor
def words() -> dict[str, object]:
    """Offer the wording of figures to this package's templates."""
    return {"notation": notation, "wording": wording, "SIGNS": SIGNS, "MARK_OF": MARK_OF}


@blueprint.get("/plan/table", defaults={"fiscal_year": None})
@blueprint.get("/plan/table/<int:fiscal_year>")
@requires(Permission.PLAN_READ)
def table(fiscal_year: int | None) -> Any:
    """Show the plan's table of a fiscal year, by default the running one."""
    chosen = request.args.get("year", type=int)
    if chosen is not None:
        return redirect(url_for("years.table", fiscal_year=checked(chosen), source=asked_source()))
    year = checked(fiscal_year or this_year())
    if fiscal_year is None and find_plan(year) is None:
        return render_template("years/no_table.html")
    found = get_table(year, asked_source(), request.args.get("edition", type=int))
    filters = TableFilters(data={"year": year, "source": found.source})
    filters.offer(known_years(year), sources_of(found))
    return render_template(
        "years/table.html",
        table=found,
        filters=filters,
        formats=("pdf", "xlsx", "csv", "json", "txt"),
        links_to_rows=current_actor().may(Permission.FIGURES_READ),
    )


@blueprint.get("/plan/table/<int:fiscal_year>.<any(pdf,xlsx,csv,json,txt):suffix>")
@requires(Permission.PLAN_READ)
def table_file(fiscal_year: int, suffix: str) -> Any:
    """Hand out the plan's table as a file."""
    form = find_format(suffix)
    if form is None:
        raise NotFound
    found = get_table(checked(fiscal_year), asked_source(), request.args.get("edition", type=int))
    return download(write(found, form, locale()), FORMATS[form].media_type, file_name(found, form))


@blueprint.get("/plan/table/codes.csv")
@requires(Permission.PLAN_READ)
def codes() -> Any:
    """Hand out what the columns and codes of the CSV mean."""
    return download(write_codes(), FORMATS["csv"].media_type, "plan-table-codes.csv")


def asked_source() -> TableSource | None:
    """Return which figures the address asks for; anything unknown is the year's own choice."""
    return TableSource.find(request.args.get("source"))


def download(content: bytes, media_type: str, name: str) -> Response:
    """Return a file that the browser saves under a name."""
    answer = Response(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
