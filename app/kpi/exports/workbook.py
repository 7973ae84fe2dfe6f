"""The plan's table as a workbook in the plan's own layout: A3 landscape, headings and targets merged."""

import io
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from app.kpi import notation
from app.kpi.table import PlanTable, TableRow

WIDTHS: Final = (6, 24, 38, 16, 40, 24, 24, 16)
"""番号・事業名・事業内容・対象者・実績・目標・目標・所管課, in characters."""
LAST: Final = len(WIDTHS) - 1
ACTUAL, NEXT, SECOND, OFFICE = 4, 5, 6, 7
WIDE: Final = frozenset("WFA")
"""Widths of characters that take two places."""
A3: Final = 8
LINE_HEIGHT: Final = 15
SAFE: Final = {
    # Whatever somebody typed stays text: no formula, no link, no number made of it.
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}
CELL: Final = {"font_name": "BIZ UDPGothic", "font_size": 10, "text_wrap": True, "valign": "top", "border": 1}
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": {"font_name": "BIZ UDPGothic", "font_size": 14, "bold": True},
    "plain": {"font_name": "BIZ UDPGothic", "font_size": 10, "text_wrap": True, "valign": "top"},
    "head": CELL | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#F2F2F2"},
    "policy": CELL | {"bold": True, "font_size": 11, "bg_color": "#E8F1FE", "valign": "vcenter"},
    "theme": CELL | {"bold": True, "valign": "vcenter"},
    "number": CELL | {"align": "center"},
    "name": CELL | {"bold": True},
    "cell": CELL,
}


@dataclass
class Writing:
    """A sheet and the row that is written next."""

    sheet: Any
    formats: dict[str, Any]
    row: int = 0

    def across(self, text: str, kind: str, first: int = 0, last: int = LAST) -> None:
        """Write a text over several columns of the row."""
        if first == last:
            self.sheet.write_string(self.row, first, text, self.formats[kind])
            return
        # merge_range would guess the kind of the value, so the text is written over it.
        self.sheet.merge_range(self.row, first, self.row, last, "", self.formats[kind])
        self.sheet.write_string(self.row, first, text, self.formats[kind])

    def end(self, *texts: tuple[str, int]) -> None:
        """End a row that is as high as its longest text (text, width) needs."""
        high = max((lines_of(text, width) for text, width in texts), default=1)
        self.sheet.set_row(self.row, LINE_HEIGHT * high + 4)
        self.row += 1


def write_xlsx(table: PlanTable, locale: str = "ja") -> bytes:
    """Return the table as a workbook."""
    import xlsxwriter  # only once somebody asks for a workbook: every start would wait for it

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, SAFE) as book:
        if table.edition:
            # The same file again whenever it is made.
            book.set_properties({"created": table.edition.made_at.replace(tzinfo=None)})
        formats = {name: book.add_format(facts) for name, facts in FORMATS.items()}
        name = notation.actual_heading(table.fiscal_year, locale)
        writing = Writing(sheet=book.add_worksheet(name[:31]), formats=formats)
        set_page(writing.sheet, table, locale)
        write_head(writing, table, locale)
        for policy in table.policies:
            heading(writing, notation.policy_title(policy.number, policy.title, locale), "policy")
            for theme in policy.themes:
                heading(writing, notation.theme_title(theme.number, theme.title, locale), "theme")
                for row in theme.rows:
                    write_row(writing, row, locale)
        write_notes(writing, table, locale)
    return target.getvalue()


def set_page(sheet: Any, table: PlanTable, locale: str) -> None:
    """Set paper, width, the rows repeated on each page, and what stands at its edges."""
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.5)
    sheet.repeat_rows(1)
    sheet.freeze_panes(2, 2)
    sheet.hide_gridlines(2)
    title = notation.table_title(table, locale).replace("&", "&&")
    sheet.set_header(f"&L{title}&R{notation.handling(table, locale)}")
    sheet.set_footer("&C&P / &N")
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)


def write_head(writing: Writing, table: PlanTable, locale: str) -> None:
    """Write the title and the columns."""
    writing.across(notation.table_title(table, locale), "title")
    writing.sheet.set_row(0, 24)
    writing.row += 1
    for column, text in enumerate(notation.headings(table.fiscal_year, locale)):
        writing.sheet.write_string(writing.row, column, text, writing.formats["head"])
    writing.sheet.set_row(writing.row, 22)
    writing.row += 1


def heading(writing: Writing, text: str, kind: str) -> None:
    """Write the heading of a policy or theme."""
    writing.across(text, kind)
    writing.sheet.set_row(writing.row, 20)
    writing.row += 1


def write_row(writing: Writing, row: TableRow, locale: str) -> None:
    """Write a measure; a target that holds for both years stands in one merged cell."""
    measure = row.measure
    texts = [
        measure.code,
        measure.title_in_table.label(locale) + notation.mark_of_notes(measure.title_notes),
        notation.description(measure, locale),
        measure.audience.label(locale) + notation.mark_of_notes(measure.audience_notes),
        actual_text(row, locale),
    ]
    for column, text in enumerate(texts):
        kind = {0: "number", 1: "name"}.get(column, "cell")
        writing.sheet.write_string(writing.row, column, text, writing.formats[kind])
    following, second = (target_text(row, later, locale) for later in (False, True))
    sized = [*zip(texts, WIDTHS, strict=False)]
    if measure.one_target:
        writing.across(following, "cell", NEXT, SECOND)
        sized.append((following, WIDTHS[NEXT] + WIDTHS[SECOND]))
    else:
        writing.across(following, "cell", NEXT, NEXT)
        writing.across(second, "cell", SECOND, SECOND)
        sized += [(following, WIDTHS[NEXT]), (second, WIDTHS[SECOND])]
    departments = "\n".join(notation.offices(measure, locale))
    writing.across(departments, "cell", OFFICE, OFFICE)
    writing.end(*sized, (departments, WIDTHS[OFFICE]))


def actual_text(row: TableRow, locale: str) -> str:
    """Return the results of a measure, a line each, 【登録人数：184人】※1."""
    words = row.measure.actual_text.label(locale)
    lines = [words + notation.mark_of_notes(row.text_remarks)]
    for figure in row.figures:
        for cell in figure.with_parts():
            notes = notation.marks(cell)
            indent = "　" if cell.part else ""
            lines.append(f"{indent}{notation.bracketed(cell, locale)}{notes}")
    return "\n".join(line for line in lines if line)


def target_text(row: TableRow, second: bool, locale: str) -> str:
    """Return the targets of a year, a line each."""
    lines = [
        notation.target_text(row.measure, second, locale),
        *notation.target_lines(row.measure, second, locale),
    ]
    return "\n".join(line for line in lines if line)


def write_notes(writing: Writing, table: PlanTable, locale: str) -> None:
    """Write under the table what its marks mean and where its figures come from."""
    writing.row += 1
    texts = [f"※{number}　{text}" for number, text in notation.notes_of(table, locale)]
    for text in [*texts, notation.SOURCES[table.source].label(locale)]:
        writing.across(text, "plain")
        writing.end((text, sum(WIDTHS)))


def lines_of(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of a width; full-width characters take two places."""
    places = [
        sum(2 if unicodedata.east_asian_width(one) in WIDE else 1 for one in line)
        for line in text.split("\n")
    ]
    return sum(max(1, -(-count // max(1, width - 1))) for count in places)
