"""One-time answer links: made and revoked at the desk, used by a partner who has no account."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import force_locale
from flask_babel import gettext as _

from app.access.guards import current_actor, public, requires
from app.access.permissions import Permission
from app.access.throttle import Throttle
from app.accounts.attempts import Counter, TooManyAttempts, key_of, reserve, succeed
from app.foundation import clock
from app.foundation.errors import N_, DomainError, NotFound
from app.foundation.transaction import transaction
from app.referrals.answer_forms import LinkAnswerForm
from app.referrals.link_operations import (
    LinkAnswer,
    answer_by_link,
    issue_link,
    last_of,
    mail_of,
    revoke_link,
)
from app.referrals.link_queries import OpenLink, get_open_link
from app.referrals.queries import get_referral
from app.web.filters import locale
from app.web.forms import render_form
from app.web.language import LOCALES
from app.web.notices import say

blueprint = Blueprint("links", __name__)

OFF: Final = N_("このしるべでは、回答リンクを使いません（管理者の設定）。")
TRIES: Final = Throttle(free=20)
"""Links that cannot be used, from one address; then waits. 256 random bits leave nothing to guess anyway."""
IN_ADDRESS: Final = re.compile(r"(/answer/)[\w-]+")


class WithoutTokens(logging.Filter):
    """Cuts tokens out of the log: an error names the address at which it happened."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the message; every record passes."""
        record.msg, record.args = IN_ADDRESS.sub(r"\1…", record.getMessage()), None
        return True


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Take the page of a link out of the CSRF check, and its tokens out of the log.

    There is no session behind that page that a foreign site could misuse: the link in the address is the
    only right there is, and whoever knows it needs nobody's browser.
    """
    state.app.extensions["csrf"].exempt(answer)
    state.app.logger.addFilter(WithoutTokens())


def secret() -> str:
    """Return the key with which links are signed."""
    return str(current_app.config["SHIRUBE"].secret_key)


def outside() -> str:
    """Return the address at which partners reach this server; empty where links are off."""
    return str(current_app.config["SHIRUBE"].answer_links)


@blueprint.post("/referrals/<string:reference>/answer-links")
@requires(Permission.REFERRAL_WRITE)
def make(reference: str) -> Any:
    """Make a link; it is shown in this answer and never again."""
    get_referral(actor=current_actor(), reference=reference)
    if not outside():
        raise DomainError(OFF)
    with transaction():
        link, token = issue_link(actor=current_actor(), reference=reference, secret=secret())
    mail = mail_of(outside() + url_for("links.answer", token=token), last_of(link))
    return render_template("referrals/link.html", mail=mail, reference=reference)


@blueprint.post("/referrals/<string:reference>/answer-links/<int:link_id>/revoke")
@requires(Permission.REFERRAL_WRITE)
def revoke(reference: str, link_id: int) -> Any:
    """End a link."""
    with transaction():
        revoke_link(actor=current_actor(), reference=reference, link_id=link_id)
    say(_("回答リンクを無効にしました。"))
    return redirect(url_for("referrals.show", reference=reference))


# ---- for whoever holds a link --------------------------------------------------------------------


@blueprint.route("/answer/<string:token>", methods=["GET", "POST"])
@public
def answer(token: str) -> Any:
    """Show what is asked, or take the answer; every link that cannot be used is answered alike."""
    with in_chosen_language():
        try:
            found = look_up(token)
            return unseen(take(found, token))
        except (NotFound, TooManyAttempts):
            return unseen((render_template("referrals/link_refused.html", **words()), 404))


@contextmanager
def in_chosen_language() -> Iterator[None]:
    """Speak the language that the address asks for: a cookie or a switch would carry the link elsewhere."""
    chosen = request.args.get("lang", "")
    with force_locale(chosen if chosen in LOCALES else locale()):
        yield


def look_up(token: str) -> OpenLink:
    """Return the link, with guessing made slow.

    Raises:
        NotFound: it cannot be used.
        TooManyAttempts: too many of these from this address.
    """
    if not outside():
        raise NotFound
    tries = [Counter(key_hash=key_of(secret(), "answer-link", request.remote_addr or ""), throttle=TRIES)]
    with transaction():
        reserve(tries)
    found = get_open_link(secret=secret(), token=token)
    with transaction():
        succeed(tries, clear="")
    return found


def take(found: OpenLink, token: str) -> Any:
    """Show the form, or record the answer that it holds."""
    form = LinkAnswerForm(data={"happened_on": clock.today(), "version": found.number})
    form.offer(found.offered)
    if form.validate_on_submit():
        said = LinkAnswer(
            to=form.to.data,
            happened_on=form.happened_on.data,
            code=form.code(),
            expected_number=form.version.data,
        )
        try:
            with transaction():
                answer_by_link(secret=secret(), token=token, said=said)
        except NotFound:
            raise
        except DomainError as error:
            form.show(error)
        else:
            return render_template("referrals/link_thanks.html", **words())
    return render_form("referrals/link_answer.html", form, found=found, **words())


def words() -> dict[str, object]:
    """Return the other language and its address, which names no link."""
    other = "en" if locale() == "ja" else "ja"
    return {"other": other, "other_words": LOCALES[other], "other_url": f"?lang={other}"}


def unseen(made: Any) -> Response:
    """Return a page that no search engine, cache or next page hears of."""
    response = make_response(made)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Cache-Control"] = "no-store"
    return response
