"""集団の相談: a session with several people, counted by dimension."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.cases.entries import NewConsultation
from app.cases.group_counts import most_of
from app.cases.queries import programme_of
from app.cases.vocabulary import Channel, Dimension, Source
from app.counter.grid_operations import record_sheet
from app.counter.group_forms import GroupForm
from app.drafts.operations import AlreadySaved
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
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
    return render_form(
        "counter/group.html", form, dimensions=[(one, form.counts_of(one)) for one in Dimension]
    )


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
