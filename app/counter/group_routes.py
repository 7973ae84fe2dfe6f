"""集団の相談: a session with several people, counted by dimension."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.cases.consultation_operations import change_consultation
from app.cases.consultation_queries import list_counts
from app.cases.entries import NewConsultation
from app.cases.filling import start_of
from app.cases.group_counts import most_of, offered
from app.cases.queries import programme_of
from app.cases.vocabulary import Channel, Dimension, Source
from app.counter.grid_operations import record_sheet
from app.counter.group_forms import GroupForm, count_name
from app.drafts.operations import AlreadySaved
from app.foundation import clock
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.publication.late_days import find_late_days
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, AssistanceStatus, Household, TargetGroup, Topic
from app.web.forms import render_form
from app.web.notices import say

blueprint = Blueprint("group", __name__)


@blueprint.route("/counter/group", methods=["GET", "POST"])
@requires(Permission.CASE_WRITE)
def record() -> Any:
    """Log a group session."""
    actor = current_actor()
    form = GroupForm(
        data={
            "held_on": clock.today(),
            "programme": programme_of(actor=actor) or Programme.GUIDANCE,
            "channel": Channel.VISIT,
            "minutes": 60,
            "source": Source.SELF,
        }
    )
    if form.validate_on_submit():
        try:
            with transaction():
                record_sheet(actor=actor, entries=[session_of(form)], submission_key=form.submission_key.data)
        except AlreadySaved:
            return saved(form)
        except DomainError as error:
            form.show(error)
        else:
            return saved(form)
    return group_page(form)


@blueprint.route("/counter/group/<int:consultation_id>", methods=["GET", "POST"])
@requires(Permission.CASE_WRITE)
def edit(consultation_id: int) -> Any:
    """Correct a group session and how it was counted."""
    actor = current_actor()
    form = GroupForm(
        data=counted_start(actor=actor, consultation_id=consultation_id),
        of=("consultation", consultation_id),
    )
    if form.validate_on_submit():
        try:
            with transaction():
                change_consultation(
                    actor=actor,
                    consultation_id=consultation_id,
                    version=form.version.data,
                    entry=session_of(form),
                )
        except DomainError as error:
            form.show(error)
        else:
            return saved(form)
    return group_page(form, consultation_id)


def group_page(form: GroupForm, consultation_id: int | None = None) -> Any:
    """Show the form of a group session, of one that is there or of a new one."""
    return render_form(
        "counter/group.html",
        form,
        dimensions=[(one, form.counts_of(one)) for one in Dimension],
        consultation_id=consultation_id,
        late_until=find_late_days(actor=current_actor()),
    )


def counted_start(*, actor: Actor, consultation_id: int) -> dict[str, Any]:
    """Return what the form shows of a group session.

    Raises:
        NotFound: no group session of this office.
    """
    start, _number = start_of(actor=actor, consultation_id=consultation_id)
    counts = list_counts(consultation_id=consultation_id)
    if not counts:
        raise NotFound
    heads = {
        count_name(dimension, value): counts.get(dimension, {}).get(value.value)
        for dimension in Dimension
        for value in offered(dimension)
    }
    return start | heads


def saved(form: GroupForm) -> Any:
    """Say what was saved, and lead to the day's list."""
    say(_("%(count)s人の集団の相談を保存しました。", count=form.headcount.data))
    day = form.held_on.data.isoformat()
    return redirect(url_for("cases.log", first=day, last=day))


def session_of(form: GroupForm) -> NewConsultation:
    """Return the consultation that a form describes; what is true of single people is in its counts."""
    counts = form.counts()
    return NewConsultation(
        case_id=None,
        programme=form.programme.data,
        held_on=form.held_on.data,
        headcount=form.headcount.data,
        minutes=form.minutes.data,
        channel=form.channel.data,
        source=form.source.data,
        source_other=form.source_other.data if form.source.data is Source.OTHER else "",
        assistance=AssistanceStatus.UNKNOWN,
        age_band=AgeBand.UNKNOWN,
        household=Household.UNKNOWN,
        target_group=TargetGroup.find(most_of(counts, Dimension.TARGET_GROUP, TargetGroup.OTHER))
        or TargetGroup.OTHER,
        topic=form.topic.data,
        other_topics=form.topics.data,
        topic_other=form.topic_other.data if Topic.OTHER in form.topics.data else "",
        memo=form.memo.data,
        counts=counts,
    )
