"""The page a counsellor starts the day with."""

from typing import Any

from flask import Blueprint, render_template

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.fiscal_year import fiscal_year_of
from app.home.queries import get_day

SHOWN = 20

blueprint = Blueprint("home", __name__)


@blueprint.get("/today")
@requires(Permission.CASE_READ)
def today() -> Any:
    """Show what is due today at the own office."""
    day = get_day(actor=current_actor(), today=clock.today())
    return render_template("home/today.html", day=day, shown=SHOWN, year=fiscal_year_of(day.today))
