"""The plan's results for everybody: a page a year, and its files; every figure of what was released."""

from typing import Any, Final

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from app.access.guards import public
from app.feed import caching
from app.feed.municipal_csv import CITY_CODE
from app.feed.releases import asked_release
from app.foundation.errors import NotFound
from app.kpi import notation
from app.kpi.exports.files import FORMATS, find_format, write
from app.kpi.exports.long_form import write_codes
from app.publication.figures import PublishedYear
from app.publication.gate import get_published, published_years
from app.publication.published_table import get_published_table
from app.publication.queries import list_release_numbers

blueprint = Blueprint("public_plan", __name__)
SUFFIXES: Final = ("pdf", "xlsx", "csv", "json")


@blueprint.after_request
def finish(answer: Response) -> Response:
    """Say what may be kept."""
    return answer if answer.mimetype != "text/html" else caching.keep(answer)


@blueprint.context_processor
def words() -> dict[str, object]:
    """Offer the wording of figures."""
    return {
        "notation": notation,
        "furigana": False,
        "furigana_url": "",
        "is_served": caching.site_of_files() is None,
    }


@blueprint.get("/public/plan/")
@public
def years() -> Any:
    """List the fiscal years whose results were released."""
    return render_template("feed/plan_years.html", years=published_years())


@blueprint.get("/public/plan/<int:fiscal_year>")
@public
def year(fiscal_year: int) -> Any:
    """Show the plan's table of a year as it was released last, or as a release before showed it."""
    published = released(fiscal_year)
    numbers = list_release_numbers(fiscal_year)
    return render_template(
        "feed/plan_year.html",
        published=published,
        table=get_published_table(published),
        suffixes=SUFFIXES,
        withheld=any(one.is_suppressed for one in published.figures),
        numbers=numbers,
        asked={} if published.number == numbers[0] else {"release": published.number},
    )


@blueprint.get("/open-data/v1/plan/<int:fiscal_year>.<any(pdf,xlsx,csv,json):suffix>")
@public
def file(fiscal_year: int, suffix: str) -> Any:
    """Hand out the table of a year as a file."""
    published = released(fiscal_year)
    form = find_format(suffix)
    if form is None:
        raise NotFound
    content = write(get_published_table(published), form, "ja")
    answer = caching.data_file(content, FORMATS[form].media_type, published.released_at)
    number = f"_{published.number}" if request.args.get("release") else ""
    name = f"{CITY_CODE}_plan_results_{fiscal_year}{number}.{suffix}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.get("/open-data/v1/plan/codes.csv")
@public
def codes() -> Any:
    """Hand out what the columns and codes of the CSV mean."""
    return caching.data_file(write_codes(), FORMATS["csv"].media_type, None)


def released(fiscal_year: int) -> PublishedYear:
    """Return the release of a year that is asked for, by default the newest; NotFound where there is none."""
    found = get_published(fiscal_year, asked_release())
    if found is None:
        raise NotFound(_("この年度の実績は、まだ公表されていません。"))
    return found
