"""Pages of the map register: printings, where copies lie (配架), briefings of staff (周知)."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError, NotFound
from app.foundation.transaction import transaction
from app.web.forms import Form, render_form
from app.web.notices import say
from app.web.pagination import PAGE_SIZE, Page, offset_of, page_number
from app.windows import map_queries, map_register_operations, map_register_queries
from app.windows.map_forms import (
    BriefingCorrection,
    BriefingForm,
    DistributionCorrection,
    DistributionForm,
    PrintingCorrection,
    PrintingForm,
    VoidForm,
)
from app.windows.queries import list_offices
from app.windows.vocabulary import OfficeKind, PrintRun

blueprint = Blueprint("register", __name__)
NUMBER = "<int(max=2147483647):number>"
ENTRY = "<int(max=2147483647):entry_id>"


# ---- printings ----------------------------------------------------------------------------------


@blueprint.route(f"/map/{NUMBER}/printings/new", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def new_printing(number: int) -> Any:
    """Register a printing of an edition."""
    edition = map_queries.get_edition(number)
    usual = PrintRun.REPRINT if edition.has_first_run else PrintRun.FIRST
    known = len(edition.printings) + len(edition.voided)
    form = PrintingForm(run=usual, printed_on=clock.today(), version=known)
    if form.validate_on_submit() and saved(
        form,
        _("マップ第%(number)s号の印刷を登録しました。", number=number),
        map_register_operations.record_printing,
        edition_number=number,
        printed_on=form.printed_on.data,
        copies=form.copies.data,
        run=form.run.data or usual,
        after=form.version.data,
    ):
        return redirect(url_for("map.edition", number=number))
    return render_form("map/new_printing.html", form, edition=edition)


@blueprint.route(f"/map/printings/{ENTRY}/edit", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def edit_printing(entry_id: int) -> Any:
    """Correct a printing."""
    shown = map_register_queries.get_printing(entry_id)
    if not shown.counts:
        raise NotFound
    form = PrintingCorrection(
        run=shown.run,
        printed_on=shown.printed_on,
        copies=shown.copies,
        version=shown.version,
        of=("map_printing", entry_id),
    )
    back = url_for("map.edition", number=shown.edition)
    if form.validate_on_submit() and corrected(
        form,
        map_register_operations.correct_printing,
        printing_id=entry_id,
        printed_on=form.printed_on.data,
        copies=form.copies.data,
        run=form.run.data,
    ):
        return redirect(back)
    return correction_page(form, _("印刷の記録の訂正"), back, "printing", entry_id)


# ---- where copies lie ---------------------------------------------------------------------------


@blueprint.get("/map/distributions")
@requires(Permission.WINDOW_READ)
def distributions() -> Any:
    """List where copies lie, which counters hold an old edition, and every entry."""
    current = map_queries.find_last_edition()
    counters = map_register_queries.list_counters()
    number = current.number if current else None
    return render_template(
        "map/distributions.html",
        current=current,
        counters=counters,
        old={one.id for one in map_register_queries.counters_with_old_copies(counters, number)},
        page=page_of(map_register_queries.list_distributions, map_register_queries.count_distributions()),
        may_write=current_actor().may(Permission.MAP_WRITE),
    )


@blueprint.route("/map/distributions/new", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def new_distribution() -> Any:
    """Register that copies were laid at a counter."""
    form = DistributionForm(laid_on=clock.today(), version=map_register_queries.count_distributions())
    form.offer(map_register_queries.list_editions_out(), map_register_queries.list_counters())
    if request.method == "GET" and form.edition.choices:
        form.edition.data = form.edition.choices[0][0]
    if form.validate_on_submit() and saved(
        form,
        _("配架を登録しました。"),
        map_register_operations.record_distribution,
        after=form.version.data,
        **form.facts(),
    ):
        return redirect(url_for("register.distributions"))
    return render_form("map/new_distribution.html", form)


@blueprint.route(f"/map/distributions/{ENTRY}/edit", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def edit_distribution(entry_id: int) -> Any:
    """Correct an entry of 配架."""
    shown = map_register_queries.get_distribution(entry_id)
    if shown.void_reason is not None:
        raise NotFound
    form = DistributionCorrection(
        edition=shown.edition,
        counter_id=shown.counter_id,
        laid_on=shown.laid_on,
        copies=shown.copies,
        version=shown.version,
        of=("map_distribution", entry_id),
    )
    form.offer(map_register_queries.list_editions_out(), map_register_queries.list_counters())
    back = url_for("register.distributions")
    if form.validate_on_submit() and corrected(
        form,
        map_register_operations.correct_distribution,
        distribution_id=entry_id,
        **form.facts(),
    ):
        return redirect(back)
    return correction_page(form, _("配架の記録の訂正"), back, "distribution", entry_id)


# ---- briefings ----------------------------------------------------------------------------------


@blueprint.get("/map/briefings")
@requires(Permission.WINDOW_READ)
def briefings() -> Any:
    """List the briefings of staff."""
    return render_template(
        "map/briefings.html",
        page=page_of(map_register_queries.list_briefings, map_register_queries.count_briefings()),
        may_write=current_actor().may(Permission.MAP_WRITE),
    )


@blueprint.route("/map/briefings/new", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def new_briefing() -> Any:
    """Register that the staff of a department were told about the map."""
    form = BriefingForm(held_on=clock.today(), version=map_register_queries.count_briefings())
    form.offer(list_offices(OfficeKind.DEPARTMENT), str(get_locale()))
    if form.validate_on_submit() and saved(
        form,
        _("周知を登録しました。"),
        map_register_operations.record_briefing,
        office_id=form.office_id.data,
        held_on=form.held_on.data,
        headcount=form.headcount.data,
        after=form.version.data,
    ):
        return redirect(url_for("register.briefings"))
    return render_form("map/new_briefing.html", form)


@blueprint.route(f"/map/briefings/{ENTRY}/edit", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def edit_briefing(entry_id: int) -> Any:
    """Correct a briefing."""
    shown = map_register_queries.get_briefing(entry_id)
    if shown.void_reason is not None:
        raise NotFound
    form = BriefingCorrection(
        office_id=shown.office_id,
        held_on=shown.held_on,
        headcount=shown.headcount,
        version=shown.version,
        of=("map_briefing", entry_id),
    )
    form.offer(list_offices(OfficeKind.DEPARTMENT), str(get_locale()))
    back = url_for("register.briefings")
    if form.validate_on_submit() and corrected(
        form,
        map_register_operations.correct_briefing,
        briefing_id=entry_id,
        office_id=form.office_id.data,
        held_on=form.held_on.data,
        headcount=form.headcount.data,
    ):
        return redirect(back)
    return correction_page(form, _("周知の記録の訂正"), back, "briefing", entry_id)


# ---- what they share ----------------------------------------------------------------------------


@blueprint.route(f"/map/<string:kind>/{ENTRY}/void", methods=["GET", "POST"])
@requires(Permission.MAP_WRITE)
def void(kind: str, entry_id: int) -> Any:
    """Take an entry out of every count."""
    version, back = entry_page(kind, entry_id)
    form = VoidForm(version=version)
    if form.validate_on_submit() and saved(
        form,
        _("記録を誤入力として取り消しました。"),
        map_register_operations.void_entry,
        kind=kind,
        entry_id=entry_id,
        reason=form.reason.data,
        version=form.version.data,
    ):
        return redirect(back)
    return render_form("map/void_entry.html", form, back=back)


def entry_page(kind: str, entry_id: int) -> tuple[int, str]:
    """Return the version of an entry and the page on which it stands; NotFound when it is void."""
    if kind == "printing":
        printing = map_register_queries.get_printing(entry_id)
        found = (printing.void_reason, printing.version, url_for("map.edition", number=printing.edition))
    elif kind == "distribution":
        laid = map_register_queries.get_distribution(entry_id)
        found = (laid.void_reason, laid.version, url_for("register.distributions"))
    elif kind == "briefing":
        held = map_register_queries.get_briefing(entry_id)
        found = (held.void_reason, held.version, url_for("register.briefings"))
    else:
        raise NotFound
    if found[0] is not None:
        raise NotFound
    return found[1], found[2]


def corrected(form: Form, operation: Any, **facts: Any) -> bool:
    """Correct an entry with what the form says; False when the form has to be shown again."""
    said = {"reason": form["reason"].data, "version": form["version"].data}
    return saved(form, _("記録を直しました。"), operation, **said, **facts)


def saved(form: Form, words: str, operation: Any, **facts: Any) -> bool:
    """Do what the form asks for and say so; False when the form has to be shown again."""
    try:
        with transaction():
            operation(actor=current_actor(), **facts)
    except NotFound:
        raise
    except DomainError as error:
        form.show(error)
        return False
    say(words)
    return True


def correction_page(form: Form, title: str, back: str, kind: str, entry_id: int) -> Any:
    """Show the form of a correction."""
    return render_form("map/correct.html", form, title=title, back=back, kind=kind, entry_id=entry_id)


def page_of(read: Any, total: int) -> Page[Any]:
    """Return the page asked for of a long list."""
    number = page_number(request.args)
    items = read(offset=offset_of(number, PAGE_SIZE), limit=PAGE_SIZE)
    return Page.of(items, total=total, number=number)
