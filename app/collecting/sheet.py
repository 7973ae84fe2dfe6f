"""回収票: a year's figures of some measures as a workbook to be filled in."""

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from app.collecting.overview import CollectedLine, CollectedMeasure, Collection
from app.foundation import fiscal_year as years
from app.foundation.errors import N_
from app.kpi import notation
from app.kpi.exports.workbook import SAFE
from app.plan.results import figure_field, source_field, text_field
from app.plan.wording import target_words

COLUMNS: Final = (
    (N_("番号"), 8),
    (N_("事業名"), 30),
    (N_("項目"), 34),
    (N_("単位"), 8),
    (N_("前の年度"), 14),
    (N_("目標"), 14),
    (N_("実績（ここに入力）"), 40),
    (N_("項目の名前（変えないでください）"), 34),
)
ENTRY, NAME = 6, 7
HEAD_ROW: Final = 4
YEAR_NAME: Final = "fiscal_year"


def write_sheet(collection: Collection, measures: Iterable[CollectedMeasure], locale: str, _: Any) -> bytes:
    """Return the workbook of these measures; counted figures stand in it, but not to be filled in."""
    import xlsxwriter  # only once somebody asks for a workbook

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, SAFE) as book:
        plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        entry = book.add_format(
            {"text_wrap": True, "valign": "top", "border": 2, "locked": False, "num_format": "@"}
        )
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#F2F2F2"})
        bold = book.add_format({"bold": True, "font_size": 14})
        sheet = book.add_worksheet("回収票")
        sheet.write_string(
            0, 0, _("%(year)sの実績　回収票", year=years.label(collection.fiscal_year, locale)), bold
        )
        sheet.write_string(1, 0, _("太い枠の中だけに入力してください。空けたところは、いまのままです。"))
        sheet.write_string(2, NAME, YEAR_NAME)
        sheet.write_string(2, ENTRY, str(collection.fiscal_year))
        for column, (text, width) in enumerate(COLUMNS):
            sheet.write_string(HEAD_ROW, column, _(text), head)
            sheet.set_column(column, column, width)
        for row, (texts, is_open) in enumerate(lines_of(measures, locale, _), HEAD_ROW + 1):
            for column, text in enumerate(texts):
                form = entry if column == ENTRY and is_open else plain
                sheet.write_string(row, column, text, form)
        sheet.protect("", {"format_rows": True, "format_columns": True})
        sheet.freeze_panes(HEAD_ROW + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
    return target.getvalue()


def lines_of(
    measures: Iterable[CollectedMeasure], locale: str, _: Any
) -> Iterable[tuple[Sequence[str], bool]]:
    """Return the lines of the sheet, and whether each is to be filled in."""
    for one in measures:
        code, title = one.measure.code, one.measure.bare_title.label(locale)
        is_open = one.submission.state.is_with_department
        for line in one.lines:
            name = "" if line.is_counted else figure_field(line.cell.indicator.key, line.cell.part)
            yield [code, title, *texts_of(line, locale), name], is_open and bool(name)
        text = one.text.label(locale)
        yield (
            [code, title, _("実績のことば"), "", "", "", text, text_field(code)],
            is_open,
        )
        if any(not line.is_counted for line in one.lines):
            yield (
                [code, title, _("数字の出どころ"), "", "", "", one.source.ja, source_field(code)],
                is_open,
            )


def texts_of(line: CollectedLine, locale: str) -> list[str]:
    """Return item, unit, last year's figure, target and this year's figure as they are written."""
    cell, indicator = line.cell, line.cell.indicator
    label = cell.label.label(locale)
    return [
        f"　{label}" if cell.part else label,
        indicator.unit.label(locale),
        notation.figure_words(line.before, locale) if line.before else "",
        target_words(line.target, indicator, locale) if line.target else "",
        entered(line, locale),
    ]


def entered(line: CollectedLine, locale: str) -> str:
    """Return this year's figure as somebody would type it, "" where there is none."""
    cell = line.cell
    if cell.word is not None:
        return cell.word.label(locale)
    return cell.printed or notation.plain(cell.value, cell.indicator.decimals)
