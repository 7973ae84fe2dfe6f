"""Pages of an administrator: tokens with which other systems read the internal figures."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.feed.token_forms import TokenForm
from app.feed.token_operations import end_token, issue_token
from app.feed.token_queries import list_feed_tokens, list_readings
from app.feed.tokens import FeedScope
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.web.forms import render_form
from app.web.notices import say

blueprint = Blueprint("feed_tokens", __name__)


@blueprint.route("/feed-tokens", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_WRITE)
def index() -> Any:
    """List the tokens and issue one; its text is shown in this answer and never again."""
    form = TokenForm(data={"scope": FeedScope.INDICATORS})
    if form.validate_on_submit():
        try:
            with transaction():
                issued, text = issue_token(
                    actor=current_actor(),
                    label=form.label.data,
                    scope=form.scope.data,
                    expires_on=form.expires_on.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            return render_template("feed/token.html", issued=issued, text=text)
    return render_form(
        "feed/tokens.html",
        form,
        tokens=list_feed_tokens(),
        readings=list_readings(),
        today_is=clock.today(),
    )


@blueprint.post("/feed-tokens/<int:token_id>/end")
@requires(Permission.ACCOUNT_WRITE)
def end(token_id: int) -> Any:
    """End a token."""
    with transaction():
        end_token(actor=current_actor(), token_id=token_id)
    say(_("トークンを無効にしました。"))
    return redirect(url_for(".index"))
