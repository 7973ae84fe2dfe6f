"""Pages on which a wrong move is taken back, and a deadline extended."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.referrals.correction_operations import Extension, correct_move, extend_deadline
from app.referrals.filling import referral_page
from app.referrals.forms import CorrectionForm, ExtensionForm
from app.web.forms import render_form
from app.web.notices import say

blueprint = Blueprint("corrections", __name__)


@blueprint.route("/referrals/<string:reference>/correct", methods=["GET", "POST"])
@requires(Permission.REFERRAL_WRITE)
def correct(reference: str) -> Any:
    """Take the last move of a referral back."""
    actor = current_actor()
    shown = referral_page(actor=actor, reference=reference)
    if shown.correctable is None:
        raise NotFound
    form = CorrectionForm(version=shown.number)
    if form.validate_on_submit():
        try:
            with transaction():
                correct_move(
                    actor=actor,
                    reference=reference,
                    code=form.code.data,
                    code_other=form.code_other.data,
                    expected_number=form.version.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("経過を訂正しました。正しい経過があれば、続けて記録してください。"))
            return redirect(url_for("referrals.show", reference=shown.referral.reference))
    return render_form("referrals/correct.html", form, shown=shown)


@blueprint.route("/referrals/<string:reference>/extend", methods=["GET", "POST"])
@requires(Permission.REFERRAL_WRITE)
def extend(reference: str) -> Any:
    """Grant more time for the next move."""
    actor = current_actor()
    shown = referral_page(actor=actor, reference=reference)
    if not shown.is_extendable:
        raise NotFound
    form = ExtensionForm(version=shown.number)
    if form.validate_on_submit():
        wanted = Extension(
            due_on=form.due_on.data, reason=form.reason.data, reason_other=form.reason_other.data
        )
        try:
            with transaction():
                extend_deadline(
                    actor=actor, reference=reference, wanted=wanted, expected_number=form.version.data
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("期限を延ばしました。"))
            return redirect(url_for("referrals.show", reference=shown.referral.reference))
    return render_form("referrals/extend.html", form, shown=shown)
