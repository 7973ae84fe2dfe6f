"""The entry page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.cases.cards import face_of
from app.cases.consultation_queries import get_consultation, list_seen_on
from app.cases.filling import fit_minutes
from app.cases.look_up import find_code_again
from app.cases.queries import get_case, get_case_by_id, programme_of
from app.counter.fill_routes import (
    about,
    blank_form,
    empty_form,
    forget_person,
    is_another,
    of_nobody,
    pepper,
    read_card,
    take_over,
)
from app.counter.filling import (
    Previous,
    blank_entry,
    carried_over,
    entry_from,
    known_of,
    own_last,
    previous_of,
)
from app.counter.forms import EntryForm
from app.counter.operations import Recorded, record_entry
from app.counter.vocabulary import Who
from app.drafts.operations import AlreadySaved
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.guidance.forms import SHARED, situation_of
from app.guidance.panel import Panel, get_panel, moment_on
from app.publication.late_days import find_late_days
from app.web.forms import render_form
from app.web.notices import say
from app.windows.queries import list_windows

blueprint = Blueprint("counter", __name__)


@blueprint.route("/counter", methods=["GET", "POST"])
@requires(Permission.CASE_WRITE)
def record() -> Any:
    """Log a consultation."""
    form = blank_form()
    if request.method == "POST":
        offer_windows(form)
    intent = request.form.get("intent", "")
    if is_another(form):
        forget_person(form)
        intent = intent or "another"
    if intent in FILLING:
        return FILLING[intent](form)
    if intent == "guide" or choose_window(form):
        return page(form)
    if form.validate_on_submit():
        return save(form)
    return page(form)


def repeat(form: EntryForm) -> Any:
    """Fill the page with the codes of the counsellor's own last entry."""
    take_over(form, own_last(actor=current_actor()))
    return page(form)


def begin(form: EntryForm) -> Any:
    """Begin an entry with the answers of the page of guidance."""
    return page(taken_over(form))


def ask_anew(form: EntryForm) -> Any:
    """Show the page without what was known of the person before; where a card says who it is, with theirs."""
    form.form_errors.append(
        _("別の方になったため、前の方の内容を消しました。この方について確かめてください。")
    )
    return look_up(form) if form.who.data is Who.CARD else page(form)


@blueprint.get("/counter/<string(length=7):number>")
@requires(Permission.CASE_WRITE)
def record_for(number: str) -> Any:
    """Log a consultation of a case that is known."""
    actor = current_actor()
    case = get_case(actor=actor, number=number)
    start = blank_entry(programme_of(actor=actor), clock.today()) | carried_over(actor=actor, case_id=case.id)
    form = EntryForm(data=start | {"who": Who.CARD, "case_number": case.number})
    fit_minutes(form, actor=actor)
    return page(form, known_of(actor=actor, case=case))


@blueprint.post("/counter/guide")
@requires(Permission.CASE_WRITE)
def guide() -> Any:
    """Answer what is filled in so far, as the part of the entry page that a script puts in its place."""
    form = blank_form()
    offer_windows(form)
    choose_window(form)
    return render_template(
        "guidance/answer.html", panel=panel_of(form), choosing=True, chosen=form.window_id.data
    )


def choose_window(form: EntryForm) -> bool:
    """Choose the window whose button was pressed, 紹介する or 案内だけ; tell whether one was."""
    pressed = next((name for name in ("refer_to", "name_only") if name in request.form), None)
    if pressed is None:
        return False
    sent = request.form[pressed]
    offered = {str(window_id): window_id for window_id, _name in form.window_id.choices}
    form.window_id.data = offered.get(sent)
    if sent and sent not in offered:
        form.window_id.errors = [_("この窓口は、その日には利用できません。窓口を選びなおしてください。")]
    form.refer.data = pressed == "refer_to" and form.window_id.data is not None
    return True


def taken_over(form: EntryForm) -> EntryForm:
    """Return a new entry with the answers of the page of guidance, which asks less than an entry."""
    fresh = empty_form()
    fit_minutes(fresh, actor=current_actor())
    for name in SHARED:
        if form[name].data:
            fresh[name].data = form[name].data
    if len(fresh.target_groups.data) == 1:
        fresh.target_group.data = fresh.target_groups.data[0]
    if len(fresh.topics.data) == 1:
        fresh.topic.data = fresh.topics.data[0]
    offer_windows(fresh)
    return fresh


def look_up(form: EntryForm) -> Any:
    """Find the case of the card typed, and show the page again with what is known of it."""
    if form.who.data is not Who.CARD:
        return page(form)
    case = read_card(form)
    if case is not None:
        take_over(form, carried_over(actor=current_actor(), case_id=case.id))
    return page(form)


def save(form: EntryForm) -> Any:
    """Save the entry; a form sent twice leads to the one record."""
    key = form.submission_key.data
    if form.who.data is Who.CARD and form.card_code.data and read_card(form) is None:
        return page(form)
    try:
        with transaction():
            done = record_entry(
                actor=current_actor(), pepper=pepper(), entry=entry_from(form), submission_key=key
            )
    except AlreadySaved as saved:
        done = again(int(saved.subject_id), form)
    except DomainError as error:
        form.show(error)
        return page(form)
    if done.code:
        return card_page(done.case_number or "", done.code)
    say_saved(done)
    if request.form.get("go") == "case" and done.case_number:
        return redirect(url_for("casefile.show", number=done.case_number))
    return redirect(url_for("counter.record"))


def again(consultation_id: int, form: EntryForm) -> Recorded:
    """Return what this form made the first time."""
    actor = current_actor()
    consultation = get_consultation(actor=actor, consultation_id=consultation_id)
    number = None
    if consultation.case_id is not None:
        number = get_case_by_id(actor=actor, case_id=consultation.case_id).number
    code = None
    if form.who.data is Who.NEW:
        code = find_code_again(pepper=pepper(), key=form.submission_key.data)
    return Recorded(consultation_id=consultation_id, case_number=number, code=code, reference=None)


def say_saved(done: Recorded) -> None:
    """Say on the next page what was saved; one step leads to the record and one to correcting it."""
    also = (
        url_for("casefile.edit_consultation", consultation_id=done.consultation_id),
        _("いまの記録を直す"),
    )
    where = url_for("casefile.show", number=done.case_number) if done.case_number else ""
    if done.reference:
        say(
            _("相談と紹介 %(reference)s を保存しました。", reference=done.reference),
            url=url_for("referrals.show", reference=done.reference),
            link=_("紹介を見る"),
            also=also,
        )
    elif done.case_number:
        say(
            _("相談番号 %(number)s の相談を保存しました。", number=done.case_number),
            url=where,
            link=_("相談者のページを見る"),
            also=also,
        )
    else:
        say(_("1回だけの相談を保存しました。"), url=also[0], link=also[1])


def card_page(number: str, code: str) -> str:
    """Show a new card, once."""
    return render_template("cases/card.html", number=number, card=face_of(code))


def offer_windows(form: EntryForm) -> None:
    """Offer the windows that are open on the day of the consultation."""
    form.window_id.choices = [(window.window_id, window.name) for window in list_windows(day_of(form))]


def day_of(form: EntryForm) -> date:
    """Return the day of the consultation, today while it cannot be read."""
    return form.held_on.data if isinstance(form.held_on.data, date) else clock.today()


FILLING: dict[str, Callable[[EntryForm], Any]] = {
    "look": look_up,
    "repeat": repeat,
    "begin": begin,
    "another": ask_anew,
}
"""What fills the page and saves nothing, by the button pressed."""


def panel_of(form: EntryForm) -> Panel:
    """Return what guidance answers to what is filled in so far."""
    day = day_of(form)
    return get_panel(situation_of(form, at=moment_on(day)), day)


def page(form: EntryForm, known: Previous | None = None) -> Any:
    """Show the entry page; ``known`` is what is known of the case, where it was asked for already."""
    actor, panel = current_actor(), panel_of(form)
    form.window_id.choices = [(window.window_id, window.name) for window in panel.windows]
    return render_form(
        "counter/record.html",
        form,
        recent=list_seen_on(actor=actor, day=clock.today()),
        panel=panel,
        about=about(form),
        previous=known or previous_of(actor=actor, number=form.case_number.data or ""),
        of_nobody=of_nobody(),
        late_until=find_late_days(actor=actor),
    )
