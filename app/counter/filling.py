"""From records to the form and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.access.actor import Actor
from app.cases.consultation_queries import (
    find_latest_consultation,
    find_own_latest,
    list_groups,
    list_topics,
    summarise,
)
from app.cases.filling import consultation_of
from app.cases.models import Case
from app.cases.queries import get_case
from app.cases.vocabulary import Channel, ConsultationKind, Source
from app.counter.forms import EntryForm
from app.counter.operations import Entry, Person, ReferralWish
from app.counter.vocabulary import Who
from app.foundation.errors import NotFound
from app.guidance.forms import situation_of
from app.guidance.kept import Found
from app.guidance.panel import find_answer, moment_on
from app.guidance.queries import find_latest_situation
from app.guidance.vocabulary import Said
from app.referrals.open_queries import count_open
from app.referrals.vocabulary import Asked
from app.situation.programme import Programme
from app.situation.vocabulary import Gender, Topic
from app.web.fields import MinutesField

# What a new entry may repeat of the entry before: codes and minutes, no day, no person, no text.
CARRIED = (
    "channel",
    "minutes",
    "assistance",
    "topics",
    "topic",
    "target_groups",
    "target_group",
    "single_parent",
    "age_band",
    "household",
    "source",
    "programme",
    "kind",
)

# What is known of one person, as ``carried_over`` tells it: it never goes on to another.
OF_PERSON = (
    "assistance",
    "age_band",
    "household",
    "household_other",
    "target_groups",
    "target_group",
    "single_parent",
    "source",
    "source_other",
    "programme",
    "certificate",
    "children",
    "work",
    "wish",
    "language",
)


@dataclass(frozen=True, kw_only=True)
class Previous:
    """What the counsellor is reminded of once a case is known."""

    number: str
    consultations: int
    held_on: date | None
    topic: Topic | None
    open_referrals: int
    gender: Gender | None
    is_closed: bool


def blank_entry(programme: Programme | None, today: date) -> dict[str, object]:
    """Return the form's start; what is true of a person is asked: an answer nobody gave would be counted."""
    return {
        "who": Who.CARD,
        "held_on": today,
        "channel": Channel.VISIT,
        "minutes": 30,
        "source": Source.SELF,
        "programme": programme or Programme.GUIDANCE,
        "kind": ConsultationKind.CONSULTATION,
        "headcount": 1,
        "asked": Asked.JOB_SEARCH,
        "certificate": Said.UNASKED,
        "children": Said.UNASKED,
    }


def carried_over(*, actor: Actor, case_id: int) -> dict[str, object]:
    """Return what is taken over from the last consultation of a case at this office."""
    last = find_latest_consultation(actor=actor, case_id=case_id)
    if last is None:
        return {}
    return asked_before(actor=actor, case_id=case_id) | {
        "assistance": last.assistance,
        "age_band": last.age_band,
        "household": last.household,
        "household_other": last.household_other,
        "target_groups": (last.target_group, *list_groups(consultation_id=last.id)),
        "target_group": last.target_group,
        "single_parent": last.single_parent,
        "source": last.source,
        "source_other": last.source_other,
        "programme": last.programme,
    }


def asked_before(*, actor: Actor, case_id: int) -> dict[str, object]:
    """Return what guidance alone asked of a person the last time, so that nobody has to ask again."""
    last = find_latest_situation(actor=actor, case_id=case_id)
    if last is None:
        return {}
    return {
        "certificate": Said.of(last.certificate),
        "children": Said.of(last.children),
        "work": last.work,
        "wish": last.wish,
        "language": last.language,
    }


def own_last(*, actor: Actor) -> dict[str, object]:
    """Return the codes of the entry that the counsellor made last, for the next one that is alike."""
    last = find_own_latest(actor=actor)
    if last is None:
        return {}
    beside = list_topics(consultation_ids=[last.id]).get(last.id, ())
    several = {
        "topics": (last.topic, *beside),
        "target_groups": (last.target_group, *list_groups(consultation_id=last.id)),
    }
    return {name: several.get(name, getattr(last, name, None)) for name in CARRIED}


def sent_by(form: EntryForm, names: Sequence[str]) -> dict[str, list[str]]:
    """Return what a page would send of some fields of a form, by the names of its controls."""
    sent: dict[str, list[str]] = {}
    for name in names:
        field = form[name]
        if isinstance(field, MinutesField):
            sent[field.pick_name] = [str(field.data)] if field.is_button() else []
            sent[name] = [] if field.is_button() else [str(field.data)]
        elif isinstance(field.data, tuple):
            sent[name] = [str(one) for one in field.data]
        elif isinstance(field.data, bool):
            sent[name] = ["1"] if field.data else []
        else:
            sent[name] = [] if field.data is None else [str(field.data)]
    return sent


def previous_of(*, actor: Actor, number: str) -> Previous | None:
    """Return what is known of the case that the page has found."""
    if not number:
        return None
    try:
        return known_of(actor=actor, case=get_case(actor=actor, number=number))
    except NotFound:
        return None


def known_of(*, actor: Actor, case: Case) -> Previous:
    """Return what is known of a case that this office may see."""
    times, held_on, topic = summarise(actor=actor, case_id=case.id)
    return Previous(
        number=case.number,
        consultations=times,
        held_on=held_on,
        topic=topic,
        open_referrals=count_open(actor=actor, case_id=case.id),
        gender=case.gender,
        is_closed=case.closed_on is not None,
    )


def entry_from(form: EntryForm) -> Entry:
    """Return the entry that the form describes."""
    who = form.who.data
    person = Person(
        case_number=form.case_number.data if who is Who.CARD else "",
        is_new=who is Who.NEW,
        is_number_unknown=bool(form.number_unknown.data),
        gender=form.gender.data,
    )
    wish = None
    if form.refer.data:
        wish = ReferralWish(
            asked=form.asked.data,
            asked_other=form.asked_other.data if form.asked.data is Asked.OTHER else "",
            consent_form=form.consent_form.data,
        )
    return Entry(
        person=person,
        consultation=consultation_of(form, case_id=None),
        window_id=form.window_id.data,
        referral=wish,
        found=found_for(form),
        confirmed=form.confirmed.data,
    )


def found_for(form: EntryForm) -> Found | None:
    """Return what guidance answers to the entry as it is saved, where a window is named."""
    if form.window_id.data is None:
        return None
    day = form.held_on.data
    return find_answer(situation_of(form, at=moment_on(day)), day)
