"""Pages on which the plan desk keeps the directory: new windows, revisions, endings, verification."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.web.forms import render_form
from app.web.notices import say
from app.windows import entry_operations, filling, queries
from app.windows.entry_forms import ConfirmForm, EndForm, NewWindowForm, RevisionForm, RoundForm
from app.windows.views import corrected_by, standing_of
from app.windows.vocabulary import Revision

blueprint = Blueprint("entries", __name__)
WINDOW = "/windows/<int(max=2147483647):window_id>"


@blueprint.route("/windows/new", methods=["GET", "POST"])
@requires(Permission.WINDOW_WRITE)
def new() -> Any:
    """Enter a new window."""
    form = NewWindowForm(data=filling.values_of(None))
    form.office_id.choices = filling.office_choices(str(get_locale()), _("一覧にない機関"))
    if form.validate_on_submit():
        try:
            with transaction():
                window_id = filling.open_from(actor=current_actor(), form=form)
        except DomainError as error:
            form.show(error)
        else:
            say(_("窓口を登録しました。"))
            return redirect(url_for("windows.window", window_id=window_id))
    return render_form("windows/new.html", form)


@blueprint.route(f"{WINDOW}/versions/<int(max=2147483647):number>/edit", methods=["GET", "POST"])
@requires(Permission.WINDOW_WRITE)
def edit(window_id: int, number: int) -> Any:
    """Revise an entry: a new version, the earlier ones stay."""
    versions = queries.list_versions(window_id)
    base = corrected_by(versions, queries.get_numbered(versions, number))
    form = RevisionForm(
        data=filling.values_of(base.facts) | {"revision": Revision.CORRECTION},
        version=versions[-1].number,
        of=("window", window_id),
    )
    if form.validate_on_submit():
        try:
            with transaction():
                filling.revise(actor=current_actor(), base=base, form=form)
        except DomainError as error:
            form.show(error)
        else:
            say(_("窓口の登録を改めました。前の版も履歴に残っています。"))
            return redirect(url_for("windows.window", window_id=window_id))
    return render_form("windows/edit.html", form, base=base)


@blueprint.route(f"{WINDOW}/end", methods=["GET", "POST"])
@requires(Permission.WINDOW_WRITE)
def end(window_id: int) -> Any:
    """End a window and name the one that takes over."""
    versions = queries.list_versions(window_id)
    view = standing_of(versions, clock.today()).view
    form = EndForm(successor_id=view.successor_id, version=versions[-1].number)
    form.successor_id.choices = filling.successor_choices(window_id, str(get_locale()))
    if form.validate_on_submit():
        try:
            with transaction():
                entry_operations.end_window(
                    actor=current_actor(),
                    window_id=window_id,
                    last_day=form.last_day.data,
                    successor_id=form.successor_id.data,
                    latest=form.version.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("窓口の終わりを登録しました。これまでの版と紹介の記録はそのまま残ります。"))
            return redirect(url_for("windows.window", window_id=window_id))
    return render_form("windows/end.html", form, view=view, rules=filling.count_rules(view.key))


@blueprint.route("/windows/round", methods=["GET", "POST"])
@requires(Permission.WINDOW_WRITE)
def round_of_verification() -> Any:
    """List the entries that nobody verified for twelve months, and confirm several that did not change."""
    found = filling.verification_round(clock.today())
    form = RoundForm()
    form.seen.choices = [(filling.seen_key(line.view), line.view.name) for line in found.lines]
    if form.validate_on_submit():
        try:
            with transaction():
                count = entry_operations.verify_windows(
                    actor=current_actor(), seen=filling.seen_from(form.seen.data)
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("%(count)s件を、変わりなしとして確認しました。", count=count))
            return redirect(url_for("entries.round_of_verification"))
    return render_form("windows/round.html", form, round=found)


@blueprint.route(f"{WINDOW}/verify", methods=["GET", "POST"])
@requires(Permission.WINDOW_WRITE)
def verify(window_id: int) -> Any:
    """Show one entry of the round; one tap confirms it and leads to the next."""
    view = standing_of(queries.list_versions(window_id), clock.today()).view
    found = filling.verification_round(clock.today())
    following = filling.after(found.lines, window_id)
    form = ConfirmForm(version=view.version_id)
    if form.validate_on_submit():
        try:
            with transaction():
                entry_operations.verify_windows(
                    actor=current_actor(), seen={window_id: form.version.data or 0}
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("「%(name)s」を確認しました。", name=view.name_in(str(get_locale()))))
            return redirect(next_address(following))
    return render_form("windows/verify.html", form, view=view, round=found, following=following)


def next_address(following: int | None) -> str:
    """Return the page of the next entry of the round, its list when nothing is left."""
    if following is None:
        return url_for("entries.round_of_verification")
    return url_for("entries.verify", window_id=following)
