"""The page of one measure: its figures since the plan began, targets, texts, who answered for it."""

from typing import Any

from flask import Blueprint, render_template

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.fiscal_year import fiscal_year_of
from app.plan.history import get_measure_page
from app.plan.wording import amount, target_words
from app.web.filters import locale
from app.years import series_picture
from app.years.series import get_series, get_texts

blueprint = Blueprint("series", __name__)


@blueprint.get("/plan/measures/<string:code>")
@requires(Permission.PLAN_READ)
def measure(code: str) -> Any:
    """Show one measure over the years."""
    year = fiscal_year_of(clock.today())
    page = get_measure_page(code, year)
    series = get_series(page, year)
    return render_template(
        "series/measure.html",
        page_of=page,
        series=series,
        texts=get_texts(page),
        drawings={one.indicator.key: series_picture.drawings(one, locale()) for one in series},
        year=year,
        amount=amount,
        target_words=target_words,
        links_to_rows=current_actor().may(Permission.FIGURES_READ),
    )
