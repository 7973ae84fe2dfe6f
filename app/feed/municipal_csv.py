"""The windows as a table in the columns of Japan's standard municipal open data; pure.

相談窓口一覧. Columns and their order follow the list of public facilities of the standard data set;
対象者, 対象年齢 and サービス stand behind. What nobody knows is an empty cell.
"""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Final

from app.feed.catalogue import Catalogue
from app.windows.facts import WindowFacts
from app.windows.hours import Weekday, WeeklyHours
from app.windows.opening import week_lines
from app.windows.views import WindowView

CITY_CODE: Final = "132144"
"""全国地方公共団体コード of Kokubunji, with its check digit."""
CITY: Final = "東京都国分寺市"
COLUMNS: Final = (
    "全国地方公共団体コード",
    "ID",
    "地方公共団体名",
    "名称",
    "名称_カナ",
    "名称_英字",
    "所在地_連結表記",
    "緯度",
    "経度",
    "電話番号",
    "団体名",
    "利用可能曜日",
    "開始時間",
    "終了時間",
    "利用可能日時特記事項",
    "URL",
    "備考",
    "対象者",
    "対象年齢",
    "サービス",
    "確認日",
)
BOM: Final = "\ufeff"
UNVERIFIED: Final = "未確認（窓口に確かめていない内容です）"
# A spreadsheet that opens a CSV takes these for the beginning of a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_csv(catalogue: Catalogue, address: Callable[[str], str]) -> bytes:
    """Return the windows of the day as UTF-8 with BOM; ``address`` gives the page of a window by its key."""
    rows = [row_of(line.view, address(line.view.key)) for line in catalogue.current]
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([COLUMNS, *(map(as_text, row) for row in rows)])
    return (BOM + text.getvalue()).encode("utf-8")


def row_of(view: WindowView, page: str) -> list[str]:
    """Return the cells of one window."""
    facts = view.facts
    days, opens, closes, remark = hours_of(facts.hours)
    closings = [f"{one.first}～{one.last} 休み {one.reason}".strip() for one in facts.closings]
    return [
        CITY_CODE,
        view.key,
        CITY,
        facts.name,
        katakana(facts.kana),
        facts.name_en,
        facts.address,
        "",
        "",
        facts.telephone,
        view.office.name,
        days,
        opens,
        closes,
        "；".join([*remark, *closings]),
        facts.url or page,
        "　".join(one for one in (facts.note, "" if view.is_verified else UNVERIFIED) if one),
        "；".join(group.ja for group in facts.meant_for) or facts.eligibility,
        ages(facts),
        facts.services,
        facts.verified_on.isoformat() if facts.verified_on else "",
    ]


def hours_of(hours: WeeklyHours | None) -> tuple[str, str, str, Sequence[str]]:
    """Return the days of the week, the first opening, the last closing, and the week in words."""
    if hours is None:
        return "", "", "", []
    spans = [span for day in hours.days for span in day]
    days = "".join(one.ja for one, day in zip(Weekday, hours.days, strict=True) if day)
    remark = [f"{line.days} {line.spans}" for line in week_lines(hours)]
    if not spans:
        return days, "", "", remark
    opens, closes = min(span.opens for span in spans), max(span.closes for span in spans)
    return days, f"{opens:%H:%M}", f"{closes:%H:%M}", remark


def ages(facts: WindowFacts) -> str:
    """Return the ages in words, empty where nobody said."""
    low, high = facts.minimum_age, facts.maximum_age
    if low is None and high is None:
        return ""
    return f"{low if low is not None else ''}～{high if high is not None else ''}歳"


def katakana(kana: str) -> str:
    """Return a reading in katakana."""
    return "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in kana)


def as_text(cell: str) -> str:
    """Return a cell that no spreadsheet works out: what looks like a formula is led by an apostrophe."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
