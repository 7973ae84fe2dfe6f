"""日計表: the blank sheet that matches the day grid, A4 landscape: for outages and days away."""

from dataclasses import dataclass
from typing import Final

from app.printing.pdf import make

TITLE: Final = "日計表"
DAY: Final = "相談の日　令和　　　年　　　月　　　日"
OFFICE: Final = "課・相談員"
WARNING: Final = (
    "氏名・住所・電話番号・生年月日は書かないでください。"
    "入力を終えた用紙は、課の決まりに従って処分してください。"
)
WIDTHS: Final = {
    "person": "28mm",
    "kind": "12mm",
    "channel": "14mm",
    "minutes": "14mm",
    "topics": "22mm",
    "groups": "18mm",
    "age_band": "14mm",
    "assistance": "18mm",
    "household": "14mm",
    "source": "14mm",
    "memo": "1fr",
}


@dataclass(frozen=True, kw_only=True)
class DaySheet:
    """The columns (title, key) and the numbers of each coded one, as the grid has them."""

    columns: tuple[tuple[str, str], ...]
    legends: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    rows: int


def day_sheet(data: DaySheet) -> bytes:
    """Return the PDF: one page with as many empty rows as asked for, and the legend below."""
    return make(
        "day",
        {
            "title": TITLE,
            "day": DAY,
            "office": OFFICE,
            "warning": WARNING,
            "columns": [{"title": title, "width": WIDTHS[key]} for title, key in data.columns],
            "legends": [
                {"title": title, "values": [f"{number} {text}" for number, text in values]}
                for title, values in data.legends
            ],
            "rows": data.rows,
        },
    )
