"""The board, saved views of it, and texts that remind agencies of answers that are late."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.followup import chaser_queries, view_operations
from app.followup.board import query_of
from app.followup.board_forms import ChasedForm, ReferralFilters, ViewForm
from app.followup.board_pages import KEPT, board_page, choices_of, query_to_open, sender_of, view_links
from app.followup.chasers import chaser, letter
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.referrals.chasing import list_chased, record_chased
from app.referrals.paper_operations import telephones
from app.referrals.vocabulary import AnswerChannel, BulkKind
from app.web.forms import render_form
from app.web.notices import say

blueprint = Blueprint("boards", __name__)
CHASED_BY = (AnswerChannel.PHONE, AnswerChannel.FAX, AnswerChannel.MAIL)


@blueprint.get("/referrals")
@requires(Permission.REFERRAL_READ)
def index() -> Any:
    """List the own office's referrals, overdue ones first; without filters as the person left the board."""
    actor = current_actor()
    kept = "" if request.args else query_to_open(actor, session.get(KEPT))
    if kept:
        return redirect(f"{url_for('boards.index')}?{kept}")
    shown = board_page(actor=actor, args=request.args)
    if request.args and not shown.filters.errors:
        keep(urlencode(shown.query))
    return render_template("followup/index.html", shown=shown, kinds=BulkKind)


def keep(query: str) -> None:
    """Remember what the board shows, until the person signs out."""
    if session.get(KEPT) != query:
        session[KEPT] = query


@blueprint.get("/referrals/views")
@requires(Permission.REFERRAL_READ)
def views() -> Any:
    """List the person's saved views."""
    return render_template("followup/views.html", views=view_links(current_actor(), None))


@blueprint.route("/referrals/views/new", methods=["GET", "POST"])
@requires(Permission.REFERRAL_READ)
def new_view() -> Any:
    """Save what the board shows under a title."""
    actor, form = current_actor(), ViewForm()
    filters = ReferralFilters(request.args)
    filters.offer(*choices_of(actor))
    chosen = filters.chosen()
    if form.validate_on_submit():
        try:
            with transaction():
                view_operations.save_view(
                    actor=actor, title=form.title.data, chosen=chosen, is_default=form.is_default.data
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("表示を保存しました。"))
            return redirect(f"{url_for('boards.index')}?{urlencode(query_of(chosen))}")
    return render_form("followup/view.html", form, view=None, back=query_of(chosen))


@blueprint.route("/referrals/views/<int:view_id>", methods=["GET", "POST"])
@requires(Permission.REFERRAL_READ)
def edit_view(view_id: int) -> Any:
    """Give a saved view another title, or let the board open with it."""
    actor = current_actor()
    view = view_operations.get_view(actor=actor, view_id=view_id)
    form = ViewForm(data={"title": view.title, "is_default": view.is_default})
    if form.validate_on_submit():
        try:
            with transaction():
                view_operations.change_view(
                    actor=actor, view_id=view_id, title=form.title.data, is_default=form.is_default.data
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("表示を保存しました。"))
            return redirect(url_for("boards.views"))
    return render_form("followup/view.html", form, view=view, back={})


@blueprint.post("/referrals/views/<int:view_id>/remove")
@requires(Permission.REFERRAL_READ)
def remove_view(view_id: int) -> Any:
    """Remove a saved view."""
    with transaction():
        view_operations.remove_view(actor=current_actor(), view_id=view_id)
    say(_("表示を消しました。紹介の記録は変わりません。"))
    return redirect(url_for("boards.views"))


@blueprint.get("/referrals/chasers")
@requires(Permission.REFERRAL_READ)
def chasers() -> Any:
    """List the agencies whose answers are late."""
    late = chaser_queries.list_late_agencies(actor=current_actor(), today=clock.today())
    return render_template("followup/chasers.html", agencies=late)


@blueprint.route("/referrals/chasers/<int:agency_id>", methods=["GET", "POST"])
@requires(Permission.REFERRAL_WRITE)
def agency_chasers(agency_id: int) -> Any:
    """Show the texts for an agency, one for all and one for each; note in one click that one was sent."""
    actor, form = current_actor(), ChasedForm()
    if form.validate_on_submit():
        with transaction():
            references = request.form.getlist("reference")
            count = record_chased(actor=actor, references=references, channel=form.channel.data)
        say(_("%(count)s件の催促を記録しました。", count=count))
        return redirect(url_for("boards.agency_chasers", agency_id=agency_id))
    name, name_en, late = chaser_queries.get_late(actor=actor, agency_id=agency_id, today=clock.today())
    words = {"agency": name, "sender": sender_of(actor)}
    words["telephone"] = telephones().get(actor.office_id or 0, "")
    return render_form(
        "followup/agency_chasers.html",
        form,
        channels=CHASED_BY,
        chased=list_chased(references=[one.reference for one in late]),
        name=name,
        name_en=name_en,
        late=[(one, chaser(one, **words)) for one in late],
        text=letter(late, **words),
    )
