"""Pages of the plans one after another: the next one as a copy, and how its measures go on."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.foundation.transaction import transaction
from app.plan.cycle import MeasureName
from app.plan.cycle_forms import MergeForm, PlanForm, SplitForm, senses_form, senses_seen
from app.plan.cycle_operations import copy_plan, end_measure, merge_measures, split_measure
from app.plan.cycle_queries import (
    find_plan_before,
    get_plan_by_key,
    list_going,
    list_indicators,
    list_names,
    list_plans,
)
from app.plan.queries import get_measure
from app.plan.senses import list_senses, set_senses
from app.web.forms import Form, render_form
from app.web.notices import say

blueprint = Blueprint("cycle", __name__)


@blueprint.get("/plan/plans")
@requires(Permission.PLAN_WRITE)
def index() -> Any:
    """List the plans, newest first."""
    return render_template("plan/plans.html", plans=list_plans(), year=this_year())


@blueprint.route("/plan/plans/new", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE)
def new() -> Any:
    """Make the next plan as a copy of the newest."""
    plans = list_plans()
    form = PlanForm()
    form.offer(max([this_year(), *(one.first_fiscal_year for one in plans)]) + 1)
    if form.validate_on_submit():
        try:
            with transaction():
                plan = copy_plan(
                    actor=current_actor(),
                    first=form.first.data,
                    last=form.last.data,
                    title=form.title.data,
                    title_en=form.title_en.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("「%(title)s」をつくりました。事業はすべて引きつぎました。", title=plan.title))
            return redirect(url_for("cycle.show", key=plan.key))
    return render_form("plan/plan_new.html", form, before=plans[0] if plans else None)


@blueprint.get("/plan/plans/<string:key>")
@requires(Permission.PLAN_WRITE)
def show(key: str) -> Any:
    """Show how the measures of the plan before go on in a plan."""
    plan = get_plan_by_key(key)
    return render_template(
        "plan/plan.html",
        plan=plan,
        before=find_plan_before(plan),
        going=list_going(plan),
        names=list_names(plan),
        is_open=plan.first_fiscal_year > this_year() and bool(list_going(plan)),
    )


@blueprint.route("/plan/plans/<string:key>/measures/<string:code>/merge", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE)
def merge(key: str, code: str) -> Any:
    """Let a measure go on as part of another."""
    plan, measure = get_plan_by_key(key), named(key, code)
    form = MergeForm()
    form.offer(list_names(plan), code)
    if form.validate_on_submit():
        try:
            with transaction():
                merge_measures(actor=current_actor(), plan=key, code=code, into=form.into.data)
        except DomainError as error:
            form.show(error)
        else:
            say(_("事業を合わせました。番号をつけなおしています。"))
            return redirect(url_for("cycle.show", key=key))
    return render_form("plan/plan_merge.html", form, plan=plan, measure=measure)


@blueprint.route("/plan/plans/<string:key>/measures/<string:code>/split", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE)
def split(key: str, code: str) -> Any:
    """Let some indicators of a measure go on under a new one."""
    plan, measure = get_plan_by_key(key), named(key, code)
    form = SplitForm()
    form.offer(list_indicators(plan, code))
    if form.validate_on_submit():
        try:
            with transaction():
                split_measure(
                    actor=current_actor(),
                    plan=key,
                    code=code,
                    title=form.title.data,
                    title_en=form.title_en.data,
                    indicators=form.indicators.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("事業を分けました。番号をつけなおしています。"))
            return redirect(url_for("cycle.show", key=key))
    return render_form("plan/plan_split.html", form, plan=plan, measure=measure)


@blueprint.route("/plan/plans/<string:key>/measures/<string:code>/end", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE)
def end(key: str, code: str) -> Any:
    """Show what goes when a measure ends with the plan before, and let it end."""
    plan, measure = get_plan_by_key(key), named(key, code)
    form = Form()
    if form.validate_on_submit():
        try:
            with transaction():
                end_measure(actor=current_actor(), plan=key, code=code)
        except DomainError as error:
            form.show(error)
        else:
            say(_("事業%(code)sを終えました。番号をつけなおしています。", code=code))
            return redirect(url_for("cycle.show", key=key))
    indicators = [label for _key, label in list_indicators(plan, code)]
    return render_form("plan/plan_end.html", form, plan=plan, measure=measure, indicators=indicators)


@blueprint.route("/plan/measures/<string:code>/targets", methods=["GET", "POST"])
@requires(Permission.PLAN_WRITE)
def senses(code: str) -> Any:
    """Say how the targets of a measure are to be read, from this year on."""
    measure = get_measure(code, this_year())
    held = list_senses(code, this_year())
    form = senses_form({one.key: one.label for one in measure.indicators}, held)
    if form.validate_on_submit():
        try:
            with transaction():
                chosen = {key: form[key].data for key in held}
                set_senses(actor=current_actor(), code=code, senses=chosen, seen=senses_seen(form, held))
        except DomainError as error:
            form.show(error)
        else:
            say(_("目標の読みかたを保存しました。"))
            return redirect(url_for("series.measure", code=code))
    return render_form("plan/senses.html", form, measure=measure, keys=list(held))


def named(key: str, code: str) -> MeasureName:
    """Return a measure of a plan; NotFound."""
    found = next((one for one in list_names(get_plan_by_key(key)) if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def this_year() -> int:
    """Return the running fiscal year."""
    return fiscal_year_of(clock.today())
