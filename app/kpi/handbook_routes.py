"""The KPI handbook on the screen."""

from typing import Any

from flask import Blueprint, render_template

from app.access.guards import requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.fiscal_year import fiscal_year_of
from app.kpi.handbook import entries
from app.kpi.metrics import METRICS

blueprint = Blueprint("handbook", __name__)


@blueprint.get("/figures/handbook")
@requires(Permission.PLAN_READ)
def show() -> Any:
    """Show every metric with what counts, what does not, an example and the source."""
    return render_template(
        "kpi/handbook.html",
        metrics=METRICS.values(),
        entries=entries,
        year=fiscal_year_of(clock.today()),
    )
