"""Pages of accounts: signing in and out, the own password, and the administrator's list."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, find_actor, public, requires
from app.access.permissions import Permission
from app.accounts import operations, queries, signing
from app.accounts.forms import AccountForm, EditAccountForm, PasswordForm, SignInForm
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.web.filters import locale
from app.web.forms import render_form
from app.web.language import safe_path
from app.web.notices import say

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    """Sign in, and go on to the page that was asked for."""
    onward = safe_path(request.args.get("next", ""))
    if find_actor() is not None:
        return redirect(onward)
    form = SignInForm()
    if form.validate_on_submit():
        login_name = operations.read_login_name(form.login_name.data)
        try:
            if signing.try_to_sign_in(login_name, form.password.data):
                return redirect(onward)
            form.form_errors.append(_("利用者名かパスワードが違います。"))
        except DomainError as error:
            form.show(error)
    return render_form("accounts/sign_in.html", form, demo_accounts=demo_accounts())


def demo_accounts() -> Sequence[Any]:
    """Return the sample city's accounts where the factory offers them and the server runs with --demo."""
    offered: Callable[[], Sequence[Any]] | None = current_app.config.get("SHIRUBE_DEMO_ACCOUNTS")
    return offered() if offered and current_app.config["SHIRUBE"].demo else ()


@blueprint.post("/sign-out")
@requires(Permission.ACCOUNT_OWN)
def sign_out() -> Any:
    """End this session."""
    signing.leave()
    say(_("サインアウトしました。"))
    return redirect(url_for("accounts.sign_in"))


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def password() -> Any:
    """Replace the own password."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            signing.change_password(form.current.data, form.password.data, form.again.data)
        except DomainError as error:
            form.show(error)
        else:
            say(
                _(
                    "パスワードを変えました。ほかの端末ではサインアウトし、予定表のアドレスは無効になりました。"
                )
            )
            return redirect(url_for("front"))
    return render_form("accounts/password.html", form, is_due=g.visit.must_change_password)


@blueprint.get("/accounts")
@requires(Permission.ACCOUNT_WRITE)
def index() -> Any:
    """List the accounts."""
    return render_template(
        "accounts/index.html", accounts=queries.list_accounts(), last_seen=queries.last_seen()
    )


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_WRITE)
def new() -> Any:
    """Make an account and show its one-time password."""
    form = AccountForm()
    form.office.choices = [*office_choices()]
    if form.validate_on_submit():
        try:
            with transaction():
                account, one_time = operations.create_account(actor=current_actor(), **facts(form))
        except DomainError as error:
            form.show(error)
        else:
            return render_template("accounts/one_time.html", account=account, one_time=one_time)
    return render_form("accounts/edit.html", form, account=None)


@blueprint.route("/accounts/<int:account_id>", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_WRITE)
def edit(account_id: int) -> Any:
    """Change an account."""
    account = queries.get_account(account_id)
    form = EditAccountForm(data=stored(account), of=("account", account_id))
    form.office.choices = [*office_choices()]
    if form.validate_on_submit():
        try:
            with transaction():
                operations.edit_account(
                    actor=current_actor(),
                    account_id=account_id,
                    version=form.version.data,
                    is_active=form.is_active.data,
                    **facts(form),
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("利用者を保存しました。"), url=url_for(".edit", account_id=account_id), link=_("開く"))
            return redirect(url_for(".index"))
    return render_form("accounts/edit.html", form, account=queries.get_account(account_id))


def stored(account: Any) -> dict[str, Any]:
    """Return an account as its form shows it."""
    names = ("login_name", "label", "role", "is_active", "version")
    return {"office": account.office_id} | {name: getattr(account, name) for name in names}


def facts(form: AccountForm) -> dict[str, Any]:
    """Return what both forms ask."""
    return {
        "login_name": form.login_name.data,
        "label": form.label.data,
        "role": form.role.data,
        "office_id": form.office.data,
    }


def office_choices() -> list[tuple[int, str]]:
    """Return the offices in the language of the page."""
    return [(one.id, one.name_en if locale() == "en" else one.name) for one in queries.list_offices()]


@blueprint.post("/accounts/<int:account_id>/password")
@requires(Permission.ACCOUNT_WRITE)
def reset_password(account_id: int) -> Any:
    """Set a one-time password and show it once."""
    with transaction():
        one_time = operations.reset_password(actor=current_actor(), account_id=account_id)
    account = queries.get_account(account_id)
    return render_template("accounts/one_time.html", account=account, one_time=one_time)


@blueprint.post("/accounts/<int:account_id>/sessions/end")
@requires(Permission.ACCOUNT_WRITE)
def end_sessions(account_id: int) -> Any:
    """Sign an account out everywhere."""
    with transaction():
        ended = operations.end_sessions(actor=current_actor(), account_id=account_id)
    say(_("サインアウトさせました（%(count)s件）。", count=ended))
    return redirect(url_for(".edit", account_id=account_id))
