"""What the entry page fills in without being loaded anew: the case of a card, the entry made before."""

from functools import lru_cache
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.cases.filling import fit_minutes
from app.cases.look_up import find_by_card
from app.cases.queries import programme_of
from app.counter.filling import (
    CARRIED,
    OF_PERSON,
    blank_entry,
    carried_over,
    own_last,
    previous_of,
    sent_by,
)
from app.counter.forms import EntryForm
from app.counter.vocabulary import Who
from app.foundation import clock
from app.foundation.errors import DomainError
from app.situation.programme import Programme
from app.web.filters import label, locale

blueprint = Blueprint("entry", __name__)


def pepper() -> bytes:
    """Return the key under which card codes are hashed."""
    return bytes(current_app.config["SHIRUBE"].card_pepper)


def blank_form() -> EntryForm:
    """Return the form of a new entry, with what this request sent of it."""
    actor = current_actor()
    form = EntryForm(data=blank_entry(programme_of(actor=actor), clock.today()))
    fit_minutes(form, actor=actor)
    return form


def empty_form() -> EntryForm:
    """Return the form of a new entry, whatever this request sent."""
    return EntryForm(formdata=None, data=blank_entry(programme_of(actor=current_actor()), clock.today()))


def of_nobody() -> dict[str, object]:
    """Return what the page shows of a person while it knows none."""
    return shown_of_nobody(programme_of(actor=current_actor()), locale())


@lru_cache  # the same for all of an office, and a form takes as long to make as several statements
def shown_of_nobody(_programme: Programme | None, _language: str) -> dict[str, object]:
    """Return ``of_nobody`` for an office of this programme, in this language."""
    form = empty_form()
    words = {"head": _("この方について"), "about": about(form), "choose": _("選んでください")}
    return {"fields": sent_by(form, OF_PERSON), **words}


def is_another(form: EntryForm) -> bool:
    """Tell whether the page speaks of somebody else than the case that filled it."""
    return bool(form.case_number.data) and (form.who.data is not Who.CARD or bool(form.card_code.data))


def forget_person(form: EntryForm) -> None:
    """Take away what the case before has filled in."""
    empty = empty_form()
    take_over(form, {name: empty[name].data for name in OF_PERSON})
    form.case_number.data, form.confirmed.data = "", False


def read_card(form: EntryForm) -> Any:
    """Put the case of the card typed into the form, in place of the code; None when there is none."""
    settings = current_app.config["SHIRUBE"]
    try:
        case = find_by_card(
            actor=current_actor(),
            pepper=settings.card_pepper,
            former=settings.former_peppers,
            secret=settings.secret_key,
            address=request.remote_addr or "",
            typed=form.card_code.data or "",
        )
    except DomainError as error:
        form.card_code.errors = [error.text(_)]
        return None
    form.card_code.data = ""
    form.case_number.data = case.number
    return case


def take_over(form: EntryForm, values: dict[str, object]) -> None:
    """Write values into the form, in place of what stood there."""
    for name, value in values.items():
        form[name].process_data(value)


@blueprint.post("/counter/card")
@requires(Permission.CASE_WRITE)
def card() -> Any:
    """Find the case of a card that was typed or read, and what is taken over from its last consultation."""
    form = blank_form()
    case = read_card(form)
    if case is None:
        return {"errors": [str(text) for text in form.card_code.errors]}
    actor = current_actor()
    values = carried_over(actor=actor, case_id=case.id)
    take_over(form, values)
    previous = previous_of(actor=actor, number=case.number)
    return {
        "fields": sent_by(form, ["case_number", *values]),
        "found": render_template("counter/found.html", previous=previous),
        "head": _("前回から引きつぎ") if values else _("この方について"),
        "about": about(form),
        "carried": bool(previous and previous.consultations),
    }


@blueprint.post("/counter/last")
@requires(Permission.CASE_WRITE)
def last() -> Any:
    """Answer what the counsellor's own last entry said in codes: neither the person nor the memo."""
    form = blank_form()
    values = own_last(actor=current_actor())
    if not values:
        return {"errors": [_("まだ、あなたが入力した相談がありません。")]}
    take_over(form, values)
    return {"fields": sent_by(form, CARRIED), "about": about(form)}


def about(form: EntryForm) -> str:
    """Return the one line under which the details of a person are folded."""
    group = form.target_group.data
    words = (
        label(form.age_band.data),
        label(group) if group else _("対象者を選んでください"),
        label(form.source.data),
        label(form.programme.data),
    )
    return "・".join(filter(None, words))
