"""Pages of figures, each figure leading to the rows behind it."""

from functools import partial
from typing import Any

from flask import Blueprint, render_template, request

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation import fiscal_year as years
from app.kpi import agency_figures, counts, drilldown, figures, guidance_figures, notation, picture, wording
from app.kpi.forms import AgencyFilters, FigureFilters, GuidanceFilters, MetricFilters
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS, get_metric
from app.kpi.pages import breakdowns, checked, known_years, lead_programme, query_of, this_year
from app.kpi.period import EVERYTHING, Period
from app.kpi.vocabulary import MARK_OF, SIGNS, By
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup
from app.web.filters import locale
from app.web.pagination import PAGE_SIZE, Page, offset_of, page_number

blueprint = Blueprint("kpi", __name__)


@blueprint.context_processor
def words() -> dict[str, object]:
    """Offer the wording of figures to this package's templates."""
    return {"notation": notation, "wording": wording, "SIGNS": SIGNS, "MARK_OF": MARK_OF, "By": By}


@blueprint.get("/figures", endpoint="figures")
@requires(Permission.FIGURES_READ)
def show_figures() -> Any:
    """Show where the work stands: the leading figure, every figure, every month."""
    filters = FigureFilters(request.args, data={"year": this_year()})
    names = drilldown.get_names()
    filters.offer(known_years(this_year()), names)
    scope = filters.scope if filters.validate() else EVERYTHING
    period = Period.of(this_year() if filters.errors else filters.year.data, today=clock.today())
    sections = figures.get_sections(period, scope)
    programme = scope.programme if isinstance(scope.programme, Programme) else lead_programme(current_actor())
    lead = figures.get_lead(period, scope, programme)
    return render_template(
        "kpi/figures.html",
        filters=filters,
        period=period,
        before_days=partial(before_days, period),
        sections=sections,
        months=figures.get_months(period, scope, sections),
        lead=lead,
        agencies=figures.get_agencies(period, scope),
        names=names,
        drawings=picture.drawings(lead, locale()),
        query=query_of(scope),
    )


@blueprint.get("/figures/<string:key>/<int:fiscal_year>")
@requires(Permission.FIGURES_READ)
def metric(key: str, fiscal_year: int) -> Any:
    """Show one metric: its value, its rule, its breakdowns and the very rows behind it."""
    found, names = get_metric(key), drilldown.get_names()
    period = Period.of(checked(fiscal_year), today=clock.today())
    filters = MetricFilters(request.args)
    filters.offer(found, names)
    sound = filters.validate()
    scope = filters.scope if sound else EVERYTHING
    period = filters.period(period) if sound else period
    number = page_number(request.args)
    rows, total = drilldown.list_rows(
        found, period, scope, actor=current_actor(), offset=offset_of(number), limit=PAGE_SIZE
    )
    return render_template(
        "kpi/metric.html",
        metric=found,
        period=period,
        filters=filters,
        figure=counts.value(found, period, scope),
        breakdowns=breakdowns(found, period, scope, names, locale()),
        names=names,
        page=Page.of(rows, total=total, number=number),
        query=query_of(scope) | (filters.days if sound else {}),
        # Out of days chosen one comes back to a fiscal year.
        elsewhere=query_of(scope) | ({} if period.since or not sound else filters.days),
        years=[fiscal_year] if period.since else neighbours(fiscal_year),
    )


@blueprint.get("/guidance/figures/<int:fiscal_year>")
@requires(Permission.FIGURES_READ)
def guidance(fiscal_year: int) -> Any:
    """Show guidance by window, target group and month, wrong windows, and what found nothing."""
    period, names = Period.of(checked(fiscal_year), today=clock.today()), drilldown.get_names()
    filters = GuidanceFilters(request.args)
    filters.offer(names)
    scope = filters.scope if filters.validate() else EVERYTHING
    return render_template(
        "kpi/guidance.html",
        period=period,
        filters=filters,
        names=names,
        given=get_metric("guidance_given"),
        groups=list(TargetGroup),
        begun=[first.month for first, _last in years.months(fiscal_year) if first <= period.last],
        lines=guidance_figures.get_lines(period, scope),
        unmatched=guidance_figures.list_unmatched(period, scope, actor=current_actor()),
        unmatched_count=guidance_figures.count_unmatched(period, scope),
        most=guidance_figures.MOST_ROWS,
        query=query_of(scope),
        years=neighbours(fiscal_year),
    )


@blueprint.get("/agencies/figures", defaults={"fiscal_year": None})
@blueprint.get("/agencies/figures/<int:fiscal_year>")
@requires(Permission.FIGURES_READ)
def agencies(fiscal_year: int | None) -> Any:
    """Show how each agency answers, in a fiscal year or in the last twelve months: how many, how soon."""
    today, names = clock.today(), drilldown.get_names()
    lately = Period.lately(today=today)
    period = lately if fiscal_year is None else Period.of(checked(fiscal_year), today=today)
    filters = AgencyFilters(request.args)
    filters.offer(names)
    scope = filters.scope if filters.validate() else EVERYTHING
    return render_template(
        "kpi/agencies.html",
        period=period,
        filters=filters,
        names=names,
        metrics=METRICS,
        lines=agency_figures.get_answers(period, scope),
        query=query_of(scope),
        days=period.days_chosen,
        years=neighbours(fiscal_year) if fiscal_year is not None else [this_year()],
    )


def before_days(period: Period, metric: Metric) -> dict[str, object]:
    """Return what an address of the year before says beside the year: up to which day, if that matters."""
    if not period.is_running and not metric.looks_back:
        return {}
    return {"until": period.before().as_of.isoformat()}


def neighbours(fiscal_year: int) -> list[int]:
    """Return the year before and the year after, as far as there is anything to see."""
    return [year for year in (fiscal_year - 1, fiscal_year + 1) if years.EARLIEST <= year <= this_year()]
