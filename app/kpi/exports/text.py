"""The plan's table as plain text: a line per figure, 登録人数：184人, parts included."""

from collections.abc import Iterator

from app.kpi import notation
from app.kpi.table import PlanTable, TableRow


def write_text(table: PlanTable, locale: str = "ja") -> str:
    """Return the table as text, lines ended by a newline."""
    return "\n".join(lines(table, locale)) + "\n"


def lines(table: PlanTable, locale: str) -> Iterator[str]:
    """Return the lines of the whole table."""
    yield notation.table_title(table, locale)
    yield notation.SOURCES[table.source].label(locale)
    yield notation.handling(table, locale)
    for policy in table.policies:
        yield ""
        yield notation.policy_title(policy.number, policy.title, locale)
        for theme in policy.themes:
            yield ""
            yield notation.theme_title(theme.number, theme.title, locale)
            for row in theme.rows:
                yield ""
                yield from lines_of_row(row, table.fiscal_year, locale)
    notes = notation.notes_of(table, locale)
    if notes:
        yield ""
        yield from (f"※{number} {text}" for number, text in notes)


def lines_of_row(row: TableRow, fiscal_year: int, locale: str) -> Iterator[str]:
    """Return a measure: its number and title, its figures, its targets, its departments."""
    measure = row.measure
    yield f"{measure.code} {measure.title_in_table.label(locale)}"
    if measure.actual_text or row.text_remarks:
        yield measure.actual_text.label(locale) + notation.mark_of_notes(row.text_remarks)
    yield from (
        notation.line(cell, locale) + notation.mark_of_notes(cell.remarks)
        for figure in row.figures
        for cell in figure.with_parts()
    )
    if measure.one_target:
        yield from targets(row, notation.both_targets_heading(fiscal_year, locale), False, locale)
    else:
        yield from targets(row, notation.target_heading(fiscal_year + 1, locale), False, locale)
        yield from targets(row, notation.target_heading(fiscal_year + 2, locale), True, locale)
    yield f"[{'・'.join(notation.offices(measure, locale))}]"


def targets(row: TableRow, heading: str, second: bool, locale: str) -> Iterator[str]:
    """Return the targets of a year, each after its heading so that none is taken for a result."""
    words = notation.target_text(row.measure, second, locale)
    found = [notation.target_line(one, second, locale) for one in row.measure.indicators]
    yield from (f"{heading} {one}" for one in [words, *found] if one)
