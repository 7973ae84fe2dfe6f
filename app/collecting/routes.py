"""Pages of collecting a year's results: the overview, one measure, a correction, the sheet to fill in."""

from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.collecting import sheet as sheet_file
from app.collecting.forms import MoveForm, SheetForm, correction_form
from app.collecting.overview import (
    CollectedLine,
    CollectedMeasure,
    find_owed,
    get_collected,
    get_collection,
    offered_acts,
)
from app.collecting.sheet_forms import fill
from app.collecting.sheet_reading import NO_WORKBOOK, NOT_COLLECTED, SheetReading, read_sheets
from app.foundation.errors import N_, DomainError, NotFound
from app.foundation.transaction import transaction
from app.kpi import notation
from app.kpi.pages import checked, this_year
from app.plan import queries, wording
from app.plan import results as naming
from app.plan.forms import results_form
from app.plan.period_queries import get_calendar
from app.plan.sheets import Sheet
from app.plan.submission_operations import CorrectionEntry, correct, move_submission
from app.plan.submissions import SubmissionAct, SubmissionState
from app.web.filters import locale
from app.web.forms import render_form
from app.web.notices import say

LARGEST_UPLOAD = 3 * 1024 * 1024
blueprint = Blueprint("collecting", __name__)
REFUSED = N_(
    "読めない回収票か、合わないところがあります。下の表のところを直して、すべての回収票をもう一度送ってください。まだ何も取りこんでいません。"
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.url_value_preprocessor
def allow_workbooks(endpoint: str | None, _values: Any) -> None:
    """Let many sheets come in one request; every other form stays as small as forms are."""
    if endpoint == "collecting.read_sheet":
        request.max_content_length = LARGEST_UPLOAD


@blueprint.app_context_processor
def reminder() -> dict[str, object]:
    """Let every page of the plan remind whoever owes results."""
    return {"results_owed": lambda: find_owed(current_actor())}


@blueprint.context_processor
def words() -> dict[str, object]:
    """Offer the wording of figures to this package's templates."""
    return {
        "notation": notation,
        "SubmissionState": SubmissionState,
        "SubmissionAct": SubmissionAct,
        "result_words": wording.result_words,
        "target_words": wording.target_words,
        "figure_field": naming.figure_field,
        "text_field": naming.text_field,
        "source_field": naming.source_field,
    }


@blueprint.get("/plan/collection/<int:fiscal_year>")
@requires(Permission.RESULT_WRITE)
def index(fiscal_year: int) -> Any:
    """Show where the results of a year stand, and who owes what."""
    return render_template("collecting/index.html", form=SheetForm(), **overview(fiscal_year))


@blueprint.route("/plan/collection/<int:fiscal_year>/<string:code>", methods=["GET", "POST"])
@requires(Permission.RESULT_WRITE)
def measure(fiscal_year: int, code: str) -> Any:
    """Show one measure's results, and submit, take back, return or accept them."""
    actor = current_actor()
    collection, one = get_collected(actor, checked(fiscal_year), code)
    form = MoveForm(data={"seen": str(one.submission.number)})
    if form.validate_on_submit():
        try:
            with transaction():
                state = move_submission(actor=actor, fiscal_year=fiscal_year, measure=code, **asked(form))
        except DomainError as error:
            form.show(error)
        else:
            say(_("事業%(code)sは「%(state)s」になりました。", code=code, state=state.label(locale())))
            return redirect(url_for("collecting.index", fiscal_year=fiscal_year))
    form.seen.data = str(one.submission.number)
    return render_form(
        "collecting/measure.html",
        form,
        collection=collection,
        one=one,
        acts=offered_acts(actor, one),
        is_open=is_collected(fiscal_year),
        is_over=fiscal_year < this_year(),
    )


@blueprint.route(
    "/plan/collection/<int:fiscal_year>/<string:code>/correction/<string:indicator>", methods=["GET", "POST"]
)
@requires(Permission.RESULT_WRITE)
def correction(fiscal_year: int, code: str, indicator: str) -> Any:
    """Say beside a counted figure what it should be, and why."""
    part = request.args.get("part", "")
    collection, one = get_collected(current_actor(), checked(fiscal_year), code)
    line = counted_line(one, indicator, part)
    form = correction_form(line)
    if form.validate_on_submit():
        entry = correction_entry(form, code, indicator, part)
        try:
            with transaction():
                changed = correct(actor=current_actor(), fiscal_year=fiscal_year, entry=entry)
        except DomainError as error:
            form.show(error)
        else:
            say(_("補正を保存しました。") if changed else _("変わったところはありません。"))
            return redirect(url_for("collecting.measure", fiscal_year=fiscal_year, code=code))
    return render_form("collecting/correction.html", form, collection=collection, one=one, line=line)


@blueprint.get("/plan/collection/<int:fiscal_year>.xlsx")
@requires(Permission.RESULT_WRITE)
def sheet(fiscal_year: int) -> Any:
    """Hand out the sheet to be filled in, of the actor's measures or of one."""
    collection = get_collection(current_actor(), checked(fiscal_year))
    code = request.args.get("measure")
    chosen = [one for one in collection.measures if code in (None, one.measure.code)]
    if not chosen:
        raise NotFound
    answer = Response(sheet_file.write_sheet(collection, chosen, locale(), _), content_type=XLSX)
    name = f"collection-{fiscal_year}{'-' + code if code else ''}.xlsx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.post("/plan/collection/<int:fiscal_year>/sheet")
@requires(Permission.RESULT_WRITE)
def read_sheet(fiscal_year: int) -> Any:
    """Read filled-in sheets into the page of results; nothing is saved before somebody looked at it."""
    upload = SheetForm()
    sheets = queries.list_sheets(current_actor(), checked(fiscal_year))
    try:
        filled = fill(sheets, sent_sheets(upload, fiscal_year, sheets), request.form.get("csrf_token", ""))
    except DomainError as error:
        upload.show(error)
        return render_form("collecting/index.html", upload, **overview(fiscal_year))
    if filled.is_refused:
        upload.show(DomainError(REFUSED))
        return render_form("collecting/index.html", upload, results=filled.results, **overview(fiscal_year))
    changed = sum(one.changed for one in filled.results)
    say(_("回収票から%(count)s項目を読みました。確かめてから保存してください。", count=changed), kind="info")
    around = {"fiscal_year": fiscal_year, "year": this_year(), "before": None, "results": filled.results}
    return render_form("collecting/filled.html", filled.form, sheets=sheets, is_open=True, **around)


def sent_sheets(upload: SheetForm, fiscal_year: int, sheets: list[Sheet]) -> list[SheetReading]:
    """Return what stands in the workbooks that were sent; DomainError when none can be taken."""
    if not is_collected(fiscal_year):
        raise DomainError(NOT_COLLECTED)
    sent = [one for one in request.files.getlist("sheet") if one.filename]
    if not upload.validate() or not sent:
        raise DomainError(NO_WORKBOOK)
    fields = [one.name for one in results_form(sheets, formdata=None)]
    files = [(one.filename or "", one.read()) for one in sent]
    return read_sheets(files, fiscal_year=fiscal_year, fields=fields)


def overview(fiscal_year: int) -> dict[str, object]:
    """Return what the overview of a year shows."""
    state = SubmissionState.find(request.args.get("state"))
    collection = get_collection(current_actor(), checked(fiscal_year))
    return {
        "collection": collection,
        "shown": collection.standing(state),
        "state": state,
        "is_open": is_collected(fiscal_year),
        "year": this_year(),
    }


def correction_entry(form: Any, code: str, indicator: str, part: str) -> CorrectionEntry:
    """Return what was said of a counted figure."""
    typed = form["value"].data
    return CorrectionEntry(
        measure=code,
        indicator=indicator,
        part=part,
        value=None if typed is None else Decimal(typed),
        reason=form["reason"].data or "",
        version=number_of(form["seen"].data),
    )


def asked(form: MoveForm) -> dict[str, Any]:
    """Return which act was asked for, and in knowledge of which."""
    return {
        "act": act_of(form.act.data),
        "seen": number_of(form.seen.data),
        "reason": form.reason.data or "",
    }


def number_of(text: str | None) -> int:
    """Return the number that a page sent back, -1 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else -1


def counted_line(one: CollectedMeasure, indicator: str, part: str) -> CollectedLine:
    """Return a counted figure of a measure; NotFound for any other."""
    for line in one.lines:
        if line.is_counted and (line.cell.indicator.key, line.cell.part) == (indicator, part):
            return line
    raise NotFound


def act_of(code: str | None) -> SubmissionAct:
    """Return the act that was asked for; NotFound for any other word."""
    act = SubmissionAct.find(code)
    if act is None:
        raise NotFound
    return act


def is_collected(fiscal_year: int) -> bool:
    """Tell whether anything may still be entered and submitted for a year."""
    is_settled = get_calendar(fiscal_year).is_frozen
    return not is_settled and queries.takes_results(current_actor(), fiscal_year, this_year())
