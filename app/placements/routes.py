"""Pages of placements: the list, one placement with its retention checks, a new one."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.cases.queries import get_case
from app.drafts.operations import AlreadySaved, claim, require_fresh
from app.followup.closing_operations import list_still_open
from app.foundation import clock
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.placements.check_operations import record_checks
from app.placements.filling import (
    check_entry,
    placement_entry,
    placement_page,
    referral_id_of,
    referrals_offered,
    start_of,
    start_of_new,
)
from app.placements.forms import CheckForm, PlacementFilters, PlacementForm, PlacementVoidForm
from app.placements.history_queries import list_near
from app.placements.operations import change_placement, record_placements, void_placement
from app.placements.queries import Chosen, list_fiscal_years, list_placements
from app.placements.vocabulary import PlacementKind
from app.web.filters import locale
from app.web.forms import render_form
from app.web.notices import say
from app.web.pagination import PAGE_SIZE, Page, offset_of, page_number

blueprint = Blueprint("placements", __name__)


def to_placement(placement_id: int | str) -> Any:
    """Lead to the page of a placement."""
    return redirect(url_for("placements.show", placement_id=placement_id))


@blueprint.get("/placements")
@requires(Permission.PLACEMENT_READ)
def index() -> Any:
    """List the own office's placements."""
    actor, number = current_actor(), page_number(request.args)
    filters = PlacementFilters(request.args)
    filters.offer(list_fiscal_years(actor=actor))
    chosen = Chosen()
    if filters.validate():
        chosen = Chosen(
            fiscal_year=filters.fiscal_year.data,
            programme=filters.programme.data,
            kind=filters.kind.data,
            counted_only=filters.counted.data,
        )
    rows, total = list_placements(actor=actor, chosen=chosen, offset=offset_of(number), limit=PAGE_SIZE)
    page = Page.of(rows, total=total, number=number)
    return render_template("placements/index.html", page=page, filters=filters)


@blueprint.get("/placements/<int:placement_id>")
@requires(Permission.PLACEMENT_READ)
def show(placement_id: int) -> Any:
    """Show one placement and how long it has lasted."""
    shown = placement_page(actor=current_actor(), placement_id=placement_id)
    return render_template("placements/show.html", shown=shown)


@blueprint.route("/cases/<string:number>/placements/new", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_WRITE)
def new(number: str) -> Any:
    """Record a job."""
    actor = current_actor()
    case = get_case(actor=actor, number=number)
    offered = referrals_offered(actor=actor, case_id=case.id, locale=locale())
    start = start_of_new(actor=actor, case_id=case.id)
    form = PlacementForm(
        data=start | {"referral_id": referral_id_of(offered, request.args.get("referral", ""))}
    )
    form.referral_id.choices = list(offered)
    if form.validate_on_submit():
        try:
            return after_new(save_placement(form, case.id), form.kind.data, case)
        except AlreadySaved as saved:
            return to_placement(saved.subject_id)
        except DomainError as error:
            form.show(error)
    near = list_near(actor=actor, case_id=case.id, day=form.started_on.data)
    return render_form("placements/new.html", form, case=case, near=near)


def after_new(placement_id: int, kind: PlacementKind, case: Any) -> Any:
    """Lead to the placement; first to the person's other open referrals, which may be closed now."""
    if kind is PlacementKind.NEW and list_still_open(actor=current_actor(), case_id=case.id):
        there = url_for("placements.show", placement_id=placement_id)
        return redirect(url_for("quick.close_others", number=case.number, next=there))
    return to_placement(placement_id)


def save_placement(form: PlacementForm, case_id: int) -> int:
    """Record the job that a form describes, say so, and return its id.

    Raises:
        AlreadySaved: the form was saved before; its subject is the placement's id.
        DomainError: a rule is broken, at the field concerned.
    """
    actor, key = current_actor(), form.submission_key.data
    with transaction():
        require_fresh(key=key, actor=actor)
        placement = record_placements(actor=actor, new=[placement_entry(form, case_id=case_id)])[0]
        claim(key=key, actor=actor, purpose="placement", subject_id=placement.id)
    say(_("就職を記録しました。"))
    return placement.id


@blueprint.route("/placements/<int:placement_id>/edit", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_WRITE)
def edit(placement_id: int) -> Any:
    """Correct a placement."""
    actor = current_actor()
    placement = placement_page(actor=actor, placement_id=placement_id).placement
    form = PlacementForm(data=start_of(placement), of=("placement", placement_id))
    case_id, number = placement.case_id, placement.case.number
    form.referral_id.choices = list(
        referrals_offered(actor=actor, case_id=case_id, locale=locale(), linked_id=placement.referral_id)
    )
    if form.validate_on_submit():
        try:
            entry, version = placement_entry(form, case_id=case_id), form.version.data
            with transaction():
                change_placement(actor=actor, placement_id=placement_id, version=version, entry=entry)
        except DomainError as error:
            form.show(error)
        else:
            say(_("就職の記録を直しました。"))
            return to_placement(placement_id)
    near = list_near(actor=actor, case_id=case_id, day=form.started_on.data, but=placement_id)
    return render_form("placements/edit.html", form, placement_id=placement_id, number=number, near=near)


@blueprint.route("/placements/<int:placement_id>/void", methods=["GET", "POST"])
@requires(Permission.RECORD_VOID)
def void(placement_id: int) -> Any:
    """Take a placement out of every count."""
    actor = current_actor()
    shown = placement_page(actor=actor, placement_id=placement_id)
    number = shown.placement.case.number
    form = PlacementVoidForm(version=shown.placement.version)
    if form.validate_on_submit():
        version, reason = form.version.data, form.reason.data
        try:
            with transaction():
                void_placement(actor=actor, placement_id=placement_id, version=version, reason=reason)
        except DomainError as error:
            form.show(error)
        else:
            say(_("就職の記録を誤入力として取り消しました。"))
            return redirect(url_for("casefile.show", number=number))
    return render_form("placements/void.html", form, shown=shown)


@blueprint.route("/placements/<int:placement_id>/checks/<int:months>", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_WRITE)
def check(placement_id: int, months: int) -> Any:
    """Record or correct what was learnt after some months."""
    shown = placement_page(actor=current_actor(), placement_id=placement_id)
    row = next((one for one in shown.checks if one.months == months), None)
    if row is None:
        raise NotFound
    known = row.check
    form = CheckForm(obj=known, data={"checked_on": clock.today()}, of=("placement", placement_id))
    if form.validate_on_submit():
        try:
            save_check(form, placement_id, months)
        except AlreadySaved:
            return to_placement(placement_id)
        except DomainError as error:
            form.show(error)
        else:
            say(_("%(months)sか月の定着確認を保存しました。", months=months))
            return to_placement(placement_id)
    return render_form("placements/check.html", form, shown=shown, row=row)


def save_check(form: CheckForm, placement_id: int, months: int) -> None:
    """Save the check that a form describes.

    Raises:
        AlreadySaved: the form was saved before.
        DomainError: a rule is broken, at the field concerned.
    """
    actor, key = current_actor(), form.submission_key.data
    entry = check_entry(form, placement_id=placement_id, months=months)
    with transaction():
        require_fresh(key=key, actor=actor)
        record_checks(actor=actor, new=[entry])
        claim(key=key, actor=actor, purpose="retention_check", subject_id=placement_id)
