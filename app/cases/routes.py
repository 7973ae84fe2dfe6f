"""Pages of cases, consultations and registrations."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.accounts.queries import list_at_desk
from app.cases import operations, registration_operations
from app.cases.cards import face_of
from app.cases.charge_queries import list_counsellors
from app.cases.consultation_queries import count_log, count_office_consultations, list_log
from app.cases.forms import (
    CaseFilters,
    CloseForm,
    LogFilters,
    LookUpForm,
    RegistrationEndForm,
    RegistrationForm,
    ReissueForm,
    VoidForm,
)
from app.cases.list_queries import count_cases, list_cases
from app.cases.look_up import find_by_card, find_code_again
from app.cases.queries import get_case, get_case_by_id
from app.cases.registration_queries import get_registration
from app.drafts.operations import AlreadySaved, claim, require_fresh
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.privacy import case_code
from app.privacy.numbers import normalise_number
from app.web.forms import Form, render_form
from app.web.notices import say
from app.web.pagination import PAGE_SIZE, Page, offset_of, page_number

blueprint = Blueprint("cases", __name__)


def pepper() -> bytes:
    """Return the key under which card codes are hashed."""
    return bytes(current_app.config["SHIRUBE"].card_pepper)


def read_card(typed: str) -> Any:
    """Return the case of a card that somebody typed or scanned."""
    settings = current_app.config["SHIRUBE"]
    return find_by_card(
        actor=current_actor(),
        pepper=settings.card_pepper,
        former=settings.former_peppers,
        secret=settings.secret_key,
        address=request.remote_addr or "",
        typed=typed,
    )


def to_case(number: str) -> Any:
    """Lead to the page of a case."""
    return redirect(url_for("casefile.show", number=number))


@blueprint.get("/cases")
@requires(Permission.CASE_READ)
def index() -> Any:
    """List the own office's cases."""
    actor = current_actor()
    filters = CaseFilters(request.args)
    filters.offer(list_at_desk(actor=actor))
    chosen = filters.chosen()
    number = page_number(request.args)
    rows = list_cases(actor=actor, **chosen, offset=offset_of(number), limit=PAGE_SIZE)
    page = Page.of(rows, total=count_cases(actor=actor, **chosen), number=number)
    counsellors = list_counsellors(actor=actor, numbers=[row.number for row in rows])
    return render_template(
        "cases/index.html", page=page, filters=filters, form=LookUpForm(), counsellors=counsellors
    )


@blueprint.get("/consultations")
@requires(Permission.CASE_READ)
def log() -> Any:
    """List the own office's consultations of a span of days."""
    actor = current_actor()
    today = clock.today()
    filters = LogFilters(request.args, data={"first": today.replace(day=1), "last": today})
    filters.validate()
    first, last = filters.first.data or today.replace(day=1), filters.last.data or today
    number = page_number(request.args)
    rows = list_log(actor=actor, first=first, last=last, offset=offset_of(number), limit=PAGE_SIZE)
    total = count_log(actor=actor, first=first, last=last)
    people = count_office_consultations(actor=actor, first=first, last=last)
    page = Page.of(rows, total=total, number=number)
    return render_template("cases/log.html", page=page, filters=filters, people=people)


@blueprint.post("/cases/look-up")
@requires(Permission.CASE_READ)
def look_up() -> Any:
    """Find a case by card or by number; the code never stands in an address."""
    form = LookUpForm()
    actor = current_actor()
    if form.validate_on_submit():
        try:
            if form.card_code.data:
                case = read_card(form.card_code.data)
            else:
                case = get_case(actor=actor, number=normalise_number(form.number.data))
            return to_case(case.number)
        except DomainError as error:
            form.show(error)
    return render_form("cases/look_up.html", form)


@blueprint.route("/cases/<string(length=7):number>/close", methods=["GET", "POST"])
@requires(Permission.CASE_WRITE)
def close(number: str) -> Any:
    """Close a case."""
    actor = current_actor()
    case = get_case(actor=actor, number=number)
    form = CloseForm(data={"closed_on": clock.today(), "version": case.version})
    if form.validate_on_submit():
        try:
            with transaction():
                operations.close_case(
                    actor=actor,
                    case_id=case.id,
                    closed_on=form.closed_on.data,
                    reason=form.reason.data,
                    version=form.version.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            say(_("相談番号 %(number)s を終了しました。", number=number))
            return to_case(number)
    return render_form("cases/close.html", form, case=case)


@blueprint.post("/cases/<string(length=7):number>/reopen")
@requires(Permission.CASE_WRITE)
def reopen(number: str) -> Any:
    """Reopen a case."""
    actor = current_actor()
    case = get_case(actor=actor, number=number)
    with transaction():
        operations.reopen_case(actor=actor, case_id=case.id)
    say(_("相談番号 %(number)s を再開しました。", number=number))
    return to_case(number)


@blueprint.route("/cases/<string(length=7):number>/card", methods=["GET", "POST"])
@requires(Permission.CASE_WRITE)
def card(number: str) -> Any:
    """Give a new card; the code is derived from the form's key, so a double click shows the same card."""
    actor = current_actor()
    case = get_case(actor=actor, number=number)
    form = ReissueForm()
    if not form.validate_on_submit():
        return render_form("cases/reissue.html", form, case=case)
    key = form.submission_key.data
    code = case_code.derive(pepper(), key)
    try:
        with transaction():
            require_fresh(key=key, actor=actor)
            operations.reissue_card(
                actor=actor, case_id=case.id, pepper=pepper(), code=code, reason=form.reason.data
            )
            claim(key=key, actor=actor, purpose="card", subject_id=case.number)
    except AlreadySaved:
        return card_page(case.number, find_code_again(pepper=pepper(), key=key))
    except DomainError as error:
        form.show(error)
        return render_form("cases/reissue.html", form, case=case)
    return card_page(case.number, code)


def card_page(number: str, code: str | None) -> Any:
    """Show a new card, once; later the page of its case says that it cannot be shown again."""
    if code is None:
        say(
            _("このカードの番号は、もう表示できません。カードがないときは、再発行してください。"),
            kind="warn",
            url=url_for("cases.card", number=number),
            link=_("カードを再発行する"),
        )
        return to_case(number)
    return render_template("cases/card.html", number=number, card=face_of(code))


@blueprint.route("/cases/<string(length=7):number>/registrations/new", methods=["GET", "POST"])
@requires(Permission.CASE_WRITE)
def register(number: str) -> Any:
    """Register a person at the centre."""
    actor = current_actor()
    case = get_case(actor=actor, number=number)
    form = RegistrationForm(data={"starts_on": clock.today()})
    if form.validate_on_submit():
        wanted = registration_operations.NewRegistration(case_id=case.id, starts_on=form.starts_on.data)
        if keep(form, lambda: registration_operations.register(actor=actor, new=[wanted])[0].id):
            say(_("登録しました。"))
            return to_case(number)
    return render_form("cases/register.html", form, case=case, former=None)


@blueprint.route("/registrations/<int:registration_id>/renew", methods=["GET", "POST"])
@requires(Permission.CASE_WRITE)
def renew(registration_id: int) -> Any:
    """Renew a registration."""
    actor = current_actor()
    former = get_registration(actor=actor, registration_id=registration_id)
    case = get_case_by_id(actor=actor, case_id=former.case_id)
    form = RegistrationForm(data={"starts_on": clock.today()})
    if form.validate_on_submit():

        def change() -> int:
            on = form.starts_on.data
            return registration_operations.renew(actor=actor, registration_id=registration_id, on=on).id

        if keep(form, change):
            say(_("登録を更新しました。"))
            return to_case(case.number)
    return render_form("cases/register.html", form, case=case, former=former)


@blueprint.route("/registrations/<int:registration_id>/end", methods=["GET", "POST"])
@requires(Permission.CASE_WRITE)
def end_registration(registration_id: int) -> Any:
    """End a registration early."""
    actor = current_actor()
    registration = get_registration(actor=actor, registration_id=registration_id)
    case = get_case_by_id(actor=actor, case_id=registration.case_id)
    start = {"ends_on": min(clock.today(), registration.ends_on), "version": registration.version}
    form = RegistrationEndForm(data=start, of=("registration", registration_id))
    if form.validate_on_submit():

        def change() -> int:
            return registration_operations.end_registration(
                actor=actor,
                registration_id=registration_id,
                ends_on=form.ends_on.data,
                version=form.version.data,
            ).id

        if keep(form, change):
            say(_("登録を終わりにしました。"))
            return to_case(case.number)
    return render_form("cases/end_registration.html", form, case=case, registration=registration)


@blueprint.route("/registrations/<int:registration_id>/void", methods=["GET", "POST"])
@requires(Permission.RECORD_VOID)
def void_registration(registration_id: int) -> Any:
    """Take a registration back that was entered in error."""
    actor = current_actor()
    registration = get_registration(actor=actor, registration_id=registration_id)
    case = get_case_by_id(actor=actor, case_id=registration.case_id)
    form = VoidForm(data={"version": registration.version})
    if form.validate_on_submit():

        def change() -> int:
            return registration_operations.void_registration(
                actor=actor,
                registration_id=registration_id,
                reason=form.reason.data,
                version=form.version.data,
            ).id

        if keep(form, change):
            say(_("登録を取り消しました。"))
            return to_case(case.number)
    return render_form("cases/void_registration.html", form, case=case, registration=registration)


def keep(form: Form, change: Any) -> bool:
    """Run a change once per form; tell whether it stands, with its error shown in the form if not."""
    actor, key = current_actor(), form.submission_key.data
    try:
        with transaction():
            require_fresh(key=key, actor=actor)
            claim(key=key, actor=actor, purpose="registration", subject_id=change())
    except AlreadySaved:
        return True
    except DomainError as error:
        form.show(error)
        return False
    return True
