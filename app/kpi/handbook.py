"""The KPI handbook: every metric with what counts, what does not, an example and the source."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.foundation.labels import LabelledEnum
from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.plan.register import Words

TITLE: Final = "# KPIハンドブック · KPI handbook"
HEAD: Final = (
    "このファイルは指標の定義から作られます。手で直さないで、作りなおしてください。\n\n"
    "This file is made from the definitions of the metrics; do not edit it by hand, make it anew:\n"
    "`flask kpi handbook --output docs/kpi-handbook.md`"
)
COUNTS: Final = Words(ja="数えるもの", en="What counts")
COUNTS_NOT: Final = Words(ja="数えないもの", en="What does not")
UNIT: Final = Words(ja="単位", en="Unit")
COUNTING: Final = Words(ja="延べ・実", en="Visits or persons")
KIND: Final = Words(ja="時のとり方", en="How it stands in time")
NOTE: Final = Words(ja="注", en="Note")
PARTS: Final = Words(ja="内訳", en="Parts")
BROKEN_DOWN: Final = Words(ja="分け方", en="Broken down by")
EXAMPLE: Final = Words(ja="例", en="Example")
SOURCE: Final = Words(ja="出典", en="Source")


def entries(metric: Metric) -> Iterator[tuple[Words, Words]]:
    """Yield what the handbook says of a metric: a heading and its text, in both languages."""
    yield COUNTS, metric.rule
    yield COUNTS_NOT, metric.counts_not
    yield UNIT, metric.unit
    yield COUNTING, Words(ja=metric.counting.ja, en=metric.counting.en)
    yield KIND, Words(ja=metric.kind.ja, en=metric.kind.en)
    if metric.parts:
        yield PARTS, listed(list(metric.parts))
    yield BROKEN_DOWN, listed(list(metric.by))
    if metric.note:
        yield NOTE, metric.note
    yield EXAMPLE, metric.example
    yield SOURCE, metric.source


def listed(labels: Sequence[LabelledEnum]) -> Words:
    """Return several labels as one text."""
    return Words(ja="・".join(one.ja for one in labels), en=", ".join(one.en for one in labels))


def write_handbook() -> str:
    """Return the handbook in Markdown, both languages beside each other."""
    lines = [TITLE, "", HEAD, ""]
    for metric in METRICS.values():
        lines += [f"## {metric.title.ja} · {metric.title.en}", "", f"`{metric.key}`", ""]
        lines += ["| | 日本語 | English |", "|---|---|---|"]
        lines += [
            f"| {heading.ja}<br>{heading.en} | {cell(text.ja)} | {cell(text.en)} |"
            for heading, text in entries(metric)
        ]
        lines.append("")
    return "\n".join(lines)


def cell(text: str) -> str:
    """Return a text as a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")
