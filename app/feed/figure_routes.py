"""The feed of indicators: released figures for everybody, the others for whoever shows a token.

Addresses are versioned; a change of shape gets a new version. Every answer but a refusal carries an ETag.
"""

import json
import time
from datetime import timedelta
from typing import Any, Final

from flask import Blueprint, Response, current_app, make_response, request, url_for
from flask_babel import gettext as _

from app.access.guards import public
from app.access.pace import Pace
from app.access.throttle import Throttle
from app.accounts.attempts import Counter, TooManyAttempts, key_of, reserve, succeed
from app.feed import caching, figure_documents, openapi
from app.feed.releases import DIGITS, asked_release
from app.feed.token_models import FeedToken
from app.feed.token_operations import note_reading
from app.feed.token_queries import find_reader
from app.feed.tokens import FeedScope
from app.foundation import fiscal_year as years
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.publication.gate import get_published, published_years
from app.publication.inside import get_internal
from app.publication.queries import list_release_numbers

blueprint = Blueprint("figures_feed", __name__, url_prefix="/feed/v1")
TRIES: Final = Throttle(free=20)
"""Tokens that were never given out, shown by one computer; then waits."""
PACE: Final = Pace(burst=60, per_second=1.0)


class Unauthorised(DomainError):
    """No token, or one that opens nothing."""

    status = 401


@blueprint.errorhandler(DomainError)
def refuse(error: DomainError) -> Response:
    """Say in the form of RFC 9457 what is wrong."""
    answer = as_json(figure_documents.problem(error.status, error.text(_)), status=error.status)
    answer.headers["Content-Type"] = openapi.PROBLEM
    if isinstance(error, TooManyAttempts):
        answer.headers["Retry-After"] = str(max(1, int(error.wait.total_seconds())))
    if error.status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/openapi.json")
@public
def description() -> Any:
    """Hand out the description of this feed."""
    settings = current_app.config["SHIRUBE"]
    server = (settings.public_url or "") + url_for("figures_feed.fiscal_years").removesuffix("/fiscal-years")
    return published(openapi.description(server))


@blueprint.get("/fiscal-years")
@public
def fiscal_years() -> Any:
    """List the fiscal years of which something was released."""
    return published(figure_documents.years_document(published_years()))


@blueprint.get("/fiscal-years/<string:fiscal_year>/indicators")
@public
def indicators(fiscal_year: str) -> Any:
    """Hand out the released indicators of a fiscal year."""
    year, number = year_of(fiscal_year), asked_release()
    found = get_published(year, number)
    if found is None:
        raise NotFound(_("この年度の指標は、まだ公表されていません。"))
    numbers = list_release_numbers(year)
    return published(figure_documents.year_document(found, numbers))


@blueprint.get("/internal/fiscal-years/<string:fiscal_year>/indicators")
@public
def internal(fiscal_year: str) -> Any:
    """Hand out the indicators of a year as they stand, to whoever shows a token that opens them."""
    token = reader()
    wait = PACE.wait(token.id, time.monotonic())
    if wait:
        raise TooManyAttempts(timedelta(seconds=wait))
    year = year_of(fiscal_year)
    found = get_internal(year, current_app.config["SHIRUBE"].threshold)
    with transaction():
        note_reading(token=token, fiscal_year=year, source=found.source, edition=found.edition)
    answer = as_json(figure_documents.internal_document(year, found.figures, found.source.value))
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.vary.add("Authorization")
    return caching.conditional(answer)


def reader() -> FeedToken:
    """Return the token shown, with guessing made slow.

    Raises:
        Unauthorised: none, or one that opens nothing.
        TooManyAttempts: too many were tried from this computer.
    """
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise Unauthorised(_("トークンがありません。"))
    secret = str(current_app.config["SHIRUBE"].secret_key)
    tries = [Counter(key_hash=key_of(secret, "feed-token", request.remote_addr or ""), throttle=TRIES)]
    with transaction():
        reserve(tries)
    token = find_reader(text.strip(), FeedScope.INDICATORS)
    if token is None:
        raise Unauthorised(_("このトークンでは読めません。期限が切れたか、無効になっています。"))
    with transaction():
        succeed(tries, clear="")
    return token


def year_of(text: str) -> int:
    """Return the fiscal year of an address; NotFound for whatever is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        raise NotFound
    year = int(text)
    if not years.EARLIEST <= year <= years.LATEST:
        raise NotFound
    return year


def published(document: Any) -> Response:
    """Return a document that everybody may read and keep."""
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return caching.data_file(text, openapi.JSON, None)


def as_json(document: Any, status: int = 200) -> Response:
    """Return a document of its own."""
    answer = make_response(json.dumps(document, ensure_ascii=False, indent=1) + "\n", status)
    answer.headers["Content-Type"] = openapi.JSON
    return answer
