"""月次報告: one page of A4 for the section chief, with the boxes for approval (決裁欄)."""

from dataclasses import asdict, dataclass
from typing import Final

from app.printing.pdf import make

TITLE: Final = "月次報告"
INTERNAL: Final = "内部限り"
APPROVERS: Final = ("係長", "課長", "部長")
COLUMNS: Final = ("指標", "単位", "当月", "前年同月", "年度累計", "前年同期", "目標", "達成率", "目安")
LATE: Final = "遅延入力（締めた月の数字のうち、あとの入力で変わったもの）"
LATE_COLUMNS: Final = ("指標", "月", "前に報告した数", "いまの数", "記録")
NO_LATE: Final = "遅延入力はありません。"
NOTE: Final = "特記事項"
MOST_LATE: Final = 8


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """A line of figures as they are written; a part stands in from its whole."""

    title: str
    is_part: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PaperSection:
    """Lines under one heading."""

    title: str
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True, kw_only=True)
class MonthlyPaper:
    """What the page says. ``state`` tells whether the month is closed, ``mark`` which stored report it is."""

    office: str
    period: str
    document_number: str
    dated_on: str
    state: str
    mark: str
    sections: tuple[PaperSection, ...]
    late: tuple[tuple[str, ...], ...]
    note: str
    remarks: tuple[str, ...]


def monthly(data: MonthlyPaper) -> bytes:
    """Return the PDF: always one page; late lines beyond eight are counted in the last one."""
    return make("monthly", values_of(data))


def values_of(data: MonthlyPaper) -> dict[str, object]:
    """Return what the template prints, and what `glyphs.missing_in` can look through."""
    late = data.late
    if len(late) > MOST_LATE:
        rest = (
            f"ほかに{len(late) - MOST_LATE + 1}件の指標が変わりました（画面と表計算の月次報告にあります）。"
        )
        late = (*late[: MOST_LATE - 1], (rest, "", "", "", ""))
    return asdict(data) | {
        "title": TITLE,
        "internal": INTERNAL,
        "approvers": APPROVERS,
        "columns": COLUMNS,
        "late_title": LATE,
        "late_columns": LATE_COLUMNS,
        "late": late,
        "no_late": NO_LATE,
        "note_title": NOTE,
    }
