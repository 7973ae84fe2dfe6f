"""Pages of the directory of windows."""

from typing import Any

from flask import Blueprint, render_template, request

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.windows import queries
from app.windows.filling import verification_round, wanted_from
from app.windows.forms import DirectoryFilters
from app.windows.search import Wanted
from app.windows.verification import due, knowledge_of
from app.windows.views import Listed, in_force, standing_of

blueprint = Blueprint("windows", __name__)


@blueprint.get("/windows")
@requires(Permission.WINDOW_READ)
def index() -> Any:
    """List the windows as they stand today."""
    form = DirectoryFilters(request.args)
    form.validate()
    wanted = wanted_from(form)
    may_write = current_actor().may(Permission.WINDOW_WRITE)
    lines = queries.list_wanted(clock.now(), wanted)
    return render_template(
        "windows/index.html",
        form=form,
        lines=lines,
        old={line.view.window_id for line in due(lines, clock.today()) if line.view.is_verified},
        narrowed=wanted != Wanted(),
        search=wanted.search,
        at=clock.now(),
        waiting=len(verification_round(clock.today()).lines) if may_write else 0,
        may_write=may_write,
    )


@blueprint.get("/windows/<int(max=2147483647):window_id>")
@requires(Permission.WINDOW_READ)
def window(window_id: int) -> Any:
    """Show one window as it stands today, what took over from it, and its versions over time."""
    return show(window_id, standing_of(queries.list_versions(window_id), clock.today()))


@blueprint.get("/windows/<int(max=2147483647):window_id>/versions/<int(max=2147483647):number>")
@requires(Permission.WINDOW_READ)
def version(window_id: int, number: int) -> Any:
    """Show one version of a window, as a referral of its time keeps it."""
    versions = queries.list_versions(window_id)
    line = standing_of(versions, clock.today())
    asked = queries.get_numbered(versions, number)
    return show(window_id, Listed(view=asked, standing=line.standing), older=asked != line.view)


def show(window_id: int, line: Listed, *, older: bool = False) -> str:
    """Show a window in one of its versions."""
    versions = queries.list_versions(window_id)
    return render_template(
        "windows/window.html",
        line=line,
        older=older,
        versions=versions[::-1],
        in_force={view.number for view in in_force(versions)},
        current=standing_of(versions, clock.today()).view,
        successor=queries.find_last_successor(window_id, clock.today()),
        predecessors=queries.list_predecessors(window_id, clock.today()),
        knowledge=knowledge_of(line.view.facts, clock.today()),
        at=clock.now(),
        may_write=current_actor().may(Permission.WINDOW_WRITE),
    )
