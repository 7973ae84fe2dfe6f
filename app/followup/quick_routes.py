"""Answers in two taps, slips keyed in by reference, and what is closed when somebody found work elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.cases.queries import get_case
from app.followup.closing_operations import close_placed_elsewhere, list_still_open
from app.followup.quick import quick_answers
from app.followup.quick_forms import CloseOthersForm, QuickForm, ReferenceForm
from app.foundation import clock
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.referrals.entries import NewMove
from app.referrals.filling import referral_page, row_of
from app.referrals.lifecycle import Mover
from app.referrals.move_operations import MOVED_MEANWHILE
from app.referrals.queries import get_referral
from app.referrals.received_queries import ReceivedRow, get_received
from app.referrals.recording import record_once, was_saved
from app.referrals.vocabulary import AnswerChannel
from app.web.filters import label, locale
from app.web.forms import render_form
from app.web.language import safe_path
from app.web.notices import say

blueprint = Blueprint("quick", __name__)


@dataclass(frozen=True, kw_only=True)
class Place:
    """From where an answer is recorded: in which part, where it leads back to, and the full page."""

    mover: Mover
    back: str
    full: str
    read: Callable[[], ReceivedRow]


@blueprint.route("/referrals/<string:reference>/quick-answer", methods=["GET", "POST"])
@requires(Permission.REFERRAL_WRITE)
def answer(reference: str) -> Any:
    """Record a window's answer at the desk: channel and day are chosen, each answer is one button."""
    actor = current_actor()
    row = row_of(referral_page(actor=actor, reference=reference))
    return take_answer(
        row,
        Place(
            mover=Mover.DESK,
            back=back_to(url_for("boards.index")),
            full=url_for("referrals.show", reference=row.reference),
            read=lambda: row_of(referral_page(actor=actor, reference=reference)),
        ),
    )


@blueprint.route("/received-referrals/<string:reference>/quick-answer", methods=["GET", "POST"])
@requires(Permission.PARTNER_ANSWER)
def answer_received(reference: str) -> Any:
    """Record the own window's answer."""
    actor = current_actor()
    row = get_received(actor=actor, reference=reference)
    return take_answer(
        row,
        Place(
            mover=Mover.PARTNER,
            back=back_to(url_for("referrals.received")),
            full=url_for("referrals.received_one", reference=row.reference),
            read=lambda: get_received(actor=actor, reference=reference),
        ),
    )


def back_to(usual: str) -> str:
    """Return the page of ours from which somebody came."""
    return safe_path(request.values["next"]) if request.values.get("next") else usual


def take_answer(row: ReceivedRow, place: Place) -> Any:
    """Show the buttons, or save what one of them says and lead back."""
    actor = current_actor()
    channel = AnswerChannel.find(request.args.get("channel", "")) or AnswerChannel.PHONE
    form = QuickForm(data={"channel": channel, "happened_on": clock.today(), "version": row.number})
    form.offer(quick_answers(row.state, place.mover))
    if place.mover is Mover.PARTNER:
        del form.channel
    if form.is_submitted() and was_saved(actor=actor, key=form.submission_key.data):
        return redirect(place.back)
    if form.is_submitted() and form.version.data not in (None, row.number):
        form.form_errors.append(_(MOVED_MEANWHILE))
    elif form.validate_on_submit():
        try:
            record_once(actor=actor, key=form.submission_key.data, entry=entry_of(form, row))
        except DomainError as error:
            form.show(error)
            row = place.read()
        else:
            tell(row, form, place)
            return redirect(place.back)
    return render_form("followup/quick_answer.html", form, row=row, place=place)


def entry_of(form: QuickForm, row: ReceivedRow) -> NewMove:
    """Return the move that a button describes."""
    return NewMove(
        referral_id=row.id,
        to=form.answer.data.to,
        happened_on=form.happened_on.data,
        channel=form.channel.data if "channel" in form else AnswerChannel.SYSTEM,
        code=form.answer.data.code,
        expected_number=form.version.data,
    )


def tell(row: ReceivedRow, form: QuickForm, place: Place) -> None:
    """Say what was saved, and to the desk how it is taken back."""
    text = _("紹介 %(reference)s に「%(answer)s」を保存しました。") % {
        "reference": row.reference,
        "answer": label(form.answer.data.to),
    }
    if place.mover is Mover.PARTNER:
        say(text)
    else:
        say(text, url=url_for("corrections.correct", reference=row.reference), link=_("取り消す"))


@blueprint.route("/referrals/answers", methods=["GET", "POST"])
@requires(Permission.REFERRAL_WRITE)
def slips() -> Any:
    """Ask for the reference of a slip that came back, and lead to the answer of exactly that referral."""
    form = ReferenceForm()
    if form.validate_on_submit():
        try:
            referral = get_referral(actor=current_actor(), reference=form.reference.data)
        except NotFound:
            form.reference.errors = [
                _("この紹介番号の紹介は、こちらにはありません。番号を確かめてください。")
            ]
        else:
            here = url_for("quick.slips")
            return redirect(
                url_for(
                    "quick.answer",
                    reference=referral.reference,
                    next=here,
                    channel=AnswerChannel.FAX.value,
                )
            )
    return render_form("followup/slips.html", form)


@blueprint.route("/cases/<string:number>/referrals/close", methods=["GET", "POST"])
@requires(Permission.REFERRAL_WRITE)
def close_others(number: str) -> Any:
    """Offer the other open referrals of somebody who found work for closing, all in one go."""
    actor = current_actor()
    case = get_case(actor=actor, number=number)
    rows = list_still_open(actor=actor, case_id=case.id)
    back = back_to(url_for("casefile.show", number=case.number))
    form = CloseOthersForm(data={"references": [row.reference for row in rows]})
    form.references.choices = [(row.reference, words_of(row)) for row in rows]
    if not rows:
        return redirect(back)
    if form.validate_on_submit():
        try:
            with transaction():
                closed = close_placed_elsewhere(actor=actor, case_id=case.id, references=form.references.data)
        except DomainError as error:
            form.show(error)
        else:
            say(_("%(count)s件の紹介を取り下げました（ほかの窓口で就職）。", count=len(closed)))
            return redirect(back)
    return render_form("followup/close_others.html", form, case=case, back=back)


def words_of(row: Any) -> str:
    """Return how an open referral is offered for closing."""
    window = row.window_en if locale() == "en" and row.window_en else row.window
    return _("%(window)s（%(reference)s・%(state)s）") % {
        "window": window,
        "reference": row.reference,
        "state": label(row.state),
    }
