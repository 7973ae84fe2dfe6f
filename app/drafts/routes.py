"""Pages of drafts: kept while somebody writes, listed, gone on with, discarded."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.drafts import keeping, queries
from app.drafts.contents import Contents, kept_of
from app.drafts.keeping import Overtaken, TooMany
from app.drafts.pace import Pace
from app.drafts.restoring import page_at, path_of, ring
from app.foundation.errors import N_, DomainError, NotFound
from app.foundation.transaction import transaction
from app.web.answers import json_answer
from app.web.filters import clock_time
from app.web.forms import KEY
from app.web.language import safe_path
from app.web.notices import say

LARGEST_REVISION = 2**31 - 2
pace = Pace()

blueprint = Blueprint("drafts", __name__)


@blueprint.get("/drafts")
@requires(Permission.ACCOUNT_OWN)
def index() -> Any:
    """List the own drafts."""
    return render_template(
        "drafts/index.html", drafts=queries.list_opened(actor=current_actor(), ring=ring())
    )


@blueprint.post("/drafts")
@requires(Permission.ACCOUNT_OWN)
def keep() -> Any:
    """Keep what a form holds at the moment; a script asks this while somebody writes."""
    refuse_another_person()
    if not pace.allows(current_actor().id or 0):
        raise TooMany(N_("下書きの保存が続きすぎています。少し待ってください。"))
    key, tab = request.form.get("submission_key", ""), request.form.get("draft-tab", "")[:32]
    purpose = request.form.get("draft-purpose", "")
    if not KEY.fullmatch(key) or purpose not in current_app.view_functions:
        raise NotFound
    contents = Contents(
        page=page_at(request.form.get("draft-page", "")), fields=kept_of(request.form.lists()), tab=tab
    )
    try:
        with transaction():
            draft = keeping.keep_draft(
                actor=current_actor(),
                purpose=purpose[:40],
                key=key,
                contents=contents,
                revision=number("draft-revision"),
                known=number("draft-known"),
                ring=ring(),
            )
    except Overtaken as error:
        return json_answer(409, said=error.text(_), choice=_("この画面の内容を残す"), revision=error.revision)
    return json_answer(200, said=_("下書きを保存しました %(time)s", time=clock_time(draft.saved_at)))


def refuse_another_person() -> None:
    """Stop where somebody else has signed in since the page was opened: what it holds is not theirs."""
    if request.values.get("draft-account") != str(current_actor().id):
        raise DomainError(N_("別の人がサインインしています。この画面の下書きは保存していません。"))


def number(name: str) -> int:
    """Return a number that the script sent; what is none of its numbers is no request of ours."""
    sent = request.form.get(name, "")
    if not (sent.isascii() and sent.isdigit()) or int(sent[:11]) > LARGEST_REVISION:
        raise NotFound
    return int(sent)


@blueprint.get("/drafts/token")
@requires(Permission.ACCOUNT_OWN)
def token() -> Any:
    """Give a page that is older than the sign-in what it needs to be sent, if it is the same person's."""
    refuse_another_person()
    return json_answer(200, token=generate_csrf())


@blueprint.get("/drafts/<int:draft_id>")
@requires(Permission.ACCOUNT_OWN)
def resume(draft_id: int) -> Any:
    """Open the page of a draft with what was written."""
    return redirect(path_of(queries.get_draft(actor=current_actor(), draft_id=draft_id, ring=ring())))


@blueprint.post("/drafts/<int:draft_id>/discard")
@requires(Permission.ACCOUNT_OWN)
def discard(draft_id: int) -> Any:
    """Delete a draft, and stay where it was offered."""
    with transaction():
        keeping.discard_draft(actor=current_actor(), draft_id=draft_id)
    say(_("下書きを捨てました。"))
    # Not the page of the draft: from an empty form that would lead to the form of another person.
    offered_on = request.form.get("back", "")
    return redirect(safe_path(offered_on) if offered_on else url_for(".index"))
