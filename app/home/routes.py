"""The page a counsellor starts the day with."""

from typing import Any

from flask import Blueprint, render_template, request

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.home.day import SHOWN, Whose
from app.home.queries import get_day

blueprint = Blueprint("home", __name__)


@blueprint.get("/today")
@requires(Permission.CASE_READ)
def today() -> Any:
    """Show what is due today: the own work, or that of the office."""
    actor = current_actor()
    day = get_day(actor=actor, today=clock.today(), whose=Whose.find(request.args.get("whose")))
    return render_template("home/today.html", day=day, shown=SHOWN, whose=list(Whose), account_id=actor.id)
