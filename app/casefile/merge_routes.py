"""Pages of merging two cases of one person, and of undoing it; for supervisors."""

from functools import partial
from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.casefile.merge_forms import MergeForm
from app.casefile.merge_preview import doubles_of, foresee, side_of, years_of
from app.cases.forms import ConfirmForm
from app.cases.look_up import find_by_card
from app.cases.merge_operations import SAME, merge_cases, undo_merge
from app.cases.merge_queries import get_merge
from app.cases.queries import get_case
from app.cases.vocabulary import MergeReason
from app.drafts.operations import AlreadySaved, claim, require_fresh
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.kpi import wording
from app.privacy.numbers import normalise_number
from app.web.forms import Form, render_form
from app.web.notices import say

blueprint = Blueprint("merges", __name__)


@blueprint.route("/cases/<string(length=7):number>/merge", methods=["GET", "POST"])
@requires(Permission.CASE_MERGE)
def merge(number: str) -> Any:
    """Join a case to another one of the same person: find it, look at both, confirm."""
    case = get_case(actor=current_actor(), number=number)
    form = MergeForm()
    if not form.validate_on_submit():
        return render_form("casefile/merge.html", form, case=case, target=None)
    try:
        target = find_target(form, case)
        if is_confirmed() and has_reason(form):
            keep(form, partial(join, case.id, target.id, form.reason.data))
            say(_("相談番号 %(old)s を %(new)s に統合しました。", old=number, new=target.number))
            return redirect(url_for("casefile.show", number=target.number))
        return compare(form, case.number, target.number)
    except DomainError as error:
        form.show(error)
        return render_form("casefile/merge.html", form, case=case, target=None)


@blueprint.route("/merges/<int:merge_id>/undo", methods=["GET", "POST"])
@requires(Permission.CASE_MERGE)
def undo(merge_id: int) -> Any:
    """Take a merge back."""
    actor = current_actor()
    merge, case, into = get_merge(actor=actor, merge_id=merge_id)
    number, other = case.number, into.number
    form = ConfirmForm()
    change = partial(undo_merge, actor=actor, merge_id=merge_id)
    if form.validate_on_submit():
        keep(form, change)
        say(_("相談番号 %(number)s の統合を取り消しました。", number=number))
        return redirect(url_for("casefile.show", number=number))
    changes = foresee(change, years=years_of([case.id]))
    merge, case, into = get_merge(actor=actor, merge_id=merge_id)
    return render_form(
        "casefile/undo_merge.html",
        form,
        merge=merge,
        number=number,
        other=other,
        changes=changes,
        wording=wording,
    )


def find_target(form: MergeForm, case: Any) -> Any:
    """Return the other case, found before or now by card or number.

    Raises:
        DomainError: at ``card_code`` or ``number``: there is none, or it is the same person.
    """
    actor, settings = current_actor(), current_app.config["SHIRUBE"]
    if form.card_code.data:
        found = find_by_card(
            actor=actor,
            pepper=settings.card_pepper,
            former=settings.former_peppers,
            secret=settings.secret_key,
            address=request.remote_addr or "",
            typed=form.card_code.data,
        )
    else:
        typed = form.target.data if is_confirmed() else form.number.data
        found = get_case(actor=actor, number=normalise_number(typed or ""))
    if found.id == case.id and not is_confirmed():
        raise DomainError(SAME, field="number")
    form.target.data, form.card_code.data = found.number, ""
    return found


def is_confirmed() -> bool:
    """Tell whether this post comes from the page on which both cases were seen."""
    return request.form.get("intent") == "merge"


def has_reason(form: MergeForm) -> bool:
    """Tell whether a reason was chosen, with the error at its place if not."""
    if form.reason.data is None:
        form.reason.errors = [_("統合の理由を選んでください。")]
    return form.reason.data is not None


def join(case_id: int, into_id: int, reason: MergeReason) -> Any:
    """Merge one case into another as the actor of this request."""
    return merge_cases(actor=current_actor(), case_id=case_id, into_id=into_id, reason=reason)


def compare(form: MergeForm, number: str, other: str) -> Any:
    """Show both cases side by side, what may stand twice, and every figure that would change."""
    actor = current_actor()
    one, two = (get_case(actor=actor, number=either).id for either in (number, other))
    changes = foresee(partial(join, one, two, MergeReason.PERSON_SAID), years=years_of([one, two]))
    case, target = (
        side_of(actor=actor, case=get_case(actor=actor, number=either)) for either in (number, other)
    )
    return render_form(
        "casefile/merge.html",
        form,
        case=case.case,
        target=target,
        own=case,
        doubles=doubles_of(case, target),
        changes=changes,
        wording=wording,
    )


def keep(form: Form, change: Any) -> None:
    """Run a change once per form; a form sent twice is done already."""
    actor, key = current_actor(), form.submission_key.data
    try:
        with transaction():
            require_fresh(key=key, actor=actor)
            change()
            claim(key=key, actor=actor, purpose="merge", subject_id="")
    except AlreadySaved:
        pass
