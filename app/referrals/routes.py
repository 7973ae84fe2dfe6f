"""Pages of referrals: one with its history, a new one; and those that arrived."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.cases.queries import get_case
from app.drafts.operations import AlreadySaved, claim, require_fresh
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.referrals import received_queries
from app.referrals.entries import NewMove, NewReferral
from app.referrals.filling import (
    ReferralPage,
    answers_offered,
    referral_page,
    windows_offered,
)
from app.referrals.forms import (
    STILL_OPEN,
    AnswerForm,
    ConsentWithdrawalForm,
    MoveForm,
    ReceivedFilters,
    ReferralForm,
    ReferralVoidForm,
)
from app.referrals.move_operations import MOVED_MEANWHILE
from app.referrals.operations import send_referrals, void_referral, withdraw_consent
from app.referrals.received_queries import ReceivedRow
from app.referrals.recording import record_once, was_saved
from app.referrals.vocabulary import AnswerChannel, Asked
from app.web.filters import locale
from app.web.forms import Form, render_form
from app.web.notices import say
from app.web.pagination import PAGE_SIZE, Page, offset_of, page_number

blueprint = Blueprint("referrals", __name__)


def to_referral(reference: str) -> Any:
    """Lead to the page of a referral."""
    return redirect(url_for("referrals.show", reference=reference))


def is_late(form: Form, number: int) -> bool:
    """Tell, and say in the form, whether the referral moved on since its page was opened."""
    if form.version.data in (None, number):
        return False
    form.form_errors.append(_(MOVED_MEANWHILE))
    return True


@blueprint.get("/referrals/<string:reference>")
@requires(Permission.REFERRAL_READ)
def show(reference: str) -> Any:
    """Show one referral with its history and the moves that may follow."""
    shown = referral_page(actor=current_actor(), reference=reference)
    form = MoveForm(data={"happened_on": clock.today(), "version": shown.number})
    return show_referral(shown, form)


def show_referral(shown: ReferralPage, form: MoveForm) -> Any:
    """Show the page of a referral with its form."""
    form.offer(shown.offered)
    return render_form("referrals/show.html", form, shown=shown)


@blueprint.post("/referrals/<string:reference>/moves")
@requires(Permission.REFERRAL_WRITE)
def move(reference: str) -> Any:
    """Record what happened to a referral."""
    actor, form = current_actor(), MoveForm()
    shown = referral_page(actor=actor, reference=reference)
    form.offer(shown.offered)
    if was_saved(actor=actor, key=form.submission_key.data):
        return to_referral(shown.referral.reference)
    if not is_late(form, shown.number) and form.validate_on_submit():
        try:
            save_move(form, shown.referral.id, channel=form.channel.data)
        except DomainError as error:
            form.show(error)
        else:
            say(_("紹介の経過を保存しました。"))
            return to_referral(shown.referral.reference)
    return show_referral(referral_page(actor=actor, reference=reference), form)


def save_move(form: AnswerForm, referral_id: int, *, channel: AnswerChannel | None) -> None:
    """Save the move that a form describes.

    Raises:
        DomainError: a rule is broken, at the field concerned.
    """
    actor, key = current_actor(), form.submission_key.data
    entry = NewMove(
        referral_id=referral_id,
        to=form.to.data,
        happened_on=form.happened_on.data,
        channel=channel,
        code=form.code(),
        code_other=form.code_other.data,
        expected_number=form.version.data,
    )
    record_once(actor=actor, key=key, entry=entry)


@blueprint.route("/referrals/<string:reference>/withdraw-consent", methods=["GET", "POST"])
@requires(Permission.REFERRAL_WRITE)
def withdraw(reference: str) -> Any:
    """Take the consent back; what is open closes with it."""
    actor = current_actor()
    shown = referral_page(actor=actor, reference=reference)
    form = ConsentWithdrawalForm(data={"withdrawn_on": clock.today()})
    if form.validate_on_submit():
        try:
            with transaction():
                withdraw_consent(actor=actor, reference=reference, withdrawn_on=form.withdrawn_on.data)
        except DomainError as error:
            form.show(error)
        else:
            say(_("同意の撤回を記録しました。進行中の紹介は取り下げました。"))
            return to_referral(shown.referral.reference)
    return render_form("referrals/withdraw.html", form, shown=shown)


@blueprint.route("/referrals/<string:reference>/void", methods=["GET", "POST"])
@requires(Permission.RECORD_VOID)
def void(reference: str) -> Any:
    """Take a referral out of every count."""
    actor = current_actor()
    shown = referral_page(actor=actor, reference=reference)
    form = ReferralVoidForm(version=shown.number)
    if form.validate_on_submit():
        try:
            with transaction():
                void_referral(
                    actor=actor,
                    reference=reference,
                    code=form.void_code.data,
                    expected_number=form.version.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("紹介 %(reference)s を誤入力として取り消しました。", reference=shown.referral.reference))
            return to_referral(shown.referral.reference)
    return render_form("referrals/void.html", form, shown=shown)


@blueprint.route("/cases/<string:number>/referrals/new", methods=["GET", "POST"])
@requires(Permission.REFERRAL_WRITE)
def new(number: str) -> Any:
    """Send a referral."""
    actor, today = current_actor(), clock.today()
    case = get_case(actor=actor, number=number)
    form = ReferralForm(
        data={"sent_on": today, "consent_on": today, "window_id": request.args.get("window", type=int)}
    )
    form.window_id.choices = list(windows_offered([today, form.sent_on.data], locale()))
    if form.validate_on_submit():
        try:
            return to_referral(save_referral(form, case.id))
        except AlreadySaved as saved:
            return to_referral(saved.subject_id)
        except DomainError as error:
            form.show(error)
    return render_form("referrals/new.html", form, case=case)


def save_referral(form: ReferralForm, case_id: int) -> str:
    """Send the referral that a form describes, say so, and return its reference.

    Raises:
        AlreadySaved: the form was saved before; its subject is the reference.
        DomainError: a rule is broken, at the field concerned.
    """
    actor, key = current_actor(), form.submission_key.data
    entry = NewReferral(
        case_id=case_id,
        window_id=form.window_id.data,
        asked=form.asked.data,
        asked_other=form.asked_other.data if form.asked.data is Asked.OTHER else "",
        sent_on=form.sent_on.data,
        consent_on=form.consent_on.data,
        consent_form=form.consent_form.data,
    )
    with transaction():
        require_fresh(key=key, actor=actor)
        reference = send_referrals(actor=actor, new=[entry])[0].reference
        claim(key=key, actor=actor, purpose="referral", subject_id=reference)
    say(_("紹介を記録しました。紹介番号は %(reference)s です。", reference=reference))
    return reference


# ---- for those to whom a referral was sent -------------------------------------------------------


@blueprint.get("/received-referrals")
@requires(Permission.PARTNER_ANSWER)
def received() -> Any:
    """List the referrals to the windows of the own office."""
    number, filters = page_number(request.args), ReceivedFilters(request.args)
    open_only = not filters.validate() or filters.shown.data == STILL_OPEN
    rows, total = received_queries.list_received(
        actor=current_actor(), open_only=open_only, offset=offset_of(number), limit=PAGE_SIZE
    )
    page = Page.of(rows, total=total, number=number)
    return render_template("referrals/received.html", page=page, filters=filters)


@blueprint.get("/received-referrals/<string:reference>")
@requires(Permission.PARTNER_ANSWER)
def received_one(reference: str) -> Any:
    """Show a referral to its addressee: what is asked, and how it can be answered."""
    row = received_queries.get_received(actor=current_actor(), reference=reference)
    form = AnswerForm(data={"happened_on": clock.today(), "version": row.number})
    return show_received(row, form)


def show_received(row: ReceivedRow, form: AnswerForm) -> Any:
    """Show the addressee's page with its form."""
    form.offer(answers_offered(row.state))
    return render_form("referrals/received_one.html", form, row=row)


@blueprint.post("/received-referrals/<string:reference>/answers")
@requires(Permission.PARTNER_ANSWER)
def answer(reference: str) -> Any:
    """Record the addressee's answer."""
    actor, form = current_actor(), AnswerForm()
    row = received_queries.get_received(actor=actor, reference=reference)
    form.offer(answers_offered(row.state))
    if was_saved(actor=actor, key=form.submission_key.data):
        return redirect(url_for("referrals.received"))
    if not is_late(form, row.number) and form.validate_on_submit():
        try:
            save_move(form, row.id, channel=AnswerChannel.SYSTEM)
        except DomainError as error:
            form.show(error)
        else:
            say(_("紹介 %(reference)s の返事を保存しました。", reference=row.reference))
            return redirect(url_for("referrals.received"))
    return show_received(received_queries.get_received(actor=actor, reference=reference), form)
