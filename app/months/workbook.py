"""A month's report as a workbook: the printed page, its figures as numbers."""

import io
from typing import Any, Final

from app.kpi.exports.workbook import CELL, SAFE
from app.months.paper import REMARKS, changes, month_words, period_words, state_of
from app.months.report import Cell, Line, Report
from app.printing.monthly import APPROVERS, COLUMNS, INTERNAL, LATE, LATE_COLUMNS, NO_LATE, NOTE, TITLE

WIDTHS: Final = (34, 7, 11, 11, 11, 11, 9, 9, 9)
LAST: Final = len(WIDTHS) - 1
A4: Final = 9
PLAIN: Final = {"font_name": "BIZ UDPGothic", "font_size": 10}
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": PLAIN | {"font_size": 16, "bold": True},
    "plain": PLAIN,
    "wrapped": PLAIN | {"text_wrap": True, "valign": "top"},
    "bold": PLAIN | {"bold": True},
    "head": CELL | {"bold": True, "align": "center", "bg_color": "#F2F2F2"},
    "section": CELL | {"bold": True, "bg_color": "#F2F2F2"},
    "text": CELL,
    "part": CELL | {"indent": 1},
    "number": CELL | {"num_format": "#,##0", "align": "right"},
    "decimal": CELL | {"num_format": "#,##0.0", "align": "right"},
    "percent": CELL | {"num_format": "0.0%", "align": "right"},
    "right": CELL | {"align": "right"},
    "stamp": CELL | {"align": "center"},
}


def write_month(report: Report) -> bytes:
    """Return the workbook."""
    import xlsxwriter  # only once somebody asks for a workbook: every start would wait for it

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, SAFE) as book:
        formats = {name: book.add_format(facts) for name, facts in FORMATS.items()}
        sheet = book.add_worksheet(TITLE)
        set_page(sheet, report)
        row = write_head(sheet, formats, report)
        row = write_figures(sheet, formats, report, row)
        row = write_late(sheet, formats, report, row + 1)
        write_note(sheet, formats, report, row + 1)
    return target.getvalue()


def set_page(sheet: Any, report: Report) -> None:
    """Set A4 upright on one page, with what stands at its edges."""
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.5)
    sheet.hide_gridlines(2)
    office = report.office.ja.replace("&", "&&")
    sheet.set_header(f"&L{TITLE} {office} {period_words(report.fiscal_year, report.month)}&R{INTERNAL}")
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)


def write_head(sheet: Any, formats: dict[str, Any], report: Report) -> int:
    """Write title, number and approval boxes; return the next row."""
    sheet.write_string(0, 0, f"{TITLE}　{period_words(report.fiscal_year, report.month)}", formats["title"])
    sheet.write_string(1, 0, report.office.ja, formats["bold"])
    sheet.write_string(2, 0, f"{INTERNAL}　{state_of(report)}", formats["plain"])
    sheet.write_string(3, 0, f"文書番号　{report.document_number}", formats["plain"])
    first = LAST - len(APPROVERS) + 1
    for place, approver in enumerate(APPROVERS):
        sheet.write_string(0, first + place, approver, formats["stamp"])
        sheet.merge_range(1, first + place, 3, first + place, "", formats["stamp"])
    return 5


def write_figures(sheet: Any, formats: dict[str, Any], report: Report, row: int) -> int:
    """Write the table of figures; return the next row."""
    for column, text in enumerate(COLUMNS):
        sheet.write_string(row, column, text, formats["head"])
    row += 1
    for section in report.sections:
        for column in range(LAST + 1):
            sheet.write_string(row, column, "" if column else section.title.ja, formats["section"])
        row += 1
        for line in section.lines:
            write_line(sheet, formats, line, row)
            row += 1
    return row


def write_line(sheet: Any, formats: dict[str, Any], line: Line, row: int) -> None:
    """Write one line: figures as numbers, what is none as its word."""
    counting = f"（{line.counting.ja}）" if line.counting and not line.part else ""
    sheet.write_string(row, 0, line.title.ja + counting, formats["part" if line.part else "text"])
    sheet.write_string(row, 1, line.unit.ja, formats["text"])
    for column, cell in enumerate((line.month, line.month_before, line.year, line.year_before), 2):
        write_cell(sheet, formats, cell, row, column)
    for column, words in enumerate((line.target, line.attained, line.pace), 6):
        sheet.write_string(row, column, words.ja, formats["right"])


def write_cell(sheet: Any, formats: dict[str, Any], cell: Cell | None, row: int, column: int) -> None:
    """Write one figure."""
    if cell is None or cell.value is None:
        sheet.write_string(row, column, "" if cell is None else cell.text.ja, formats["right"])
        return
    kind = "percent" if cell.text.ja.endswith("%") else "decimal" if "." in cell.text.ja else "number"
    sheet.write_number(row, column, cell.value, formats[kind])


def write_late(sheet: Any, formats: dict[str, Any], report: Report, row: int) -> int:
    """Write every figure that later entries changed; return the next row."""
    sheet.write_string(row, 0, LATE, formats["bold"])
    row += 1
    if not report.late:
        sheet.write_string(row, 0, NO_LATE, formats["plain"])
        return row + 1
    places = (0, 2, 3, 4, 5)
    for column, text in zip(places, LATE_COLUMNS, strict=True):
        sheet.write_string(row, column, text, formats["head"])
    for line in report.late:
        row += 1
        sheet.write_string(row, 0, line.title.ja, formats["text"])
        sheet.write_string(row, 2, month_words(line.fiscal_year, line.month), formats["text"])
        sheet.write_number(row, 3, line.before, formats["number"])
        sheet.write_number(row, 4, line.now, formats["number"])
        sheet.write_string(row, 5, changes(line), formats["text"])
    return row + 1


def write_note(sheet: Any, formats: dict[str, Any], report: Report, row: int) -> None:
    """Write the notes and what the words of the table mean."""
    sheet.write_string(row, 0, NOTE, formats["bold"])
    sheet.merge_range(row + 1, 0, row + 4, LAST, "", formats["wrapped"])
    sheet.write_string(row + 1, 0, report.note, formats["wrapped"])
    for place, text in enumerate(REMARKS, row + 6):
        sheet.write_string(place, 0, text, formats["plain"])
