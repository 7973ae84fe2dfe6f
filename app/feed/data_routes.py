"""Open data under versioned addresses: CSV in the standard municipal columns, HSDS 3, the feed of changes.

What a version of an address returns keeps its shape; a change of shape gets a new version.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from flask import Blueprint, Response, current_app, request, url_for

from app.access.guards import public
from app.feed import caching, hsds_documents
from app.feed.catalogue import Catalogue
from app.feed.changes import changes
from app.feed.hsds_documents import page_of
from app.feed.municipal_csv import write_csv
from app.feed.queries import get_catalogue
from app.foundation import clock
from app.foundation.errors import N_, DomainError, NotFound
from app.windows.hsds_terms import identifier
from app.windows.map_queries import find_leaflet

blueprint = Blueprint("open_data", __name__, url_prefix="/open-data/v1")
JSON: Final = "application/json; charset=utf-8"
NOT_A_MOMENT: Final = N_("sinceは2026-11-20T00:00:00Zのように、時差をつけて書いてください。")


def window_address() -> Callable[[str], str]:
    """Return how the page of a window is named from outside; nothing where the site has no address yet."""
    site = caching.site_of_files()
    if site is not None:
        return lambda key: f"{site.rstrip('/')}/public/windows/{quote(key)}/" if site else ""
    public = current_app.config["SHIRUBE"].public_url
    if public:
        return lambda key: public + url_for("feed.window", key=key)
    return lambda key: url_for("feed.window", key=key, _external=True)


def as_json(document: Any, catalogue: Catalogue) -> Response:
    """Return a document as a file of open data."""
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return caching.data_file(text, JSON, catalogue.last_change)


def one_of(documents: Mapping[str, Any], wanted: str) -> Any:
    """Return the document of an identifier; raises NotFound."""
    if wanted not in documents:
        raise NotFound
    return documents[wanted]


@blueprint.get("/windows.csv")
@public
def windows_csv() -> Any:
    """Hand out the windows of today in the standard municipal columns."""
    catalogue = get_catalogue(clock.today())
    content = write_csv(catalogue, window_address())
    answer = caching.data_file(content, "text/csv; charset=utf-8", catalogue.last_change)
    answer.headers["Content-Disposition"] = 'attachment; filename="132144_employment_windows.csv"'
    return answer


@blueprint.get("/map/<int(max=2147483647):number>/leaflet.pdf")
@public
def leaflet(number: int) -> Any:
    """Hand out the leaflet of an edition as it was published."""
    content = find_leaflet(number)
    if content is None:
        raise NotFound
    answer = caching.data_file(content, "application/pdf", None)
    answer.headers["Content-Disposition"] = f'inline; filename="map-{number}-leaflet.pdf"'
    return answer


@blueprint.get("/changes.json", endpoint="changes")
@public
def change_feed() -> Any:
    """Hand out which entries changed after the moment ``since``, all of them when none is given."""
    catalogue = get_catalogue(clock.today())
    return as_json(changes(catalogue, asked_moment(), window_address()), catalogue)


def asked_moment() -> datetime | None:
    """Return the moment that the address names; DomainError when it cannot be read."""
    text = request.args.get("since", "")
    if not text:
        return None
    try:
        # In an address a plus stands for a space.
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise DomainError(NOT_A_MOMENT) from None
    if found.tzinfo is None:
        raise DomainError(NOT_A_MOMENT)
    return found


@blueprint.get("/hsds/index.json")
@public
def hsds() -> Any:
    """Say which version of HSDS this is."""
    document = {"version": hsds_documents.VERSION, "profile": hsds_documents.PROFILE}
    return as_json(document, get_catalogue(clock.today()))


@blueprint.get("/hsds/organizations.json")
@public
def organizations() -> Any:
    """List the offices that run a window."""
    catalogue = get_catalogue(clock.today())
    offices = hsds_documents.organizations(catalogue).values()
    return as_json(page_of([hsds_documents.organization(one) for one in offices]), catalogue)


@blueprint.get("/hsds/organizations/<uuid:wanted>.json")
@public
def organization(wanted: object) -> Any:
    """Show one office."""
    catalogue = get_catalogue(clock.today())
    office = one_of(hsds_documents.organizations(catalogue), str(wanted))
    return as_json(hsds_documents.whole_organization(office), catalogue)


@blueprint.get("/hsds/services.json")
@public
def services() -> Any:
    """List the windows, ended ones as defunct; ``full=true`` with everything that belongs to each."""
    return service_list(whole=request.args.get("full") == "true")


@blueprint.get("/hsds/services-full.json")
@public
def services_full() -> Any:
    """List the windows with everything that belongs to each: the file that another Shirube can read."""
    return service_list(whole=True)


def service_list(*, whole: bool) -> Response:
    """Return the windows as a page of services."""
    catalogue = get_catalogue(clock.today())
    write = hsds_documents.whole_service if whole else hsds_documents.service
    address = window_address()
    return as_json(page_of([write(catalogue, line, address) for line in catalogue.lines]), catalogue)


@blueprint.get("/hsds/services/<uuid:wanted>.json")
@public
def service(wanted: object) -> Any:
    """Show one window with everything that belongs to it."""
    catalogue = get_catalogue(clock.today())
    lines = {identifier("service", line.view.key): line for line in catalogue.lines}
    line = one_of(lines, str(wanted))
    return as_json(hsds_documents.whole_service(catalogue, line, window_address()), catalogue)


@blueprint.get("/hsds/locations.json")
@public
def locations() -> Any:
    """List the places whose address is known."""
    catalogue = get_catalogue(clock.today())
    found = [hsds_documents.whole_location(line.view) for line in catalogue.lines]
    return as_json(page_of([one for one in found if one is not None]), catalogue)


@blueprint.get("/hsds/service-at-locations.json")
@public
def service_at_locations() -> Any:
    """List which window is at which place."""
    catalogue = get_catalogue(clock.today())
    found = hsds_documents.meetings(catalogue, window_address())
    return as_json(page_of(list(found.values())), catalogue)


@blueprint.get("/hsds/service-at-locations/<uuid:wanted>.json")
@public
def service_at_location(wanted: object) -> Any:
    """Show one window at its place."""
    catalogue = get_catalogue(clock.today())
    return as_json(one_of(hsds_documents.meetings(catalogue, window_address()), str(wanted)), catalogue)
