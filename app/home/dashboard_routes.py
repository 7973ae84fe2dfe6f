"""The dashboard of supervisors and of the plan desk: one page, its files, and the list of long support."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.cases.queries import get_case
from app.drafts.operations import AlreadySaved, claim, require_fresh
from app.foundation import clock
from app.foundation.errors import DomainError, NotFound
from app.foundation.fiscal_year import fiscal_year_of
from app.foundation.transaction import transaction
from app.home import dashboard_files, dashboard_pages
from app.home.dashboard import Cell, Dashboard, Reckoned, target_gap
from app.home.dashboard_forms import DashboardFilters, SetAsideForm
from app.home.dashboard_queries import get_dashboard
from app.home.dashboard_rows import list_long_support, list_waiting_longest
from app.kpi import drilldown, long_support_operations, notation, picture, wording
from app.kpi.long_support_operations import SetAside
from app.kpi.pages import known_years, lead_programme
from app.kpi.period import EVERYTHING, Period
from app.situation.programme import Programme
from app.web.filters import locale
from app.web.forms import render_form
from app.web.notices import say

MONTHS = 12
blueprint = Blueprint("dashboard", __name__)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for, read."""

    filters: DashboardFilters
    names: drilldown.Names
    dashboard: Dashboard


@blueprint.get("/dashboard")
@requires(Permission.DASHBOARD_READ)
def show() -> Any:
    """Show where the work stands, each figure leading to its rows."""
    asked, actor = read(), current_actor()
    dashboard = asked.dashboard
    return render_template(
        "home/dashboard.html",
        filters=asked.filters,
        names=asked.names,
        dashboard=dashboard,
        gap=target_gap(dashboard.lead),
        course_drawings=picture.drawings(dashboard.lead, locale()),
        drawings=dashboard_pages.drawings(dashboard),
        waiting_rows=list_waiting_longest(dashboard, actor=actor),
        long_rows=list_long_support(dashboard, actor=actor),
        may_set_aside=actor.may(Permission.LONG_SUPPORT_WRITE),
        opens_cases=drilldown.opens_records(actor),
        here=dashboard_pages.own_query(dashboard),
        url_of=url_to(dashboard),
        is_reckoned=lambda one: isinstance(one, Reckoned),
        wording=wording,
        notation=notation,
    )


@blueprint.get("/dashboard.<any(xlsx,json):suffix>")
@requires(Permission.DASHBOARD_READ)
def file(suffix: str) -> Any:
    """Hand out the same figures as a workbook or as data."""
    dashboard = read().dashboard
    if suffix == "xlsx":
        content, kind = dashboard_files.write_xlsx(dashboard, locale()), dashboard_files.XLSX
    else:
        content, kind = dashboard_files.write_json(dashboard, url_to(dashboard)), "application/json"
    answer = Response(content, content_type=kind)
    name = f"dashboard-{dashboard.period.fiscal_year}-{dashboard.period.last:%m%d}.{suffix}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.route("/cases/<string(length=7):number>/long-support/<string:programme>", methods=["GET", "POST"])
@requires(Permission.LONG_SUPPORT_WRITE)
def set_aside(number: str, programme: str) -> Any:
    """Leave somebody out of the list of long support, for a reason and until a day."""
    actor, found = current_actor(), Programme.find(programme)
    if found is None:
        raise NotFound
    case, form = get_case(actor=actor, number=number), SetAsideForm()
    back = url_for("dashboard.show", programme=found.value, _anchor="long")
    if form.validate_on_submit():
        try:
            keep(form, number, found)
        except DomainError as error:
            form.show(error)
        else:
            say(_("相談 %(number)s を、一覧から外しました。", number=case.number))
            return redirect(back)
    return render_form("home/dashboard_set_aside.html", form, case=case, programme=found, back=back)


@blueprint.post("/dashboard/long-support/<int:break_id>/undo")
@requires(Permission.LONG_SUPPORT_WRITE)
def undo(break_id: int) -> Any:
    """Put somebody back on the list."""
    with transaction():
        number = long_support_operations.undo(
            actor=current_actor(), break_id=break_id, version=request.form.get("seen", type=int)
        )
    say(_("相談 %(number)s を、一覧に戻しました。", number=number))
    return redirect(url_for("dashboard.show", _anchor="long"))


def keep(form: SetAsideForm, number: str, programme: Programme) -> None:
    """Write it once per form; a form sent twice is done already."""
    actor, key = current_actor(), form.submission_key.data
    said = SetAside(
        reason=form.reason.data,
        reason_other=(form.reason_other.data or "").strip(),
        until_on=form.until_on.data,
    )
    try:
        with transaction():
            require_fresh(key=key, actor=actor)
            kept = long_support_operations.set_aside(
                actor=actor, number=number, programme=programme, said=said
            )
            claim(key=key, actor=actor, purpose="long_support", subject_id=str(kept.id))
    except AlreadySaved:
        pass


def read() -> Asked:
    """Read the address; what it does not say is this year, today, the own programme, everything."""
    today, actor = clock.today(), current_actor()
    year, own = fiscal_year_of(today), lead_programme(actor)
    filters = DashboardFilters(request.args, data={"year": year, "programme": own, "long": MONTHS})
    names = drilldown.get_names()
    filters.offer(known_years(year), names)
    sound = filters.validate()
    period = Period.of(filters.year.data if sound else year, today=today)
    if sound:
        period = limited(period, filters.until.data)
    return Asked(
        filters=filters,
        names=names,
        dashboard=get_dashboard(
            period,
            filters.scope if sound else EVERYTHING,
            filters.programme.data if sound else own,
            long_months=filters.long.data if sound else MONTHS,
            names=names,
            today=today,
        ),
    )


def limited(period: Period, until: date | None) -> Period:
    """Return the year up to a day of it; a day of another year limits nothing."""
    return period if until is None or not period.first <= until < period.last else period.up_to(until)


def url_to(dashboard: Dashboard) -> Any:
    """Return a function: the address of the rows behind a figure."""

    def url_of(cell: Cell) -> str:
        return url_for(dashboard_pages.ENDPOINT, **dashboard_pages.rows_query(cell, dashboard))

    return url_of
