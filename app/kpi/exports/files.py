"""The formats of the plan's table by name, with what a browser needs to know of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.kpi.exports.document import write_json
from app.kpi.exports.long_form import write_csv
from app.kpi.exports.paper import write_pdf
from app.kpi.exports.text import write_text
from app.kpi.exports.workbook import write_xlsx
from app.kpi.table import PlanTable


@dataclass(frozen=True, kw_only=True)
class FileFormat:
    """How one format is written and named."""

    writer: Callable[[PlanTable, str], bytes]
    media_type: str
    suffix: str


def text_bytes(table: PlanTable, locale: str) -> bytes:
    """Return the plain text in UTF-8."""
    return write_text(table, locale).encode("utf-8")


def json_bytes(table: PlanTable, locale: str) -> bytes:
    """Return the document, which holds both languages, in UTF-8."""
    return write_json(table).encode("utf-8")


FORMATS: Final[dict[str, FileFormat]] = {
    "text": FileFormat(
        writer=text_bytes,
        media_type="text/plain; charset=utf-8",
        suffix="txt",
    ),
    "csv": FileFormat(writer=write_csv, media_type="text/csv; charset=utf-8", suffix="csv"),
    "json": FileFormat(
        writer=json_bytes,
        media_type="application/json",
        suffix="json",
    ),
    "xlsx": FileFormat(
        writer=write_xlsx,
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        suffix="xlsx",
    ),
    "pdf": FileFormat(writer=write_pdf, media_type="application/pdf", suffix="pdf"),
}


def write(table: PlanTable, form: str, locale: str) -> bytes:
    """Return the table in a format: text, csv, json, xlsx or pdf."""
    return FORMATS[form].writer(table, locale)


def find_format(suffix: str) -> str | None:
    """Return the name of the format whose files end so, or None."""
    return next((name for name, one in FORMATS.items() if one.suffix == suffix), None)


def file_name(table: PlanTable, form: str) -> str:
    """Return plan-table-2012-published.csv; plain characters that every system takes."""
    return f"plan-table-{table.fiscal_year}-{table.source.value}.{FORMATS[form].suffix}"
