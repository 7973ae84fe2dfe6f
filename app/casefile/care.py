"""What is to be done for a person, who does it, and what one wants to remember."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.access.actor import Actor
from app.accounts.queries import labels_of, list_colleagues
from app.casefile.care_forms import ChargeForm, ContactForm, NoteForm
from app.cases.charge_queries import find_place
from app.cases.note_operations import list_notes
from app.cases.registration_queries import list_registrations
from app.followup.board_queries import list_of_case
from app.placements.due_queries import list_next_checks
from app.placements.retention import milestone
from app.referrals.lifecycle import OPEN

AHEAD = timedelta(days=14)
"""Checks that fall due within a fortnight stand among the tasks."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something to be done for a person by a day; ``record`` is what it is done with."""

    due_on: date
    kind: str
    record: Any = None


@dataclass(frozen=True, kw_only=True)
class Care:
    """What stands beside the time line of a case at one office."""

    counsellor_id: int | None
    counsellor: str | None
    next_contact_on: date | None
    tasks: Sequence[Task]
    notes: Sequence[Any]
    # In a week, in two, in a month.
    quick_days: tuple[date, date, date]
    charge: ChargeForm
    contact: ContactForm
    note: NoteForm


def care_of(
    *,
    actor: Actor,
    case: Any,
    today: date,
    charge: ChargeForm | None = None,
    contact: ContactForm | None = None,
    note: NoteForm | None = None,
) -> Care:
    """Return what stands beside the time line; a form that was refused is shown again as it was typed."""
    place = find_place(actor=actor, case_id=case.id)
    notes = list_notes(actor=actor, case_id=case.id)
    return Care(
        counsellor_id=place.counsellor_id,
        counsellor=labels_of([place.counsellor_id]).get(place.counsellor_id) if place.counsellor_id else None,
        next_contact_on=place.next_contact_on,
        tasks=tasks_of(actor, case, today, place.next_contact_on),
        notes=notes,
        quick_days=(today + timedelta(days=7), today + timedelta(days=14), milestone(today, 1)),
        charge=charge or charge_form(actor=actor, chosen=place.counsellor_id, formdata=False),
        contact=contact or ContactForm(formdata=None, data={"next_contact_on": place.next_contact_on}),
        # A page that is just opened may begin with a draft of the note.
        note=note or note_form(notes, formdata=not (charge or contact)),
    )


def tasks_of(actor: Actor, case: Any, today: date, next_contact_on: date | None) -> list[Task]:
    """Return what is to be done for a person at the actor's office, the oldest due first."""
    tasks = [
        Task(due_on=one.due_on or today, kind="referral", record=one)
        for one in list_of_case(actor=actor, case_id=case.id)
        if one.state in OPEN
    ]
    tasks += [
        Task(due_on=one.due_on, kind="check", record=one)
        for one in list_next_checks(actor=actor, today=today, until=today + AHEAD, case_id=case.id)
    ]
    tasks += [
        Task(due_on=one.ends_on, kind="registration", record=one)
        for one in list_registrations(actor=actor, case_id=case.id)[:1]
        if today <= one.ends_on <= today + AHEAD
    ]
    if next_contact_on is not None:
        tasks.append(Task(due_on=next_contact_on, kind="contact"))
    return sorted(tasks, key=lambda task: (task.due_on, task.kind))


def charge_form(*, actor: Actor, chosen: int | None = None, formdata: bool = True) -> ChargeForm:
    """Return the form that names who is in charge, with the colleagues of the desk."""
    form = ChargeForm(**({} if formdata else {"formdata": None}), data={"counsellor_id": chosen})
    form.counsellor_id.choices = [(one.id, one.label) for one in list_colleagues(office_id=actor.office_id)]
    return form


def note_form(notes: Sequence[Any], *, formdata: bool = True) -> NoteForm:
    """Return the form of the own note as it stands; its version is 0 while there is none."""
    start = {"text": notes[0].text if notes else "", "version": notes[0].version if notes else 0}
    return NoteForm(**({} if formdata else {"formdata": None}), data=start)
