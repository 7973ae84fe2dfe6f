"""The page of one case."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.casefile import operations
from app.casefile.care import care_of
from app.casefile.filling import correction_of, is_group, named_by
from app.casefile.queries import timeline
from app.cases.consultation_queries import find_latest_consultation
from app.cases.filling import consultation_of, start_of
from app.cases.forms import VoidForm
from app.cases.merge_queries import list_merges
from app.cases.queries import get_case, is_opened_by, programme_of
from app.cases.registration_queries import list_registrations
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.publication.late_days import find_late_days
from app.situation.programme import Programme
from app.web.filters import locale
from app.web.forms import render_form
from app.web.notices import say

blueprint = Blueprint("casefile", __name__)


@blueprint.get("/cases/<string(length=7):number>")
@requires(Permission.CASE_READ)
def show(number: str) -> Any:
    """Show everything that this office may see of a case."""
    return show_case(number)


def show_case(number: str, **forms: Any) -> Any:
    """Show the page of a case; ``forms`` are those that were refused, with what was typed."""
    actor, today = current_actor(), clock.today()
    case = get_case(actor=actor, number=number)
    if case.number != number:  # merged: the old number leads to the case that is left
        told = _("相談番号 %(old)s は、%(number)s に統合されています。", old=number, number=case.number)
        say(told, kind="info")
        return redirect(url_for("casefile.show", number=case.number))
    registrations = list_registrations(actor=actor, case_id=case.id)
    page = render_template(
        "casefile/show.html",
        case=case,
        care=care_of(actor=actor, case=case, today=today, **forms),
        last=find_latest_consultation(actor=actor, case_id=case.id),
        events=timeline(actor=actor, case=case),
        registration=registrations[0] if registrations else None,
        registers=programme_of(actor=actor) is Programme.CENTRE,
        is_registered=any(one.starts_on <= today <= one.ends_on for one in registrations),
        is_own=actor.office_id is not None and is_opened_by(office_id=actor.office_id, case_id=case.id),
        merges=list_merges(actor=actor, case_id=case.id),
    )
    return (page, 422) if forms else page


@blueprint.route("/consultations/<int:consultation_id>/edit", methods=["GET", "POST"])
@requires(Permission.CASE_WRITE)
def edit_consultation(consultation_id: int) -> Any:
    """Correct a consultation and the guidance given in it."""
    actor = current_actor()
    form, number = correction_of(actor=actor, consultation_id=consultation_id, locale=locale())
    if is_group(consultation_id):
        return redirect(url_for("group.edit", consultation_id=consultation_id))
    if form.validate_on_submit():
        try:
            with transaction():
                operations.change_consultation(
                    actor=actor,
                    consultation_id=consultation_id,
                    version=form.version.data,
                    entry=consultation_of(form, case_id=form.case_id),
                    named=named_by(form),
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("相談の記録を直しました。"))
            return redirect(url_for("casefile.show", number=number) if number else url_for("cases.log"))
    shown = {"number": number, "consultation_id": consultation_id, "late_until": find_late_days(actor=actor)}
    return render_form("casefile/edit_consultation.html", form, **shown)


@blueprint.route("/consultations/<int:consultation_id>/void", methods=["GET", "POST"])
@requires(Permission.RECORD_VOID)
def void_consultation(consultation_id: int) -> Any:
    """Take back a consultation that was entered in error."""
    actor = current_actor()
    start, number = start_of(actor=actor, consultation_id=consultation_id)
    form = VoidForm(data={"version": start["version"]})
    if form.validate_on_submit():
        try:
            with transaction():
                operations.void_consultation(
                    actor=actor,
                    consultation_id=consultation_id,
                    version=form.version.data,
                    reason=form.reason.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("相談の記録を取り消しました。すべての集計から外れます。"))
            return redirect(url_for("casefile.show", number=number) if number else url_for("cases.log"))
    return render_form("casefile/void_consultation.html", form, number=number, entry=start)
