"""From the sheets that came back to the page of results, filled in as if somebody had typed them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.collecting.sheet_reading import FilledCell, SheetReading
from app.foundation.errors import N_
from app.plan.forms import FigureField, results_form
from app.plan.sheets import Sheet
from app.web.forms import Form

LOCKED = N_("%(cell)sの実績は提出されています。直すときは、提出を取り下げるか、差し戻しを待ってください。")


@dataclass(frozen=True, kw_only=True)
class CellResult:
    """A cell that changes something or is wrong: where, what its line is called, what was written."""

    cell: str
    line: str
    text: str
    problems: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SheetResult:
    """What became of one file: how many cells were read, which change something, what is wrong."""

    name: str
    read: int
    cells: tuple[CellResult, ...]

    @property
    def changed(self) -> int:
        """How many cells change something."""
        return sum(not one.problems for one in self.cells)

    @property
    def wrong(self) -> int:
        """How many cells, or the file itself, cannot be taken."""
        return sum(bool(one.problems) for one in self.cells)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The page of results with the sheets in it; ``is_refused`` when a file fits as little as a whole."""

    form: Form
    results: tuple[SheetResult, ...]
    is_refused: bool


def fill(sheets: Sequence[Sheet], readings: Sequence[SheetReading], token: str) -> Filled:
    """Return the form of the sheets' figures with what the files say, and what became of each file.

    ``token`` is the one against forged requests that was sent with them.
    """
    stored = results_form(sheets, formdata=None)
    open_fields = {
        one.name for one in results_form([one for one in sheets if not one.is_locked], formdata=None)
    }
    said = {cell.field: cell for reading in readings for cell in reading.cells}
    whole = results_form(sheets, formdata=typed_values(stored, said, token))
    whole.validate()
    changed = {name for name in said if whole[name].data != stored[name].data or whole[name].errors}
    refused = [problem for reading in readings for problem in reading.problems]
    results = tuple(result_of(one, whole, changed, open_fields) for one in readings)
    unlocked = [one for one in sheets if not one.is_locked]
    form = results_form(unlocked, formdata=typed_values(stored, said, token))
    form.validate()
    point_at_cells(form, readings, several=len(readings) > 1)
    locked = any(name not in open_fields for name in changed)
    return Filled(form=form, results=results, is_refused=bool(refused) or locked)


def result_of(reading: SheetReading, form: Form, changed: set[str], open_fields: set[str]) -> SheetResult:
    """Return what became of a file."""
    wrong: dict[str, list[str]] = {}
    for problem in reading.problems:
        wrong.setdefault(problem.cell, []).append(problem.error.text(_))
    cells = []
    for one in reading.cells:
        said = wrong.pop(one.cell, [])
        if one.field in changed:
            said += [] if one.field in open_fields else [_(LOCKED, cell=one.cell)]
            said += [str(error) for error in form[one.field].errors]
        if said or one.field in changed:
            cells.append(CellResult(cell=one.cell, line=one.line, text=one.text, problems=tuple(said)))
    cells += [CellResult(cell=cell, line="", text="", problems=tuple(said)) for cell, said in wrong.items()]
    return SheetResult(name=reading.name, read=len(reading.cells), cells=tuple(cells))


def typed_values(stored: Form, said: Mapping[str, FilledCell], token: str) -> MultiDict[str, str]:
    """Return the form as if somebody had typed the sheets into the page as it stands."""
    shown = {one.name: one.typed if isinstance(one, FigureField) else one.data for one in stored}
    values = MultiDict({name: str(text or "") for name, text in shown.items()})
    for name, one in said.items():
        values[name] = one.text
    values["csrf_token"] = token
    return values


def point_at_cells(form: Any, readings: Sequence[SheetReading], *, several: bool) -> None:
    """Say at each error in which sheet and cell it stands."""
    for reading in readings:
        for one in reading.cells:
            if one.field not in form:
                continue
            where = f"{reading.name} {one.cell}" if several else one.cell
            field = form[one.field]
            field.errors = [_("%(cell)s：%(error)s", cell=where, error=error) for error in field.errors]
