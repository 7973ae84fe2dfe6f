"""Pages of the map register."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.web.forms import render_form
from app.web.notices import say
from app.windows import map_operations, map_queries
from app.windows.map_forms import EditionForm, PrintingForm
from app.windows.vocabulary import PrintRun

blueprint = Blueprint("map", __name__)


@blueprint.get("/map")
@requires(Permission.WINDOW_READ)
def index() -> Any:
    """List the editions of the map and their printings."""
    may_write = current_actor().may(Permission.MAP_WRITE)
    return render_template("map/index.html", editions=map_queries.list_editions(), may_write=may_write)


@blueprint.route("/map/new", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def new_edition() -> Any:
    """Register the next edition of the map."""
    last = map_queries.find_last_edition()
    form = EditionForm(published_on=clock.today(), version=last.number if last else 0)
    if form.validate_on_submit():
        try:
            with transaction():
                edition = map_operations.publish_edition(
                    actor=current_actor(),
                    published_on=form.published_on.data,
                    changes=form.changes.data,
                    after=form.version.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("マップ第%(number)s号を登録しました。", number=edition.number))
            return redirect(url_for("map.index"))
    return render_form("map/new_edition.html", form, number=last.number + 1 if last else 1)


@blueprint.route("/map/<int(max=2147483647):number>/printings/new", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def new_printing(number: int) -> Any:
    """Register a printing of an edition."""
    edition = map_queries.get_edition(number)
    usual = PrintRun.REPRINT if edition.has_first_run else PrintRun.FIRST
    form = PrintingForm(run=usual, printed_on=clock.today(), version=len(edition.printings))
    if form.validate_on_submit():
        try:
            with transaction():
                map_operations.record_printing(
                    actor=current_actor(),
                    edition_number=number,
                    printed_on=form.printed_on.data,
                    copies=form.copies.data,
                    run=form.run.data or usual,
                    after=form.version.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("マップ第%(number)s号の印刷を登録しました。", number=number))
            return redirect(url_for("map.index"))
    return render_form("map/new_printing.html", form, edition=edition)
