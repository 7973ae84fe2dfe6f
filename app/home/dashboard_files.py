"""The dashboard as data and as a workbook, written from the very object that the page shows."""

import io
import json
from collections.abc import Callable
from typing import Any, Final

from app.home.dashboard import Block, Cell, Dashboard, Reckoned
from app.kpi import notation
from app.kpi.exports.workbook import CELL, SAFE

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS: Final = {"ja": ("下の幅", "上の幅"), "en": ("Low", "High")}
FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": {"font_name": "BIZ UDPGothic", "font_size": 14, "bold": True},
    "plain": {"font_name": "BIZ UDPGothic", "font_size": 10},
    "head": CELL | {"bold": True, "bg_color": "#F2F2F2"},
    "text": CELL,
    "number": CELL | {"num_format": "#,##0"},
    "day": CELL | {"num_format": "#,##0.0"},
    "share": CELL | {"num_format": "0.0%"},
}
A4: Final = 9


def facts_of(dashboard: Dashboard) -> dict[str, Any]:
    """Return for what, and how the leading figure is reckoned."""
    lead, scope = dashboard.lead, dashboard.scope
    return {
        "fiscal_year": dashboard.period.fiscal_year,
        "last": dashboard.period.last.isoformat(),
        "reckoned_on": dashboard.today.isoformat(),
        "programme": dashboard.programme.value,
        "office": scope.office_id,
        "target_group": getattr(scope.target_group, "value", scope.target_group),
        "lead": lead.metric.key,
        "value": lead.now.value,
        "target": None if lead.target is None else float(lead.target),
        "pace": lead.pace,
        "forecast": lead.forecast,
        "handling": notation.INTERNAL.label("ja"),
    }


def as_data(dashboard: Dashboard, url_of: Callable[[Cell], str]) -> dict[str, Any]:
    """Return the dashboard as plain data, each figure with the address of its rows."""
    return facts_of(dashboard) | {"blocks": [block_data(block, url_of) for block in dashboard.blocks]}


def block_data(block: Block, url_of: Callable[[Cell], str]) -> dict[str, Any]:
    """Return one block as plain data."""
    return {
        "key": block.key,
        "title": both(block.title),
        "rule": both(block.rule),
        "heads": [both(head) for head in block.heads],
        "lines": [
            {
                "label": both(line.label),
                "code": line.code,
                "cells": [cell_data(one, url_of) for one in line.cells],
            }
            for line in block.lines
        ],
    }


def both(label: Any) -> dict[str, str]:
    """Return a label in both languages."""
    return {lang: label.label(lang) for lang in ("ja", "en")}


def cell_data(cell: Cell | Reckoned | None, url_of: Callable[[Cell], str]) -> dict[str, Any] | None:
    """Return one figure as plain data; None is a month to come."""
    if cell is None:
        return None
    if isinstance(cell, Reckoned):
        return {"value": cell.value}
    found: dict[str, Any] = {"value": cell.value, "metric": cell.metric.key, "rows": url_of(cell)}
    if cell.is_share:
        found |= {"n": cell.figure.n, "low": cell.figure.low, "high": cell.figure.high}
    return found


def write_json(dashboard: Dashboard, url_of: Callable[[Cell], str]) -> bytes:
    """Return the dashboard as JSON in UTF-8."""
    return json.dumps(as_data(dashboard, url_of), ensure_ascii=False, indent=1).encode("utf-8")


def write_xlsx(dashboard: Dashboard, locale: str) -> bytes:
    """Return the dashboard as a workbook: one sheet for what it is about, one for each block."""
    import xlsxwriter  # only once somebody asks for a workbook: every start would wait for it

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, SAFE) as book:
        formats = {name: book.add_format(facts) for name, facts in FORMATS.items()}
        about = prepared(book.add_worksheet("about"), locale)
        for row, (name, said) in enumerate(facts_of(dashboard).items()):
            about.write_string(row, 0, name, formats["head"])
            write_plain(about, row, 1, said, formats)
        for block in dashboard.blocks:
            write_block(prepared(book.add_worksheet(block.key), locale), block, locale, formats)
    return target.getvalue()


def prepared(sheet: Any, locale: str) -> Any:
    """Return a sheet that prints on A4 across and says that it is internal."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 20, 12)
    sheet.set_header(f"&R{notation.INTERNAL.label(locale)}")
    sheet.set_footer("&L&D&C&P / &N")
    return sheet


def write_block(sheet: Any, block: Block, locale: str, formats: dict[str, Any]) -> None:
    """Write one block; a share is followed by the two ends of its range."""
    sheet.write_string(0, 0, block.title.label(locale), formats["title"])
    sheet.write_string(1, 0, block.rule.label(locale), formats["plain"])
    shares = any(isinstance(one, Cell) and one.is_share for line in block.lines for one in line.cells)
    heads = [head.label(locale) for head in block.heads]
    if shares and block.key == "retention":
        heads += HEADS.get(locale, HEADS["ja"])
    for column, text in enumerate(["", *heads]):
        sheet.write_string(3, column, text, formats["head"])
    for row, line in enumerate(block.lines, start=4):
        sheet.write_string(row, 0, line.label.label(locale), formats["text"])
        for column, one in enumerate(line.cells, start=1):
            write_cell(sheet, row, column, one, formats)
        last = line.cells[-1]
        if block.key == "retention" and isinstance(last, Cell):
            for place, bound in enumerate((last.figure.low, last.figure.high)):
                write_number(sheet, row, len(line.cells) + 1 + place, bound, formats["share"], formats)


def write_cell(
    sheet: Any, row: int, column: int, cell: Cell | Reckoned | None, formats: dict[str, Any]
) -> None:
    """Write one figure as a number; nothing to judge, and a month to come, stay empty."""
    kind = "number"
    if isinstance(cell, Reckoned):
        kind = "day"
    elif cell is not None and cell.is_share:
        kind = "share"
    elif cell is not None and cell.metric.kind.is_of_days and not cell.of_rows:
        kind = "day"
    write_number(sheet, row, column, None if cell is None else cell.value, formats[kind], formats)


def write_number(sheet: Any, row: int, column: int, value: Any, form: Any, formats: dict[str, Any]) -> None:
    """Write a number, or an empty cell."""
    if value is None:
        sheet.write_blank(row, column, None, formats["text"])
    else:
        sheet.write_number(row, column, value, form)


def write_plain(sheet: Any, row: int, column: int, said: Any, formats: dict[str, Any]) -> None:
    """Write a fact as it is: a number as a number."""
    if isinstance(said, int | float):
        sheet.write_number(row, column, said, formats["text"])
    else:
        sheet.write_string(row, column, "" if said is None else str(said), formats["text"])
