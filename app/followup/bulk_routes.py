"""Pages on which one thing is done with many referrals: what would happen to each, the doing, the undoing."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.drafts.operations import AlreadySaved, claim, require_fresh
from app.followup.bulk_forms import extension_of, wanted_of
from app.followup.bulk_operations import UNDOABLE, Done, do_all, print_all, undo_all
from app.followup.bulk_pages import BulkPage, bulk_page, seen_of
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.printing.referral_papers import referral_slips
from app.referrals.vocabulary import BulkKind
from app.web.answers import pdf_answer
from app.web.forms import Form, render_form
from app.web.notices import say

blueprint = Blueprint("bulk", __name__)


def in_words(problem: DomainError) -> str:
    """Return what stands in the way in the language of the page."""
    return problem.text(_)


@blueprint.post("/referrals/bulk")
@requires(Permission.REFERRAL_WRITE)
def look() -> Any:
    """Show what would happen to each referral; do it once that was confirmed."""
    shown = bulk_page(actor=current_actor(), sent=request.form)
    if shown is None:
        say(_("紹介を選んでから、もう一度押してください。"), kind="warn")
        return redirect(url_for("boards.index"))
    if shown.step == "do" and shown.form.validate_on_submit():
        try:
            return done(shown)
        except AlreadySaved:
            say(_("この操作は、もう済んでいます。"), kind="info")
            return redirect(url_for("boards.index"))
        except DomainError as error:
            shown.form.show(error)
    return render_form("followup/bulk.html", shown.form, shown=shown, words=in_words)


def done(shown: BulkPage) -> Any:
    """Do what the page says, and tell what became of each.

    Raises:
        AlreadySaved: this very form was saved before.
        DomainError: a rule is broken, at the field concerned.
    """
    actor, key, kind = current_actor(), shown.form.submission_key.data, shown.kind
    if kind is BulkKind.PRINT:
        with transaction():
            papers = print_all(actor=actor, seen=shown.seen)
        return pdf_answer(referral_slips(papers), "shoukai")
    with transaction():
        require_fresh(key=key, actor=actor)
        became = do_all(
            actor=actor,
            seen=shown.seen,
            wanted=wanted_of(kind, shown.form),
            extension=extension_of(kind, shown.form),
        )
        claim(key=key, actor=actor, purpose="referral_bulk", subject_id=kind.value)
    return told(became, kind, can_undo=kind in UNDOABLE)


@blueprint.post("/referrals/bulk/undo")
@requires(Permission.REFERRAL_WRITE)
def undo() -> Any:
    """Take back what was done with many referrals at once."""
    actor, form, seen = current_actor(), Form(), seen_of(request.form)
    if not form.validate_on_submit() or not seen:
        return redirect(url_for("boards.index"))
    try:
        with transaction():
            require_fresh(key=form.submission_key.data, actor=actor)
            became = undo_all(actor=actor, seen=seen)
            claim(key=form.submission_key.data, actor=actor, purpose="referral_bulk_undo", subject_id="undo")
    except AlreadySaved:
        say(_("この操作は、もう済んでいます。"), kind="info")
        return redirect(url_for("boards.index"))
    return told(became, None, can_undo=False)


def told(became: Done, kind: BulkKind | None, *, can_undo: bool) -> Any:
    """Show what became of each referral."""
    return render_template(
        "followup/bulk_done.html",
        became=became,
        kind=kind,
        form=Form(formdata=None),
        can_undo=can_undo,
        words=in_words,
    )
