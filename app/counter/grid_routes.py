"""The day grid (日計表): a paper list typed row by row, or pasted from a spreadsheet; and its blank sheet."""

from typing import Any

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.cases.look_up import find_by_card
from app.cases.queries import programme_of
from app.counter.grid_columns import (
    CODED,
    MOST_ROWS,
    ROWS_SHOWN,
    SEVERAL,
    TITLES,
    Cells,
    Column,
    columns_for,
    legend,
    read_person,
    rows_sent,
)
from app.counter.grid_filling import Row, Sheet, read_rows
from app.counter.grid_forms import SheetForm
from app.counter.grid_operations import AlikeError, record_sheet
from app.counter.operations import ALIKE
from app.drafts.operations import AlreadySaved
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.printing.day_sheet import DaySheet, day_sheet
from app.publication.late_days import find_late_days
from app.situation.programme import Programme
from app.web import identity
from app.web.forms import render_form
from app.web.identity import Asking
from app.web.notices import say
from app.web.resuming import resumed

blueprint = Blueprint("grid", __name__)


@blueprint.route("/counter/day", methods=["GET", "POST"])
@requires(Permission.CASE_WRITE)
def day() -> Any:
    """Enter a day's consultations from a list."""
    actor = current_actor()
    programme = programme_of(actor=actor) or Programme.GUIDANCE
    form = SheetForm(data={"held_on": clock.today(), "programme": programme})
    typed = list(rows_sent(resumed() or request.form))
    if not form.validate_on_submit():
        return page(form, [Row(place=place, cells=cells) for place, cells in typed])
    rows = read_sheet(form, typed)
    asked = read_memos(rows)
    if not rows:
        form.form_errors.append(_("1行も入力されていません。"))
    if any(row.errors for row in rows):
        form.form_errors.append(_("直すところがあります。入力した内容はそのまま残っています。"))
    if form.form_errors:
        return page(form, rows, asked)
    return save(form, rows, asked)


def read_sheet(form: SheetForm, typed: list[tuple[int, Cells]]) -> list[Row]:
    """Read the rows, the cards among them by their cases."""
    refused: dict[int, DomainError] = {}
    for place, cells in typed:
        try:
            cells[Column.PERSON] = number_of(cells[Column.PERSON])
        except DomainError as error:
            refused[place], cells[Column.PERSON] = error, ""
    sheet = Sheet(held_on=form.held_on.data, programme=form.programme.data)
    rows = read_rows(current_actor(), sheet, typed)
    for row in rows:
        if row.place in refused:
            row.errors[Column.PERSON] = refused[row.place]
    return rows


def number_of(typed: str) -> str:
    """Return the case number of a card's code, and anything else as it was typed.

    Raises:
        DomainError: no live card bears the code, or there were too many wrong ones.
    """
    try:
        code = read_person(typed).code
    except DomainError:
        return typed
    if not code:
        return typed
    settings = current_app.config["SHIRUBE"]
    return find_by_card(
        actor=current_actor(),
        pepper=settings.card_pepper,
        former=settings.former_peppers,
        secret=settings.secret_key,
        address=request.remote_addr or "",
        typed=code,
    ).number


def read_memos(rows: list[Row]) -> dict[int, Asking]:
    """Read the memos for identity; what would tell who somebody is stops its row unless it is let through."""
    found = {}
    for row in rows:
        asked = identity.asking(f"r{row.place}-{Column.MEMO}", row.cells[Column.MEMO].strip(), request.form)
        if asked.findings:
            found[row.place] = asked
            if asked.passed is None:
                row.errors[Column.MEMO] = DomainError(asked.findings[0].reason)
    return found


def save(form: SheetForm, rows: list[Row], asked: dict[int, Asking]) -> Any:
    """Save the sheet, every row or none."""
    for one in asked.values():
        if one.passed is not None:
            identity.let_through(one.passed)
    read = [row for row in rows if row.entry is not None]
    try:
        with transaction():
            count = record_sheet(
                actor=current_actor(),
                entries=[row.entry for row in read if row.entry is not None],
                submission_key=form.submission_key.data,
                confirmed=form.confirmed.data,
            )
    except AlreadySaved as saved:
        count = int(saved.subject_id)
    except AlikeError as error:
        for place in error.places:
            read[place].errors[Column.TOPICS] = DomainError(ALIKE)
        form.confirmed.errors = [_("この日にもう記録されている相談と同じ行があります。")]
        return page(form, rows, asked)
    except DomainError as error:
        form.show(error)
        return page(form, rows, asked)
    said = ngettext("相談 %(num)s件を保存しました。", "相談 %(num)s件を保存しました。", count)
    first = last = form.held_on.data.isoformat()
    say(said, url=url_for("cases.log", first=first, last=last), link=_("その日の相談を見る"))
    return redirect(url_for("grid.day"))


def words_of(error: DomainError) -> str:
    """Return a sentence in the language of the page, the title of a column in it too."""
    return error.text(_, lambda part: _(part) if part in TITLES.values() else part)


def page(form: SheetForm, rows: list[Row], asked: dict[int, Asking] | None = None) -> Any:
    """Show the grid with what was typed, and always some empty rows below."""
    by_place = {row.place: row for row in rows}
    columns = columns_for((programme_of(actor=current_actor()), form.programme.data))
    shown = min(MOST_ROWS, max(ROWS_SHOWN, max(by_place, default=0) + 4))
    return render_form(
        "counter/day.html",
        form,
        rows=[by_place.get(place) for place in range(shown)],
        most=MOST_ROWS,
        columns=[(column, TITLES[column]) for column in columns],
        legends=[(TITLES[one], one in SEVERAL, legend(one)) for one in columns if one in CODED],
        errors={row.place: {column: words_of(one) for column, one in row.errors.items()} for row in rows},
        asked=asked or {},
        late_until=find_late_days(actor=current_actor()),
    )


@blueprint.get("/counter/day/sheet.pdf")
@requires(Permission.CASE_WRITE)
def sheet() -> Any:
    """Print the blank sheet that matches the grid, for outages and for days away from the desk."""
    columns = columns_for((programme_of(actor=current_actor()),))
    made = day_sheet(
        DaySheet(
            columns=tuple((TITLES[column], column.value) for column in columns),
            legends=tuple(
                (TITLES[column], tuple((number, value.ja) for number, value in legend(column)))
                for column in columns
                if column in CODED
            ),
            rows=15,
        )
    )
    answer = Response(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="nikkeihyou.pdf"'
    return answer
