"""Pages of handing over when staff move (異動), for supervisors: who has what, sharing it out, undoing."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.cases.handing_back import Back, Stays, reasons
from app.cases.handover_operations import give_out, hand_over
from app.cases.handover_return_operations import NOTHING_BACK, UNDONE, undo_handover
from app.drafts.operations import AlreadySaved, claim, require_fresh
from app.drafts.restoring import ring
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.home.handover_filling import parts_of, sent_shares, shares_of
from app.home.handover_forms import ShareForm
from app.home.handover_queries import (
    Passed,
    Pile,
    get_passed,
    get_pile,
    get_return,
    list_loads,
    list_passed,
)
from app.home.handover_sharing import Shares, Sharing
from app.web.forms import Form, render_form
from app.web.notices import say

# In addresses: what nobody is in charge of.
NOBODY = 0

blueprint = Blueprint("handovers", __name__)


@blueprint.get("/handovers")
@requires(Permission.CASE_HANDOVER)
def index() -> Any:
    """Show what each colleague has in hand, and the hand-overs made."""
    actor = current_actor()
    return render_template(
        "home/handovers.html",
        loads=list_loads(actor=actor, today=clock.today()),
        passed=list_passed(actor=actor),
        nobody=NOBODY,
    )


@blueprint.route("/handovers/from/<int:account_id>", methods=["GET", "POST"])
@requires(Permission.CASE_HANDOVER)
def share(account_id: int) -> Any:
    """Share out what a colleague has: choose the way, look at what would happen, do it."""
    pile = pile_of(account_id)
    step = request.form.get("step", "")
    if step == "do":
        return confirm(pile)
    if step in ("look", "lines"):
        return look(pile, sent_shares(request.form), lines=step == "lines")
    form = ShareForm()
    form.offer(pile.receivers)
    if form.validate_on_submit():
        if form.how.data is Sharing.EACH:
            return look(pile, Shares(), lines=True)
        return look(pile, shares_of(form, pile), lines=False)
    return render_form("home/handover.html", form, pile=pile, nobody=NOBODY)


def pile_of(account_id: int) -> Pile:
    """Return what somebody of this office has in hand; raises NotFound."""
    asked = None if account_id == NOBODY else account_id
    return get_pile(actor=current_actor(), account_id=asked, today=clock.today())


def look(pile: Pile, shares: Shares, *, lines: bool) -> Any:
    """Show what each receiver would get, or the lines in which it is chosen case by case."""
    form = Form(formdata=None)
    if not lines:
        try:
            parts = parts_of(shares, pile)
        except DomainError as error:
            form.show(error)
        else:
            return render_form(
                "home/handover_preview.html", form, pile=pile, shares=shares, parts=parts, nobody=NOBODY
            )
    return render_form("home/handover_lines.html", form, pile=pile, shares=shares, nobody=NOBODY)


def confirm(pile: Pile) -> Any:
    """Hand over what was looked at."""
    form = Form()
    if not form.validate_on_submit():
        return look(pile, sent_shares(request.form), lines=False)
    try:
        hand(pile.account_id, sent_shares(request.form), form.submission_key.data)
    except AlreadySaved:
        say(_("この操作は、もう済んでいます。"), kind="info")
    except DomainError as error:
        now = pile_of(pile.account_id or NOBODY)
        again = ShareForm(formdata=None)
        again.offer(now.receivers)
        again.show(error)
        return render_form("home/handover.html", again, pile=now, nobody=NOBODY)
    return redirect(url_for("handovers.index"))


def hand(account_id: int | None, shares: Shares, key: str) -> None:
    """Hand over in one transaction, once per form.

    Raises:
        AlreadySaved: this very form was saved before.
        DomainError: somebody changed it in the meantime, or a receiver does not work here.
    """
    actor = current_actor()
    with transaction():
        require_fresh(key=key, actor=actor)
        if account_id is None:
            made = give_out(actor=actor, to=shares.cases)
        else:
            made = hand_over(
                actor=actor, from_account_id=account_id, to=shares.cases, drafts=shares.drafts, ring=ring()
            )
        claim(key=key, actor=actor, purpose="handover", subject_id=made.id)
    if account_id is None:
        say(_("%(count)s人の担当を決めました。", count=len(shares.cases)))
    else:
        say_passed(get_passed(actor=actor, handover_id=made.id))


def say_passed(passed: Passed) -> None:
    """Say how much changed hands."""
    cases = sum(count for _label, count in passed.to)
    say(_("相談者%(cases)s人と下書き%(drafts)s件を引き継ぎました。", cases=cases, drafts=passed.drafts))


@blueprint.route("/handovers/<int:handover_id>/undo", methods=["GET", "POST"])
@requires(Permission.CASE_HANDOVER)
def undo(handover_id: int) -> Any:
    """Take a hand-over back, after one more look at it."""
    actor, form = current_actor(), Form()
    if form.validate_on_submit():
        try:
            take_back(handover_id, form.submission_key.data)
        except DomainError as error:
            form.show(error)
        else:
            return redirect(url_for("handovers.index"))
    found = get_return(actor=actor, handover_id=handover_id)
    if not form.errors and found.passed.undone_at is not None:
        form.show(DomainError(UNDONE))
    elif not form.errors and not found.is_any:
        form.show(DomainError(NOTHING_BACK))
    return render_form("home/handover_undo.html", form, found=found, passed=found.passed)


def take_back(handover_id: int, key: str) -> None:
    """Undo in one transaction, once per form, and say what went back and what did not.

    Raises:
        DomainError: it was undone before, or nothing is as it left it.
    """
    actor = current_actor()
    try:
        with transaction():
            require_fresh(key=key, actor=actor)
            back = undo_handover(actor=actor, handover_id=handover_id, ring=ring())
            claim(key=key, actor=actor, purpose="handover_undo", subject_id=handover_id)
    except AlreadySaved:
        say(_("この操作は、もう済んでいます。"), kind="info")
        return
    say_returned(back)


def say_returned(back: Back) -> None:
    """Say how much went back, and of the rest why it did not."""
    say(
        _(
            "相談者%(cases)s人と下書き%(drafts)s件を戻しました。",
            cases=len(back.returning),
            drafts=len(back.drafts_returning),
        )
    )
    if back.staying:
        count = len(back.staying)
        say(_("そのあと担当が変わった%(count)s人は、いまの担当のままです。", count=count), kind="info")
    for why, count in reasons(back.drafts_staying).items():
        say(why_left(why, count), kind="info")


def why_left(why: Stays, count: int) -> str:
    """Return why drafts were not given back."""
    if why is Stays.GONE:
        return _(
            "下書き%(count)s件は、保存されたか、捨てられたか、期限が過ぎたため、戻していません。", count=count
        )
    if why is Stays.WRITTEN_ON:
        return _("下書き%(count)s件は、引き継いだ人が続きを書いたため、戻していません。", count=count)
    if why is Stays.BEGUN_AGAIN:
        return _("下書き%(count)s件は、元の人が同じ入力を続けているため、戻していません。", count=count)
    if why is Stays.ELSEWHERE:
        return _("下書き%(count)s件は、元の人がいまはこの課にいないため、戻していません。", count=count)
    return _("下書き%(count)s件は、そのあとほかの人に引き継がれたため、戻していません。", count=count)
