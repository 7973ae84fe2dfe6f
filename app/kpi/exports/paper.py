"""The plan's table as a PDF in the plan's own layout."""

from app.kpi import notation
from app.kpi.exports.workbook import actual_text, target_text
from app.kpi.table import PlanTable, TableRow
from app.kpi.vocabulary import Handling
from app.printing.plan_table import PaperMeasure, PaperPolicy, PaperTheme, PlanPaper, plan_table


def write_pdf(table: PlanTable, locale: str = "ja") -> bytes:
    """Return the table as a PDF of A3 pages, with boxes for approval."""
    return plan_table(paper_of(table, locale))


def paper_of(table: PlanTable, locale: str) -> PlanPaper:
    """Return what the paper says."""
    notes = [f"※{number}　{text}" for number, text in notation.notes_of(table, locale)]
    return PlanPaper(
        title=notation.table_title(table, locale),
        lang="en" if notation.is_english(locale) else "ja",
        handling="" if table.handling is Handling.PUBLIC else notation.handling(table, locale),
        city=table.plan.city,
        columns=tuple(notation.headings(table.fiscal_year, locale)),
        policies=tuple(
            PaperPolicy(
                title=notation.policy_title(policy.number, policy.title, locale),
                themes=tuple(
                    PaperTheme(
                        title=notation.theme_title(theme.number, theme.title, locale),
                        measures=tuple(measure_of(row, locale) for row in theme.rows),
                    )
                    for theme in policy.themes
                ),
            )
            for policy in table.policies
        ),
        notes=(*notes, notation.SOURCES[table.source].label(locale)),
    )


def measure_of(row: TableRow, locale: str) -> PaperMeasure:
    """Return a measure's line: the same texts as in the workbook."""
    of = row.measure
    following, second = (lines(target_text(row, later, locale)) for later in (False, True))
    return PaperMeasure(
        code=of.code,
        title=of.title_in_table.label(locale) + notation.mark_of_notes(of.title_notes),
        description=notation.description(of, locale),
        audience=of.audience.label(locale) + notation.mark_of_notes(of.audience_notes),
        results=lines(actual_text(row, locale)),
        following=following,
        second=None if of.one_target else second,
        offices=tuple(notation.offices(of, locale)),
    )


def lines(text: str) -> tuple[str, ...]:
    """Return a text line by line."""
    return tuple(text.split("\n")) if text else ()
