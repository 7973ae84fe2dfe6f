"""The plan's table as CSV in long form: a row per indicator and per part; and the table of its codes."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.foundation.labels import LabelledEnum
from app.kpi import notation
from app.kpi.table import FigureCell, PlanTable, TableRow
from app.kpi.vocabulary import Handling, Mark
from app.plan.register import IndicatorView, TargetView, Words
from app.plan.vocabulary import Counting, TargetSense

BOM: Final = "\ufeff"
COLUMNS: Final[dict[str, Words]] = {
    "fiscal_year": Words(ja="実績の年度（始まる年の西暦）", en="fiscal year of the results (first year)"),
    "measure": Words(ja="事業番号", en="number of the measure"),
    "title": Words(ja="事業名", en="title of the measure"),
    "indicator": Words(ja="指標のキー", en="key of the indicator"),
    "label": Words(ja="指標", en="indicator"),
    "part": Words(ja="内訳のキー（空は全体）", en="key of the part, empty for the whole"),
    "part_label": Words(ja="内訳", en="part"),
    "value": Words(ja="実績の値（空は該当なし）", en="result, empty where there is none"),
    "suppressed": Words(
        ja="秘匿（1は秘匿、値は空）", en="1 where the figure is withheld and the result empty"
    ),
    "printed": Words(ja="値のかわりに印刷する言葉", en="word printed instead of the figure"),
    "unit": Words(ja="単位", en="unit"),
    "counting": Words(ja="延べ・実の別", en="visits or persons"),
    "source": Words(ja="実績の出所", en="where the result comes from"),
    "target_next": Words(ja="翌年度の目標", en="target of the next year"),
    "target_second": Words(ja="翌々年度の目標", en="target of the year after"),
    "target_sense": Words(ja="目標の読みかた", en="how the target is to be read"),
    "result_text": Words(ja="実績の文", en="results in words"),
    "target_text": Words(ja="翌年度の目標の文", en="target of the next year in words"),
    "departments": Words(ja="所管課", en="departments"),
    "notes": Words(ja="注の番号", en="numbers of the notes"),
    "remarks": Words(ja="訂正・補正", en="restatements, and where the department differs"),
    "handling": Words(ja="取扱い（内部限りの数字か）", en="who may read the figure"),
}
# A spreadsheet that opens a CSV takes these for the beginning of a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_csv(table: PlanTable, locale: str = "ja") -> bytes:
    """Return the table as UTF-8 with BOM, lines ended by CR LF."""
    return encoded([list(COLUMNS), *rows(table, locale)])


def write_codes() -> bytes:
    """Return the code table of the columns and of every coded column, in both languages."""
    return encoded([["column", "code", "ja", "en"], *code_rows()])


def code_rows() -> Iterator[list[str]]:
    """Return a row per column and per code."""
    for column, words in COLUMNS.items():
        yield [column, "", words.ja, words.en]
    coded: dict[str, type[LabelledEnum]] = {
        "counting": Counting,
        "source": Mark,
        "target_sense": TargetSense,
        "handling": Handling,
    }
    for column, words_of in coded.items():
        for member in words_of:
            yield [column, member.value, member.ja, member.en]


def rows(table: PlanTable, locale: str) -> Iterator[list[str]]:
    """Return the rows of the whole table."""
    for row in table.rows:
        measure = row.measure
        if not measure.indicators or measure.actual_text or measure.next_target_text or row.text_remarks:
            yield text_row(table, row, locale)
        for indicator in measure.indicators:
            cell = row.find(indicator.key)
            yield figure_row(table, row, indicator, cell, locale)
            for part in cell.parts if cell else ():
                yield figure_row(table, row, indicator, part, locale)


def text_row(table: PlanTable, row: TableRow, locale: str) -> list[str]:
    """Return the row of a measure's texts."""
    return ordered(
        around(table, row, locale)
        | {
            "result_text": row.measure.actual_text.label(locale),
            "target_text": row.measure.next_target_text.label(locale),
            "notes": numbers((*row.measure.title_notes, *row.measure.audience_notes, *row.text_remarks)),
            "remarks": remarks(table, row.text_remarks, locale),
        }
    )


def figure_row(
    table: PlanTable, row: TableRow, indicator: IndicatorView, cell: FigureCell | None, locale: str
) -> list[str]:
    """Return the row of a figure; an indicator that the year did not print has its targets only."""
    part = cell.part if cell else ""
    facts = around(table, row, locale) | {
        "indicator": indicator.key,
        "label": indicator.label.label(locale),
        "part": part,
        "part_label": cell.label.label(locale) if cell and part else "",
        "value": notation.plain(cell.value, indicator.decimals) if cell else "",
        "suppressed": "1" if cell and cell.is_withheld else "",
        "printed": notation.figure_words(cell, locale)
        if cell and cell.is_word and not cell.is_withheld
        else "",
        "unit": indicator.unit.label(locale),
        "counting": indicator.counting.value,
        "source": cell.mark.value if cell else "",
        "notes": numbers((*(() if part else indicator.notes), *(cell.remarks if cell else ()))),
        "remarks": remarks(table, cell.remarks, locale) if cell else "",
        "handling": handling(table, cell),
    }
    if not part:
        facts |= {
            "target_next": target(indicator.next_target, indicator.decimals),
            "target_second": target(indicator.second_target, indicator.decimals),
            "target_sense": sense.value if (sense := notation.sense_of(indicator)) else "",
        }
    return ordered(facts)


def around(table: PlanTable, row: TableRow, locale: str) -> dict[str, str]:
    """Return what every row of a measure says."""
    return {
        "fiscal_year": str(table.fiscal_year),
        "measure": row.measure.code,
        "title": row.measure.title_in_table.label(locale),
        "departments": "・".join(notation.offices(row.measure, locale)),
    }


def target(held: TargetView | None, decimals: int) -> str:
    """Return a target as a number, "" where there is none."""
    return notation.plain(held.value if held else None, decimals)


def handling(table: PlanTable, cell: FigureCell | None) -> str:
    """Return who may read a figure: counts stay inside until they are published; "" without a figure."""
    if cell is None or (cell.value is None and not cell.printed):
        return ""
    if table.handling is Handling.PUBLIC:
        return Handling.PUBLIC.value
    return (Handling.PUBLIC if cell.mark is Mark.PUBLISHED else Handling.INTERNAL).value


def remarks(table: PlanTable, marks: Sequence[int], locale: str) -> str:
    """Return what is said of a figure or a text below the table."""
    return " ".join(notation.remark_text(one, locale) for one in table.remarks if one.number in marks)


def numbers(notes: Sequence[int]) -> str:
    """Return numbers of notes, parted by a space."""
    return " ".join(str(number) for number in notes)


def ordered(facts: dict[str, str]) -> list[str]:
    """Return a row in the order of the columns."""
    return [facts.get(column, "") for column in COLUMNS]


def encoded(found: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV; text that a spreadsheet would take for a formula is led by an apostrophe."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([[as_text(cell) for cell in row] for row in found])
    return (BOM + text.getvalue()).encode("utf-8")


def as_text(cell: str) -> str:
    """Return a cell that no spreadsheet works out."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
