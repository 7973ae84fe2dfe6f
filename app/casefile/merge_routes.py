"""Pages of merging two cases of one person, and of undoing it; for supervisors."""

from functools import partial
from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.casefile.merge_forms import FindForm, MergeForm
from app.casefile.merge_preview import doubles_of, foresee, side_of, years_of
from app.casefile.queries import recorded_since
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
    if request.form.get("intent") == "merge":
        return confirm(number)
    case = get_case(actor=current_actor(), number=number)
    form = FindForm()
    if form.validate_on_submit():
        try:
            target = find_target(form, case)
            return compare(MergeForm(formdata=None, data={"target": target.number}), number)
        except DomainError as error:
            form.show(error)
    return render_form("casefile/merge.html", form, case=case, target=None)


def confirm(number: str) -> Any:
    """Merge what was seen side by side."""
    form = MergeForm()
    if not form.validate_on_submit():
        return compare(form, number)
    one, other = persons(number, form.target.data)
    try:
        keep(form, partial(join, one.id, other.id, form.reason.data))
    except DomainError as error:
        one, other = persons(number, form.target.data)
        if one.id == other.id and number != form.target.data:
            say(_("この二つの相談番号は、もう統合されています。"), kind="info")
            return redirect(url_for("casefile.show", number=one.number))
        again = FindForm(formdata=None)
        again.show(error)
        return render_form("casefile/merge.html", again, case=one, target=None)
    say(_("相談番号 %(old)s を %(new)s に統合しました。", old=number, new=form.target.data))
    return redirect(url_for("casefile.show", number=form.target.data))


def persons(*numbers: str) -> list[Any]:
    """Return the cases to which numbers lead now: somebody else may have merged them meanwhile."""
    return [get_case(actor=current_actor(), number=each) for each in numbers]


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
    person = get_case(actor=actor, number=other)
    return render_form(
        "casefile/undo_merge.html",
        form,
        since=recorded_since(actor=actor, case=person, moment=merge.merged_at),
        merge=merge,
        number=number,
        other=other,
        changes=changes,
        wording=wording,
    )


def find_target(form: FindForm, case: Any) -> Any:
    """Return the other case by its card or its number.

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
        found = get_case(actor=actor, number=normalise_number(form.number.data or ""))
    if found.id == case.id:
        raise DomainError(SAME, field="number")
    return found


def join(case_id: int, into_id: int, reason: MergeReason) -> Any:
    """Merge one case into another as the actor of this request."""
    return merge_cases(actor=current_actor(), case_id=case_id, into_id=into_id, reason=reason)


def compare(form: MergeForm, number: str) -> Any:
    """Show both cases side by side, what may stand twice, and every figure that would change."""
    actor = current_actor()
    both = (number, form.target.data)
    one, two = (get_case(actor=actor, number=each).id for each in both)
    changes = foresee(partial(join, one, two, MergeReason.PERSON_SAID), years=years_of([one, two]))
    own, target = (side_of(actor=actor, case=get_case(actor=actor, number=each)) for each in both)
    return render_form(
        "casefile/merge.html",
        form,
        case=own.case,
        target=target,
        own=own,
        doubles=doubles_of(own, target),
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
