"""Drafts and requests: a page opened with its draft, a form sent too late, the end of what was saved."""

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, session
from flask_babel import gettext as _
from flask_login import user_logged_in
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from app.access.actor import Actor
from app.access.guards import find_actor, keepers
from app.accounts.queries import find_lapsed
from app.drafts import keeping, queries
from app.drafts.contents import Contents, kept_of
from app.drafts.queries import OpenedDraft
from app.drafts.sealing import Keyring, ring_of
from app.drafts.vocabulary import LONGEST_PURPOSE
from app.foundation import clock
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.web import errors
from app.web.answers import wants_json
from app.web.forms import KEY
from app.web.language import safe_path
from app.web.notices import say
from app.web.resuming import draft_revision, resume, resumed

log = logging.getLogger(__name__)

ASKED_BY = "draft"
LONGEST_PAGE = 200
# A password is asked there, and nothing that anybody writes.
WITHOUT_DRAFTS = "accounts."


def register(app: Flask) -> None:
    """Connect drafts with every page; asked after the accounts know who acts."""
    app.before_request(open_with_draft)
    app.after_request(end_when_saved)
    if keep_posted not in keepers:
        keepers.append(keep_posted)
    app.register_error_handler(CSRFError, keep_before_refusal)
    user_logged_in.connect(purge_at_sign_in, app)
    app.jinja_env.globals["drafts_waiting"] = drafts_waiting


def ring() -> Keyring:
    """Return the keys of drafts."""
    return ring_of(current_app.config["SHIRUBE"].draft_key)


def open_with_draft() -> None:
    """Begin the form of a page with the draft that its address names."""
    actor, asked = find_actor(), request.args.get(ASKED_BY, type=int)
    if request.method != "GET" or actor is None or not asked or not 0 < asked < 2**31:
        return
    try:
        draft = queries.get_draft(actor=actor, draft_id=asked, ring=ring())
    except NotFound:
        say(_("この下書きはもうありません。保存されたか、捨てられたか、7日を過ぎています。"), kind="info")
        return
    if urlsplit(draft.contents.page).path == request.path:
        fields = [(name, value) for name, values in draft.contents.fields.items() for value in values]
        resume(MultiDict(fields), revision=draft.revision)


def path_of(draft: OpenedDraft) -> str:
    """Return the address of the page where a draft goes on."""
    page = draft.contents.page
    return f"{page}{'&' if '?' in page else '?'}{ASKED_BY}={draft.id}"


def page_at(target: str) -> str:
    """Return the path of a page of ours where a form stands, without the draft that it was opened with.

    Raises:
        NotFound: there is no such page.
    """
    path = urlsplit(safe_path(target)).path
    try:
        endpoint, _values = current_app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        raise NotFound from None
    is_public = getattr(current_app.view_functions[endpoint], "permission", None) is None
    if is_public or len(path) > LONGEST_PAGE:
        raise NotFound
    return path


def drafts_waiting(purpose: str) -> Sequence[OpenedDraft]:
    """Return the own drafts that may be gone on with on the page at hand, none while one is open."""
    actor = find_actor()
    if actor is None or request.method != "GET" or resumed() is not None:
        return ()
    waiting = queries.list_opened(actor=actor, ring=ring(), purpose=purpose)
    bound_to_a_record = bool(request.view_args) or request.url_rule is None
    return [one for one in waiting if not bound_to_a_record or one.contents.page == request.path]


def keep_posted() -> str | None:
    """Keep what was posted when its session had run out, for the person whose session it was."""
    actor = find_lapsed(str(session.get("_user_id", "")))
    return keep_form(actor) if actor is not None else None


def keep_form(actor: Actor) -> str | None:
    """Keep the posted form as a draft; return where it goes on, None when there is nothing to keep."""
    key, endpoint = request.form.get("submission_key", ""), request.endpoint or ""
    contents = Contents(page=request.path, fields=kept_of(request.form.lists()))
    may_be_kept = KEY.fullmatch(key) and contents.says_something() and len(endpoint) <= LONGEST_PURPOSE
    if not may_be_kept or endpoint.startswith(WITHOUT_DRAFTS) or not is_sent_by_a_page():
        return None
    try:
        page_at(request.path)
        with transaction():
            draft = keeping.keep_draft(
                actor=actor,
                purpose=endpoint,
                key=key,
                contents=contents,
                revision=None,
                known=draft_revision(),
                ring=ring(),
            )
    except DomainError:
        return None
    return f"{request.path}?{ASKED_BY}={draft.id}"


def is_sent_by_a_page() -> bool:
    """Tell a form that a person sent from one that a script sent in part."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def keep_before_refusal(error: CSRFError) -> AnyResponse:
    """Keep a form whose page is older than the sign-in, if the browser vouches that it is a page of ours."""
    actor = find_actor()
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin" and not wants_json()
    path = keep_form(actor) if actor is not None and is_ours else None
    if path is None:
        return errors.answer_expired(error)
    say(
        _("ページが古くなっていたため、まだ保存していません。内容を確かめて、もう一度保存してください。"),
        kind="warn",
    )
    g.draft_kept = True
    return redirect(path)


def end_when_saved(response: Response) -> Response:
    """End the draft of a form that was saved, where the operation itself claims no key."""
    actor = find_actor()
    if request.method != "POST" or response.status_code not in {302, 303} or actor is None:
        return response  # before the form is read: a refusal may mean that it cannot be
    key = request.form.get("submission_key", "")
    had_draft = draft_revision() and KEY.fullmatch(key) and not g.get("draft_kept")
    if not had_draft or g.visit.must_change_password:
        return response
    try:
        with transaction():
            keeping.end_draft(actor=actor, purpose=(request.endpoint or "")[:LONGEST_PURPOSE], key=key)
    except (SQLAlchemyError, DomainError):
        log.warning("the draft of a saved form could not be ended", exc_info=True)
    return response


def purge_at_sign_in(_app: Flask, **_more: Any) -> None:
    """Let drafts go whose time has passed, so that no timer is needed; it never keeps anybody out."""
    try:
        with transaction():
            keeping.purge_drafts(before=clock.now() - queries.KEPT_FOR, ring=ring())
    except SQLAlchemyError:
        log.warning("old drafts could not be purged", exc_info=True)
