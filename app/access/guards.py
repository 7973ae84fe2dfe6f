"""Guards of routes: a view names its permission or says that it is public; every other view is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, abort, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.foundation.errors import Forbidden
from app.web.answers import json_answer, wants_json
from app.web.notices import say

View = TypeVar("View", bound=Callable[..., Any])
Params = ParamSpec("Params")
SIGN_IN = "accounts.sign_in"
# Each may keep what somebody posted after the session had run out, and returns the path where it goes on.
keepers: list[Callable[[], str | None]] = []


def requires(permission: Permission) -> Callable[[Callable[Params, Any]], Callable[Params, Any]]:
    """Let only actors with this permission in."""

    def decorate(view: Callable[Params, Any]) -> Callable[Params, Any]:
        @wraps(view)
        def guarded(*args: Params.args, **kwargs: Params.kwargs) -> Any:
            actor = find_actor()
            if actor is None:
                return ask_to_sign_in()
            if not actor.may(permission):
                raise Forbidden
            return view(*args, **kwargs)

        return marked(guarded, permission)

    return decorate


def public(view: View) -> View:
    """Mark a view that needs no sign-in."""
    return marked(view, None)


def marked(view: View, permission: Permission | None) -> View:
    """Write on a view what it asks for, where the refusal of unguarded views looks."""
    vars(view)["permission"] = permission
    return view


def find_actor() -> Actor | None:
    """Return who acts in this request, or None."""
    return g.get("actor")


def current_actor() -> Actor:
    """Return who acts in this request; guarded views always have one."""
    actor = find_actor()
    if actor is None:
        abort(401)
    return actor


def ask_to_sign_in() -> Response:
    """Send to the sign-in page, which leads back to the page at hand, or to the draft of what was posted."""
    if wants_json():
        words = _(
            "サインインが切れました。内容はこの画面に残っています。サインインすると、下書きの保存が続きます。"
        )
        return json_answer(401, said=words, link=_("サインインする"), url=url_for(SIGN_IN))
    if request.method != "POST":
        return redirect(url_for(SIGN_IN, next=here()))
    kept = next((path for keep in keepers if (path := keep())), None)
    if kept is not None:
        say(
            _(
                "サインインの時間が切れていました。書いた内容は下書きに残しました。サインインすると続けられます。"
            ),
            kind="warn",
        )
        return redirect(url_for(SIGN_IN, next=kept))
    say(_("サインインの時間が切れていました。送られた内容は保存していません。"), kind="warn")
    return redirect(url_for(SIGN_IN, next=here()))


def here() -> str | None:
    """Return the path of the page at hand, None when it cannot be opened by itself."""
    can_be_read = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    return request.full_path.rstrip("?") if can_be_read else None


def refuse_unguarded(app: Flask) -> None:
    """Refuse each view that forgot its guard, so that forgetting is found at once and never opens a door."""

    @app.before_request
    def default_deny() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if view is not None and not hasattr(view, "permission"):
            raise Forbidden
