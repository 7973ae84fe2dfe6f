"""Pages of the editions of the map: drafts, publishing, leaflet and poster."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import Conflict, DomainError, NotFound
from app.foundation.transaction import transaction
from app.printing.glyphs import missing_in
from app.printing.leaflet import leaflet, poster, values_of
from app.web.forms import render_form
from app.web.notices import say
from app.windows import map_operations, map_queries, map_register_queries
from app.windows.map_forms import EditionForm, VoidForm
from app.windows.map_leaflets import get_paper, keep_leaflet
from app.windows.map_paper import paper_of
from app.windows.map_vocabulary import PosterSize

blueprint = Blueprint("map", __name__)
NUMBER = "<int(max=2147483647):number>"


@blueprint.get("/map")
@requires(Permission.WINDOW_READ)
def index() -> Any:
    """Show the current edition, which counters hold an older one, and all editions with their printings."""
    current = map_queries.find_last_edition()
    counters = map_register_queries.list_counters()
    return render_template(
        "map/index.html",
        editions=map_queries.list_editions(),
        current=current,
        old=map_register_queries.counters_with_old_copies(counters, current.number if current else None),
        may_write=current_actor().may(Permission.MAP_WRITE),
    )


@blueprint.route("/map/new", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def new_edition() -> Any:
    """Begin the next edition as a draft."""
    draft = map_queries.find_draft()
    if draft is not None and request.method == "GET":
        return redirect(url_for("map.edition", number=draft.number))
    number = map_queries.next_number()
    form = EditionForm(published_on=clock.today(), version=number - 1)
    if form.validate_on_submit():
        try:
            with transaction():
                edition = map_operations.draft_edition(
                    actor=current_actor(),
                    published_on=form.published_on.data,
                    changes=form.changes.data,
                    after=form.version.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("マップ第%(number)s号の下書きを作りました。", number=edition.number))
            return redirect(url_for("map.edition", number=edition.number))
    return render_form("map/new_edition.html", form, number=number)


@blueprint.get(f"/map/{NUMBER}")
@requires(Permission.WINDOW_READ)
def edition(number: int) -> Any:
    """Show an edition or a draft: what it contains, what changed, its paper and its printings."""
    shown = map_queries.get_edition(number)
    contents = map_queries.list_contents(shown)
    changes = map_queries.list_changes(shown, contents)
    last = map_queries.find_last_edition()
    return render_template(
        "map/edition.html",
        edition=shown,
        contents=contents,
        changes=changes,
        is_last=last is not None and last.number == number,
        is_due=shown.published_on <= clock.today(),
        is_kept=map_queries.leaflet_size(number) is not None,
        missing=missing_in(values_of(paper_of(shown, contents, changes or (), url=""))),
        sizes=PosterSize,
        may_write=current_actor().may(Permission.MAP_WRITE),
        form=EditionForm(version=shown.version),
    )


@blueprint.route(f"/map/{NUMBER}/edit", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def edit_edition(number: int) -> Any:
    """Change day and words of a draft."""
    shown = map_queries.get_edition(number)
    if not shown.is_draft:
        raise Conflict(map_operations.PUBLISHED)
    form = EditionForm(
        published_on=shown.published_on,
        changes=shown.changes,
        version=shown.version,
        of=("map_edition", shown.id),
    )
    if form.validate_on_submit():
        try:
            with transaction():
                map_operations.change_draft(
                    actor=current_actor(),
                    number=number,
                    published_on=form.published_on.data,
                    changes=form.changes.data,
                    version=form.version.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("マップ第%(number)s号の下書きを直しました。", number=number))
            return redirect(url_for("map.edition", number=number))
    return render_form("map/edit_edition.html", form, edition=shown)


@blueprint.post(f"/map/{NUMBER}/publish")
@requires(Permission.MAP_WRITE)
def publish(number: int) -> Any:
    """Publish a draft."""
    try:
        with transaction():
            edition = map_operations.publish_draft(
                actor=current_actor(), number=number, version=version_sent()
            )
            if map_queries.list_contents(map_queries.get_edition(edition.number)):
                keep_leaflet(actor=current_actor(), number=number, url=public_map())
    except NotFound:
        raise
    except DomainError as error:
        say(error.text(_), kind="error")
    else:
        say(_("マップ第%(number)s号を発行しました。", number=number))
    return redirect(url_for("map.edition", number=number))


@blueprint.post(f"/map/{NUMBER}/leaflet")
@requires(Permission.MAP_WRITE)
def keep(number: int) -> Any:
    """Keep the leaflet of an edition that was published before leaflets were kept, for the public page."""
    with transaction():
        keep_leaflet(actor=current_actor(), number=number, url=public_map())
    say(_("第%(number)s号のリーフレットを公開ページに載せました。", number=number))
    return redirect(url_for("map.edition", number=number))


@blueprint.post(f"/map/{NUMBER}/discard")
@requires(Permission.MAP_WRITE)
def discard(number: int) -> Any:
    """Throw a draft away."""
    with transaction():
        map_operations.discard_draft(actor=current_actor(), number=number, version=version_sent())
    say(_("マップ第%(number)s号の下書きをやめました。", number=number))
    return redirect(url_for("map.index"))


@blueprint.route(f"/map/{NUMBER}/void", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def void_edition(number: int) -> Any:
    """Take back the newest edition, published by mistake."""
    shown = map_queries.get_edition(number)
    if not shown.is_out:
        raise NotFound
    form = VoidForm(version=shown.version)
    if form.validate_on_submit():
        try:
            with transaction():
                map_operations.void_edition(
                    actor=current_actor(),
                    number=number,
                    version=form.version.data,
                    reason=form.reason.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("マップ第%(number)s号を取り消しました。", number=number))
            return redirect(url_for("map.index"))
    return render_form("map/void_edition.html", form, edition=shown)


@blueprint.get(f"/map/{NUMBER}/leaflet.pdf")
@requires(Permission.WINDOW_READ)
def leaflet_pdf(number: int) -> Any:
    """Return the folded leaflet; of a published edition the one that was kept."""
    kept = map_queries.find_leaflet(number)
    return pdf_answer(kept or leaflet(get_paper(number, url=public_map())), f"map-{number}-leaflet.pdf")


@blueprint.get(f"/map/{NUMBER}/poster.pdf")
@requires(Permission.WINDOW_READ)
def poster_pdf(number: int) -> Any:
    """Return the poster on the paper asked for."""
    size = PosterSize.find(request.args.get("size", PosterSize.A3.value))
    if size is None:
        abort(404)
    paper = get_paper(number, url=public_map())
    return pdf_answer(poster(paper, size=size.value), f"map-{number}-poster-{size.value}.pdf")


def public_map() -> str:
    """Return the address of the public map; empty when nobody has set where it stands."""
    base = current_app.config["SHIRUBE"].public_url
    return f"{base}{url_for('feed.map')}" if base else ""


def pdf_answer(content: bytes, name: str) -> Response:
    """Return a PDF as a file to keep."""
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def version_sent() -> int | None:
    """Return the version that the page showed."""
    return EditionForm().version.data
