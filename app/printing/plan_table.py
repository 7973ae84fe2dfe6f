"""The plan's table of results and targets on paper: A3 landscape, as the plan itself prints it."""

from dataclasses import asdict, dataclass
from typing import Final

from app.printing.pdf import make

NUMBER: Final = "文書番号"
APPROVERS: Final = ("課長", "係長", "担当")


@dataclass(frozen=True, kw_only=True)
class PaperMeasure:
    """A measure's line; ``second`` is None where one target holds for both years."""

    code: str
    title: str
    description: str
    audience: str
    results: tuple[str, ...]
    following: tuple[str, ...]
    second: tuple[str, ...] | None
    offices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PaperTheme:
    """A theme's heading and its measures."""

    title: str
    measures: tuple[PaperMeasure, ...]


@dataclass(frozen=True, kw_only=True)
class PaperPolicy:
    """A basic policy's heading and its themes."""

    title: str
    themes: tuple[PaperTheme, ...]


@dataclass(frozen=True, kw_only=True)
class PlanPaper:
    """What the paper says. ``handling`` is 内部限り, or "" on what was published.

    Only what stays inside has boxes for approval (決裁欄) and a place for 文書番号.
    """

    title: str
    lang: str
    handling: str
    city: str
    columns: tuple[str, ...]
    policies: tuple[PaperPolicy, ...]
    notes: tuple[str, ...]


def plan_table(data: PlanPaper) -> bytes:
    """Return the PDF."""
    return make("plan-table", asdict(data) | {"number": NUMBER, "approvers": APPROVERS})
