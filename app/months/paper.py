"""A month's report as what the paper prints, in Japanese."""

from typing import Final

from app.foundation.fiscal_year import day_label, era_of, month_span
from app.months.report import Cell, LateLine, Lateness, Line, Report
from app.printing.monthly import MonthlyPaper, PaperRow, PaperSection

REMARKS: Final = (
    "延べ・実のないものは件数です。実人数は、相談カードのある人を1人と数えます。",
    "年度累計は4月からこの月の終わりまでで、遅延入力も含みます。前年同期は前の年度の同じ日までです。",
    "目安は、年度の目標を1日ずつに等しく分けた、この月の終わりまでの分です。",
    "該当なしは、もとになる記録がないことを示します。定着率のかっこの中は、不明なものがすべて離職・継続だったときの幅です。",
)


def paper_of(report: Report, digest: str = "") -> MonthlyPaper:
    """Return the page; ``digest`` is that of the kept report, "" while the month is open."""
    return MonthlyPaper(
        office=report.office.ja,
        period=period_words(report.fiscal_year, report.month),
        document_number=report.document_number,
        dated_on=day_label(report.closed_on or report.made_on, weekday=False),
        state=state_of(report),
        mark=f"保存した月報の照合用の値（SHA-256の先頭）：{digest[:16]}" if digest else "",
        sections=tuple(
            PaperSection(title=one.title.ja, rows=tuple(row_of(line) for line in one.lines))
            for one in report.sections
        ),
        late=tuple(late_row(one) for one in report.late),
        note=report.note,
        remarks=REMARKS,
    )


def state_of(report: Report) -> str:
    """Return whether the month is closed, over, or still running."""
    if report.closed_on is not None:
        return f"{day_label(report.closed_on, weekday=False)}に{report.closed_by}が締めました"
    until = day_label(report.last, weekday=False)
    return "締める前の数字です" if report.is_over else f"月の途中です（{until}まで）"


def period_words(fiscal_year: int, month: int) -> str:
    """Return 令和8年9月分."""
    era, year = era_of(month_span(fiscal_year, month)[0])
    return f"{era.name}{'元' if year == 1 else year}年{month}月分"


def month_words(fiscal_year: int, month: int) -> str:
    """Return 令和8年9月."""
    return period_words(fiscal_year, month).removesuffix("分")


def row_of(line: Line) -> PaperRow:
    """Return a line as it is printed: 延べ and 実 beside the title, the unit in its own column."""
    title = f"{line.title.ja}（{line.counting.ja}）" if line.counting and not line.part else line.title.ja
    return PaperRow(
        title=title,
        is_part=bool(line.part),
        cells=(
            line.unit.ja,
            *(written(one) for one in (line.month, line.month_before, line.year, line.year_before)),
            line.target.ja,
            line.attained.ja,
            line.pace.ja,
        ),
    )


def written(cell: Cell | None) -> str:
    """Return a figure as it is written, a share with its bounds, "" where the line has none."""
    if cell is None:
        return ""
    return f"{cell.text.ja} ({cell.bounds})" if cell.bounds else cell.text.ja


def late_row(line: LateLine) -> tuple[str, ...]:
    """Return one figure that changed."""
    return (
        line.title.ja,
        month_words(line.fiscal_year, line.month),
        f"{line.before:,}",
        f"{line.now:,}",
        changes(line),
    )


def changes(line: LateLine) -> str:
    """Return 追加 2・訂正 1."""
    return "・".join(f"{one.ja} {count}" for one in Lateness if (count := line.count(one)))
