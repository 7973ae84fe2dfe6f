"""Which language a page speaks, and the switch between the two."""

from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, has_request_context, redirect, request, url_for

LOCALES: Final = {"ja": "日本語", "en": "English"}
COOKIE: Final = "lang"
A_YEAR: Final = 365 * 24 * 3600

blueprint = Blueprint("web", __name__)


def select_locale() -> str:
    """Return the language chosen by the reader, Japanese until one is; commands speak Japanese."""
    chosen = request.cookies.get(COOKIE, "") if has_request_context() else ""
    return chosen if chosen in LOCALES else "ja"


def safe_path(target: str) -> str:
    r"""Return a target if it is a plain path on this site, else the front page.

    Browsers read ``//host`` and ``/\host`` as another site and drop control characters.
    """
    plain = target.startswith("/") and not target.startswith("//") and "\\" not in target
    if not plain or not target.isprintable():
        return "/"
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc else target


@blueprint.get("/language/<string:locale>")
def switch_language(locale: str) -> Response:
    """Remember the language for a year and return to the page the reader came from."""
    if locale not in LOCALES:
        abort(404)
    answer = redirect(safe_path(request.args.get("next", "/")))
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.set_cookie(COOKIE, locale, max_age=A_YEAR, samesite="Lax", httponly=True, secure=secure)
    return answer  # type: ignore[return-value]  # werkzeug's redirect is typed as its own base class


def other_locale() -> str:
    """Return the language that this page is not in."""
    return "en" if select_locale() == "ja" else "ja"


def language_url() -> str:
    """Return the address that shows the present page in the other language.

    Only a page that was asked for by GET can be shown again; after a refused form it is the front page.
    """
    here = request.full_path.rstrip("?") if request.method == "GET" and not request.routing_exception else "/"
    return url_for("web.switch_language", locale=other_locale(), next=here)
