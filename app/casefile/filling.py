"""From a consultation with its guidance to the form that corrects both, and back."""

from collections.abc import Sequence

from app.access.actor import Actor
from app.casefile.forms import CorrectionForm
from app.casefile.operations import Named
from app.cases.consultation_queries import list_counts
from app.cases.filling import fit_minutes, start_of
from app.guidance.queries import GuidanceView, list_of_consultation
from app.windows.queries import list_windows


def is_group(consultation_id: int) -> bool:
    """Tell whether a consultation was counted by dimension, so that it has a page of its own."""
    return bool(list_counts(consultation_id=consultation_id))


def correction_of(*, actor: Actor, consultation_id: int, locale: str) -> tuple[CorrectionForm, str | None]:
    """Return the form of a consultation as it stands, and the number of its case (None: only once)."""
    start, number = start_of(actor=actor, consultation_id=consultation_id)
    named = list_of_consultation(actor=actor, consultation_id=consultation_id)
    start["window_id"] = named[0].window.window_id if len(named) == 1 else None
    form = CorrectionForm(data=start, of=("consultation", consultation_id))
    form.case_id = start["case_id"]
    form.window_id.choices = offered(form, named, locale)
    fit_minutes(form, actor=actor)
    return form, number


def offered(form: CorrectionForm, named: Sequence[GuidanceView], locale: str) -> list[tuple[int, object]]:
    """Return the windows open on the day, and the one that was named; nothing where several were."""
    if len(named) > 1:
        return []
    day = form.held_on.data or form.held_on.object_data
    windows = {window.window_id: window.name_in(locale) for window in list_windows(day)}
    return [*({one.window.window_id: one.window.name_in(locale) for one in named} | windows).items()]


def named_by(form: CorrectionForm) -> Named | None:
    """Return which window the form says was named, None where it does not ask."""
    asked = form.window_id.choices and form.window_id.raw_data
    return Named(window_id=form.window_id.data) if asked else None
