"""窓口案内 without a consultation, and the slip that a person takes along."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError
from app.guidance.facts import without_moment
from app.guidance.forms import SituationForm, situation_of
from app.guidance.kept import read_situation
from app.guidance.panel import Panel, get_panel, moment_on
from app.guidance.slips import reasons_for, slip_of
from app.guidance.vocabulary import Said
from app.printing.glyphs import missing_in
from app.printing.slip import Slip, values_of
from app.printing.slip import slip as print_slip
from app.situation.vocabulary import AgeBand, AssistanceStatus
from app.web.forms import render_form
from app.windows.queries import NOT_OPEN, get_office, list_windows
from app.windows.views import WindowView

blueprint = Blueprint("guidance", __name__)
PUBLIC_PAGE = "feed.window"
START = {
    "age_band": AgeBand.UNKNOWN,
    "assistance": AssistanceStatus.UNKNOWN,
    "certificate": Said.UNASKED,
    "children": Said.UNASKED,
}


@blueprint.route("/guidance", methods=["GET", "POST"])
@requires(Permission.WINDOW_READ)
def ask() -> Any:
    """Ask for a situation and answer it; nothing is kept and nothing stands in the address."""
    form = SituationForm(data=START)
    if form.is_submitted():
        form.validate()
    return render_form(
        "guidance/ask.html", form, panel=panel_of(form), records=current_actor().may(Permission.CASE_WRITE)
    )


@blueprint.post("/guidance/answer")
@requires(Permission.WINDOW_READ)
def answer() -> str:
    """Answer what is filled in so far, as the part of the page that a script puts in its place."""
    panel = panel_of(SituationForm(data=START))
    return render_template("guidance/answer.html", panel=panel, choosing=False, chosen=None)


@blueprint.post("/guidance/slip")
@requires(Permission.WINDOW_READ)
def slip() -> Any:
    """Print the slip of a window; what was asked stays in the codes that were sent and is not printed.

    Characters that the font lacks are named before: whoever prints it nevertheless says so.
    """
    view = window_asked(request.form.get("window_id", ""))
    made = slip_asked(view)
    missing = missing_in(values_of(made))
    if missing and not request.form.get("as_is"):
        return render_template("guidance/slip.html", view=view, missing=missing, sent=sent_again())
    answer = Response(print_slip(made), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="annai-{view.window_id}.pdf"'
    return answer


def sent_again() -> dict[str, str]:
    """Return what was sent for a slip, so that it can be sent once more."""
    sent = {name: request.form.get(name, "") for name in ("window_id", "situation", "furigana")}
    return {name: value for name, value in sent.items() if value}


def slip_asked(view: WindowView) -> Slip:
    """Return the slip of a window as it was asked for."""
    now, office_id = clock.now(), current_actor().office_id
    said = request.form.get("situation", "")
    situation = without_moment(read_situation(said)) if said else None
    return slip_of(
        view,
        reasons=reasons_for(view, situation, now),
        office=get_office(office_id) if office_id else None,
        now=now,
        url=public_page(view),
        furigana=bool(request.form.get("furigana")),
    )


def window_asked(sent: str) -> WindowView:
    """Return the window of today whose id was sent; DomainError for any other."""
    found = next((one for one in list_windows(clock.today()) if str(one.window_id) == sent), None)
    if found is None:
        raise DomainError(NOT_OPEN, field="window_id")
    return found


def panel_of(form: SituationForm) -> Panel:
    """Return the answer to what is filled in so far."""
    today = clock.today()
    return get_panel(situation_of(form, at=moment_on(today)), today)


def public_page(view: WindowView) -> str:
    """Return where everybody finds a window's public page; "" when nobody has set where that is.

    Never what the request calls this server: inside the office network that address leads nowhere.
    """
    base = current_app.config["SHIRUBE"].public_url
    return f"{base}{url_for(PUBLIC_PAGE, key=view.key)}" if base else ""
