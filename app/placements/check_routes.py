"""Pages of retention checks: those to be made, and another day for one."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.placements.check_operations import move_due
from app.placements.due_queries import list_next_checks
from app.placements.due_scope import Due, Whose
from app.placements.entries import NewDue
from app.placements.filling import placement_page
from app.placements.forms import DueFilters, DueForm
from app.web.filters import day as day_in_words
from app.web.forms import render_form
from app.web.notices import say
from app.web.pagination import PAGE_SIZE, Page, offset_of, page_number

blueprint = Blueprint("checks", __name__)


@blueprint.get("/placements/checks")
@requires(Permission.PLACEMENT_READ)
def due() -> Any:
    """List the checks that are to be made."""
    actor, number, today = current_actor(), page_number(request.args), clock.today()
    filters = DueFilters(request.args)
    sound = filters.validate()
    scope = filters.due.data if sound else Due.TODAY
    mine = sound and filters.whose.data is Whose.MINE
    rows = list_next_checks(actor=actor, today=today, until=scope.until(today), own=mine)
    first = offset_of(number)
    page = Page.of(rows[first : first + PAGE_SIZE], total=len(rows), number=number)
    return render_template("placements/due.html", page=page, filters=filters)


@blueprint.route("/placements/<int:placement_id>/checks/<int:months>/due", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_WRITE)
def move(placement_id: int, months: int) -> Any:
    """Set another day for a check."""
    shown = placement_page(actor=current_actor(), placement_id=placement_id)
    row = next((one for one in shown.checks if one.months == months), None)
    if row is None or row.check is not None or row.gone:
        raise NotFound
    form = DueForm(version=len(row.moves))
    if form.validate_on_submit():
        try:
            moved_to = save_move(form, placement_id, months)
        except DomainError as error:
            form.show(error)
        else:
            said = _(
                "%(months)sか月の定着確認の期日を%(day)sにしました。",
                months=months,
                day=day_in_words(moved_to),
            )
            say(said)
            return redirect(url_for("placements.show", placement_id=placement_id))
    return render_form("placements/move.html", form, shown=shown, row=row)


def save_move(form: DueForm, placement_id: int, months: int) -> date:
    """Save the day that a form names and return the day it has become.

    Raises:
        DomainError: a rule is broken, at the field concerned.
    """
    new = NewDue(
        placement_id=placement_id,
        months=months,
        due_on=form.due_on.data,
        due_reason=form.due_reason.data,
        due_other=form.due_other.data,
        moves=form.version.data,
    )
    with transaction():
        return move_due(actor=current_actor(), new=new).due_on
