"""Pages on which the plan desk keeps the rules of guidance and their scenarios."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.guidance import rule_pages
from app.guidance.forms import situation_of
from app.guidance.rule_forms import NewRuleForm, RuleForm, ScenarioForm, Whether, rule_from, values_of
from app.web.forms import render_form
from app.web.notices import say
from app.windows import rule_operations, rule_queries, scenario_operations
from app.windows.rules import RuleKind
from app.windows.scenario_queries import list_scenarios, run_scenarios
from app.windows.scenarios import Scenario

blueprint = Blueprint("rules", __name__)
EMPTY_RULE = {
    "kind": RuleKind.SUITS,
    "points": 20,
    "single_parent": Whether.ANY,
    "certificate": Whether.ANY,
    "children": Whether.ANY,
}


@blueprint.get("/guidance/rules")
@requires(Permission.WINDOW_READ)
def index() -> str:
    """List the rules by window, with what is wrong with them."""
    today = clock.today()
    return render_template(
        "rules/index.html",
        groups=rule_pages.groups(),
        problems=rule_pages.problems(today),
        dead_ends=rule_pages.dead_ends(today),
        names=names(),
        conditions_of=rule_pages.conditions_in_words,
        may_write=current_actor().may(Permission.RULE_WRITE),
    )


@blueprint.route("/guidance/rules/new", methods=["GET", "POST"])
@requires(Permission.RULE_WRITE)
def new() -> Any:
    """Enter a rule: first its effect, then saving it."""
    form = NewRuleForm(data=EMPTY_RULE)
    form.window.choices = rule_pages.window_choices(str(get_locale()))
    preview = None
    if form.validate_on_submit():
        try:
            rule = rule_from(form, key=form.key.data, window_key=form.window.data)
            preview = rule_pages.preview_of_new(rule)
            if form.previewed.data == preview.fingerprint:
                with transaction():
                    rule_operations.add_rule(actor=current_actor(), rule=rule)
                say(_("ルールを登録しました。"))
                return redirect(url_for("rules.index"))
            form.previewed.data = preview.fingerprint
        except DomainError as error:
            form.show(error)
    return show_rule(form, preview, versions=[])


@blueprint.route("/guidance/rules/<int(max=2147483647):rule_id>", methods=["GET", "POST"])
@requires(Permission.RULE_WRITE)
def edit(rule_id: int) -> Any:
    """Give a rule another version: first its effect, then saving it."""
    versions = rule_queries.get_rule_versions(rule_id)
    last = versions[-1].rule
    form = RuleForm(data=values_of(last), version=last.number, of=("guidance_rule", rule_id))
    preview = None
    if form.validate_on_submit():
        try:
            rule = rule_from(form, key=last.key, window_key=last.window_key)
            preview = rule_pages.preview_of(rule)
            if form.previewed.data == preview.fingerprint:
                save_change(rule_id, rule, after=form.version.data or 0)
                return redirect(url_for("rules.index"))
            form.previewed.data = preview.fingerprint
        except DomainError as error:
            form.show(error)
    return show_rule(form, preview, versions=versions[::-1])


def save_change(rule_id: int, rule: Any, *, after: int) -> None:
    """Save a version of a rule and say so on the next page."""
    with transaction():
        rule_operations.change_rule(actor=current_actor(), rule_id=rule_id, rule=rule, after=after)
    say(_("ルールを変えました。前の版は残っています。"))


def show_rule(form: RuleForm, preview: Any, *, versions: Any) -> tuple[str, int]:
    """Show the form of a rule with the effect, when it was asked for."""
    return render_form(
        "rules/edit.html",
        form,
        preview=preview,
        versions=versions,
        names=names(),
        facts_of=rule_pages.facts,
        conditions_of=rule_pages.conditions_in_words,
    )


def names() -> dict[str, str]:
    """Return the names of the windows by key."""
    locale = str(get_locale())
    return {key: window.name_in(locale) for key, window in rule_pages.windows_by_key().items()}


@blueprint.get("/guidance/scenarios")
@requires(Permission.WINDOW_READ)
def scenarios() -> str:
    """Run every scenario; those that fail stand first."""
    runs = sorted(run_scenarios(list_scenarios()), key=lambda run: not run.faults)
    return render_template(
        "rules/scenarios.html",
        runs=runs,
        failed=sum(1 for run in runs if run.faults),
        names=names(),
        facts_of=rule_pages.facts,
        may_write=current_actor().may(Permission.RULE_WRITE),
    )


@blueprint.route("/guidance/scenarios/new", methods=["GET", "POST"])
@requires(Permission.RULE_WRITE)
def new_scenario() -> Any:
    """Enter a scenario; it is run at once."""
    form = ScenarioForm()
    offered: list[tuple[Any, object]] = list(names().items())
    form.first.choices = form.also.choices = form.never.choices = offered
    if form.validate_on_submit():
        try:
            with transaction():
                scenario_operations.add_scenario(actor=current_actor(), scenario=scenario_from(form))
        except DomainError as error:
            form.show(error)
        else:
            say(_("シナリオを登録して、調べました。"))
            return redirect(url_for("rules.scenarios"))
    return render_form("rules/new_scenario.html", form)


def scenario_from(form: ScenarioForm) -> Scenario:
    """Return the scenario that a form describes."""
    return Scenario(
        key=form.key.data,
        title=form.title.data,
        situation=situation_of(form, at=None),
        first=form.first.data,
        also=form.also.data,
        never=form.never.data,
        reason=form.reason.data,
        day=form.day.data,
    )


@blueprint.post("/guidance/scenarios/<string(maxlength=60):key>/retire")
@requires(Permission.RULE_WRITE)
def retire(key: str) -> Any:
    """Stop running a scenario; it stays in the records."""
    with transaction():
        scenario_operations.retire_scenario(actor=current_actor(), key=key)
    say(_("シナリオを終わりにしました。"))
    return redirect(url_for("rules.scenarios"))
