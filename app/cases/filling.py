"""From a consultation to its form and back."""

from typing import Any

from app.access.actor import Actor
from app.cases.consultation_queries import get_consultation, list_groups, list_topics, usual_minutes
from app.cases.entries import COLUMNS, NewConsultation
from app.cases.forms import ConsultationForm
from app.cases.queries import get_case_by_id
from app.cases.vocabulary import Source
from app.situation.vocabulary import Household, Topic
from app.web.forms import Form


def start_of(*, actor: Actor, consultation_id: int) -> tuple[dict[str, Any], str | None]:
    """Return what the form shows of a consultation, and the number of its case (None: only once)."""
    consultation = get_consultation(actor=actor, consultation_id=consultation_id)
    beside = list_topics(consultation_ids=[consultation_id]).get(consultation_id, ())
    start: dict[str, object] = {name: getattr(consultation, name) for name in COLUMNS}
    start |= {
        "topics": (consultation.topic, *beside),
        "target_groups": (consultation.target_group, *list_groups(consultation_id=consultation_id)),
        "version": consultation.version,
        "case_id": consultation.case_id,
    }
    if consultation.case_id is None:
        return start, None
    return start, get_case_by_id(actor=actor, case_id=consultation.case_id).number


def fit_minutes(form: Form, *, actor: Actor) -> None:
    """Offer the lengths that this counsellor enters most as buttons, filled up with those offered to all."""
    field = form["minutes"]
    wanted = dict.fromkeys((*usual_minutes(actor=actor), *field.buttons))
    field.buttons = tuple(sorted([*wanted][: len(field.buttons)]))


def consultation_of(form: ConsultationForm, *, case_id: int | None) -> NewConsultation:
    """Return the consultation that a form describes; texts for "other" only where "other" is chosen."""
    return NewConsultation(
        case_id=case_id,
        programme=form.programme.data,
        kind=form.kind.data,
        held_on=form.held_on.data,
        headcount=form.headcount.data,
        minutes=form.minutes.data,
        channel=form.channel.data,
        source=form.source.data,
        source_other=form.source_other.data if form.source.data is Source.OTHER else "",
        assistance=form.assistance.data,
        age_band=form.age_band.data,
        household=form.household.data,
        household_other=form.household_other.data if form.household.data is Household.OTHER else "",
        target_group=form.target_group.data,
        other_groups=form.target_groups.data,
        single_parent=form.single_parent.data,
        topic=form.topic.data,
        other_topics=form.topics.data,
        topic_other=form.topic_other.data if Topic.OTHER in form.topics.data else "",
        memo=form.memo.data,
    )
