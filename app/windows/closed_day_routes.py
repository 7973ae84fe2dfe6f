"""The page of the city's own closed days."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError, NotFound
from app.foundation.fiscal_year import first_day, fiscal_year_of
from app.foundation.transaction import transaction
from app.web.filters import day as written
from app.web.forms import render_form
from app.web.notices import say
from app.windows.closed_day_operations import add_closed_day, remove_closed_day
from app.windows.closed_day_queries import list_closed_days
from app.windows.forms import ClosedDayForm

blueprint = Blueprint("closed_days", __name__)


@blueprint.route("/closed-days", methods=["GET", "POST"])
@requires(Permission.WINDOW_WRITE)
def index() -> Any:
    """Show the closed days from this fiscal year on, and add one."""
    form = ClosedDayForm()
    if form.validate_on_submit():
        try:
            with transaction():
                add_closed_day(actor=current_actor(), day=form.day.data, reason=form.reason.data)
        except DomainError as error:
            form.show(error)
        else:
            say(_("%(day)s を休業日にしました。", day=written(form.day.data)))
            return redirect(url_for("closed_days.index"))
    since = first_day(fiscal_year_of(clock.today()))
    return render_form("windows/closed_days.html", form, days=list_closed_days(since=since))


@blueprint.post("/closed-days/<string:day>/remove")
@requires(Permission.WINDOW_WRITE)
def remove(day: str) -> Any:
    """Take a closed day back."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise NotFound from None
    with transaction():
        remove_closed_day(actor=current_actor(), day=wanted)
    say(_("%(day)s の休業日を取り消しました。", day=written(wanted)))
    return redirect(url_for("closed_days.index"))
