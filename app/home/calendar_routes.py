"""The own due dates in a calendar program: addresses are made and ended here, and read without sign-in."""

import hashlib
import logging
import re
from typing import Any, Final

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import force_locale
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.guards import current_actor, public, requires
from app.access.permissions import Permission
from app.access.throttle import Throttle
from app.accounts.attempts import Counter, TooManyAttempts, key_of, reserve, succeed
from app.foundation import clock
from app.foundation.errors import NotFound
from app.foundation.transaction import transaction
from app.home.calendar import DueDay, written
from app.home.calendar_operations import MOST, make_token, revoke_token
from app.home.calendar_queries import get_reader, is_known, list_tokens
from app.home.day import TaskKind
from app.home.queries import list_due_days
from app.web.filters import locale
from app.web.language import LOCALES
from app.web.notices import say

blueprint = Blueprint("calendar", __name__)

TRIES: Final = Throttle(free=20)
"""Addresses that were never given out, asked for from one computer; then waits."""
IN_ADDRESS: Final = re.compile(r"(/calendar/)[\w-]+")


class WithoutTokens(logging.Filter):
    """Cuts tokens out of the log: an error names the address at which it happened."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the message; every record passes."""
        record.msg, record.args = IN_ADDRESS.sub(r"\1…", record.getMessage()), None
        return True


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Keep tokens out of the log."""
    state.app.logger.addFilter(WithoutTokens())


@blueprint.get("/account/calendar")
@requires(Permission.CASE_READ)
def index() -> Any:
    """List the own addresses."""
    return render_template("home/calendar.html", tokens=list_tokens(actor=current_actor()), most=MOST)


@blueprint.post("/account/calendar")
@requires(Permission.CASE_READ)
def make() -> Any:
    """Make an address; it is shown in this answer and never again."""
    with transaction():
        _made, token = make_token(actor=current_actor())
    spoken = {} if locale() == "ja" else {"lang": locale()}
    address = url_for("calendar.feed", token=token, _external=True, **spoken)
    return render_template("home/calendar_address.html", address=address)


@blueprint.post("/account/calendar/<int:token_id>/revoke")
@requires(Permission.CASE_READ)
def revoke(token_id: int) -> Any:
    """End an address."""
    with transaction():
        revoke_token(actor=current_actor(), token_id=token_id)
    say(_("予定表のアドレスを無効にしました。"))
    return redirect(url_for(".index"))


# ---- for whoever holds an address -----------------------------------------------------------------


@blueprint.get("/calendar/<string:token>.ics")
@public
def feed(token: str) -> Any:
    """Give the due days of whoever made the address; every other address is answered alike."""
    try:
        reader = look_up(token)
    except (NotFound, TooManyAttempts):
        return unseen(make_response("not found\n", 404), "text/plain; charset=utf-8")
    chosen = request.args.get("lang", "")
    with force_locale(chosen if chosen in LOCALES else "ja"):
        return unseen(make_response(calendar_of(reader, token)), "text/calendar; charset=utf-8")


def look_up(token: str) -> Actor:
    """Return whose due dates these are, with guessing made slow.

    Raises:
        NotFound: it opens nothing.
        TooManyAttempts: too many were guessed from this computer.
    """
    secret = str(current_app.config["SHIRUBE"].secret_key)
    tries = [Counter(key_hash=key_of(secret, "calendar", request.remote_addr or ""), throttle=TRIES)]
    with transaction():
        reserve(tries)
    # A calendar program goes on asking for an ended address: that is no guess, and must not shut out others.
    if is_known(token=token):
        with transaction():
            succeed(tries, clear="")
    return get_reader(token=token)


def calendar_of(reader: Actor, token: str) -> bytes:
    """Return the calendar of an account: how many things of which kind fall due, and no more."""
    name = hashlib.sha256(token.encode()).hexdigest()[:12]
    days = list_due_days(actor=reader, today=clock.today())
    return written(
        title=_("しるべ：期限"),
        link=url_for("home.today", whose="mine", _external=True),
        now=clock.now(),
        days=[
            DueDay(uid=f"{day:%Y%m%d}-{kind.value}-{name}@shirube", day=day, summary=words_for(kind, count))
            for (day, kind), count in days.items()
        ],
    )


def words_for(kind: TaskKind, count: int) -> str:
    """Return what falls due, and how often."""
    if kind is TaskKind.CONTACT:
        return _("連絡の予定 %(count)s件", count=count)
    if kind is TaskKind.REFERRAL:
        return _("紹介の返事の期限 %(count)s件", count=count)
    if kind is TaskKind.CHECK:
        return _("定着確認の期限 %(count)s件", count=count)
    return _("登録の期限 %(count)s件", count=count)


def unseen(response: Response, kind: str) -> Response:
    """Return an answer that no cache and no search engine keeps."""
    response.headers["Content-Type"] = kind
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
