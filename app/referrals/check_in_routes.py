"""来所の確認: the person stands at the window with a card or a slip."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError
from app.referrals.answer_forms import CheckInForm, MetForm
from app.referrals.check_in import Keys, find_waiting
from app.referrals.entries import NewMove
from app.referrals.received_queries import ReceivedRow, get_received, list_meetable
from app.referrals.recording import record_once, was_saved
from app.referrals.vocabulary import AnswerChannel, State
from app.web.forms import render_form
from app.web.notices import say

blueprint = Blueprint("check_in", __name__)


@blueprint.route("/received-referrals/check-in", methods=["GET", "POST"])
@requires(Permission.PARTNER_ANSWER)
def ask() -> Any:
    """Ask for the card or the slip, and show the referral that waits; the code is never shown again."""
    form = CheckInForm()
    rows: list[ReceivedRow] = []
    if form.validate_on_submit():
        try:
            rows = find_waiting(actor=current_actor(), keys=keys(), typed=form.code.data)
        except DomainError as error:
            form.show(error)
        else:
            form.code.data = ""
    return shown(form, rows)


def shown(form: CheckInForm, rows: Sequence[ReceivedRow]) -> Any:
    """Show what waits, each with the form of its own tap: pressed twice it is one meeting."""
    taps = [(row, MetForm(formdata=None, data={"version": row.number})) for row in rows]
    return render_form("referrals/check_in.html", form, rows=taps)


def keys() -> Keys:
    """Return what a look-up needs of the settings and of this request."""
    settings = current_app.config["SHIRUBE"]
    return Keys(
        pepper=settings.card_pepper,
        former=settings.former_peppers,
        secret=settings.secret_key,
        address=request.remote_addr or "",
    )


@blueprint.post("/received-referrals/<string:reference>/met")
@requires(Permission.PARTNER_ANSWER)
def met(reference: str) -> Any:
    """Record that the person has come today and was met."""
    actor, form = current_actor(), MetForm()
    row = get_received(actor=actor, reference=reference)
    key = form.submission_key.data
    if form.validate_on_submit() and not was_saved(actor=actor, key=key):
        entry = NewMove(
            referral_id=row.id,
            to=State.MET,
            happened_on=clock.today(),
            channel=AnswerChannel.IN_PERSON,
            expected_number=form.version.data,
        )
        try:
            record_once(actor=actor, key=key, entry=entry)
        except DomainError as error:
            return as_it_stands(row.reference, error)
        say(_("紹介 %(reference)s：来所と面談を記録しました。", reference=row.reference))
    return redirect(url_for("check_in.ask"))


def as_it_stands(reference: str, error: DomainError) -> Any:
    """Say why nothing was recorded, above the referral as it stands by now: no card is shown twice."""
    form = CheckInForm(formdata=None)
    form.show(error)
    return shown(form, list_meetable(actor=current_actor(), reference=reference))
