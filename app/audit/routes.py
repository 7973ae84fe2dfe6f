"""The page of the trail."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import requires
from app.access.permissions import Permission
from app.audit import queries, words
from app.audit.forms import AuditFilters
from app.audit.queries import PAGE_SIZE, Wanted
from app.audit.reading import Reading
from app.web import filters

blueprint = Blueprint("audit", __name__)
blueprint.add_app_template_global(queries.find_last_change, "last_change")


@blueprint.app_template_global("history_of")
def history_of(subject: str, subject_id: object) -> list[tuple[Any, str, Any]]:
    """Return what was done with a record that the reader may see: entry, action, lines; newest first.

    The page of a record shows it; the office that may see the record wrote all of it.
    """
    reading = reading_in(filters.locale())
    return [
        (one, reading.action(one.action), reading.lines(one.subject, queries.details_of(one)))
        for one in queries.list_entries(Wanted(subject=subject, subject_id=str(subject_id)))
    ]


@blueprint.get("/audit")
@requires(Permission.AUDIT_READ)
def index() -> Any:
    """Show who did what, newest first, with what stood before in words."""
    form = AuditFilters(request.args)
    locale = filters.locale()
    form.action.choices = words.choices(words.ACTIONS, locale)
    form.subject.choices = words.choices(words.SUBJECTS, locale)
    entries = queries.list_entries(wanted(form), limit=PAGE_SIZE + 1) if form.validate() else []
    shown = entries[:PAGE_SIZE]
    reading = reading_in(locale)
    return render_template(
        "audit/index.html",
        form=form,
        rows=[(entry, reading.lines(entry.subject, queries.details_of(entry))) for entry in shown],
        reading=reading,
        head=queries.get_head(),
        older=url_for(".index", **kept_filters() | {"before": shown[-1].id}) if entries[PAGE_SIZE:] else None,
        newest=url_for(".index", **kept_filters()) if "before" in request.args else None,
    )


def reading_in(locale: str) -> Reading:
    """Return what turns codes into words of this language."""
    return Reading(
        locale=locale,
        offices=queries.office_names(),
        names=queries.subject_names(),
        enumeration_of=queries.enumeration_of,
        day=filters.day,
        nothing=_("記録なし"),
        yes=_("はい"),
        no=_("いいえ"),
    )


def wanted(form: AuditFilters) -> Wanted:
    """Return what the reader asks for."""
    before = request.args.get("before", "")
    return Wanted(
        since=form.since.data,
        until=form.until.data,
        actor_label=form.actor.data or None,
        action=form.action.data,
        subject=form.subject.data,
        subject_id=form.number.data or None,
        before=int(before) if before.isascii() and before.isdigit() and len(before) <= 15 else None,
    )


def kept_filters() -> dict[str, Any]:
    """Return the filters of the address without its place in the list."""
    return {name: value for name, value in request.args.items() if name != "before"}
