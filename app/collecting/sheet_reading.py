"""What came back in 回収票: several workbooks at once, each cell and each fault with where it stands."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.collecting.sheet import ENTRY, HEAD_ROW, NAME, YEAR_NAME
from app.foundation.errors import N_, DomainError

MOST_FILES: Final = 40
MOST_BYTES: Final = 5_000_000
MOST_MEMBERS: Final = 60
MOST_ROWS: Final = 500
LONGEST_NAME: Final = 80

NO_WORKBOOK: Final = N_("このファイルは読めません。回収票（xlsx）を選んでください。")
TOO_MANY: Final = N_("一度に読めるのは%(most)sファイルまでです。分けて送ってください。")
TOO_LARGE: Final = N_("このファイルは大きすぎます。回収票に、ほかのものを加えないでください。")
NOT_COLLECTED: Final = N_("この年度の実績は、いまは集めていません。")
NO_SHEET: Final = N_("回収票の形ではありません。ここで受け取った回収票に記入してください。")
OTHER_YEAR: Final = N_("この回収票は%(year)s年度のものです。")
UNKNOWN_NAME: Final = N_("%(cell)sの項目「%(name)s」は、この年度にあなたが入力するものではありません。")
TWICE: Final = N_("%(cell)sの項目「%(name)s」が2度あります。")
ELSEWHERE: Final = N_("%(cell)sは、「%(file)s」の%(other)sと違います。どちらかを空けてください。")
NO_TEXT: Final = N_("%(cell)sは日付や論理値になっています。文字か数字で入力してください。")


@dataclass(frozen=True, kw_only=True)
class FilledCell:
    """What was written for one field, where in the sheet, and what the line is called there."""

    field: str
    cell: str
    text: str
    line: str


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong; ``cell`` is "" where it is the file itself."""

    cell: str
    error: DomainError


@dataclass(frozen=True, kw_only=True)
class SheetReading:
    """One workbook as it came back."""

    name: str
    cells: tuple[FilledCell, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_sheets(
    files: Sequence[tuple[str, bytes]], *, fiscal_year: int, fields: Iterable[str]
) -> list[SheetReading]:
    """Return what was filled in, file by file and cell by cell; empty cells are left out.

    Raises:
        DomainError: no file at all, or too many. What is wrong with a file stands in its reading.
    """
    if not files:
        raise DomainError(NO_WORKBOOK)
    if len(files) > MOST_FILES:
        raise DomainError(TOO_MANY, most=MOST_FILES)
    known = frozenset(fields)
    return against_each_other([read_sheet(name, content, fiscal_year, known) for name, content in files])


def read_sheet(name: str, content: bytes, fiscal_year: int, known: frozenset[str]) -> SheetReading:
    """Return one workbook with everything that is wrong in it."""
    shown = name[:LONGEST_NAME]
    try:
        rows = rows_of(content)
        require_year(rows, fiscal_year)
    except DomainError as error:
        return SheetReading(name=shown, problems=(Problem(cell="", error=error),))
    cells: dict[str, FilledCell] = {}
    problems = []
    for number, row in enumerate(rows[HEAD_ROW + 1 :], HEAD_ROW + 2):
        try:
            found = filled_cell(row, number, known, cells)
        except DomainError as error:
            problems.append(Problem(cell=f"G{number}", error=error))
            continue
        if found is not None:
            cells[found.field] = found
    return SheetReading(name=shown, cells=tuple(cells.values()), problems=tuple(problems))


def filled_cell(
    row: Sequence[Any], number: int, known: frozenset[str], seen: dict[str, FilledCell]
) -> FilledCell | None:
    """Return what a line says, None where nothing was filled in."""
    name = str(row[NAME]).strip() if len(row) > NAME else ""
    text = plain_text(row[ENTRY], f"G{number}") if len(row) > ENTRY else ""
    if not name or not text:
        return None
    if name not in known:
        raise DomainError(UNKNOWN_NAME, cell=f"H{number}", name=name[:60])
    if name in seen:
        raise DomainError(TWICE, cell=f"H{number}", name=name[:60])
    line = " ".join(str(one).strip() for one in (row[0], row[2]))
    return FilledCell(field=name, cell=f"G{number}", text=text, line=line[:LONGEST_NAME])


def against_each_other(readings: list[SheetReading]) -> list[SheetReading]:
    """Return the readings; where two files say different things of one field, the later one says so."""
    first: dict[str, tuple[str, FilledCell]] = {}
    problems: dict[int, list[Problem]] = defaultdict(list)
    for position, reading in enumerate(readings):
        for cell in reading.cells:
            file, other = first.setdefault(cell.field, (reading.name, cell))
            if other.text != cell.text:
                said = DomainError(ELSEWHERE, cell=cell.cell, file=file, other=other.cell)
                problems[position].append(Problem(cell=cell.cell, error=said))
    return [
        replace(reading, problems=(*reading.problems, *problems[position]))
        for position, reading in enumerate(readings)
    ]


def require_year(rows: list[list[Any]], fiscal_year: int) -> None:
    """Refuse what is no sheet, or that of another year."""
    marked = {str(row[NAME]).strip(): row for row in rows[:HEAD_ROW] if len(row) > NAME}
    if len(rows) <= HEAD_ROW or YEAR_NAME not in marked:
        raise DomainError(NO_SHEET)
    year = plain_text(marked[YEAR_NAME][ENTRY], "G3")
    if year != str(fiscal_year):
        raise DomainError(OTHER_YEAR, year=year[:10])


def rows_of(content: bytes) -> list[list[Any]]:
    """Return the cells of the first sheet; DomainError for anything that is no small workbook."""
    import python_calamine  # only once somebody brings a workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise DomainError(NO_WORKBOOK) from None
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_BYTES:
        raise DomainError(TOO_LARGE)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError, OSError, ValueError):
        raise DomainError(NO_WORKBOOK) from None
    if len(rows) > MOST_ROWS:
        raise DomainError(TOO_LARGE)
    return rows


def plain_text(value: Any, cell: str) -> str:
    """Return a cell's value as typed; whole numbers lose the decimals that a workbook gives them."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise DomainError(NO_TEXT, cell=cell)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).strip()
