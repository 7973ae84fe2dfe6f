"""Changing who is in charge of a case, when to get in touch, and the own note."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.casefile.care import charge_form, note_form
from app.casefile.care_forms import ContactForm
from app.casefile.routes import show_case
from app.cases.charge_operations import assign, set_next_contact
from app.cases.note_operations import list_notes, write_note
from app.cases.queries import get_case
from app.drafts.operations import AlreadySaved, claim, require_fresh
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.web.notices import say

blueprint = Blueprint("care", __name__)


def back(number: str) -> Any:
    """Lead to the page of the case."""
    return redirect(url_for("casefile.show", number=number))


@blueprint.post("/cases/<string(length=7):number>/charge")
@requires(Permission.CASE_WRITE)
def charge(number: str) -> Any:
    """Put somebody in charge of a case, or nobody."""
    actor = current_actor()
    case, form = get_case(actor=actor, number=number), charge_form(actor=actor)
    if form.validate_on_submit():
        try:
            with transaction():
                assign(actor=actor, case_id=case.id, counsellor_id=form.counsellor_id.data)
        except DomainError as error:
            form.show(error)
        else:
            say(_("担当を保存しました。"))
            return back(case.number)
    return show_case(case.number, charge=form)


@blueprint.post("/cases/<string(length=7):number>/next-contact")
@requires(Permission.CASE_WRITE)
def next_contact(number: str) -> Any:
    """Say when to get in touch next, or that nothing is agreed."""
    actor = current_actor()
    case, form = get_case(actor=actor, number=number), ContactForm()
    if form.validate_on_submit():
        day = form.next_contact_on.data
        try:
            with transaction():
                set_next_contact(actor=actor, case_id=case.id, day=day)
        except DomainError as error:
            form.show(error)
        else:
            say(_("次の連絡の日を保存しました。") if day else _("次の連絡の予定を消しました。"))
            return back(case.number)
    return show_case(case.number, contact=form)


@blueprint.post("/cases/<string(length=7):number>/note")
@requires(Permission.CASE_WRITE)
def note(number: str) -> Any:
    """Write the own note on a case."""
    actor = current_actor()
    case = get_case(actor=actor, number=number)
    form = note_form(list_notes(actor=actor, case_id=case.id))
    if form.validate_on_submit():
        try:
            keep_note(form, case)
        except DomainError as error:
            form.show(error)
        else:
            say(_("自分用のメモを保存しました。"))
            return back(case.number)
    return show_case(case.number, note=form)


def keep_note(form: Any, case: Any) -> None:
    """Write the note once per form; a form sent twice is done already."""
    actor, key = current_actor(), form.submission_key.data
    try:
        with transaction():
            require_fresh(key=key, actor=actor)
            write_note(actor=actor, case_id=case.id, text=form.text.data.strip(), version=form.version.data)
            claim(key=key, actor=actor, purpose="case_note", subject_id=case.number)
    except AlreadySaved:
        pass
