"""Pages of the directory of windows."""

from typing import Any

from flask import Blueprint, render_template, request

from app.access.guards import requires
from app.access.permissions import Permission
from app.foundation import clock
from app.windows import queries
from app.windows.forms import DirectoryFilters
from app.windows.views import standing_of

blueprint = Blueprint("windows", __name__)


@blueprint.get("/windows")
@requires(Permission.WINDOW_READ)
def index() -> Any:
    """List the windows as they stand today."""
    form = DirectoryFilters(request.args)
    form.validate()
    search = "" if form.search.errors else form.search.data
    lines = queries.list_directory(clock.today(), search=search, ended=form.ended.data)
    return render_template("windows/index.html", form=form, lines=lines, search=search)


@blueprint.get("/windows/<int(max=2147483647):window_id>")
@requires(Permission.WINDOW_READ)
def window(window_id: int) -> Any:
    """Show one window, what took over from it, and its versions over time."""
    versions = queries.list_versions(window_id)
    line = standing_of(versions, clock.today())
    successor = line.view.successor_id
    return render_template(
        "windows/window.html",
        line=line,
        versions=versions[::-1],
        successor=standing_of(queries.list_versions(successor), clock.today()) if successor else None,
        predecessors=queries.list_predecessors(window_id, clock.today()),
    )
